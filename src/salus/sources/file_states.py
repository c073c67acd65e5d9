"""Notices when the content of a file changes: by its size and times, and if need be by a hash.

Size and time can stay the same although the content changed: if a program sets the time back, or
writes twice within one tick of the clock. A time that was set back shows in the inode or in the
time of the last status change, which no program can set. Two writes in one tick can only happen to
a file that was written a moment ago. So only such files are read and hashed. The states are kept in
a file for the next run.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from salus.atomic import atomic_write
from salus.errors import DataError

YOUNG = 2_000_000_000  # nanoseconds: the coarsest clock of the file systems in use
_UNKNOWN: Mapping[str, FileState] = {}

FileStamp = tuple[str, int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class FileState:
    """A file at one moment."""

    size: int  # in bytes
    modified: int  # in nanoseconds
    changed: int  # the last status change, in nanoseconds
    inode: int
    token: str  # stays the same as long as the content does
    content: str | None  # the hash of its bytes, if they were read
    settled: bool  # whether any later change will show in size, times or inode


class FileStates:
    """The states of files below `root`, kept in the file `memory` (None: not kept).

    `read`: hash every file at first, because it is read from end to end anyway. Then a file that is
    written again with the same bytes counts as unchanged.
    """

    def __init__(self, root: Path, memory: Path | None, *, read: bool = False) -> None:
        self._root, self._memory, self._read = root, memory, read

    def tokens(self, files: Sequence[Path]) -> list[str]:
        """For each file its name below the root, and a text that changes when its content does."""
        before = _UNKNOWN if self._memory is None else _load(self._memory)
        names = self._names(files)
        current = {
            name: self._state(path, before.get(name))
            for name, path in zip(names, files, strict=True)
        }
        if self._memory is not None and current != before:
            _save(self._memory, current)
        return [f"{name} {current[name].token}" for name in names]

    def remember(self, files: Sequence[Path]) -> None:
        """Keep the states of these files, so that `compare` can notice a change."""
        if self._memory is not None:
            before = dict(_load(self._memory))
            for name, path in zip(self._names(files), files, strict=True):
                # another run with newer data may have removed the file
                with suppress(FileNotFoundError):
                    before[name] = self._inspect(path, before.get(name))
            _save(self._memory, before)

    def compare(self, files: Sequence[Path]) -> dict[Path, bool | None]:
        """Whether each file has the same bytes as when `remember` was called; None if it wasn't
        called for the file, or the file is gone.
        """
        before = _UNKNOWN if self._memory is None else _load(self._memory)
        same: dict[Path, bool | None] = dict.fromkeys(files)
        for name, path in zip(self._names(files), files, strict=True):
            if name in before:
                with suppress(FileNotFoundError):
                    same[path] = self._inspect(path, before[name]).token == before[name].token
        return same

    def _names(self, files: Sequence[Path]) -> list[str]:
        return [path.relative_to(self._root).as_posix() for path in files]

    def _state(self, path: Path, before: FileState | None) -> FileState:
        try:
            return self._inspect(path, before)
        except OSError as error:
            raise DataError(
                f"{path.name} can't be read: {error.strerror}",
                "check that the file exists and that you may read it",
            ) from error

    def _inspect(self, path: Path, before: FileState | None) -> FileState:
        stamp = _stamp(path)
        if (
            before is not None
            and before.settled
            and stamp == (before.size, before.modified, before.changed, before.inode)
        ):
            return before
        settled = time.time_ns() - stamp[2] >= YOUNG
        alike = before is not None and stamp[:2] == (before.size, before.modified)
        content = _hash(path) if self._read or alike or not settled else None
        if before is not None and content is not None and content == before.content:
            token = before.token
        else:
            token = " ".join(map(str, [*stamp[:2], *([content] if content else [])]))
        return FileState(
            size=stamp[0],
            modified=stamp[1],
            changed=stamp[2],
            inode=stamp[3],
            token=token,
            content=content,
            settled=settled,
        )


def settled_stamps(files: Iterable[Path]) -> tuple[FileStamp, ...] | None:
    """The stamps of files; None if one of them was written a moment ago, so that a later change might
    not show in them, or can't be looked at.
    """
    now = time.time_ns()
    try:
        stamps = file_stamps(files)
    except OSError:
        return None
    return None if any(now - stamp[3] < YOUNG for stamp in stamps) else stamps


def file_stamps(files: Iterable[Path]) -> tuple[FileStamp, ...]:
    """The name, size, times and inode of each file that exists."""
    stamps = []
    for path in files:
        with suppress(FileNotFoundError):
            stamps.append((str(path), *_stamp(path)))
    return tuple(stamps)


def _stamp(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _load(memory: Path) -> Mapping[str, FileState]:
    """The states that the last run kept; none if they can't be read. Then each file is inspected as
    if for the first time.
    """
    names = [field.name for field in fields(FileState)]
    try:
        rows = json.loads(memory.read_text(encoding="utf-8"))
        states = {
            str(name): FileState(**dict(zip(names, row, strict=True))) for name, row in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return _UNKNOWN
    valid = all(
        isinstance(state.token, str) and isinstance(state.settled, bool)
        for state in states.values()
    )
    return states if valid else _UNKNOWN


def _save(memory: Path, states: Mapping[str, FileState]) -> None:
    """Keep the states for the next run. If they can't be written, that run hashes some files again."""
    with suppress(OSError), atomic_write(memory, durable=False) as draft:
        text = json.dumps(
            {name: astuple(state) for name, state in states.items()}, ensure_ascii=True
        )
        draft.write_text(text, encoding="utf-8")
