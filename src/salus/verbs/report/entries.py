"""Those to look at first, and those who moved most, each with the main reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from salus.channels.report.content import (
    Ceiling,
    ChangeCause,
    ListedEntity,
    MeasureValue,
    NextBandStep,
    Reason,
    Value,
)
from salus.channels.units import ends, scale_for, unit_of
from salus.scores.pairs import EntityPairs
from salus.scores.scores import Scores
from salus.scoring.change import ScoreChange, ScoreChanges, ShownScores
from salus.scoring.explanation import display_value, number
from salus.scoring.next_band import steps_to_next_band
from salus.scoring.scored import Floats
from salus.verbs.report.attention import Attention, attention
from salus.verbs.report.months import Months
from salus.workspace.workspace import Workspace

MOVERS = 5
STEPS = 3  # a way with more of them is no next step
LEAST = 1.0  # points: less is no move, and no reason


@dataclass(frozen=True)
class EntityListing:
    """The scores of a date, those of an earlier one, and the entities that have both."""

    after: Scores
    before: Scores | None
    pairs: EntityPairs | None
    workspace: Workspace
    months: Months
    other: str | None = (
        None  # the fingerprint of a model that speaks for some now: all are told by ours
    )

    @cached_property
    def changes(self) -> tuple[ScoreChanges, ShownScores] | None:
        """Why each pair moved, and what was shown before."""
        return None if self.pairs is None else self.pairs.changes(self.workspace, self.other)

    @cached_property
    def pair_of(self) -> dict[int, int]:
        """Row of the later scores -> its pair."""
        return (
            {}
            if self.pairs is None
            else {int(row): pair for pair, row in enumerate(self.pairs.second)}
        )

    @cached_property
    def attention(self) -> Attention:
        """Who to look at first."""
        return attention(self.after)

    @cached_property
    def lost(self) -> Floats:
        """By pair: what the score gained because values went missing, which is no rise."""
        assert self.changes is not None
        assert self.pairs is not None
        gone = {
            name: reason[self.pairs.second] != 0
            for name, reason in self.after.scored.reason.items()
        }
        parts = [
            np.where(gone[name], np.nan_to_num(effect).clip(min=0), 0.0)
            for name, effect in self.changes[0].measures.items()
            if name in gone
        ]
        return np.sum(parts, axis=0) if parts else np.zeros(len(self.pairs.ids))

    def first(self) -> tuple[ListedEntity, ...]:
        """Everyone at risk, then those where most is at stake."""
        days = self.attention.days
        return tuple(
            replace(
                self.entry(row, steps=True),
                decision=None if np.isnan(days[row]) else int(days[row]),
            )
            for row in self.attention.rows
        )

    def movers(self, *, falls: bool) -> tuple[ListedEntity, ...]:
        """The biggest changes of a point or more, one way. A score that rose because values went
        missing is no rise.
        """
        if self.changes is None or self.pairs is None:
            return ()
        change, ids = self.changes[0].score, self.pairs.ids
        change = change if falls else change - self.lost
        sign = 1 if falls else -1
        chosen = [pair for pair in range(len(ids)) if sign * change[pair] <= -LEAST]
        ranked = sorted(chosen, key=lambda pair: (sign * change[pair], ids[pair]))
        return tuple(
            self.entry(int(self.pairs.second[pair]), steps=False) for pair in ranked[:MOVERS]
        )

    def crossings(self) -> tuple[int, int]:
        """How many fell to a worse band and how many rose to a better one; unknown is neither."""
        if self.changes is None or self.pairs is None:
            return 0, 0
        now = self.after.scored.band[self.pairs.second].astype(np.int64)
        then = self._positions(self.changes[1].band)
        both = (now >= 0) & (then >= 0)
        real = ~(self.changes[0].score - self.lost <= 0) | (self.lost == 0)
        return int(np.sum(both & (now > then))), int(np.sum(both & (now < then) & real))

    def by_model(self) -> int:
        """How many stood in another band then by the model that spoke than by today's on the same
        values.
        """
        if self.changes is None or self.before is None or self.pairs is None:
            return 0
        then = self._positions(self.changes[1].band)
        return int(np.sum(then != self.before.scored.band[self.pairs.first].astype(np.int64)))

    def mean_change(self) -> float | None:
        """How far the mean score of everybody moved."""
        if self.before is None:
            return None
        then, now = _mean(self.before.scored.score), _mean(self.after.scored.score)
        return None if then is None or now is None else now - then

    def entry(self, row: int, *, steps: bool) -> ListedEntity:
        """One entity's line."""
        after, scored = self.after, self.after.scored
        pair = self.pair_of.get(row)
        before = band_before = cause = None
        by_loss = False
        if pair is not None and self.changes is not None:
            before = number(self.changes[1].score[pair])
            band_before = int(self._positions(self.changes[1].band[pair : pair + 1])[0])
            change = self.changes[0].of(pair)
            cause = None if change is None else self._cause(row, pair, change)
            by_loss = (
                change is not None
                and change.score > 0
                and change.score - float(self.lost[pair]) < LEAST
            )
            by_loss = by_loss and bool(self.lost[pair] > 0)
        score = number(scored.score[row])
        return ListedEntity(
            id=after.ids[row],
            label=after.labels[row],
            owner=after.owners[row],
            money=after.money[row],
            score=score,
            band=int(scored.band[row]),
            coverage=float(scored.main.coverage[row]),
            before=before,
            band_before=band_before,
            reason=self._reason(row),
            ceiling=self._ceiling(row),
            cause=cause,
            steps=self._steps(row) if steps else (),
            line=self.months.line(after.ids[row], score),
            smoothing=None if after.model.smooth is None else float(scored.smoothing[row]),
            settles=after.model.remembers,
            by_loss=by_loss,
        )

    def _positions(self, names: tuple[str, ...]) -> NDArray[np.int64]:
        where = {name: position for position, (name, _) in enumerate(self.after.model.bands)}
        return np.array([where.get(name, -1) for name in names], dtype=np.int64)

    def _reason(self, row: int) -> Reason | None:
        """The measure whose missing points cost most."""
        scored, model = self.after.scored, self.after.model
        costs = {
            measure.name: float(
                scored.main.weights[measure.name][row] * (100 - scored.points[measure.name][row])
            )
            for measure in model.measures
            if scored.reason[measure.name][row] == 0
        }
        name = max(costs, key=lambda one: costs[one], default=None)
        if name is None or costs[name] < LEAST:
            return None
        measure = model.measure(name)
        _, good = ends(scale_for(model, measure, int(scored.cells.segment[row])))
        return Reason(
            MeasureValue(
                name, display_value(scored.cells.values[name], row), unit_of(model, measure)
            ),
            good,
            costs[name],
        )

    def _ceiling(self, row: int) -> Ceiling | None:
        position = int(self.after.scored.cap[row])
        if position < 0:
            return None
        cap = self.after.model.caps[position]
        return Ceiling(cap.name, cap.at_most)

    def _cause(self, row: int, pair: int, change: ScoreChange) -> ChangeCause | None:
        """The largest single part of a change that goes its way."""
        assert self.before is not None
        assert self.pairs is not None
        way = 1 if change.score > 0 else -1
        there = [
            part
            for part in change.measures
            if way < 0 or self.after.scored.reason[part[0]][row] == 0
        ]
        parts = (
            there or change.measures
        )  # a lost value explains a rise only where nothing else does
        name, effect = max(parts, key=lambda part: way * part[1], default=("", 0.0))
        smoothing = change.smoothing or 0.0
        if way * change.caps > way * effect and way * change.caps >= max(
            way * change.model, way * smoothing
        ):
            return self._cap_cause(row, int(self.pairs.first[pair]), change)
        if way * smoothing > max(way * effect, way * change.model):
            return ChangeCause("smoothing", "", None, None, "other", smoothing)
        if way * change.model > way * effect:
            return ChangeCause("model", "", None, None, "other", change.model)
        if not name or way * effect <= 0:
            return None
        old = display_value(self.before.scored.cells.values[name], int(self.pairs.first[pair]))
        new = display_value(self.after.scored.cells.values[name], row)
        unit = unit_of(self.after.model, self.after.model.measure(name))
        return ChangeCause(_kind(old, new), name, old, new, unit, effect)

    def _cap_cause(self, row: int, earlier: int, change: ScoreChange) -> ChangeCause:
        assert self.before is not None
        now, then = int(self.after.scored.cap[row]), int(self.before.scored.cap[earlier])
        caps = self.after.model.caps
        if change.caps < 0 and now >= 0:
            return ChangeCause("cap_on", caps[now].name, None, None, "other", change.caps)
        if then >= 0:
            return ChangeCause("cap_off", caps[then].name, None, None, "other", change.caps)
        return ChangeCause(
            "model", "", None, None, "other", change.caps
        )  # a cap of a model that is no longer used

    def _steps(self, row: int) -> tuple[NextBandStep, ...]:
        model, way = self.after.model, steps_to_next_band(self.after.scored, row) or ()
        return tuple(
            NextBandStep(
                step.measure, step.start, step.to, unit_of(model, model.measure(step.measure))
            )
            for step in way
            if len(way) <= STEPS
        )


def _kind(old: Value, new: Value) -> Literal["measure", "weight", "lost", "gained"]:
    """How a measure moved a score: by its value, by a value lost or gained, or by its weight
    alone.
    """
    if new is None:
        return "lost"
    if old is None:
        return "gained"
    return "weight" if old == new else "measure"


def _mean(score: Floats) -> float | None:
    known = score[~np.isnan(score)]
    return float(known.mean()) if len(known) else None
