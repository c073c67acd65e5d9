"""`salus history`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import CommandContext, folder_option, json_option, options, print_result, verb


@click.command("history")
@click.argument("entity")
@options(json_option, folder_option)
@click.pass_obj
@verb
def command(context: CommandContext, entity: str, as_json: bool, folder: Path | None) -> None:
    """List the scores of ENTITY on all dates that were scored.

    \b
    salus history A-17
    """
    print_result(context.project(folder).history(entity), as_json)
