"""The commands that a text suggests. They work as they are printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_FOLDER: ContextVar[Path] = ContextVar("folder", default=Path())


@contextmanager
def project_folder(folder: Path) -> Iterator[None]:
    """In this block, suggested commands name this folder with `-C`."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def suggest_command(*words: object, folder: Path | None = None) -> str:
    """A command to copy into a shell. It names the project folder unless that is the current
    folder. A path inside the project folder is given from there.

    >>> suggest_command("learn", "--outcome", "churned")
    'salus learn --outcome churned'
    >>> suggest_command("check", folder=Path("my company"))
    "salus -C 'my company' check"
    """
    place = _FOLDER.get() if folder is None else folder
    option = [] if place == Path() else ["-C", str(place)]
    return shlex.join(["salus", *option, *(_word(word, place) for word in words)])


def _word(word: object, place: Path) -> str:
    if isinstance(word, Path) and word.is_relative_to(place):
        return str(word.relative_to(place))
    return str(word)


def name_project(text: str) -> str:
    """The text, in which commands between backticks name the project folder. `init` and `demo` make
    a folder of their own.
    """
    return re.sub(r"`salus (?=[a-z])(?!init|demo)", f"`{suggest_command()} ", text)
