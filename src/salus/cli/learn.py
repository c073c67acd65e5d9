"""`salus learn`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.options import add_options, folder_option, json_option, past_date_options
from salus.cli.output import print_result, show_progress
from salus.cli.run import CommandContext, report_errors


@click.command("learn")
@add_options(
    past_date_options,
    click.option(
        "--out",
        "out",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="The file to write the proposed model to (default: proposed.yaml in the project).",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext, /, as_json: bool, folder: Path | None, **settings: Any
) -> None:
    """Learn weights that predict the outcome better, and propose them as a model with evidence.

    The model of the project doesn't change. To use the proposed model, run
    `salus adopt proposed.yaml`.

    \b
    salus learn --outcome churned --horizon 90d
    """
    with show_progress("learning from past dates"):
        result = context.project(folder).learn(**settings)
    print_result(result, as_json)
