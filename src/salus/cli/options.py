"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def add_options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine options into one decorator, in reading order."""

    def decorated(function: Any) -> Any:
        for option in reversed(decorators):
            function = option(function)
        return function

    return decorated


class Share(click.ParamType[float]):
    """A share of 0.1% to 100%, written as `10%` or `0.1`; a number from 0.001 to 1."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = 0.0
        if not 0.001 <= share <= 1:
            self.fail(f"{value!r} isn't a share: write 10% or 0.1, up to 100%", param, ctx)
        return share


DEFAULT_DATE = "today; if the data ended before, the day after its end"

folder_option = click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="The project folder (default: the current folder).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
as_of_option = click.option(
    "--as-of",
    "as_of",
    default=None,
    metavar="DATE",
    help=f"The date, such as 2026-01-31 (default: {DEFAULT_DATE}).",
)


def past_date_options(function: Any) -> Any:
    """Decorate a command that compares past dates with an outcome: add its options."""
    return add_options(
        click.option(
            "--outcome",
            required=True,
            metavar="NAME",
            help="An outcome of the model, such as `churned`.",
        ),
        click.option(
            "--horizon",
            default="90d",
            show_default=True,
            metavar="SPAN",
            help="How long after each date the outcome counts, such as 90d or 12w.",
        ),
        click.option(
            "--from",
            "first",
            default=None,
            metavar="DATE",
            help="The first date (default: the earliest date with enough data).",
        ),
        click.option(
            "--to",
            "last",
            default=None,
            metavar="DATE",
            help="The last date (default: the last one whose horizon has ended).",
        ),
        click.option(
            "--every",
            type=click.Choice(["week", "month"]),
            default="month",
            show_default=True,
            help="The step from one date to the next.",
        ),
    )(function)
