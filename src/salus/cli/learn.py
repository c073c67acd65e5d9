"""`salus learn`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.run import (
    CommandContext,
    folder_option,
    json_option,
    options,
    past_dates,
    show_progress,
    tell,
    verb,
)


@click.command("learn")
@options(
    past_dates,
    click.option(
        "--out",
        "out",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Where the proposed model goes (default: proposed.yaml in the project).",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(context: CommandContext, /, as_json: bool, folder: Path | None, **asked: Any) -> None:
    """Weights that predict the outcome better, as a proposed model with the evidence for it.

    Nothing is adopted: the model of the project stays as it is.

    \b
    salus learn --outcome churned --horizon 90d
    """
    with show_progress("learning from past dates"):
        found = context.project(folder).learn(**asked)
    tell(found, as_json)
