"""A partial in memory: facts grouped by entity and days, as arrays sorted by entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.facts.exchange_rates import ExchangeRates
from salus.facts.partials.requirements import PartialSpec
from salus.facts.partials.row_order import find_rows
from salus.model.contracts import VALUE

Array = NDArray[Any]


@dataclass(frozen=True)
class Partial:
    """The rows of a partial, sorted by entity. `entity` holds positions in the list of entities.

    Arrays: begun, known, closed, ended (int32 days; NEVER for no end), key (codes), time, recorded,
    value, and one per cell under its alias. Which of them exist depends on the kind of partial
    (facts/partials/requirements.py). `words` holds the words of text codes.
    """

    spec: PartialSpec
    entity: NDArray[np.int32]
    arrays: Mapping[str, Array]
    words: tuple[str, ...] | None = None
    kind: str = "number"  # of `value`: number (micro-units), text (codes), date (microseconds)

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    def __len__(self) -> int:
        return len(self.entity)

    def part(self, first: int, stop: int) -> Partial:
        """The rows of the entities [first, stop), renumbered from 0."""
        low, high = find_rows(self.entity, [first, stop])
        arrays = {name: array[low:high] for name, array in self.arrays.items()}
        return Partial(
            self.spec, self.entity[low:high] - np.int32(first), arrays, self.words, self.kind
        )


@dataclass(frozen=True, kw_only=True)
class Attributes:
    """The entities and their attributes: today's columns, and rows of their history."""

    ids: tuple[str, ...]  # by code point
    columns: Mapping[str, Any] = field(
        default_factory=dict
    )  # name -> pyarrow array, in the order of ids
    odd: Mapping[str, Any] = field(
        default_factory=dict
    )  # name -> whether a null stands for NaN or an infinity, only where there is any
    history: Partial | None = None  # rows sorted by entity and rank
    changing: Mapping[str, Any] = field(
        default_factory=dict
    )  # name -> pyarrow array, in the order of history
    changing_odd: Mapping[str, Any] = field(default_factory=dict)
    contracts: Partial | None = None
    rates: ExchangeRates | None = None  # of the amounts of contracts

    @property
    def dated(self) -> frozenset[str]:
        """The attributes whose earlier values are known."""
        valued = self.rates is not None
        return frozenset([*self.changing, *([VALUE] if valued else [])])

    def part(self, first: int, stop: int) -> Attributes:
        """The entities [first, stop)."""
        columns, odd = (_slices(of, first, stop) for of in (self.columns, self.odd))
        ids = self.ids[first:stop]
        contracts = None if self.contracts is None else self.contracts.part(first, stop)
        if self.history is None:
            return replace(self, ids=ids, columns=columns, odd=odd, contracts=contracts)
        low, high = (int(place) for place in find_rows(self.history.entity, [first, stop]))
        changing, changing_odd = (
            _slices(of, low, high) for of in (self.changing, self.changing_odd)
        )
        return replace(
            self,
            ids=ids,
            columns=columns,
            odd=odd,
            history=self.history.part(first, stop),
            changing=changing,
            changing_odd=changing_odd,
            contracts=contracts,
        )


def _slices(columns: Mapping[str, Any], first: int, stop: int) -> dict[str, Any]:
    return {name: column.slice(first, stop - first) for name, column in columns.items()}
