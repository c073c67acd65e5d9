"""`salus explain`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import (
    CommandContext,
    as_of_option,
    as_of_or_today,
    folder_option,
    json_option,
    options,
    print_result,
    print_text,
    show_progress,
    verb,
)


@click.command("explain")
@click.argument("entity")
@options(
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
@verb
def command(
    context: CommandContext,
    entity: str,
    as_of: str | None,
    since: str | None,
    show_all: bool,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Explain the score of ENTITY, which is a key or a label.

    \b
    salus explain A-17
    salus explain "Nordwind GmbH" --since 2026-01-01
    salus explain A-17 --all
    """
    project = context.project(folder)
    with show_progress("explaining"):
        result = project.explain(entity, as_of_or_today(project, as_of), since=since)
    if show_all and not as_json:
        from salus.channels.text.render import render_all

        print_text(render_all(result))
    else:
        print_result(result, as_json)
