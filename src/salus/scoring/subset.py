"""The facts of some of the entities, numbered from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.facts.partials.partial import Attributes, Partial
from salus.facts.partials.row_order import find_rows


def subset(known: FactSet, entities: NDArray[np.int64]) -> FactSet:
    """The facts of the entities at these positions, which must be rising."""
    partials = {shape: _rows(partial, entities)[0] for shape, partial in known.partials.items()}
    return replace(
        known, attributes=subset_attributes(known.attributes, entities), partials=partials
    )


def subset_attributes(attributes: Attributes, entities: NDArray[np.int64]) -> Attributes:
    """The same for attributes alone."""
    ids = tuple(attributes.ids[position] for position in entities)
    columns, odd = (
        _take_rows(mapping, entities) for mapping in (attributes.columns, attributes.odd)
    )
    contracts = None if attributes.contracts is None else _rows(attributes.contracts, entities)[0]
    if attributes.history is None:
        return replace(attributes, ids=ids, columns=columns, odd=odd, contracts=contracts)
    history, rows = _rows(attributes.history, entities)
    changing, changing_odd = (
        _take_rows(mapping, rows) for mapping in (attributes.changing, attributes.changing_odd)
    )
    return replace(
        attributes,
        ids=ids,
        columns=columns,
        odd=odd,
        history=history,
        changing=changing,
        changing_odd=changing_odd,
        contracts=contracts,
    )


def _take_rows(columns: Mapping[str, Any], rows: NDArray[np.int64]) -> dict[str, Any]:
    return {name: column.take(pa.array(rows)) for name, column in columns.items()}


def _rows(partial: Partial, entities: NDArray[np.int64]) -> tuple[Partial, NDArray[np.int64]]:
    """A partial with the rows of these entities only, and the positions of those rows. The rows of
    a partial are sorted by entity.
    """
    first = find_rows(partial.entity, entities)
    stop = find_rows(partial.entity, entities, "right")
    counts = stop - first
    begins = (
        np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        if len(entities)
        else first
    )
    rows = begins + np.arange(len(begins))
    entity = np.repeat(np.arange(len(entities), dtype=np.int32), counts)
    return replace(
        partial, entity=entity, arrays={name: array[rows] for name, array in partial.arrays.items()}
    ), rows
