"""`salus adopt`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.run import (
    CommandContext,
    as_of_option,
    as_of_or_today,
    folder_option,
    json_option,
    name_model_file,
    options,
    show_progress,
    tell,
    verb,
)


@click.command("adopt")
@click.argument("model", type=click.Path(path_type=Path))
@options(
    click.option(
        "--shadow",
        is_flag=True,
        help="Score it beside salus.yaml and keep that, but show nothing of it.",
    ),
    click.option(
        "--share",
        default=None,
        metavar="SHARE",
        help="Let it speak for a share, as 20%; who is in stays in when the share grows.",
    ),
    click.option(
        "--segment", default=None, metavar="NAME", help="Let it speak for a segment of salus.yaml."
    ),
    click.option(
        "--accept-proposal",
        is_flag=True,
        help="Adopt what `salus learn` calls a mere proposal, on your own judgement.",
    ),
    click.option(
        "--accept-cross-sectional",
        is_flag=True,
        help="Adopt what was learned by a flag without dates, on your own judgement.",
    ),
    click.option(
        "--dry-run", is_flag=True, help="Only tell what it would change, as `salus plan` does."
    ),
    as_of_option,
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(
    context: CommandContext,
    /,
    model: Path,
    dry_run: bool,
    as_of: str | None,
    as_json: bool,
    folder: Path | None,
    **asked: Any,
) -> None:
    """Let the model in the file MODEL speak, from the next score on: for all, unless an option says
    less.

    For all, its text becomes salus.yaml; the former text is kept, and `salus rollback` puts it
    back. --as-of is the date of a dry run.

    \b
    salus adopt next.yaml --shadow
    salus adopt next.yaml --share 20% --dry-run
    salus adopt next.yaml
    """
    project = context.project(folder)
    name_model_file(project, model)
    if dry_run:
        with show_progress("scoring with both models"):
            found = project.preview(model, as_of_or_today(project, as_of), **asked)
    else:
        with show_progress("reading the model and the data"):
            found = project.adopt(model, **asked)
    tell(found, as_json)
