"""`salus doctor`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salus.cli.exit_codes import FAILED
from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_json, print_text
from salus.cli.run import CommandContext, report_errors


@click.command("doctor")
@add_options(json_option, folder_option)
@click.pass_obj
@report_errors
def command(context: CommandContext, as_json: bool, folder: Path | None) -> None:
    """Check the installation, the model, the data and the project folder.

    The exit code is 1 if something is wrong.

    \b
    salus doctor
    """
    from salus.verbs.doctor.doctor import examine
    from salus.verbs.doctor.text import render_verdict

    checks = examine(context.folder if folder is None else folder)
    if as_json:
        print_json([check.as_dict() for check in checks])
    else:
        for check in checks:
            print_text(str(check))
        print_text(f"\n{render_verdict(checks)}")
    if not all(check.good for check in checks):
        sys.exit(FAILED)
