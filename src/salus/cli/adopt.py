"""`salus adopt`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.options import add_options, as_of_option, folder_option, json_option
from salus.cli.output import print_result, show_progress
from salus.cli.run import CommandContext, name_model_file, report_errors, resolve_as_of


@click.command("adopt")
@click.argument("model", type=click.Path(path_type=Path))
@add_options(
    click.option(
        "--shadow",
        is_flag=True,
        help="Also score with it in the background; only the scores of salus.yaml are shown.",
    ),
    click.option(
        "--share",
        default=None,
        metavar="SHARE",
        help="Use it for a share of the entities, such as 20%. If the share grows later, these entities keep it.",
    ),
    click.option(
        "--segment", default=None, metavar="NAME", help="Use it for one segment of salus.yaml."
    ),
    click.option(
        "--accept-proposal",
        is_flag=True,
        help="Adopt it even if `salus learn` says that its evidence is weak.",
    ),
    click.option(
        "--accept-cross-sectional",
        is_flag=True,
        help="Adopt it even if it was learned from an outcome without dates.",
    ),
    click.option(
        "--dry-run", is_flag=True, help="Only show what it would change, as `salus plan` does."
    ),
    as_of_option,
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    /,
    model: Path,
    dry_run: bool,
    as_of: str | None,
    as_json: bool,
    folder: Path | None,
    **settings: Any,
) -> None:
    """Use the model in the file MODEL from the next score on.

    Without options, all entities are scored with it; the file replaces salus.yaml. `salus rollback`
    undoes this. --as-of is only for --dry-run.

    \b
    salus adopt next.yaml --shadow
    salus adopt next.yaml --share 20% --dry-run
    salus adopt next.yaml
    """
    project = context.project(folder)
    name_model_file(project, model)
    if dry_run:
        with show_progress("scoring with both models"):
            result = project.preview(model, resolve_as_of(project, as_of), **settings)
    else:
        with show_progress("reading the model and the data"):
            result = project.adopt(model, **settings)
    print_result(result, as_json)
