"""`salus learn`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.run import Context, folder_option, json_option, options, tell, verb, working


@click.command("learn")
@options(click.option("--outcome", required=True, metavar="NAME", help="An outcome of the model, as `churned`."),
         click.option("--horizon", default="90d", show_default=True, metavar="SPAN",
                      help="How long after each date the outcome counts, as 90d or 12w."),
         click.option("--from", "first", default=None, metavar="DATE",
                      help="The first date (default: as early as facts allow)."),
         click.option("--to", "last", default=None, metavar="DATE",
                      help="The last date (default: the last one whose horizon is over)."),
         click.option("--every", type=click.Choice(["week", "month"]), default="month", show_default=True,
                      help="The step from one date to the next."),
         click.option("--out", "out", type=click.Path(path_type=Path), default=None, metavar="FILE",
                      help="Where the proposed model goes (default: proposed.yaml in the project)."),
         json_option, folder_option)
@click.pass_obj
@verb
def command(context: Context, /, as_json: bool, folder: Path | None, **asked: Any) -> None:
    """Weights that foretell the outcome better, as a proposed model with the evidence for it.

    Nothing is adopted: the model of the project stays as it is.

    \b
    salus learn --outcome churned --horizon 90d
    """
    with working("learning from past dates"):
        found = context.project(folder).learn(**asked)
    tell(found, as_json)
