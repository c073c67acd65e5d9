"""What commands print: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import click

from salus.cli.exit_codes import FAILED
from salus.sanitize import printable

_STATUS: ContextVar[Any] = ContextVar("status", default=None)  # the spinner that moves now


def print_result(result: Any, as_json: bool) -> None:
    """Print a result on standard output, as text or JSON."""
    if as_json:
        print_json(result.as_dict())
    else:
        print_text(str(result))


def print_text(text: str) -> None:
    """Print a text on standard output, without terminal control characters."""
    _write(printable(text))


def print_json(document: Any) -> None:
    """Print one JSON document on standard output.

    Control characters, and characters that the output's encoding lacks, are escaped.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if not text.isprintable() or not _can_encode(text, encoding):
        text = json.dumps(document, allow_nan=False)
    _write(text)


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _write(text: str) -> None:
    from salus.errors import Problem, ResourceError

    try:
        click.echo(text)
    except BrokenPipeError:  # the reader closed the pipe
        drop_buffer(sys.stdout)
        sys.exit(FAILED)
    except OSError as error:
        raise ResourceError(
            [
                Problem(
                    "standard output",
                    None,
                    None,
                    f"it can't be written: {error.strerror}",
                    "free some space, or send the output elsewhere",
                )
            ]
        ) from error


def print_note(text: str) -> None:
    """Print a message on standard error. If that fails, the command still goes on."""
    with suppress(OSError, ValueError):
        click.echo(printable(text), err=True)


def drop_buffer(stream: Any) -> None:
    """Drop what a failing stream still holds; otherwise Python writes it again at exit and fails."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal() -> bool:
    """Whether standard error is a terminal. Some processes have no standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def can_ask() -> bool:
    """Whether a person can read a question and type an answer."""
    return is_terminal() and sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show a spinner with a text on a terminal, and nothing elsewhere.

    Yields a function that changes the text.
    """
    if not is_terminal():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        token = _STATUS.set(status)
        try:
            yield status.update
        finally:
            _STATUS.reset(token)


@contextmanager
def pause_progress() -> Iterator[None]:
    """In this block, no spinner moves, so that a person can type."""
    status = _STATUS.get()
    if status is None:
        yield
        return
    status.stop()
    try:
        yield
    finally:
        status.start()
