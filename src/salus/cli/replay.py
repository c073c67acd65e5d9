"""`salus replay`"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from salus.cli.options import DEFAULT_DATE, add_options, folder_option, json_option
from salus.cli.output import is_terminal, print_note, print_result
from salus.cli.run import CommandContext, report_errors, resolve_as_of


@click.command("replay")
@add_options(
    click.option(
        "--from", "first", required=True, metavar="DATE", help="The first date, such as 2024-01-31."
    ),
    click.option(
        "--to",
        "last",
        default=None,
        metavar="DATE",
        help=f"The last date (default: {DEFAULT_DATE}).",
    ),
    click.option(
        "--every",
        type=click.Choice(["day", "week", "month"]),
        default="day",
        show_default=True,
        help="The step from one date to the next.",
    ),
    click.option(
        "--model",
        "model",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Use this model instead of salus.yaml.",
    ),
    click.option(
        "--fresh",
        is_flag=True,
        help="Compute everything again, even results that are kept for this model and data.",
    ),
    click.option(
        "--processes",
        type=click.IntRange(1, 64),
        default=1,
        show_default=True,
        help="The number of processes that share the work.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    /,
    first: str,
    last: str | None,
    model: Path | None,
    as_json: bool,
    folder: Path | None,
    **settings: Any,
) -> None:
    """Score many past dates.

    Each score uses what was known then, as far as your tables have dates; Salus says where they
    don't.

    The scores are kept in history/replay/. They aren't computed again for the same model and data.
    If a replay is interrupted, run the same command again: it continues where it stopped.

    \b
    salus replay --from 2025-01-01 --to 2025-12-31
    salus replay --from 2024-01-01 --every month --json
    salus replay --from 2025-01-01 --model next.yaml
    """
    project = context.project(folder)
    project = project.with_model(model) if model is not None else project
    with _progress() as progress:
        last_date = resolve_as_of(project, last, last=True)
        result = project.replay(first, last_date, progress=progress, **settings)
    if result.reused and not result.computed:
        print_note(
            "all scores were already computed for this model and data; use --fresh to compute them again"
        )
    print_result(result, as_json)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    if not is_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("replaying"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("replaying", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
