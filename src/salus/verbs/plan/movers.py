"""The entities that an edited model would score differently, as arrays: each row is made when it is
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from salus.channels.difference import subtract_rounded
from salus.model.model import UNKNOWN, Model
from salus.scores.scores import Scores
from salus.scoring.scored import Floats
from salus.verbs.plan.effects import MIN_CHANGE, Effect, Rows, find_largest_effects
from salus.verbs.plan.mover import NEW, Move, Mover

TOGETHER = 1000  # rows made at a time where all are read
ROUNDED = 0.11  # points: a difference as it is shown is at most so far from the exact one

Codes = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelPairs:
    """Every entity that either model scores, by rising id: its row in the scores of each model, or -1
    where a model doesn't score it.
    """

    before: Scores
    after: Scores
    ids: Sequence[str]
    old: Rows
    new: Rows

    @classmethod
    def of(cls, before: Scores, after: Scores) -> ModelPairs:
        """The entities of both."""
        rows_before, rows_after = (
            {key: row for row, key in enumerate(scores.ids)} for scores in (before, after)
        )
        ids = sorted({*rows_before, *rows_after})
        old, new = (
            np.array([rows.get(key, -1) for key in ids], dtype=np.int64)
            for rows in (rows_before, rows_after)
        )
        return cls(before=before, after=after, ids=ids, old=old, new=new)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """The names of the bands: those of the present model, those that only the edited one has."""
        names = [*_bands(self.before.model), *_bands(self.after.model), NEW]
        return tuple(dict.fromkeys(names))

    @cached_property
    def codes(self) -> tuple[Codes, Codes]:
        """The band of each entity by both models, as a position in `bands`."""
        place = {name: position for position, name in enumerate(self.bands)}

        def codes(scores: Scores, rows: Rows) -> Codes:
            names = [*(name for name, _ in scores.model.bands), UNKNOWN]  # -1 is the last one
            table = np.array([place[name] for name in names])
            return np.where(rows < 0, place[NEW], table[scores.scored.band[rows]])

        return codes(self.before, self.old), codes(self.after, self.new)

    @cached_property
    def scores(self) -> tuple[Floats, Floats]:
        """The score of each entity by both models; NaN where there is none."""
        return (
            np.where(self.old < 0, np.nan, self.before.scored.score[self.old]),
            np.where(self.new < 0, np.nan, self.after.scored.score[self.new]),
        )

    @cached_property
    def movers(self) -> Movers:
        """The entities whose score or band differs, the largest fall first."""
        (band_from, band_to), (score_from, score_to) = self.codes, self.scores
        none_from, none_to = np.isnan(score_from), np.isnan(score_to)
        equal = (np.abs(score_from - score_to) < MIN_CHANGE) | (none_from & none_to)
        rows = np.flatnonzero((band_from != band_to) | ~equal)
        change = np.where(none_to, 0.0, score_to) - np.where(none_from, 0.0, score_from)
        return Movers(self, rows[np.argsort(change[rows], kind="stable")])

    def flows(self) -> Iterator[Move]:
        """How many entities go from each band to each; the best band first."""
        band_from, band_to = self.codes
        pair = band_from * len(self.bands) + band_to
        money_after, money_before = self.after.money, self.before.money
        for code in np.unique(pair).tolist():
            rows = np.flatnonzero(pair == code)
            worth = [
                money_after[new] if new >= 0 else money_before[old]
                for old, new in zip(self.old[rows].tolist(), self.new[rows].tolist(), strict=True)
            ]
            values = [value for value in worth if value is not None]
            names = self.bands[code // len(self.bands)], self.bands[code % len(self.bands)]
            yield Move(*names, len(rows), sum(values) if values else None)

    def make(self, rows: Rows) -> Iterator[Mover]:
        """These entities with the reason of each difference."""
        old, new = self.old[rows], self.new[rows]
        both = np.flatnonzero((old >= 0) & (new >= 0))
        effects: dict[int, Effect | None] = dict(
            zip(
                both.tolist(),
                find_largest_effects(self.before.scored, old[both], self.after.scored, new[both]),
                strict=True,
            )
        )
        for position, row in enumerate(rows.tolist()):
            band_from, band_to = (self.bands[codes[row]] for codes in self.codes)
            score_from, score_to = (
                None if np.isnan(scores[row]) else float(scores[row]) for scores in self.scores
            )
            scores, at = (
                (self.after, int(new[position]))
                if new[position] >= 0
                else (self.before, int(old[position]))
            )
            effect = effects.get(position)
            yield Mover(
                id=self.ids[row],
                label=scores.labels[at],
                band_from=band_from,
                band_to=band_to,
                score_from=score_from,
                score_to=score_to,
                value=scores.money[at],
                reason=_main_reason(band_from, band_to, effect)
                if position in effects
                else ("another population", 0.0),
                effect=effect,
            )


def _bands(model: Model) -> tuple[str, ...]:
    return (*(name for name, _ in model.bands), UNKNOWN)


def _main_reason(band_from: str, band_to: str, effect: Effect | None) -> Effect:
    """The largest effect; what is known if a band is unknown."""
    if UNKNOWN in (band_from, band_to) or effect is None:
        return ("what is known", 0.0)
    return effect


@dataclass(frozen=True, eq=False)
class Movers(Sequence[Mover]):
    """Entities of `pairs`, by their positions there. Each is made when it is read."""

    pairs: ModelPairs
    positions: Rows

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, place: int) -> Mover: ...
    @overload
    def __getitem__(self, place: slice) -> Movers: ...
    def __getitem__(self, place: int | slice) -> Mover | Movers:
        if isinstance(place, slice):
            return replace(self, positions=self.positions[place])
        return next(self.pairs.make(self.positions[[place]]))

    def __iter__(self) -> Iterator[Mover]:
        for first in range(0, len(self), TOGETHER):
            yield from self.pairs.make(self.positions[first : first + TOGETHER])

    def __repr__(self) -> str:
        return f"<{len(self):,} movers>"

    def with_another_band(self) -> Movers:
        """Those that change band."""
        band_from, band_to = (codes[self.positions] for codes in self.pairs.codes)
        return replace(self, positions=self.positions[band_from != band_to])

    def biggest(self, most: int) -> Movers:
        """Those whose score changes most, the biggest change as it is shown first."""
        score_from, score_to = (scores[self.positions] for scores in self.pairs.scores)
        change = np.nan_to_num(np.abs(score_to - score_from))
        least = np.sort(change)[-most:][:1] - 2 * ROUNDED
        candidates = np.flatnonzero(change >= least) if len(change) else np.zeros(0, np.int64)

        def size(place: int) -> tuple[float, float]:
            """The size of a change as it is shown, and exactly."""
            new, old = float(score_to[place]), float(score_from[place])
            if np.isnan(new) or np.isnan(old):
                return 0.0, 0.0
            return abs(subtract_rounded(new, old)), abs(new - old)

        order = sorted(candidates.tolist(), key=size, reverse=True)[:most]
        return replace(self, positions=self.positions[np.array(order, dtype=np.int64)])
