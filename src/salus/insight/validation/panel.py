"""Scores of past dates, and whether the outcome followed within the horizon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.model.curve import WordScale
from salus.model.measure import Measure
from salus.model.model import FurtherScore
from salus.outcomes.events import OutcomeEvents
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Scored, Truths


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Rows by entity, then day; every array has one value per row, NaN where it is missing.

    A row is here only if its whole horizon was observed and the entity isn't lost yet: counting an
    unfinished horizon as "no outcome" would make every rate too low.
    """

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days
    score: Floats
    band: NDArray[np.int8]
    points: Mapping[str, Floats]  # of each measure, as the score used them
    real: Mapping[str, Truths]  # whether the measure had a value
    segment: NDArray[np.int16]
    had_outcome: Truths  # within the horizon
    when: Days  # of the next event at all; NEVER: none is known
    # Of each measure, as the score used it; for words their positions in the scale.
    values: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: Any) -> Panel:
        """These rows, in this order."""

        def part(value: Any) -> Any:
            return (
                {name: array[rows] for name, array in value.items()}
                if isinstance(value, Mapping)
                else value[rows]
            )

        return replace(
            self, **{field.name: part(getattr(self, field.name)) for field in fields(self)}
        )

    @property
    def events(self) -> int:
        """How many entities had the outcome within the horizon of one of their rows."""
        return len(np.unique(self.entity[self.had_outcome]))


@dataclass(frozen=True)
class OutcomeWindow:
    """The events of an outcome, and the days after a row in which they count."""

    events: OutcomeEvents
    horizon: int  # days
    end: int  # the day number at which the facts end


def build_rows(
    scored: Scored,
    further: FurtherScore | None,
    window: OutcomeWindow,
    first: int,
    *,
    with_values: bool = False,
) -> Panel:
    """The rows of scored cells, by the main score or a further one. Their entities are numbered
    from `first` on. `with_values` adds the values of measures.
    """
    cells, measures = scored.cells, scored.model.measures
    entity = cells.entity + first
    when, usable = window.events.next(entity, cells.day)
    points = {measure.name: scored.points[measure.name] for measure in measures}
    panel = Panel(
        entity=entity,
        day=cells.day,
        score=scored.further[further.name].guarded if further else scored.score,
        band=scored.further_band[further.name] if further else scored.band,
        points=points,
        real={name: scored.reason[name] == 0 for name in points},
        segment=cells.segment,
        had_outcome=when < cells.day + window.horizon,
        when=when,
        values={m.name: _values(cells, m) for m in measures} if with_values else {},
    )
    return panel.at(np.flatnonzero(usable & (cells.day + window.horizon <= window.end)))


def _values(cells: Cells, measure: Measure) -> Floats:
    """The value of each cell, or else the held one; NaN without any. For words their positions in
    the scale.
    """
    own, data = cells.values[measure.name], cells.values[measure.name].data
    if measure.name in cells.held:
        data = np.where(np.isnan(data), cells.held[measure.name].data, data)
    if isinstance(measure.scale, WordScale):
        words = {word: float(place) for place, word in enumerate(measure.scale.points)}
        return own.points(WordScale(words), data)
    return data


def join_panels(parts: Sequence[Panel]) -> Panel:
    """The rows of all panels, in their order."""

    def join(name: str) -> Any:
        values = [getattr(part, name) for part in parts]
        if isinstance(values[0], Mapping):
            return {key: np.concatenate([value[key] for value in values]) for key in values[0]}
        return np.concatenate(values)

    return Panel(**{field.name: join(field.name) for field in fields(Panel)})


def per_entity(entity: NDArray[np.int64], values: Floats) -> Floats:
    """The sum of values over the rows of each entity."""
    _, place = np.unique(entity, return_inverse=True)
    return np.bincount(place, weights=values).astype(np.float64)


def resample(
    panel: Panel, statistic: Callable[[Floats], Floats | float], times: int, seed: int
) -> Floats:
    """A statistic of row weights, for entities drawn with replacement; all rows of an entity stay
    together.
    """
    draw = np.random.default_rng(seed)
    entities, place = np.unique(panel.entity, return_inverse=True)
    values = []
    for _ in range(times):
        count = np.bincount(draw.integers(0, len(entities), len(entities)), minlength=len(entities))
        values.append(statistic(count[place].astype(np.float64)))
    return np.array(values)
