"""What all verbs share: the project's place, how results and errors are told, and what time it is."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

if TYPE_CHECKING:
    import datetime as dt

P = ParamSpec("P")
FAILED, FOUND = 1, 3


class Context:
    """The project folder named before the verb."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def project(self, folder: Path | None) -> Any:
        """The project in the folder named after the verb, else before it."""
        from salus.project import open_project
        return open_project(folder or self.folder)


def verb(function: Callable[P, None]) -> Callable[P, None]:
    """Tell a SalusError as its problems and exit 1; anything half-done has cleaned up after itself."""
    @functools.wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        from salus.errors import SalusError
        try:
            with left_out():
                function(*args, **kwargs)
        except SalusError as error:
            click.echo(str(error), err=True)
            sys.exit(FAILED)
        except BrokenPipeError:
            sys.exit(FAILED)
    return told


@contextmanager
def left_out() -> Iterator[None]:
    """Says at the end which files had rows left out, each once, however often the files were read."""
    from salus.errors import RejectedRowsWarning
    lines: dict[str, None] = {}
    with warnings.catch_warnings():
        usual = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, RejectedRowsWarning):
                lines[str(message)] = None
            else:
                usual(message, category, *place, **more)
        warnings.simplefilter("always", RejectedRowsWarning)
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


folder_option = click.option("-C", "--project", "folder", type=click.Path(path_type=Path), default=None, metavar="DIR",
                             help="The project folder.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
as_of_option = click.option("--as-of", "as_of", default=None, metavar="DATE",
                            help="The date, as 2026-01-31 (default: today, or where an old export ends).")


def past_dates(function: Any) -> Any:
    """The options of verbs that compare past dates with what came after."""
    return options(
        click.option("--outcome", required=True, metavar="NAME", help="An outcome of the model, as `churned`."),
        click.option("--horizon", default="90d", show_default=True, metavar="SPAN",
                     help="How long after each date the outcome counts, as 90d or 12w."),
        click.option("--from", "first", default=None, metavar="DATE",
                     help="The first date (default: as early as facts allow)."),
        click.option("--to", "last", default=None, metavar="DATE",
                     help="The last date (default: the last one whose horizon is over)."),
        click.option("--every", type=click.Choice(["week", "month"]), default="month", show_default=True,
                     help="The step from one date to the next."))(function)


def tell(result: Any, as_json: bool) -> None:
    """A result on standard output."""
    import json
    click.echo(json.dumps(result.as_dict(), ensure_ascii=False, allow_nan=False) if as_json else str(result))


def talk(text: str) -> None:
    """A word to the reader, on standard error."""
    click.echo(text, err=True)


def as_of_or_today(project: Any, given: str | None) -> dt.date:
    """The date given, which may not lie after today; else today, or where an old export ends: then it says so."""
    day: dt.date | None = project.past(given)
    if day is not None:
        return day
    end = project.data_end()
    for note in end.notes:
        talk(note)
    found: dt.date = end.as_of
    return found


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on a terminal that something is going on; silent when piped."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    with Console(stderr=True).status(what):
        yield
