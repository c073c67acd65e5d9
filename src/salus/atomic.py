"""Writes files whole or not at all. Tests can stop a run at its named points.

Whatever a run prepares is a draft of its own: a hidden file with a random name, on which the run
holds a lock. The lock ends with the run, however it ends, and it is the same for every container
that shares the folder. So a draft whose lock is free is a leftover. Process ids tell nothing: in a
container every run may be process 1.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CRASH_AT = "SALUS_CRASH_AT"
_DRAFT = re.compile(r"\..+\.[0-9a-f]{16}\.part", re.DOTALL)


@contextmanager
def atomic_write(path: Path, *, make_folder: bool = True, durable: bool = True) -> Iterator[Path]:
    """A path to write to; when the block ends well, the file appears under its real name, else
    nothing does.

    A reader never sees half a file, and an interrupted run leaves only a hidden leftover that the
    next run removes. Runs at the same time don't meet: each writes its own draft, and the last one
    stands. A file that is not `durable` may be damaged by a power cut: its reader must notice.
    """
    if make_folder:
        path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path.parent)
    with draft_of(path) as draft:
        yield draft
        crash_point(f"written:{path.suffix}")
        if durable:
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
        os.replace(draft, path)
    crash_point(f"renamed:{path.suffix}")


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """An empty hidden file beside `path`, owned by this run while the block lasts. Rename it, or it
    is removed afterwards.

    Where the folder is missing there is no file either: whoever writes to it gets the error.
    """
    draft, lock = _own_draft(path)
    try:
        yield draft
    except OSError as error:
        name_file(error, path)
        raise
    finally:
        with suppress(OSError):  # on a read-only disk nothing was written either
            draft.unlink(missing_ok=True)
        if lock is not None:
            os.close(lock)


def name_file(error: OSError, path: Path) -> None:
    """Say which file it was: libraries often don't."""
    if error.errno and error.filename is None:
        error.filename = str(path)


@contextmanager
def draft_folder_of(folder: Path) -> Iterator[Path]:
    """The same for a folder: where to fill one, or to move one to that is to be removed. The block
    makes it.
    """
    with draft_of(folder) as draft:
        try:
            yield _folder_of(draft)
        finally:
            shutil.rmtree(_folder_of(draft), ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Remove the leftovers in a folder: drafts of files and folders whose run has ended."""
    with suppress(OSError):  # no such folder, or another run removes it
        for name in os.listdir(folder):
            if name.endswith(".part") and _DRAFT.fullmatch(name):
                _remove_leftover(folder / name)


def _own_draft(path: Path) -> tuple[Path, int | None]:
    """A new draft and the file handle that holds its lock; None where there is nothing to lock, or
    no locks.
    """
    while True:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
        try:
            handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        except FileNotFoundError:
            return draft, None
        if sys.platform == "win32":  # no file that is open can be renamed there: leftovers stay
            os.close(handle)
            return draft, None
        _lock(handle, wait=True)
        if _is(draft, handle):
            return draft, handle
        os.close(handle)  # another run was quicker than our lock, and took it for a leftover


def _remove_leftover(draft: Path) -> None:
    """Remove a draft if its lock is free. It is removed under the lock, so nobody can own it
    meanwhile.
    """
    try:
        handle = os.open(draft, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:  # gone, or somebody else's
        return
    try:
        if _lock(handle, wait=False) and _is(draft, handle):
            shutil.rmtree(_folder_of(draft), ignore_errors=True)
            draft.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Whether the lock of an open file is ours now. Where the disk or the system knows no locks, it
    never is.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is(path: Path, handle: int) -> bool:
    """Whether the open file is still the one of this name."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except OSError:
        return False


def _folder_of(draft: Path) -> Path:
    return draft.with_suffix(".folder")


def crash_point(name: str) -> None:
    """End the process at once if the environment names this point: nothing is tidied up, as in a
    power cut.
    """
    if os.environ.get(CRASH_AT) == name:
        os._exit(137)
