"""Finds the smallest realistic change that lifts a score into the next better band.

Realistic means: a measure gets at most as good as the best tenth of the population on that day, and
attributes (`value`) don't change. First the search lifts the caps that are below the band: for each
it makes the smallest change of one measure or input that the cap compares with a number. Then it
changes as few measures as possible, the last one only as far as needed. The ordinary code scores
the result; if that doesn't reach the band, there is no answer.

For models that smooth or have a dead zone, the search looks at the score that is reached once the
new values last: it scores one day alone, and the score must pass the dead zone as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.kernel.chunk import to_expression_values
from salus.kernel.values import MeasureValues
from salus.model.curve import Curve, Scale
from salus.model.expressions import evaluation
from salus.model.expressions.expression import (
    Both,
    Compare,
    Comparison,
    Constant,
    Either,
    Expression,
    Name,
    Not,
    find_names,
)
from salus.model.measure import Measure
from salus.model.model import Model
from salus.scoring.change import take
from salus.scoring.score import score
from salus.scoring.scored import Floats, Scored

REALISTIC = 90.0  # percentile of the population's points that an entity may reach
WHOLE_KINDS = frozenset({"count", "count_distinct", "active_days", "days_since", "oldest_open"})
SMALLEST = 1e-6  # values count to six decimals
OPPOSITE: dict[Comparison, Comparison] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "=": "!=",
    "!=": "=",
}


@dataclass(frozen=True)
class BandStep:
    """One change on the way to a band: a measure or input gets a new value."""

    measure: str
    start: float  # its value today
    to: float
    gain: float  # what the change adds to the score, in points

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"measure": self.measure, "from": self.start, "to": self.to, "gain": self.gain}


def steps_to_next_band(
    scored: Scored, row: int, model: Model | None = None
) -> tuple[BandStep, ...] | None:
    """The changes that together lead to the next better band; None if no realistic change does.

    Empty in the best band, and if today's values reach the band once they last. `model`: the model
    of the scores, in which attributes take the place of measures that stay as they are.
    """
    band = int(scored.band[row])
    if band == 0:
        return ()
    if band < 0:
        return None
    limit = scored.model.bands[band - 1][1]
    assert isinstance(limit, float)
    return _Search(scored, model or scored.model, row, limit + scored.model.dead_zone).steps()


class _Search:
    """The search for one entity. `limit`: the score to reach."""

    def __init__(self, scored: Scored, model: Model, row: int, limit: float) -> None:
        self.model = replace(model, smooth=None, dead_zone=0.0, scores=())
        self.population, self.limit = scored, limit
        self.cells = take(scored.cells, np.array([row]))
        self.moves: dict[str, float] = {}

    def steps(self) -> tuple[BandStep, ...] | None:
        for cap in self.model.caps:
            if (
                cap.at_most < self.limit
                and self._holds(cap.when, self.cells)
                and not self._lift(cap.when)
            ):
                return None
        if not self._reached() and not self._raise():
            return None
        return self._verified_steps()

    def _holds(self, when: Expression, cells: Cells) -> bool:
        return bool(_true_in(when, cells)[0])

    def _lift(self, when: Expression) -> bool:
        """Change one value so that the cap's condition is no longer true: by the smallest share of
        the value. False if no single change does it.
        """
        options = []
        for name, value in self._falsifying(when):
            cells = self._with({**self.moves, name: value})
            if not self._holds(when, cells):
                start = float(self.cells.values[name].data[0])
                options.append((abs(value - start) / max(abs(start), 1.0), name, value))
        if not options:
            return False
        _, name, value = min(options)
        self.moves[name] = value
        return True

    def _falsifying(self, when: Expression) -> Iterator[tuple[str, float]]:
        """For each comparison of a measure with a number: a value at which it becomes false."""
        if isinstance(when, Both | Either):
            yield from self._falsifying(when.left)
            yield from self._falsifying(when.right)
        elif isinstance(when, Not) and isinstance(when.of, Compare):
            yield from self._falsifying(replace(when.of, op=OPPOSITE[when.of.op]))
        elif (
            isinstance(when, Compare)
            and isinstance(when.left, Name)
            and isinstance(when.right, Constant)
        ):
            measure = next(
                (each for each in self.model.everything if each.name == when.left.name), None
            )
            bound = when.right.value
            if (
                measure
                and measure.kind != "value"
                and isinstance(bound, int | float)
                and not isinstance(bound, bool)
            ):
                step = 1.0 if measure.kind in WHOLE_KINDS else SMALLEST
                edge = {
                    ">": bound,
                    "<": bound,
                    ">=": bound - step,
                    "<=": bound + step,
                    "=": bound + step,
                }
                if when.op in edge and not np.isnan(self.cells.values[measure.name].data[0]):
                    yield measure.name, float(edge[when.op])

    def _with(self, moves: Mapping[str, float | Floats]) -> Cells:
        """The cell with these values and its caps evaluated again; one row per value to try."""
        size = max((np.size(value) for value in moves.values()), default=1)
        cells = take(self.cells, np.zeros(size, dtype=np.int64))
        values = dict(cells.values)
        for name, value in moves.items():
            old = values[name]
            values[name] = MeasureValues(
                np.broadcast_to(np.float64(value), (size,)), old.reason, old.kind, old.words
            )
        cells = replace(cells, values=values)
        return replace(
            cells, capped={cap.name: _true_in(cap.when, cells) for cap in self.model.caps}
        )

    def _score(self, moves: Mapping[str, float | Floats]) -> Floats:
        return np.asarray(score(self.model, self._with(moves)).score)

    def _score_each(self, options: Sequence[Mapping[str, float]]) -> Floats:
        """The score with each of these changes."""
        names = dict.fromkeys(name for moves in options for name in moves)
        own = {name: float(self.cells.values[name].data[0]) for name in names}
        return self._score(
            {name: np.array([moves.get(name, own[name]) for moves in options]) for name in names}
        )

    def _reached(self) -> bool:
        return bool(self._score(self.moves)[0] >= self.limit)

    def _raise(self) -> bool:
        """Change as few measures as possible, the largest gain first, the last one only as far as
        needed. False if the limit stays out of reach.
        """
        best = {
            measure.name: self._best(measure)
            for measure in self.model.measures
            if self._movable(measure)
        }
        better = {name: value for name, value in best.items() if value is not None}
        options = [self.moves, *({**self.moves, name: value} for name, value in better.items())]
        start, *after = self._score_each(options).tolist()
        gains = {name: reached - start for name, reached in zip(better, after, strict=True)}
        single = self._single(best, gains, start)
        if single is not None:
            self.moves.update(single)
            return True
        for name in sorted(
            (name for name, gain in gains.items() if gain > 0),
            key=lambda name: (-gains[name], name),
        ):
            value = best[name]
            assert value is not None
            before = dict(self.moves)
            self.moves[name] = value
            if self._reached():
                self.moves = {**before, name: self._just_enough(name, before, value)}
                return True
        return False

    def _single(
        self,
        best: Mapping[str, float | None],
        gains: Mapping[str, float],
        start: float,
    ) -> dict[str, float] | None:
        """The one measure that is enough and uses the smallest share of its room; None without one."""
        enough = [name for name, gain in gains.items() if gain > 0 and start + gain >= self.limit]
        options = []
        for name in enough:
            value, old = best[name], float(self.cells.values[name].data[0])
            assert value is not None
            to = self._just_enough(name, self.moves, value)
            options.append((abs(to - old) / abs(value - old), name, to))
        return {min(options)[1]: min(options)[2]} if options else None

    def _movable(self, measure: Measure) -> bool:
        values = self.cells.values[measure.name]
        return (
            measure.kind != "value"
            and values.kind == "number"
            and isinstance(self._scale(measure), Curve)
            and not np.isnan(values.data[0])
            and measure.name not in self.moves
        )

    def _scale(self, measure: Measure) -> Scale | None:
        segment = int(self.cells.segment[0])
        own = self.model.segments[segment].scales if segment >= 0 else {}
        return own.get(measure.name, measure.scale)

    def _best(self, measure: Measure) -> float | None:
        """The nearest value with as many points as the best tenth; None if the entity already has
        them.
        """
        return self._value_at(measure, self.population.points_reached(measure.name, REALISTIC))

    def _value_at(self, measure: Measure, aim: float) -> float | None:
        """The value nearest to the entity's own with `aim` points; None if its own has them, or no
        value does.
        """
        scale, own = self._scale(measure), float(self.cells.values[measure.name].data[0])
        assert isinstance(scale, Curve)
        if float(scale.points(np.array([own]))[0]) >= aim:
            return None
        values = [_toward(measure, own, value) for value in find_crossings(scale, aim)]
        good = [
            value for value in values if float(scale.points(np.array([value]))[0]) >= aim - 1e-9
        ]
        return min(good, key=lambda value: abs(value - own), default=None)

    def _just_enough(self, name: str, others: Mapping[str, float], most: float) -> float:
        """The value nearest to the entity's own that still reaches the limit. Divides the way into
        a hundred steps, three times.
        """
        own = float(self.cells.values[name].data[0])
        short, enough = own, most
        for _ in range(3):
            values = np.linspace(short, enough, 101)
            first = int(np.argmax(self._score({**others, name: values}) >= self.limit))
            short, enough = float(values[max(first - 1, 0)]), float(values[first])
        value = _toward(self.model.measure(name), own, enough)
        return value if self._score({**others, name: value})[0] >= self.limit else most

    def _verified_steps(self) -> tuple[BandStep, ...] | None:
        """The changes, each with what it adds after the ones before; None if together they don't
        reach the limit.
        """
        names = list(self.moves)
        so_far = [
            {name: self.moves[name] for name in names[:count]} for count in range(len(names) + 1)
        ]
        before, *after = self._score_each(so_far).tolist()
        steps = []
        for name, score_after in zip(names, after, strict=True):
            start = float(self.cells.values[name].data[0])
            steps.append(BandStep(name, start, self.moves[name], score_after - before))
            before = score_after
        return tuple(steps) if before >= self.limit else None


def find_crossings(curve: Curve, aim: float) -> list[float]:
    """The values at which the curve crosses `aim` points, then its knots with at least as many.

    >>> find_crossings(Curve(((0.0, 100.0), (10.0, 50.0), (20.0, 0.0))), 75.0)
    [5.0, 0.0]
    """
    knots = [(float(x), p) for x, p in curve.knots if not hasattr(x, "rank")]
    between = [
        x0 + (x1 - x0) * (aim - p0) / (p1 - p0)
        for (x0, p0), (x1, p1) in zip(knots, knots[1:], strict=False)
        if min(p0, p1) < aim < max(p0, p1)
    ]
    return between + [x for x, p in knots if p >= aim]


def _toward(measure: Measure, own: float, value: float) -> float:
    """The value rounded to one that can occur, away from the entity's own: whole numbers for counts
    and days, else six decimals.
    """
    if measure.per is not None or measure.half_life is not None or measure.kind not in WHOLE_KINDS:
        scale = 1e6
    else:
        scale = 1.0
    rounded = np.ceil(value * scale - 1e-9) if value > own else np.floor(value * scale + 1e-9)
    return float(rounded / scale)


def _true_in(when: Expression, cells: Cells) -> NDArray[np.bool_]:
    """Which cells meet the condition."""
    environment = {
        name: to_expression_values(cells.values[name])
        for name in find_names(when)
        if name != "as_of"
    }
    environment["as_of"] = evaluation.Values(
        "date", cells.day.astype(np.float64), np.zeros(len(cells), dtype=bool)
    )
    return evaluation.true_where(evaluation.evaluate(when, environment, len(cells)))
