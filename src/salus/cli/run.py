"""How a command runs: its project, its date, and how its errors and warnings are reported."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from salus.cli.exit_codes import FAILED, WRONG_USAGE
from salus.cli.output import drop_buffer, print_note
from salus.sanitize import printable, redact

if TYPE_CHECKING:
    import datetime as dt

P = ParamSpec("P")
TRACEBACK = "SALUS_TRACEBACK"  # environment variable: show the traceback of an internal error


class CommandContext:
    """The project folder that is given before the verb: `salus -C DIR VERB`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def project(self, folder: Path | None) -> Any:
        """Open the project. The folder that is given after the verb comes first. Commands that a
        text suggests name it.
        """
        from salus.channels.text.commands import project_folder
        from salus.project import open_project

        place = folder or self.folder
        click.get_current_context().with_resource(project_folder(place))
        return open_project(place)


@contextmanager
def fit_terminal() -> Iterator[None]:
    """In this block, texts fit the width of the terminal, if standard output is one."""
    from salus.channels.text.width import limit_width

    if not sys.stdout.isatty():
        yield
        return
    with limit_width(shutil.get_terminal_size().columns):
        yield


def report_errors(function: Callable[P, None]) -> Callable[P, None]:
    """Decorate a command: an error is printed as one message on standard error.

    The exit code is 2 for a wrong option and 1 for every other error.
    """

    @functools.wraps(function)
    def run_command(*args: P.args, **kwargs: P.kwargs) -> None:
        from salus.channels.text.commands import name_project
        from salus.errors import OptionError, SalusError, translate_errors

        try:
            with translate_errors(), show_warnings(), fit_terminal():
                function(*args, **kwargs)
        except SalusError as error:
            _fail(
                name_project(str(error)), WRONG_USAGE if isinstance(error, OptionError) else FAILED
            )
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # click handles usage errors, --help and Ctrl-C
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            _fail(
                f"salus: internal error: {type(error).__name__}: {redact(str(error))}\n"
                f"    -> set {TRACEBACK}=1, run it again, and report what it prints"
            )

    return run_command


def _fail(message: str, code: int = FAILED) -> None:
    with suppress(OSError, ValueError):  # if nothing can be printed, the exit code is enough
        click.echo(printable(message), err=True)
    for stream in (sys.stdout, sys.stderr):
        drop_buffer(stream)
    sys.exit(code)


@contextmanager
def show_warnings() -> Iterator[None]:
    """Collect Salus' warnings in this block, and print each of them once at its end."""
    from salus.channels.text.commands import name_project
    from salus.errors import SalusWarning

    lines: dict[str, None] = {}
    with warnings.catch_warnings():
        usual = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, SalusWarning):
                lines[name_project(str(message))] = None
            else:
                usual(message, category, *place, **more)

        warnings.simplefilter("always", SalusWarning)
        warnings.showwarning = show
        try:
            yield
        finally:
            for line in lines:
                print_note(line)


def name_model_file(project: Any, name: Path) -> None:
    """Say which file is read if the project folder and the current folder both have one of this
    name.
    """
    if project.unread_model_file(name) is not None:
        print_note(
            f"{name} is read from the project's folder, not the other file of that name in the"
            " current folder. To read that one, give its full path."
        )


def resolve_as_of(project: Any, given: str | None, *, last: bool = False) -> dt.date:
    """Parse the date of a command. None: today, or the day after the last fact if the data ended
    before (a message says so). `last`: it is the last of several dates. Raises UsageError for a
    date after today.
    """
    day: dt.date | None = project.parse_past_date(given)
    if day is not None:
        return day
    end = project.data_end()
    for note in end.range_notes if last else end.notes:
        print_note(note)
    as_of: dt.date = end.as_of
    return as_of
