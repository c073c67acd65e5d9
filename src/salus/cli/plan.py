"""`salus plan`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options, as_of_option, folder_option, json_option
from salus.cli.output import print_result, print_text, show_progress
from salus.cli.run import CommandContext, name_model_file, report_errors, resolve_as_of


@click.command("plan")
@add_options(
    click.option(
        "--model",
        "model",
        type=click.Path(path_type=Path),
        required=True,
        metavar="FILE",
        help="The file of the edited model.",
    ),
    as_of_option,
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="Also compare how well both models predict this outcome, such as `churned`.",
    ),
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How long after each date the outcome counts, such as 90d or 12w.",
    ),
    click.option("--markdown", is_flag=True, help="Print Markdown, for a pull request."),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext,
    model: Path,
    as_of: str | None,
    outcome: str | None,
    horizon: str,
    markdown: bool,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Show what an edited model would change, before you adopt it.

    \b
    salus plan --model next.yaml
    salus plan --model next.yaml --outcome churned --markdown
    """
    project = context.project(folder)
    name_model_file(project, model)
    day = resolve_as_of(project, as_of)
    with show_progress("scoring with both models"):
        result = project.plan(model, day, outcome=outcome, horizon=horizon)
    if markdown and not as_json:
        print_text(result.markdown().removesuffix("\n"))
    else:
        print_result(result, as_json)
