"""Configures a process before its libraries are imported. Settings of the user take precedence.

Facts are arrays of some megabytes that are needed for a short time. By default their memory goes
back to the system each time and is cleared again a moment later. That took two fifths of the CPU
time of a short run (docs/decisions/0012).
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import io
import os
import sys
from contextlib import suppress

from salus.pandas_import import hold_back_pandas

SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # one pool of free memory instead of two
    "NUMPY_MADVISE_HUGEPAGE": "0",  # or two megabytes would be cleared where a few pages are used
    # no matrix here is large enough for threads to pay off
    "OPENBLAS_NUM_THREADS": "1",
}
TRIM, MMAP = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h
LARGEST = 2**25  # bytes, the maximum of glibc
UNUSED = 2**28  # bytes that may wait to be used again
OBJECTS = 50_000  # new objects until the next collection: imports create many, without cycles


def configure_process() -> None:
    """Call this once, before numpy and pyarrow are imported."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    hold_back_pandas()
    _keep_memory()
    _print_anything()
    gc.set_threshold(OBJECTS, 20, 20)
    atexit.register(gc.freeze)  # skips the last collection when the process ends


def give_memory_back() -> None:
    """Return freed memory to the system where more than UNUSED bytes wait to be used again.

    Long work leaves gaps between the arrays that it keeps. So call this between its parts.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, or an old one
            library = ctypes.CDLL(None)
            count, trim = library.mallinfo2, library.malloc_trim
            count.restype = _Heap
            if count().free > UNUSED:
                trim(0)


class _Heap(ctypes.Structure):
    """What glibc tells of its memory, in bytes (`struct mallinfo2`)."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "used",
            "free",
            "top",
        ]
    ]


def _print_anything() -> None:
    """Print a question mark for a character that the terminal can't show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _keep_memory() -> None:
    """Reuse freed memory, if the C library is glibc."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            option = ctypes.CDLL(None).mallopt
            option(TRIM, 2**31 - 1)
            option(MMAP, LARGEST)
