"""`salus validate`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from salus.cli.exit_codes import HAS_FINDINGS
from salus.cli.options import (
    Share,
    add_options,
    folder_option,
    json_option,
    past_date_options,
)
from salus.cli.output import print_note, print_result, show_progress
from salus.cli.run import CommandContext, report_errors


@click.command("validate")
@add_options(
    past_date_options,
    click.option(
        "--capacity",
        type=Share(),
        default="10%",
        show_default=True,
        metavar="SHARE",
        help="The share of the entities that your team can look after, such as 10% or 0.1.",
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
        "--pictures",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        metavar="DIR",
        help="Also write charts to this folder, as SVG files.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    /,
    model: Path | None,
    pictures: Path | None,
    as_json: bool,
    folder: Path | None,
    **settings: Any,
) -> None:
    """Check on past dates whether the score predicts the outcome.

    Each past score uses what was known then, as far as your tables have dates; Salus says where
    they don't. The exit code is 3 if the figures can't be trusted, for example because a measure
    already contains the outcome, or because a source has no new data.

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
        result = project.validate(**settings)
    if pictures is not None:
        result.draw(pictures)
        print_note(f"the charts are in {pictures}")
    print_result(result, as_json)
    if result.warnings:
        sys.exit(HAS_FINDINGS)
