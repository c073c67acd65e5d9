"""`salus validate`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from salus.cli.run import (
    FOUND,
    CommandContext,
    folder_option,
    json_option,
    options,
    past_dates,
    show_progress,
    talk,
    tell,
    verb,
)


@click.command("validate")
@options(
    past_dates,
    click.option(
        "--capacity",
        type=click.FloatRange(0.001, 1),
        default=0.1,
        show_default=True,
        metavar="SHARE",
        help="The share of entities that can be looked after.",
    ),
    click.option(
        "--model",
        "model",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Another model than the project's salus.yaml.",
    ),
    click.option(
        "--pictures",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        metavar="DIR",
        help="Also write pictures, as SVG files, to this folder.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(
    context: CommandContext,
    /,
    model: Path | None,
    pictures: Path | None,
    as_json: bool,
    folder: Path | None,
    **asked: Any,
) -> None:
    """Does the score predict the outcome, on past dates, each with what was known then?

    Exits with 3 where it found something that makes the figures less than they seem.

    \b
    salus validate --outcome churned --horizon 90d
    salus validate --outcome churned --pictures slides
    salus validate --outcome churned --from 2024-01-01 --every week --json
    """
    project = context.project(folder)
    project = project.with_model(model) if model is not None else project
    if pictures is not None:
        project.require_pictures()
    with show_progress("scoring past dates"):
        found = project.validate(**asked)
    if pictures is not None:
        drawn = found.draw(pictures)
        talk(f"{len(drawn)} pictures in {pictures}")
    tell(found, as_json)
    if found.warnings:
        sys.exit(FOUND)
