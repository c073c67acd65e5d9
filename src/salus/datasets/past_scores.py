"""The scores of past dates and of today, with what was known on each date: what a forecast learns
from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from salus.datasets.past_cells import PastCells
from salus.errors import DataError
from salus.facts.partials.partial import Attributes
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.kernel.cells import Cells, join_cells
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.source import Renewal
from salus.periods.notice_period import last_day
from salus.scoring.score import score
from salus.scoring.scored import Floats, Scored
from salus.scoring.timeline import BATCH

# No name in a model begins with a blank.
DECIDE_BY, TERM_END, VALUE = " decide_by", " term_end", " value"


def add_terms(model: Model) -> Model:
    """The model with the terms and the value of each entity among its inputs, so that they are
    known as they were on each date.
    """
    entity, renewal = model.entity, model.entity.renewal or Renewal()
    named = {DECIDE_BY: renewal.decide_by, TERM_END: renewal.term_end, VALUE: entity.value}
    terms = (
        Measure(name=name, kind="value", column=column)
        for name, column in named.items()
        if column is not None and column not in renewal.inputs
    )
    return replace(model, inputs=(*model.inputs, *terms))


@dataclass(frozen=True)
class PastScores:
    """Rows by entity, then day. `now` holds the scores of today; None where no entity is active."""

    snapshots: EntitySnapshots
    further: Mapping[str, Floats]  # further scores, of the same rows
    now: Scored | None
    attributes: Attributes


@dataclass
class _Parts:
    snapshots: list[EntitySnapshots] = field(default_factory=list)
    further: list[Mapping[str, Floats]] = field(default_factory=list)
    now: list[Cells] = field(default_factory=list)


def load_past_scores(past: PastCells, today: int) -> PastScores:
    """Score every cell. The model has its terms among the inputs."""
    model, parts = past.model, _Parts()
    for first, scored in _scored(past):
        cells = replace(scored.cells, entity=scored.cells.entity + first)
        parts.snapshots.append(_snapshots(model, cells, scored.score))
        parts.further.append({name: values.guarded for name, values in scored.further.items()})
        parts.now.append(cells.at(np.flatnonzero(cells.day == today)))
    snapshots = EntitySnapshots(
        *(
            np.concatenate([getattr(part, name) for part in parts.snapshots])
            for name in EntitySnapshots.__dataclass_fields__
        )
    )
    names = [further.name for further in model.scores]
    further = {name: np.concatenate([part[name] for part in parts.further]) for name in names}
    current = [part for part in parts.now if len(part)]
    return PastScores(
        snapshots,
        further,
        score(model, join_cells(current, model)) if current else None,
        past.attributes,
    )


def _scored(past: PastCells) -> Iterator[tuple[int, Scored]]:
    for first, cells in past.ranges():
        for start in range(0, max(len(cells), 1), BATCH):
            yield first, score(past.model, cells.at(slice(start, start + BATCH)))


def _snapshots(model: Model, cells: Cells, scores: Floats) -> EntitySnapshots:
    renewal = model.entity.renewal or Renewal()
    decide_by = _day_column(cells, DECIDE_BY, renewal.decide_by, renewal)
    term_end = _day_column(cells, TERM_END, renewal.term_end, renewal)
    if renewal.decide_by is None:
        decide_by = _notice_days(term_end, renewal)
    return EntitySnapshots(
        cells.entity,
        cells.day,
        scores,
        np.floor(decide_by),
        np.floor(term_end),
        _column(cells, VALUE, "number"),
    )


def _day_column(cells: Cells, name: str, named: str | None, renewal: Renewal) -> Floats:
    """The days of a column of the entity, or of the input that the model names instead."""
    return _column(cells, named if named in renewal.inputs and named else name, "date")


def _column(cells: Cells, name: str, kind: str) -> Floats:
    """The values of an input of `add_terms`, NaN where the model names no column for it."""
    if name not in cells.values:
        return np.full(len(cells), np.nan)
    values = cells.values[name]
    if values.kind != kind and not np.isnan(values.data).all():
        raise DataError(
            f"`{name.strip()}` of the entity has {values.kind} values; {kind} values are needed",
            "name another column, or say how the file is written in salus.toml",
        )
    return values.data


def _notice_days(term_end: Floats, renewal: Renewal) -> Floats:
    """The last day for a notice; NaN where the term has no end."""
    known: NDArray[np.bool_] = ~np.isnan(term_end)
    ends = np.floor(np.where(known, term_end, 0)).astype(np.int64)
    return np.where(known, last_day(ends, renewal.notice.days, renewal.notice.months), np.nan)
