"""What all verbs share: the project's place, how results and errors are told, and what time it
is.
"""

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
FAILED, WRONG_USAGE, FOUND = 1, 2, 3
TRACEBACK = "SALUS_TRACEBACK"  # set in the environment: a fault of Salus shows where it happened


class CommandContext:
    """The project folder named before the verb."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def project(self, folder: Path | None) -> Any:
        """The project in the folder named after the verb, else before it."""
        from salus.project import open_project

        return open_project(folder or self.folder)


def verb(function: Callable[P, None]) -> Callable[P, None]:
    """Report every failure as one message on standard error and exit 1; anything half-done has
    cleaned up after itself.
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
            raise  # click's own: usage, --help, Ctrl-C
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            _fail(
                f"salus: a fault of Salus itself: {type(error).__name__}: {redact(str(error))}\n"
                f"    -> set {TRACEBACK}=1, run it again, and report what it prints"
            )

    return report_errors


def _fail(message: str, code: int = FAILED) -> None:
    with suppress(OSError, ValueError):  # where nothing can be said, the exit code says it
        click.echo(printable(message), err=True)
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream)
    sys.exit(code)


def _let_go(stream: Any) -> None:
    """What a stream that fails still holds is dropped, or Python would try once more at the end,
    and complain.
    """
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def show_warnings() -> Iterator[None]:
    """Says at the end which files had rows left out or were damaged, each once, however often the
    files were read.
    """
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
                talk(line)


def options(*several: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, in reading order."""

    def decorated(function: Any) -> Any:
        for option in reversed(several):
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
    help="The project folder.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output."
)
as_of_option = click.option(
    "--as-of",
    "as_of",
    default=None,
    metavar="DATE",
    help="The date, as 2026-01-31 (default: today, or where an old export ends).",
)


def past_dates(function: Any) -> Any:
    """The options of verbs that compare past dates with what came after."""
    return options(
        click.option(
            "--outcome",
            required=True,
            metavar="NAME",
            help="An outcome of the model, as `churned`.",
        ),
        click.option(
            "--horizon",
            default="90d",
            show_default=True,
            metavar="SPAN",
            help="How long after each date the outcome counts, as 90d or 12w.",
        ),
        click.option(
            "--from",
            "first",
            default=None,
            metavar="DATE",
            help="The first date (default: as early as facts allow).",
        ),
        click.option(
            "--to",
            "last",
            default=None,
            metavar="DATE",
            help="The last date (default: the last one whose horizon is over).",
        ),
        click.option(
            "--every",
            type=click.Choice(["week", "month"]),
            default="month",
            show_default=True,
            help="The step from one date to the next.",
        ),
    )(function)


def tell(result: Any, as_json: bool) -> None:
    """A result on standard output."""
    if as_json:
        write_json(result.as_dict())
    else:
        write(str(result))


def write(text: str) -> None:
    """A text on standard output, without anything that steers a terminal."""
    _write(printable(text))


def write_json(document: Any) -> None:
    """One JSON document on standard output: what steers a terminal, or has no place in its
    encoding, is escaped.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if not text.isprintable() or not _encodable(text, encoding):
        text = json.dumps(document, allow_nan=False)
    _write(text)


def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _write(text: str) -> None:
    from salus.errors import Problem, ResourceError

    try:
        click.echo(text)
    except BrokenPipeError:  # the reader has read enough
        _let_go(sys.stdout)
        sys.exit(FAILED)
    except OSError as error:
        raise ResourceError(
            [
                Problem(
                    "standard output",
                    None,
                    None,
                    f"it can't be written: {error.strerror}",
                    "free some space, or send it elsewhere",
                )
            ]
        ) from error


def talk(text: str) -> None:
    """A word to the reader, on standard error; where that can't be written, the work goes on."""
    with suppress(OSError, ValueError):
        click.echo(printable(text), err=True)


def name_model_file(project: Any, name: Path) -> None:
    """Say which of two files is read, where the project's folder and the current one hold different
    files of one name.
    """
    if project.unread_model_file(name) is not None:
        talk(
            f"{name} is read from the project's folder, not the other file of that name in the"
            " current folder. Give the full path to read that one."
        )


def on_terminal() -> bool:
    """Whether standard error is a terminal; a process may have none at all."""
    return sys.stderr is not None and sys.stderr.isatty()


def as_of_or_today(project: Any, given: str | None) -> dt.date:
    """The date given, which may not lie after today; else today, or where an old export ends: then
    it says so.
    """
    day: dt.date | None = project.parse_past_date(given)
    if day is not None:
        return day
    end = project.data_end()
    for note in end.notes:
        talk(note)
    found: dt.date = end.as_of
    return found


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[str], None]]:
    """Shows on a terminal that something is going on, and gives a function that says what; silent
    when piped.
    """
    if not on_terminal():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield status.update
