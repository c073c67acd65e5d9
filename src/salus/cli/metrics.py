"""`salus metrics`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.run import (
    CommandContext,
    folder_option,
    json_option,
    options,
    show_progress,
    tell,
    verb,
)


@click.command("metrics")
@options(
    click.option(
        "--from",
        "first",
        default=None,
        metavar="DATE",
        help="The first day (default: a year before the end).",
    ),
    click.option(
        "--to",
        "last",
        default=None,
        metavar="DATE",
        help="The midnight at which the period ends (default: after the newest fact).",
    ),
    click.option(
        "--churn",
        "variant",
        type=click.Choice(["start", "stripe", "daily"]),
        default="start",
        show_default=True,
        help=(
            "Lost ÷ there at the start; in the last 30 days, with new ones below the line; summed"
            " day by day."
        ),
    ),
    click.option(
        "--recognise",
        type=click.Choice(["end_of_service", "on_cancel", "when_scheduled"]),
        default="end_of_service",
        show_default=True,
        help="The day on which a loss counts.",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="The outcome that patterns and predictors are of (default: the first that is a loss).",
    ),
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How long before the outcome patterns are looked for, as 90d or 12w.",
    ),
    click.option(
        "--cohorts",
        "step",
        type=click.Choice(["month", "quarter", "year"]),
        default="month",
        show_default=True,
        help="Who came together.",
    ),
    click.option(
        "--quick", is_flag=True, help="Leave out patterns and predictors, which score past dates."
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@verb
def command(context: CommandContext, /, as_json: bool, folder: Path | None, **asked: Any) -> None:
    """The numbers of the whole book over a period, each with its interval and its definition, or
    why it can't be told.

    \b
    salus metrics
    salus metrics --from 2026-01-01 --to 2026-04-01 --churn stripe --quick --json
    """
    with show_progress("counting"):
        found = context.project(folder).metrics(**asked)
    tell(found, as_json)
