"""`salus compare`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_result, show_progress
from salus.cli.run import CommandContext, report_errors


@click.command("compare")
@click.argument("first")
@click.argument("second")
@add_options(json_option, folder_option)
@click.pass_obj
@report_errors
def command(
    context: CommandContext, first: str, second: str, as_json: bool, folder: Path | None
) -> None:
    """Show which entities moved between the dates FIRST and SECOND, and why.

    Dates without a score are computed now.

    \b
    salus compare 2026-01-01 2026-04-01
    """
    with show_progress("comparing"):
        result = context.project(folder).compare(first, second)
    print_result(result, as_json)
