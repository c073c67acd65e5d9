"""The entities on the page: those to look at first, and those that moved most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salus.channels.difference import subtract_rounded
from salus.channels.report.content import (
    Ceiling,
    ListedEntity,
    MeasureValue,
    NextBandStep,
    Reason,
)
from salus.channels.units import ends, scale_for, unit_of
from salus.scores.entity_pairs import EntityPairs
from salus.scores.scores import Scores
from salus.scores.way_up import find_way_up
from salus.scoring.change import ScoreChange, ScoreChanges, ShownScores
from salus.scoring.explanation import display_value, to_number
from salus.scoring.scored import Floats
from salus.verbs.report.attention import Attention, rank_attention
from salus.verbs.report.cause import main_cause
from salus.verbs.report.months import MonthlyScores
from salus.workspace.workspace import Workspace

MOVERS = 5  # entities in the lists of falls and rises
MAX_STEPS = 3  # a way to the next band with more steps isn't shown
MIN_POINTS = 1.0  # a smaller change or cost isn't shown


@dataclass(frozen=True, kw_only=True)
class EntityListing:
    """The scores of a date and of an earlier one, from which the lists of entities are made."""

    after: Scores
    before: Scores | None
    pairs: EntityPairs | None  # entities scored on both dates
    workspace: Workspace
    months: MonthlyScores
    other: str | None = None  # fingerprint of a second model in use; the page uses only the first
    endings: Mapping[str, int] = field(default_factory=dict)  # id -> days to the end, after notice

    @cached_property
    def changes(self) -> tuple[ScoreChanges, ShownScores] | None:
        """Why each pair moved, and what was shown before."""
        return None if self.pairs is None else self.pairs.changes(self.workspace, self.other)

    @cached_property
    def pair_of(self) -> dict[int, int]:
        """Row of the later scores -> its pair."""
        if self.pairs is None:
            return {}
        return {int(row): pair for pair, row in enumerate(self.pairs.second)}

    @cached_property
    def attention(self) -> Attention:
        """Which entities to look at first."""
        return rank_attention(self.after, self.endings)

    @cached_property
    def gain_by_loss(self) -> Floats:
        """By pair: the points that the score gained because values went missing."""
        assert self.changes is not None
        assert self.pairs is not None
        missing = {
            name: reason[self.pairs.second] != 0
            for name, reason in self.after.scored.reason.items()
        }
        parts = [
            np.where(missing[name], np.nan_to_num(effect).clip(min=0), 0.0)
            for name, effect in self.changes[0].measures.items()
            if name in missing
        ]
        return np.sum(parts, axis=0) if parts else np.zeros(len(self.pairs.ids))

    def first(self) -> tuple[ListedEntity, ...]:
        """The entities to look at first, with the way to the next band."""
        days = self.attention.days
        return tuple(
            replace(
                self.entry(row),
                steps=self._steps(row),
                decision=None if np.isnan(days[row]) else int(days[row]),
                ending=self.endings.get(self.after.ids[row]),
            )
            for row in self.attention.rows
        )

    def movers(self, *, falls: bool) -> tuple[ListedEntity, ...]:
        """The biggest falls, or the biggest rises, of a point or more. Points gained because values
        went missing don't count as a rise. The list is in the order of the change that it shows.
        """
        if self.changes is None or self.pairs is None:
            return ()
        change, ids = self.changes[0].score, self.pairs.ids
        counted = change if falls else change - self.gain_by_loss
        sign = 1 if falls else -1
        moved = [pair for pair in range(len(ids)) if sign * counted[pair] <= -MIN_POINTS]
        ranked = sorted(moved, key=lambda pair: (sign * counted[pair], ids[pair]))
        listed = sorted(ranked[:MOVERS], key=lambda pair: (sign * change[pair], ids[pair]))
        return tuple(self.entry(int(self.pairs.second[pair])) for pair in listed)

    def crossings(self) -> tuple[int, int]:
        """How many entities fell to a worse band, and how many rose to a better one. A move from or
        to `unknown` is neither.
        """
        if self.changes is None or self.pairs is None:
            return 0, 0
        now = self.after.scored.band[self.pairs.second].astype(np.int64)
        earlier = self._positions(self.changes[1].band)
        known = (now >= 0) & (earlier >= 0)
        gain = self.gain_by_loss
        real_rise = ~(self.changes[0].score - gain <= 0) | (gain == 0)
        return (
            int(np.sum(known & (now > earlier))),
            int(np.sum(known & (now < earlier) & real_rise)),
        )

    def moved_by_model(self) -> int:
        """How many entities had another band then only because another model scored them."""
        if self.changes is None or self.before is None or self.pairs is None:
            return 0
        earlier = self._positions(self.changes[1].band)
        return int(np.sum(earlier != self.before.scored.band[self.pairs.first].astype(np.int64)))

    def mean_change(self) -> float | None:
        """The change of the mean score of all entities, in points."""
        if self.before is None:
            return None
        earlier, now = _mean(self.before.scored.score), _mean(self.after.scored.score)
        return None if earlier is None or now is None else subtract_rounded(now, earlier)

    def entry(self, row: int) -> ListedEntity:
        """One entity, without the way to the next band."""
        after, scored = self.after, self.after.scored
        score = to_number(scored.score[row])
        entry = ListedEntity(
            id=after.ids[row],
            label=after.labels[row],
            owner=after.owners[row],
            money=after.money[row],
            score=score,
            band=int(scored.band[row]),
            coverage=float(scored.main.coverage[row]),
            reason=self._reason(row),
            ceiling=self._ceiling(row),
            line=self.months.line(after.ids[row], score),
            smoothing=None if after.model.smooth is None else float(scored.smoothing[row]),
        )
        pair = self.pair_of.get(row)
        return entry if pair is None else self._add_change(entry, pair)

    def _add_change(self, entry: ListedEntity, pair: int) -> ListedEntity:
        """The entry with its score and band of the earlier date, and the cause of the change."""
        if self.changes is None or self.pairs is None:
            return entry
        changes, earlier = self.changes
        change = changes.at(pair)
        return replace(
            entry,
            before=to_number(earlier.score[pair]),
            band_before=int(self._positions(earlier.band[pair : pair + 1])[0]),
            cause=None if change is None else main_cause(self.pairs, pair, change),
            by_loss=change is not None and self._rose_by_loss(pair, change),
        )

    def _rose_by_loss(self, pair: int, change: ScoreChange) -> bool:
        """Whether the score rose only because values went missing."""
        gain = float(self.gain_by_loss[pair])
        return change.score > 0 and change.score - gain < MIN_POINTS and gain > 0

    def _positions(self, names: tuple[str, ...]) -> NDArray[np.int64]:
        """The positions of bands in the model; -1 for `unknown` and for bands it doesn't have."""
        positions = {name: i for i, (name, _) in enumerate(self.after.model.bands)}
        return np.array([positions.get(name, -1) for name in names], dtype=np.int64)

    def _reason(self, row: int) -> Reason | None:
        """The measure that costs most points."""
        scored, model = self.after.scored, self.after.model
        costs = {
            measure.name: float(
                scored.main.weights[measure.name][row] * (100 - scored.points[measure.name][row])
            )
            for measure in model.measures
            if scored.reason[measure.name][row] == 0
        }
        name = max(costs, key=lambda measure: costs[measure], default=None)
        if name is None or costs[name] < MIN_POINTS:
            return None
        measure, value = model.measure(name), display_value(scored.cells.values[name], row)
        _, good = ends(scale_for(model, measure, int(scored.cells.segment[row])))
        return Reason(MeasureValue(name, value, unit_of(model, measure)), good, costs[name])

    def _ceiling(self, row: int) -> Ceiling | None:
        """The cap that limits the score, if there is one."""
        position = int(self.after.scored.cap[row])
        if position < 0:
            return None
        cap = self.after.model.caps[position]
        return Ceiling(cap.name, cap.at_most)

    def _steps(self, row: int) -> tuple[NextBandStep, ...]:
        """The way to the next better band; empty if there is none, or if it is too long."""
        model, steps = self.after.model, find_way_up(self.after.scored, row) or ()
        if len(steps) > MAX_STEPS:
            return ()
        return tuple(
            NextBandStep(
                step.measure, step.start, step.to, unit_of(model, model.measure(step.measure))
            )
            for step in steps
        )


def _mean(score: Floats) -> float | None:
    known = score[~np.isnan(score)]
    return float(known.mean()) if len(known) else None
