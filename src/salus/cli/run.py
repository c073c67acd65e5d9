"""What all commands share: the project folder, options, and how results and errors are printed."""

from __future__ import annotations

import functools
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from salus.sanitize import printable, redact

if TYPE_CHECKING:
    import datetime as dt

P = ParamSpec("P")
FAILED, WRONG_USAGE, HAS_FINDINGS = 1, 2, 3
TRACEBACK = "SALUS_TRACEBACK"  # environment variable: show the traceback of an internal error


class CommandContext:
    """The project folder that is given before the verb: `salus -C DIR VERB`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def project(self, folder: Path | None) -> Any:
        """Open the project. The folder that is given after the verb comes first."""
        from salus.project import open_project

        return open_project(folder or self.folder)


def verb(function: Callable[P, None]) -> Callable[P, None]:
    """Decorate a command: an error is printed as one message on standard error.

    The exit code is 2 for a wrong option and 1 for every other error.
    """

    @functools.wraps(function)
    def report_errors(*args: P.args, **kwargs: P.kwargs) -> None:
        from salus.errors import OptionError, SalusError, translate_errors

        try:
            with translate_errors(), show_warnings():
                function(*args, **kwargs)
        except SalusError as error:
            _fail(str(error), WRONG_USAGE if isinstance(error, OptionError) else FAILED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # click handles usage errors, --help and Ctrl-C
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            _fail(
                f"salus: an internal error of Salus: {type(error).__name__}: {redact(str(error))}\n"
                f"    -> set {TRACEBACK}=1, run it again, and report what it prints"
            )

    return report_errors


def _fail(message: str, code: int = FAILED) -> None:
    with suppress(OSError, ValueError):  # if nothing can be printed, the exit code is enough
        click.echo(printable(message), err=True)
    for stream in (sys.stdout, sys.stderr):
        _drop_buffer(stream)
    sys.exit(code)


def _drop_buffer(stream: Any) -> None:
    """Drop what a failing stream still holds; otherwise Python writes it again at exit and fails."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def show_warnings() -> Iterator[None]:
    """Collect Salus' warnings in this block, and print each of them once at its end."""
    from salus.errors import SalusWarning

    lines: dict[str, None] = {}
    with warnings.catch_warnings():
        usual = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, SalusWarning):
                lines[str(message)] = None
            else:
                usual(message, category, *place, **more)

        warnings.simplefilter("always", SalusWarning)
        warnings.showwarning = show
        try:
            yield
        finally:
            for line in lines:
                print_note(line)


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine options into one decorator, in reading order."""

    def decorated(function: Any) -> Any:
        for option in reversed(decorators):
            function = option(function)
        return function

    return decorated


folder_option = click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="The project folder (default: the current folder).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
as_of_option = click.option(
    "--as-of",
    "as_of",
    default=None,
    metavar="DATE",
    help="The date, such as 2026-01-31 (default: today; if the data ends earlier, the day after its last fact).",
)


def past_date_options(function: Any) -> Any:
    """Decorate a command that compares past dates with an outcome: add its options."""
    return options(
        click.option(
            "--outcome",
            required=True,
            metavar="NAME",
            help="An outcome of the model, such as `churned`.",
        ),
        click.option(
            "--horizon",
            default="90d",
            show_default=True,
            metavar="SPAN",
            help="How long after each date the outcome counts, such as 90d or 12w.",
        ),
        click.option(
            "--from",
            "first",
            default=None,
            metavar="DATE",
            help="The first date (default: the earliest date with enough facts).",
        ),
        click.option(
            "--to",
            "last",
            default=None,
            metavar="DATE",
            help="The last date (default: the last one whose horizon has ended).",
        ),
        click.option(
            "--every",
            type=click.Choice(["week", "month"]),
            default="month",
            show_default=True,
            help="The step from one date to the next.",
        ),
    )(function)


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
        _drop_buffer(sys.stdout)
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


def name_model_file(project: Any, name: Path) -> None:
    """Say which file is read if the project folder and the current folder both have one of this
    name.
    """
    if project.unread_model_file(name) is not None:
        print_note(
            f"{name} is read from the project's folder, not the other file of that name in the"
            " current folder. To read that one, give its full path."
        )


def on_terminal() -> bool:
    """Whether standard error is a terminal. Some processes have no standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def as_of_or_today(project: Any, given: str | None) -> dt.date:
    """Parse the date of a command; None: today, or the day after the last fact if the data ends
    earlier (a message says so). Raises UsageError for a date after today.
    """
    day: dt.date | None = project.parse_past_date(given)
    if day is not None:
        return day
    end = project.data_end()
    for note in end.notes:
        print_note(note)
    as_of: dt.date = end.as_of
    return as_of


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show a spinner with a text on a terminal, and nothing elsewhere.

    Yields a function that changes the text.
    """
    if not on_terminal():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield status.update
