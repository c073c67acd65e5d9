"""`salus history`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_result
from salus.cli.run import CommandContext, report_errors


@click.command("history")
@click.argument("entity")
@add_options(json_option, folder_option)
@click.pass_obj
@report_errors
def command(context: CommandContext, entity: str, as_json: bool, folder: Path | None) -> None:
    """List the scores of ENTITY on all dates scored with `salus score` or `salus replay`.

    ENTITY is a key (A-17) or a name.

    \b
    salus history A-17
    """
    print_result(context.project(folder).history(entity), as_json)
