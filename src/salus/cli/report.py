"""`salus report`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.run import (
    CommandContext,
    as_of_option,
    as_of_or_today,
    folder_option,
    options,
    show_progress,
    talk,
    verb,
    write,
)


@click.command("report")
@options(
    as_of_option,
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Where to write it (default: report.html in the project).",
    ),
    click.option(
        "--language",
        type=click.Choice(["en", "de", "da"]),
        default="en",
        help="English, German, Danish.",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="An outcome of the model, as `churned`: also show whether the score predicts it.",
    ),
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How long after each date the outcome counts, as 90d or 12w.",
    ),
    folder_option,
)
@click.pass_obj
@verb
def command(
    context: CommandContext,
    /,
    as_of: str | None,
    out: Path | None,
    folder: Path | None,
    **asked: Any,
) -> None:
    """One self-contained HTML page for people who were not there.

    \b
    salus report --out report.html
    salus report --outcome churned --horizon 90d
    """
    project = context.project(folder)
    with show_progress("writing the report") as progress:
        path = project.report(out, as_of_or_today(project, as_of), progress=progress, **asked)
    if asked["outcome"] is not None and not project.draws:
        talk(
            "without its pictures: they need an extra that isn't installed (pip install"
            " 'salus[pictures]')"
        )
    write(str(path))
