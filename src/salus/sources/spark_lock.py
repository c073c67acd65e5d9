"""One run at a time writes to a folder of Spark's: renaming there can't be relied on while another
run does the same.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from salus.errors import DataError
from salus.sources.spark_files import SparkFiles

CLAIM = "_claim"


@contextmanager
def claim_folder(files: SparkFiles, folder: str, what: str) -> Iterator[None]:
    """Hold the folder while the block runs; a DataError where another run does. `what` it holds,
    for the message.

    A run that was ended leaves its claim. Where its process would be visible, the next one takes it
    over; from another machine or container nobody can tell. A lock would, but the object stores
    that Spark writes to have none.
    """
    place, own = f"{folder}/{CLAIM}", f"{process_scope()} {os.getpid()}"
    files.make(folder)
    if not files.create(place, own):
        holder = files.text(place) or ""
        if not _ended(holder):
            raise DataError(
                f"another run is writing {what} ({holder or 'unknown'})",
                f"wait until it is done; if it was ended, remove {place}",
            )
        files.tell(place, own)
    try:
        yield
    finally:
        files.remove(place)


def process_scope() -> str:
    """Where process ids mean the same as here: this machine, and this container of it."""
    container = ""
    with suppress(OSError):
        container = os.readlink("/proc/self/ns/pid")
    return f"{socket.gethostname()}/{container}"


def _ended(holder: str) -> bool:
    place, _, process = holder.partition(" ")
    return place == process_scope() and process.isdigit() and not _is_running(int(process))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # there, but not ours to signal
        return True
    return True
