"""`salus check`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salus.cli.exit_codes import HAS_FINDINGS
from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_json, print_note, print_text
from salus.cli.run import CommandContext, report_errors


@click.command("check")
@add_options(
    click.option(
        "--freeze",
        is_flag=True,
        help=(
            "First write the numbers of percentiles, such as p10, on the `reference:` date into"
            " salus.yaml, so that they stay fixed."
        ),
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(context: CommandContext, freeze: bool, as_json: bool, folder: Path | None) -> None:
    """Show the tables, how they are joined and who is counted, then all problems of the model and the
    data, each with its next step.

    The exit code is 3 if there are errors.

    \b
    salus check
    salus check --freeze
    """
    project = context.project(folder)
    if freeze:
        print_note(f"the numbers of the percentiles are now fixed in {project.freeze()}")
        project = context.project(folder)
    result = project.inspect()
    if as_json:
        print_json(result.as_dict())
    else:
        print_text(str(result))
    if any(problem.severity == "error" for problem in result.problems):
        sys.exit(HAS_FINDINGS)
