"""Who stood where on each as-of date, and whether the outcome came within the horizon after it."""

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


@dataclass(frozen=True)
class Panel:
    """Rows by entity, then day; every array has one value a row, NaN where there is none.

    Only rows whose horizon lies wholly in the observed time are here, and none of an entity that is
    already lost: to count a horizon that isn't over as "nothing came" would make every rate too
    low.
    """

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days
    score: Floats
    band: NDArray[np.int8]
    points: Mapping[str, Floats]  # of each measure, as it took part in the score
    real: Mapping[str, Truths]  # whether the measure had a value
    segment: NDArray[np.int16]
    had_outcome: Truths  # within the horizon
    when: Days  # of the next event at all; NEVER: none is known
    values: Mapping[str, Floats] = field(
        default_factory=dict
    )  # that took part, own or held; positions of words

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
        """Entities to which the outcome came, within the horizon of one of their rows."""
        return len(np.unique(self.entity[self.had_outcome]))


def rows_of(
    scored: Scored,
    headline: FurtherScore | None,
    events: OutcomeEvents,
    horizon: int,
    end: int,
    first: int,
    valued: bool = False,
) -> Panel:
    """The rows of some scored cells; their entities are numbered from `first` on. `valued`: with
    the values of measures.
    """
    cells = scored.cells
    entity = cells.entity + first
    when, asked = events.next(entity, cells.day)
    score, band = (
        (scored.score, scored.band)
        if headline is None
        else (scored.further[headline.name].guarded, scored.further_band[headline.name])
    )
    points = {measure.name: scored.points[measure.name] for measure in scored.model.measures}
    real = {name: scored.reason[name] == 0 for name in points}
    values = (
        {measure.name: _values(cells, measure) for measure in scored.model.measures}
        if valued
        else {}
    )
    panel = Panel(
        entity,
        cells.day,
        score,
        band,
        points,
        real,
        cells.segment,
        when < cells.day + horizon,
        when,
        values,
    )
    return panel.at(np.flatnonzero(asked & (cells.day + horizon <= end)))


def _values(cells: Cells, measure: Measure) -> Floats:
    """The value of each cell, the one held where there is none, NaN without any; of words their
    positions in the scale.
    """
    own, data = cells.values[measure.name], cells.values[measure.name].data
    if measure.name in cells.held:
        data = np.where(np.isnan(data), cells.held[measure.name].data, data)
    if isinstance(measure.scale, WordScale):
        return own.points(
            WordScale({word: float(place) for place, word in enumerate(measure.scale.points)}), data
        )
    return data


def join_panels(parts: Sequence[Panel]) -> Panel:
    """All rows of several, in their order."""

    def one(name: str) -> Any:
        values = [getattr(part, name) for part in parts]
        if isinstance(values[0], Mapping):
            return {key: np.concatenate([value[key] for value in values]) for key in values[0]}
        return np.concatenate(values)

    return Panel(**{field.name: one(field.name) for field in fields(Panel)})


def per_entity(entity: NDArray[np.int64], values: Floats) -> Floats:
    """The sum of values over the rows of each entity."""
    _, place = np.unique(entity, return_inverse=True)
    return np.bincount(place, weights=values).astype(np.float64)


def resample(
    panel: Panel, statistic: Callable[[Floats], Floats | float], times: int, seed: int
) -> Floats:
    """A statistic of row weights, for entities drawn with replacement: all rows of an entity go
    together.
    """
    draw = np.random.default_rng(seed)
    entities, place = np.unique(panel.entity, return_inverse=True)
    found = []
    for _ in range(times):
        count = np.bincount(draw.integers(0, len(entities), len(entities)), minlength=len(entities))
        found.append(statistic(count[place].astype(np.float64)))
    return np.array(found)
