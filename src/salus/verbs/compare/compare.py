"""`salus compare`: which entities moved between two dates, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import salus.verbs.compare.text  # noqa: F401  registers the text of the result
from salus.scores.active_models import ActiveModel, active_models
from salus.scores.entity_pairs import EntityPairs
from salus.scores.scores import Scores
from salus.scoring.explanation import to_number
from salus.verbs.compare.result import BandChanges, Comparison, ScoreMove
from salus.workspace.workspace import Workspace


def compare(workspace: Workspace, first: dt.date, second: dt.date) -> Comparison:
    """Compare two dates: what was shown on the first, and what the active models give for the
    second.
    """
    models = active_models(workspace, second, first)
    parts = [_compare_part(workspace, active) for active in models]
    moves = tuple(sorted((move for part, _ in parts for move in part), key=_sort_key))
    before = Counter(move.band_from for move in moves)
    after = Counter(move.band_to for move in moves)
    names = dict.fromkeys(
        [*(name for active in models for name in active.scores.bands()), *filter(None, before)]
    )
    bands = {name: {"from": before[name], "to": after[name]} for name in names}
    return Comparison(
        first=first,
        second=second,
        bands=bands,
        moves=moves,
        band_changes=sum((changes for _, changes in parts), BandChanges(0, 0)),
        model=workspace.model,
    )


def _sort_key(move: ScoreMove) -> tuple[int, float, str]:
    """First the known changes, the largest fall first. Then unknown changes, then entities without a
    score on the second date, then entities without one on the first.
    """
    if move.band_from is None:
        return 3, 0.0, move.id
    if move.band_to is None:
        return 2, 0.0, move.id
    return (1, 0.0, move.id) if move.change is None else (0, move.change.score, move.id)


def _compare_part(workspace: Workspace, active: ActiveModel) -> tuple[list[ScoreMove], BandChanges]:
    """The moves of the entities that one model scores, and how many changed band."""
    before, after = active.before, active.scores
    assert before is not None
    assert active.rows_before is not None
    moves, changes = _moved(workspace, before, active)
    ids_before, ids_after = set(before.ids), set(after.ids)
    moves += [
        ScoreMove(
            id=before.ids[row],
            label=before.labels[row],
            score_from=_score(before, row),
            band_from=_band(before, row),
        )
        for row in active.rows_before
        if before.ids[row] not in ids_after
    ]
    moves += [
        ScoreMove(
            id=after.ids[row],
            label=after.labels[row],
            score_to=_score(after, row),
            band_to=_band(after, row),
        )
        for row in active.rows
        if after.ids[row] not in ids_before
    ]
    return moves, changes


def _moved(
    workspace: Workspace, before: Scores, active: ActiveModel
) -> tuple[list[ScoreMove], BandChanges]:
    """The moves of the entities that were scored on both dates."""
    after = active.scores
    pairs = EntityPairs.of(before, after, [after.ids[row] for row in active.rows])
    if not len(pairs):
        return [], BandChanges(0, 0)
    changes, earlier = pairs.changes(workspace)
    moves = [
        ScoreMove(
            id=after.ids[row],
            label=after.labels[row],
            score_from=to_number(earlier.score[pair]),
            score_to=_score(after, row),
            band_from=earlier.band[pair],
            band_to=_band(after, row),
            change=changes.at(pair),
            cap_from=_cap(pairs.before, int(pairs.first[pair])),
            cap_to=_cap(after, row),
        )
        for pair, row in enumerate(pairs.second.tolist())
    ]
    return moves, _count_changes(pairs, earlier.band)


def _count_changes(pairs: EntityPairs, earlier: tuple[str, ...]) -> BandChanges:
    """How many changed band; `earlier`: the bands that were shown on the first date."""
    before = [_band(pairs.before, row) for row in pairs.first.tolist()]
    after = [_band(pairs.after, row) for row in pairs.second.tolist()]
    return BandChanges(
        sum(old != new for old, new in zip(before, after, strict=True)),
        sum(old != new for old, new in zip(earlier, before, strict=True)),
    )


def _score(scores: Scores, row: int) -> float | None:
    return to_number(scores.scored.score[row])


def _cap(scores: Scores, row: int) -> str | None:
    """The cap that limits the score."""
    position = int(scores.scored.cap[row])
    return None if position < 0 else scores.model.caps[position].name


def _band(scores: Scores, row: int) -> str:
    return scores.scored.band_name(int(scores.scored.band[row]))
