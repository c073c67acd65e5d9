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
    show_progress,
    tell,
    verb,
    write,
)


@click.command("explain")
@click.argument("entity")
@options(
    as_of_option,
    click.option("--since", default=None, metavar="DATE", help="Also say what changed since then."),
    click.option(
        "--all", "show_all", is_flag=True, help="Show every measure, not only the reasons."
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
    """Why ENTITY (a key or a label) has its score.

    \b
    salus explain A-17
    salus explain "Nordwind GmbH" --since 2026-01-01
    salus explain A-17 --all
    """
    project = context.project(folder)
    with show_progress("explaining"):
        found = project.explain(entity, as_of_or_today(project, as_of), since=since)
    if show_all and not as_json:
        from salus.channels.text.render import render_all

        write(render_all(found))
    else:
        tell(found, as_json)
