"""`salus score`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import (
    CommandContext,
    as_of_option,
    as_of_or_today,
    folder_option,
    json_option,
    options,
    print_note,
    print_result,
    show_progress,
    verb,
)


@click.command("score")
@options(
    as_of_option,
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Also write the scores to a file: .xlsx (with formulas), .csv or .parquet.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(
    context: CommandContext, as_of: str | None, out: Path | None, as_json: bool, folder: Path | None
) -> None:
    """Score all entities on one date and keep the scores in history.

    \b
    salus score
    salus score --as-of 2026-01-31 --out scores.xlsx
    """
    project = context.project(folder)
    with show_progress("scoring"):
        scores = project.score(as_of_or_today(project, as_of), out=out)
    print_result(scores, as_json)
    if out is not None:
        print_note(f"written to {out}")
