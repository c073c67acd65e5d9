"""Notes below a table of scores: what smoothing is, and why a band isn't the one of its score."""

from __future__ import annotations

from collections.abc import Iterable

from salus.channels.text.width import wrap
from salus.model.model import Model

SMOOTHING = "Smoothing: part of the score comes from earlier days, so it follows changes slowly."


def note_known(entity: str) -> str:
    """What the column “has a value” of a table of measures counts. `entity`: its name."""
    return (
        f"“has a value”: the share of rows (one {entity} on one date each) in which the measure has a"
        " value. The other rows count as 50 points."
    )


def find_band(model: Model, score: float) -> str | None:
    """The band by the limits alone; None if the limits depend on the other scores."""
    for name, limit in model.bands:
        if not isinstance(limit, int | float):
            return None
        if score >= limit:
            return name
    return None


def note_dead_zone(model: Model, rows: Iterable[tuple[float | None, str | None]]) -> list[str]:
    """A sentence for a table in which a band isn't the one of its score. Empty if there is none.
    `rows`: the scores that are shown, with their bands.
    """
    if not model.dead_zone:
        return []
    names = {name for name, _ in model.bands}
    kept = any(
        score is not None and band in names and find_band(model, score) not in (None, band)
        for score, band in rows
    )
    points = "1 point" if model.dead_zone == 1 else f"{model.dead_zone:.4g} points"
    note = (
        f"A band changes only when the score passes the limit by {points}, so a score near a limit"
        " can keep its earlier band."
    )
    return wrap(note) if kept else []
