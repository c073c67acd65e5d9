"""Sets a process up before its libraries are loaded. What the user has set stays.

Facts come as arrays of some megabytes that live shortly. Left alone, their memory goes back to the
system each time and is cleared anew a moment later, which took two fifths of the CPU time of a
short run (docs/decisions/0012).
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import io
import os
import sys
from contextlib import suppress

SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # one keeper of free memory instead of two
    "NUMPY_MADVISE_HUGEPAGE": "0",  # two megabytes would be cleared where a few are used
    # no matrix here is large enough to pay for threads that wait for work
    "OPENBLAS_NUM_THREADS": "1",
}
TRIM, MMAP = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h
LARGEST = 2**25  # bytes: the most that glibc takes
OBJECTS = 50_000  # new ones until the next look for cycles: loading modules makes many, no cycle


def configure_process() -> None:
    """Call this once, before numpy and pyarrow are imported."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    _keep_memory()
    _print_anything()
    gc.set_threshold(OBJECTS, 20, 20)
    atexit.register(gc.freeze)  # what is there at the end needs no last look for cycles


def _print_anything() -> None:
    """A sign that the terminal's encoding doesn't have is a question mark, not the end of the
    run.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _keep_memory() -> None:
    """Memory that was set free is used again, where the C library is glibc."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            option = ctypes.CDLL(None).mallopt
            option(TRIM, 2**31 - 1)
            option(MMAP, LARGEST)
