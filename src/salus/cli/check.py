"""`salus check`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salus.cli.run import (
    FOUND,
    CommandContext,
    folder_option,
    json_option,
    options,
    talk,
    verb,
    write,
    write_json,
)


@click.command("check")
@options(
    click.option(
        "--freeze",
        is_flag=True,
        help="Write the numbers of percentiles (p10) into the model's file.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(context: CommandContext, freeze: bool, as_json: bool, folder: Path | None) -> None:
    """Every problem of model and data at once. Exits 3 when it found errors.

    \b
    salus check
    salus check --freeze
    """
    project = context.project(folder)
    if freeze:
        talk(f"frozen numbers written to {project.freeze()}")
        project = context.project(folder)
    found = project.inspect()
    if as_json:
        write_json({"problems": [problem.as_dict() for problem in found.problems]})
    else:
        write(str(found))
    if any(problem.severity == "error" for problem in found.problems):
        sys.exit(FOUND)
