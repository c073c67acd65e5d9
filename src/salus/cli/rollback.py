"""`salus rollback`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_result
from salus.cli.run import CommandContext, report_errors


@click.command("rollback")
@add_options(json_option, folder_option)
@click.pass_obj
@report_errors
def command(context: CommandContext, as_json: bool, folder: Path | None) -> None:
    """Undo the last adoption of a model.

    If a model is used in the background (shadow) or for some of the entities, that ends. If it
    was adopted for all entities, the previous salus.yaml is restored, byte for byte. Run it again
    to undo the adoption before that.

    \b
    salus rollback
    """
    print_result(context.project(folder).rollback(), as_json)
