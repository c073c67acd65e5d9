"""`salus score`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, as_of_option, folder_option, json_option
from salus.cli.output import print_note, print_result, show_progress
from salus.cli.run import CommandContext, report_errors, resolve_as_of


@click.command("score")
@add_options(
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
@report_errors
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
        scores = project.score(resolve_as_of(project, as_of), out=out)
    print_result(scores, as_json)
    if out is not None:
        print_note(f"written to {out}")
