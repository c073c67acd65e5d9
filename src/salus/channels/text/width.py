"""How wide a text may be, and sentences that fit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

USUAL = 120  # where nobody knows how wide the reader's window is
NARROWEST = 60
PROSE = 100  # sentences are no wider, even in a wide window

_WIDTH: ContextVar[int] = ContextVar("width", default=USUAL)


@contextmanager
def limit_width(columns: int) -> Iterator[None]:
    """In this block, texts are made for a window of so many columns."""
    token = _WIDTH.set(max(columns, NARROWEST))
    try:
        yield
    finally:
        _WIDTH.reset(token)


def text_width() -> int:
    """The columns that a text may use."""
    return _WIDTH.get()


def wrap(text: str, indent: str = "", following: str | None = None) -> list[str]:
    """The lines of a sentence. The first begins with `indent`, the others with `following`. A
    command between backticks stays on one line.

    >>> with limit_width(60):
    ...     wrap("The score follows the values over the next weeks; see `salus history A-17` then.")
    ['The score follows the values over the next weeks; see', '`salus history A-17` then.']
    """
    whole = re.sub(r"`[^`]*`", lambda match: match[0].replace(" ", "\0"), text)
    lines = textwrap.wrap(
        whole,
        min(text_width(), PROSE),
        initial_indent=indent,
        subsequent_indent=indent if following is None else following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ") for line in lines]


def add_command(text: str, command: str) -> list[str]:
    """A sentence and the command it suggests, on one line if both fit.

    >>> add_command("Next", "salus check")
    ['Next: salus check']
    """
    line = f"{text}: {command}"
    return [line] if len(line) <= text_width() else [f"{text}:", f"  {command}"]
