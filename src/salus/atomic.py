"""Writes files whole or not at all. Tests can stop a run at its named points.

Everything a run writes is first a draft of its own: a hidden file with a random name, which the run
locks. The lock ends when the run ends, for whatever reason, and it works between containers that
share the folder. So a draft that isn't locked is a leftover. Process ids can't tell this: in a
container every run may be process 1.
"""

from __future__ import annotations

import atexit
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
FOLDER = ".folder"  # ends the name of a draft's folder
_OWN: set[Path] = set()  # the drafts of this run that may exist


@contextmanager
def atomic_write(path: Path, *, make_folder: bool = True, durable: bool = True) -> Iterator[Path]:
    """A path to write to. If the block ends without an error, the file appears under its real name,
    else nothing appears.

    A reader never sees half a file. An interrupted run leaves only a hidden file, which the next
    run removes. Runs at the same time don't disturb each other: each writes its own draft, and the
    last one wins. A file that is not `durable` may be damaged by a power cut, so its reader must
    detect that.
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
    """An empty hidden file beside `path`, which this run owns during the block. Rename it, or it is
    removed afterwards.

    If the folder is missing, the file isn't created either, and writing to it raises the error.
    """
    draft, lock = _own_draft(path)
    try:
        yield draft
    except OSError as error:
        name_file(error, path)
        raise
    finally:
        _remove_own(draft)
        if lock is not None:
            os.close(lock)


def name_file(error: OSError, path: Path) -> None:
    """Add the file's path to the error, because libraries often omit it."""
    if error.errno and error.filename is None:
        error.filename = str(path)


@contextmanager
def draft_folder_of(folder: Path) -> Iterator[Path]:
    """The same for a folder: the path of a new folder to fill, or of one that is about to be
    removed. The block creates it.
    """
    with draft_of(folder) as draft:
        own = _folder_of(draft)
        _OWN.add(own)
        try:
            yield own
        finally:
            _remove_own(own)


def remove_leftovers(folder: Path) -> None:
    """Remove the leftovers in a folder: drafts of files and folders whose run has ended."""
    with suppress(OSError):  # the folder is missing, or another run removes it
        for name in os.listdir(folder):
            if name.endswith(".part") and _DRAFT.fullmatch(name):
                _remove_leftover(folder / name)


def _own_draft(path: Path) -> tuple[Path, int | None]:
    """A new draft, and the file handle that holds its lock; None if it can't be locked."""
    while True:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
        _OWN.add(draft)
        try:
            handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        except FileNotFoundError:
            return draft, None
        if sys.platform == "win32":  # Windows can't rename an open file, so leftovers stay
            os.close(handle)
            return draft, None
        _lock(handle, wait=True)
        if _is_same_file(draft, handle):
            return draft, handle
        os.close(handle)  # another run removed it as a leftover before it was locked
        _OWN.discard(draft)


def _remove_own(draft: Path) -> None:
    """Remove a draft of this run, a file or a folder, if it still exists."""
    if draft.suffix == FOLDER:
        shutil.rmtree(draft, ignore_errors=True)
    else:
        with suppress(OSError):  # on a read-only disk there is nothing to remove
            draft.unlink(missing_ok=True)
    _OWN.discard(draft)


@atexit.register
def _remove_all_own() -> None:
    """Remove the drafts that this run still has when it ends. Ctrl-C can arrive at any moment, also
    just before or after the block that would remove its draft.
    """
    for draft in tuple(_OWN):
        _remove_own(draft)


def _remove_leftover(draft: Path) -> None:
    """Remove a draft if it isn't locked. It is locked while it is removed, so no run can own it
    meanwhile.
    """
    try:
        handle = os.open(draft, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:  # already removed, or owned by another user
        return
    try:
        if _lock(handle, wait=False) and _is_same_file(draft, handle):
            shutil.rmtree(_folder_of(draft), ignore_errors=True)
            draft.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Whether this run now holds the lock of an open file. Without support for locks it never does."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_same_file(path: Path, handle: int) -> bool:
    """Whether the path is still the open file."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except OSError:
        return False


def _folder_of(draft: Path) -> Path:
    return draft.with_suffix(FOLDER)


def crash_point(name: str) -> None:
    """End the process at once if the environment names this point. Nothing is cleaned up, as in a
    power cut.
    """
    if os.environ.get(CRASH_AT) == name:
        os._exit(137)
