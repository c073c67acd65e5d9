"""`salus forecast`"""

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
    show_progress,
    talk,
    tell,
    verb,
)


@click.command("forecast")
@options(
    as_of_option,
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How far ahead renewals are looked at, as 90d or 12w.",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="What a lost renewal is called (default: the outcome that judges the main score).",
    ),
    click.option(
        "--suppose",
        "changes",
        multiple=True,
        metavar="CHANGE",
        help=(
            "Suppose another value, as active_users=-30%, arr=+10%, sponsor_left=1 or"
            " mood.points=-20; may be given several times."
        ),
    ),
    click.option(
        "--pictures",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        metavar="DIR",
        help="Also write its picture, as an SVG file, to this folder.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
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
    """Renewals and money to come with their intervals, where scores go, and how past forecasts
    fared.

    Keeps what it told of renewals under history/forecasts/.

    \b
    salus forecast
    salus forecast --horizon 180d --suppose active_users=-30% --suppose arr=+10%
    """
    project = context.project(folder)
    if pictures is not None:
        project.require_pictures()
    day = as_of_or_today(project, as_of)
    with show_progress("scoring past dates"):
        found = project.forecast(day, horizon, outcome=outcome, changes=changes)
    if pictures is not None:
        talk(f"{len(found.draw(pictures))} picture in {pictures}")
    tell(found, as_json)
