"""Lets only one run at a time write to a folder of Spark. Two runs that rename files in it at the
same time could lose data.
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
    """Hold the folder while the `with` block runs. Raises DataError if another run holds it.

    `what`: the content of the folder, for the message. A run that was killed leaves its claim. The
    next run on the same machine sees that the process is gone and takes the claim over. From
    another machine or container it can't know that. The object stores of Spark have no locks.
    """
    place, own = f"{folder}/{CLAIM}", f"{process_scope()} {os.getpid()}"
    files.make(folder)
    if not files.create(place, own):
        holder = files.text(place) or ""
        if not _ended(holder):
            raise DataError(
                f"another run is writing {what} ({holder or 'unknown'})",
                f"wait until it is done; if that run was killed, delete {place}",
            )
        files.overwrite(place, own)
    try:
        yield
    finally:
        files.remove(place)


def process_scope() -> str:
    """The machine and container in which the process ids of this process are valid."""
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
    except OSError:  # it runs, but under another user
        return True
    return True
