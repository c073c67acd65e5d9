"""`salus report`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.options import add_options, as_of_option, folder_option
from salus.cli.output import print_note, print_text, show_progress
from salus.cli.run import CommandContext, report_errors, resolve_as_of


@click.command("report")
@add_options(
    as_of_option,
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="The file to write (default: report.html in the project).",
    ),
    click.option(
        "--language",
        type=click.Choice(["en", "de", "da"]),
        default="en",
        show_default=True,
        help="The language of the page: English, German or Danish.",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="Also show whether the score predicts this outcome of the model, such as `churned`.",
    ),
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How long after each date the outcome counts, such as 90d or 12w.",
    ),
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    /,
    as_of: str | None,
    out: Path | None,
    folder: Path | None,
    **settings: Any,
) -> None:
    """Write one HTML page to share. It needs no other files.

    \b
    salus report --out report.html
    salus report --outcome churned --horizon 90d
    """
    project = context.project(folder)
    with show_progress("writing the report") as progress:
        page = project.report(out, resolve_as_of(project, as_of), progress=progress, **settings)
    if settings["outcome"] is not None and not project.draws:
        print_note(
            "the section on the outcome has no charts: they need an extra that isn't installed (pip"
            " install 'salus[pictures]')"
        )
    print_text(str(page))
