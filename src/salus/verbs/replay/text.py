"""The text of `salus replay`: the number of entities per band on some of the dates."""

from __future__ import annotations

import datetime as dt

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_band, format_number
from salus.channels.text.width import wrap
from salus.model.model import UNKNOWN
from salus.sanitize import one_line, sanitize
from salus.verbs.replay.result import ReplayResult

MAX_DATES = 24


@render.register
def render_replay(result: ReplayResult) -> str:
    """The number of entities in each band on at most 24 dates."""
    days = list(result.dates)
    step = -(-len(days) // MAX_DATES)
    names = [*(name for name, _ in result.model.bands), UNKNOWN]
    rows = []
    for day in days[::-1][::step][::-1]:
        counts = result.bands[day].values()
        rows.append(
            [day.isoformat(), *(format_number(count, 0) for count in (sum(counts), *counts))]
        )
    thinned = f"; every {step}th is shown" if step > 1 else ""
    head = (
        f"{one_line(result.model.name)}: {len(days)} dates from {days[0]} to {days[-1]}, one per"
        f" {result.every}{thinned}"
    )
    bands = [format_band(result.model, name) for name in names]
    word = "file" if result.computed == 1 else "files"
    files = (
        f"{result.computed:,} {word} of scores computed, {result.reused:,} reused from an earlier"
        " replay"
    )
    return "\n".join(
        [
            head,
            "",
            *format_table(["date", sanitize(result.model.entity.names), *bands], rows),
            "",
            files,
            *(line for note in result.notes for line in wrap(f"Note: {one_line(note)}", "", "  ")),
            *_next_step(days),
        ]
    )


def _next_step(days: list[dt.date]) -> list[str]:
    """The command that compares the first date with the last."""
    return [f"Next: {suggest_command('compare', days[0], days[-1])}"] if len(days) > 1 else []
