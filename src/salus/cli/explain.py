"""`salus explain`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, as_of_option, folder_option, json_option
from salus.cli.output import print_result, print_text, show_progress
from salus.cli.run import CommandContext, report_errors, resolve_as_of


@click.command("explain")
@click.argument("entity")
@add_options(
    as_of_option,
    click.option(
        "--since", default=None, metavar="DATE", help="Also show what changed since this date."
    ),
    click.option(
        "--all", "show_all", is_flag=True, help="Show every measure, not only the main reasons."
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    entity: str,
    as_of: str | None,
    since: str | None,
    show_all: bool,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Explain the score of ENTITY, given by its key (A-17) or its name.

    \b
    salus explain A-17
    salus explain "Nordwind GmbH" --since 2026-01-01
    salus explain A-17 --all
    """
    project = context.project(folder)
    with show_progress("explaining"):
        result = project.explain(entity, resolve_as_of(project, as_of), since=since)
    if show_all and not as_json:
        from salus.channels.text.render import render_all

        print_text(render_all(result))
    else:
        print_result(result, as_json)
