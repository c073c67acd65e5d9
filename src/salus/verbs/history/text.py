"""The text of `salus history`: a row per date."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, name_entity
from salus.channels.text.render import render
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_number
from salus.channels.text.width import add_command
from salus.verbs.history.result import ScoreHistory


@render.register
def render_history(result: ScoreHistory) -> str:
    """The dates, then each change of the model."""
    replayed = any(point.replayed for point in result.points)
    rows = [
        [
            point.as_of.isoformat(),
            format_label(point.band),
            format_number(point.score),
            f"{point.coverage:.0%}",
            point.fingerprint,
            *(["replayed" if point.replayed else ""] if replayed else []),
        ]
        for point in result.points
    ]
    changes = [
        f"Scored by model {before.fingerprint} until {before.last}, by {after.fingerprint} from"
        f" {after.first} on."
        for before, after in pairwise(result.models)
    ]
    head = ["date", "band", "score", "coverage", "model", *(["origin"] if replayed else [])]
    table = format_table(head, rows, 2)
    return "\n".join([name_entity(result.id, result.label), "", *table, *changes, *_next(result)])


def _next(result: ScoreHistory) -> list[str]:
    """How to get earlier scores, if there is only one."""
    if len(result.points) != 1:
        return []
    first = result.points[0].as_of - dt.timedelta(days=365)
    replay = suggest_command("replay", "--from", first, "--every", "month")
    return add_command("Next: compute the scores of earlier dates", replay)
