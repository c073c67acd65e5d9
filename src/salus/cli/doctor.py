"""`salus doctor`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salus.cli.run import (
    FAILED,
    Context,
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
def command(context: Context, as_json: bool, folder: Path | None) -> None:
    """What is installed, reachable, fresh and writable.

    \b
    salus doctor
    """
    from salus.verbs.doctor.doctor import examine

    found = examine(context.folder if folder is None else folder)
    if as_json:
        write_json([one.as_dict() for one in found])
    else:
        for one in found:
            write(str(one))
    if not all(one.good for one in found):
        sys.exit(FAILED)
