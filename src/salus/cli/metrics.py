"""`salus metrics`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from salus.cli.options import add_options, folder_option, json_option
from salus.cli.output import print_result, show_progress
from salus.cli.run import CommandContext, report_errors


@click.command("metrics")
@add_options(
    click.option(
        "--from",
        "first",
        default=None,
        metavar="DATE",
        help="The first day of the period (default: a year before its end).",
    ),
    click.option(
        "--to",
        "last",
        default=None,
        metavar="DATE",
        help="The day after the last day of the period (default: the day after the newest data).",
    ),
    click.option(
        "--churn",
        "variant",
        type=click.Choice(["start", "stripe", "daily"]),
        default="start",
        show_default=True,
        help=(
            "How churn is computed. start: accounts lost in the period ÷ accounts at its start."
            " stripe: accounts lost in the last 30 days ÷ accounts 30 days ago plus new ones since."
            " daily: the sum of the daily rates."
        ),
    ),
    click.option(
        "--recognise",
        type=click.Choice(["end_of_service", "on_cancel", "when_scheduled"]),
        default="end_of_service",
        show_default=True,
        help=(
            "When a loss counts. end_of_service: on the last day of service."
            " on_cancel: on the day of the outcome. when_scheduled: on the day it was decided."
        ),
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="NAME",
        help="The outcome whose patterns and predictors are shown (default: the first that is a loss).",
    ),
    click.option(
        "--horizon",
        default="90d",
        show_default=True,
        metavar="SPAN",
        help="How long before the outcome to look for patterns, such as 90d or 12w.",
    ),
    click.option(
        "--cohorts",
        "step",
        type=click.Choice(["month", "quarter", "year"]),
        default="month",
        show_default=True,
        help="Group entities by the month, quarter or year in which they started.",
    ),
    click.option(
        "--quick",
        is_flag=True,
        help="Leave out patterns and predictors, which take longer because they score past dates.",
    ),
    json_option,
    folder_option,
)
@click.pass_obj
@report_errors
def command(
    context: CommandContext, /, as_json: bool, folder: Path | None, **settings: Any
) -> None:
    """Compute portfolio metrics over a period, each with its interval and its definition.

    If a metric can't be computed from the data, Salus says why.

    \b
    salus metrics
    salus metrics --from 2026-01-01 --to 2026-04-01 --churn stripe --quick --json
    """
    with show_progress("computing metrics"):
        result = context.project(folder).metrics(**settings)
    print_result(result, as_json)
