"""What tells one content of a file from another: its size and time, and where these can't tell, a
hash of its bytes.

Size and time are the same though the content isn't where a program puts the time back, or writes
twice within one tick of the clock. The former shows in the inode or the time of the last change of
status, which no program can set; the latter is possible only for files that are a moment old. Only
such files are read, and what was found is remembered until the next run.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from salus.atomic import atomic_write
from salus.errors import DataError

YOUNG = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use
_UNKNOWN: Mapping[str, FileState] = {}


@dataclass(frozen=True)
class FileState:
    """A file when it was looked at. `token` stays the same as long as the content does."""

    size: int
    modified: int  # times in nanoseconds
    changed: int
    inode: int
    token: str
    content: str | None  # the hash of its bytes, if they were read
    settled: bool  # whether any later change shows in size, times or inode


class FileStates:
    """The states of files under `root`, remembered in the file `memory` (None: not at all).

    `read`: these files are read from end to end anyway before they are used, so each is hashed when
    it is first seen, and one written anew with the same bytes is the same.
    """

    def __init__(self, root: Path, memory: Path | None, *, read: bool = False) -> None:
        self._root, self._memory, self._read = root, memory, read

    def tokens(self, files: Sequence[Path]) -> list[str]:
        """For each file its name below the root, and a text that changes when its content does."""
        before = _UNKNOWN if self._memory is None else _remembered(self._memory)
        names = self._names(files)
        now = {
            name: self._state(path, before.get(name))
            for name, path in zip(names, files, strict=True)
        }
        if self._memory is not None and now != before:
            _remember(self._memory, now)
        return [f"{name} {now[name].token}" for name in names]

    def remember(self, files: Sequence[Path]) -> None:
        """These files are as they should be: compare them with what they are now."""
        if self._memory is not None:
            before = dict(_remembered(self._memory))
            for name, path in zip(self._names(files), files, strict=True):
                with suppress(
                    FileNotFoundError
                ):  # another run works on newer data, and has removed it
                    before[name] = self._looked_at(path, before.get(name))
            _remember(self._memory, before)

    def compare(self, files: Sequence[Path]) -> dict[Path, bool | None]:
        """Whether each file has the bytes that it had when it was remembered; None for one that
        never was, or is gone.
        """
        before = _UNKNOWN if self._memory is None else _remembered(self._memory)
        found: dict[Path, bool | None] = dict.fromkeys(files)
        for name, path in zip(self._names(files), files, strict=True):
            if name in before:
                with suppress(FileNotFoundError):
                    found[path] = self._looked_at(path, before[name]).token == before[name].token
        return found

    def _names(self, files: Sequence[Path]) -> list[str]:
        return [path.relative_to(self._root).as_posix() for path in files]

    def _state(self, path: Path, before: FileState | None) -> FileState:
        try:
            return self._looked_at(path, before)
        except OSError as error:
            raise DataError(
                f"{path.name} can't be read: {error.strerror}",
                "check that it is there, and its rights",
            ) from error

    def _looked_at(self, path: Path, before: FileState | None) -> FileState:
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
        return FileState(*stamp, token, content, settled)


def _stamp(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _remembered(memory: Path) -> Mapping[str, FileState]:
    """What the last run found; nothing if that can't be read, so that files are looked at as if for
    the first time.
    """
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
        states = {str(name): FileState(*fields) for name, fields in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return _UNKNOWN
    sound = all(
        isinstance(state.token, str) and isinstance(state.settled, bool)
        for state in states.values()
    )
    return states if sound else _UNKNOWN


def _remember(memory: Path, states: Mapping[str, FileState]) -> None:
    """For the next run. Where nothing can be written it hashes again whatever it must."""
    with suppress(OSError), atomic_write(memory, durable=False) as draft:
        text = json.dumps(
            {name: astuple(state) for name, state in states.items()}, ensure_ascii=True
        )
        draft.write_text(text, encoding="utf-8")
