"""`salus doctor`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salus.cli.run import (
    FAILED,
    CommandContext,
    folder_option,
    json_option,
    options,
    print_json,
    print_text,
    verb,
)


@click.command("doctor")
@options(json_option, folder_option)
@click.pass_obj
@verb
def command(context: CommandContext, as_json: bool, folder: Path | None) -> None:
    """Check what is installed, reachable, up to date and writable.

    The exit code is 1 if something is wrong.

    \b
    salus doctor
    """
    from salus.verbs.doctor.doctor import examine

    checks = examine(context.folder if folder is None else folder)
    if as_json:
        print_json([check.as_dict() for check in checks])
    else:
        for check in checks:
            print_text(str(check))
    if not all(check.good for check in checks):
        sys.exit(FAILED)
