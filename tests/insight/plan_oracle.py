"""What an edited model would change, found entity by entity: a slow oracle for `salus plan`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.channels.difference import subtract_rounded
from salus.model.model import UNKNOWN
from salus.scores.scores import Scores
from salus.scoring.explanation import explain, to_number
from salus.verbs.plan.mover import NEW, Move, Mover

MIN_CHANGE = 1e-9


def compare_slowly(before: Scores, after: Scores) -> tuple[list[Move], list[Mover]]:
    """The moves between bands, and the entities whose score differs, the largest fall first."""
    entities = tuple(_compare_entities(before, after))
    movers = [
        mover
        for mover in entities
        if mover.band_from != mover.band_to or not _equal(mover.score_from, mover.score_to)
    ]
    movers.sort(key=lambda mover: (_change(mover), mover.id))
    return list(_flows(before, after, entities)), movers


def biggest_slowly(movers: list[Mover], most: int) -> list[Mover]:
    """The movers whose score changes most, the biggest change as it is shown first."""
    return sorted(movers, key=_size, reverse=True)[:most]


def _size(mover: Mover) -> tuple[float, float]:
    if mover.score_from is None or mover.score_to is None:
        return 0.0, 0.0
    change = subtract_rounded(mover.score_to, mover.score_from)
    return abs(change), abs(mover.score_to - mover.score_from)


def _change(mover: Mover) -> float:
    return (mover.score_to or 0.0) - (mover.score_from or 0.0)


def _compare_entities(before: Scores, after: Scores) -> Iterator[Mover]:
    """Every entity by both models, also those whose score stays the same."""
    rows_before, rows_after = (
        {key: row for row, key in enumerate(scores.ids)} for scores in (before, after)
    )
    for key in sorted({*rows_before, *rows_after}):
        old, new = rows_before.get(key), rows_after.get(key)
        yield _compare_entity(before, old, after, new)


def _compare_entity(before: Scores, old: int | None, after: Scores, new: int | None) -> Mover:
    """One entity by both models; a row is None where a model doesn't score it."""
    score_from, band_from = _score_and_band(before, old)
    score_to, band_to = _score_and_band(after, new)
    reason: tuple[str, float] | None = None
    effect: tuple[str, float] | None = None
    if old is None or new is None:
        reason = ("another population", 0.0)
    elif band_from != band_to or not _equal(score_from, score_to):
        effect = _largest_effect(before, old, after, new)
        reason = _main_reason(band_from, band_to, effect)
    scores, row = (after, new) if new is not None else (before, old)
    assert row is not None
    return Mover(
        id=scores.ids[row],
        label=scores.labels[row],
        band_from=band_from,
        band_to=band_to,
        score_from=score_from,
        score_to=score_to,
        value=scores.money[row],
        reason=reason,
        effect=effect,
    )


def _score_and_band(scores: Scores, row: int | None) -> tuple[float | None, str]:
    if row is None:
        return None, NEW
    scored = scores.scored
    return to_number(scored.score[row]), scored.band_name(int(scored.band[row]))


def _equal(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first == second
    return abs(first - second) < MIN_CHANGE


def _main_reason(
    band_from: str, band_to: str, effect: tuple[str, float] | None
) -> tuple[str, float]:
    """The largest effect; what is known if a band is unknown."""
    if UNKNOWN in (band_from, band_to) or effect is None:
        return ("what is known", 0.0)
    return effect


def _largest_effect(before: Scores, old: int, after: Scores, new: int) -> tuple[str, float] | None:
    """The largest single effect in the direction of the change. If the score is equal, the limits
    of the bands; None if a score is unknown.
    """
    change = float(after.scored.score[new] - before.scored.score[old])
    if np.isnan(change):
        return None
    if abs(change) < MIN_CHANGE:
        return ("other limits of bands", 0.0)
    sign = 1 if change > 0 else -1
    parts = effects_slowly(before, old, after, new)
    name = max(parts, key=lambda part: (sign * parts[part], part))
    return name, parts[name]


def effects_slowly(before: Scores, old: int, after: Scores, new: int) -> dict[str, float]:
    """What each measure, held value, cap and the smoothing add to the difference of an entity's
    scores. They sum to the difference.

    A measure counts by the distance of its points from the weighted mean of `before`: more weight
    on points above the mean raises the score, more weight on points below it lowers the score.
    Weights sum to 1 in both models, so the mean itself cancels out.
    """
    mean = float(before.scored.main.score[old])
    parts_before, parts_after = _score_parts(before, old, mean), _score_parts(after, new, mean)
    return {
        name: parts_after.get(name, 0.0) - parts_before.get(name, 0.0)
        for name in {**parts_before, **parts_after}
    }


def _score_parts(scores: Scores, row: int, mean: float) -> dict[str, float]:
    """The parts of a score, in points above or below `mean`."""
    why = explain(scores.scored, row)
    parts = {line.name: line.contribution - line.weight * mean for line in why.measures}
    parts |= {f"held {line.measure}": line.effect for line in why.held}
    parts |= {f"cap {line.name}": line.effect for line in why.caps}
    return parts | ({"smoothing": why.smoothing} if why.smoothing else {})


def _flows(before: Scores, after: Scores, entities: tuple[Mover, ...]) -> Iterator[Move]:
    """How many entities go from each band to each band; the best band first."""
    names = [*before.bands(), *after.bands(), NEW]
    order = {name: position for position, name in reversed(list(enumerate(names)))}
    groups: dict[tuple[str, str], list[Mover]] = {}
    for mover in entities:
        groups.setdefault((mover.band_from, mover.band_to), []).append(mover)
    for pair in sorted(groups, key=lambda pair: (order[pair[0]], order[pair[1]])):
        values = [mover.value for mover in groups[pair] if mover.value is not None]
        yield Move(*pair, len(groups[pair]), sum(values) if values else None)
