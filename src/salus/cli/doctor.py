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
    verb,
    write,
    write_json,
)


@click.command("doctor")
@options(json_option, folder_option)
@click.pass_obj
@verb
def command(context: CommandContext, as_json: bool, folder: Path | None) -> None:
    """What is installed, reachable, fresh and writable.

    \b
    salus doctor
    """
    from salus.verbs.doctor.doctor import examine

    checks = examine(context.folder if folder is None else folder)
    if as_json:
        write_json([check.as_dict() for check in checks])
    else:
        for check in checks:
            write(str(check))
    if not all(check.good for check in checks):
        sys.exit(FAILED)
