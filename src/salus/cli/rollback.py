"""`salus rollback`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import CommandContext, folder_option, json_option, options, tell, verb


@click.command("rollback")
@options(json_option, folder_option)
@click.pass_obj
@verb
def command(context: CommandContext, as_json: bool, folder: Path | None) -> None:
    """Take the last `salus adopt` back.

    A model in the shadow or rolled out to a part is withdrawn; after an adoption by all salus.yaml
    becomes the former text again, byte for byte. Run again, it takes back the adoption before that.

    \b
    salus rollback
    """
    tell(context.project(folder).rollback(), as_json)
