"""One run at a time writes to a folder of Spark's: renaming there can't be relied on while another run does the same."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from salus.atomic import runs
from salus.errors import DataError
from salus.sources.spark_files import Files

CLAIM = "_claim"


@contextmanager
def claimed(files: Files, folder: str, what: str) -> Iterator[None]:
    """Hold the folder while the block runs; a DataError where another run does. `what` it holds, for the message.

    A run that was ended leaves its claim. On the machine it ran on the next one takes it over; from elsewhere nobody can tell.
    """
    place, own = f"{folder}/{CLAIM}", f"{socket.gethostname()} {os.getpid()}"
    files.make(folder)
    if not files.create(place, own):
        holder = files.text(place) or ""
        if not _ended(holder):
            raise DataError(f"another run is writing {what} ({holder or 'unknown'})",
                            f"wait until it is done; if it was ended, remove {place}")
        files.tell(place, own)
    try:
        yield
    finally:
        files.remove(place)


def _ended(holder: str) -> bool:
    machine, _, process = holder.partition(" ")
    return machine == socket.gethostname() and process.isdigit() and not runs(int(process))
