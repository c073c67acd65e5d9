"""`salus forecast`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, as_of_option, folder_option, json_option
from salus.cli.output import print_note, print_result, show_progress
from salus.cli.run import CommandContext, report_errors, resolve_as_of


@click.command("forecast")
@add_options(
    as_of_option,
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How far ahead to look for renewals, such as 90d or 12w.",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="The outcome that means a lost renewal (default: the outcome of the main score).",
    ),
    click.option(
        "--suppose",
        "changes",
        multiple=True,
        metavar="CHANGE",
        help=(
            "Suppose another value, such as licence_utilisation=-30%, sponsor_left=1 or"
            " mood.points=-20. Names are those in salus.yaml. Can be repeated."
        ),
    ),
    click.option(
        "--pictures",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        metavar="DIR",
        help="Also write a chart to this folder, as an SVG file.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    as_of: str | None,
    horizon: str,
    outcome: str | None,
    changes: tuple[str, ...],
    pictures: Path | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Predict renewals, revenue and scores, each with an interval.

    The renewal forecast is kept in history/forecasts/. Past forecasts are compared with what
    happened.

    \b
    salus forecast
    salus forecast --horizon 180d --suppose licence_utilisation=-30%
    """
    project = context.project(folder)
    if pictures is not None:
        project.require_pictures()
    day = resolve_as_of(project, as_of)
    with show_progress("scoring past dates"):
        result = project.forecast(day, horizon, outcome=outcome, changes=changes)
    if pictures is not None:
        result.draw(pictures)
        print_note(f"the chart is in {pictures}")
    print_result(result, as_json)
