"""When entities are customers: their contracts, merged over short pauses.

A contract runs on the dates D with `begun` < D <= `ended`. On a date D only contracts with `begun` <= D
are known, and an end only after its day and the day on which it became known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.contract_amounts import amount_arrays, check_amounts
from salus.facts.partials.arrays import to_array
from salus.facts.partials.partial import Partial
from salus.facts.partials.requirements import PartialSpec
from salus.facts.partials.row_order import order_by
from salus.facts.sql.columns import BEGUN, ENDED, ENTITY, KNOWN
from salus.model.contracts import ContractValue
from salus.periods.day import NEVER
from salus.periods.grid import Days

CONTRACTS = PartialSpec("the entity's contracts", "rows")


@dataclass(frozen=True)
class Spells:
    """The times in which entities were customers: rows by entity, then day."""

    entity: NDArray[np.int64]
    begun: Days
    ended: Days  # NEVER: it goes on
    decided: Days  # when the end of the last contract became known, at the latest when it came

    def __len__(self) -> int:
        return len(self.entity)


def build_contracts(
    rows: pa.Table, ids: Sequence[str], value: ContractValue | None = None
) -> Partial:
    """The contracts in the rows of `select_contracts`, without those of unknown entities. With
    `value` they have their amounts.
    """
    position = pc.index_in(
        rows[ENTITY].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    rows, position = rows.filter(pc.is_valid(position)), position.drop_null()
    entity = position.to_numpy(zero_copy_only=False).astype(np.int64)
    days = {
        name: _days(rows[column])
        for name, column in (("begun", BEGUN), ("ended", ENDED), ("known", KNOWN))
    }
    amounts, currencies = ({}, None) if value is None else amount_arrays(rows, value)
    order = order_by([entity, *days.values()])
    contracts = Partial(
        CONTRACTS,
        entity[order].astype(np.int32),
        {name: array[order] for name, array in {**days, **amounts}.items()},
        currencies,
    )
    if value is not None:
        check_amounts(contracts)
    return contracts


def _days(column: pa.ChunkedArray) -> Days:
    """Day numbers, NEVER where there is none."""
    days: Days = to_array("day", column.cast(pa.date32()))
    return days


def find_membership(contracts: Partial, gap: int) -> tuple[Days, Days]:
    """For each contract the days between which it makes its entity a customer, as far as that was
    known on each date D: first < D <= last. `last` is before `first` for a contract that never does.

    During a pause nobody knows whether another contract follows; on the day on which one follows,
    a short pause is over at once.
    """
    begun, follows = contracts["begun"], _follows(contracts, gap)
    return (begun - follows).astype(np.int32), _last_days(contracts)


def find_value_days(contracts: Partial, gap: int) -> tuple[Days, Days]:
    """For each contract the days between which its amount counts, as far as that was known on each
    date D: first < D <= last.

    These are the days on which it runs. On the day on which it ends a short pause it counts at once,
    because nothing else runs on that day.
    """
    begun, last = contracts["begun"], _last_days(contracts)
    ends_pause = _follows(contracts, gap) & (_latest_before(contracts, last) < begun)
    return (begun - ends_pause).astype(np.int32), last


def _last_days(contracts: Partial) -> Days:
    """The last day on which each contract counts as running, as far as that was known on each date;
    two days before its first for a contract that never does.
    """
    begun, ended = contracts["begun"], contracts["ended"]
    last = np.where(contracts["known"] < NEVER, np.maximum(ended, contracts["known"]), ended)
    return np.where(last >= begun, last, begun - 2)


def _follows(contracts: Partial, gap: int) -> NDArray[np.bool_]:
    """Whether a contract begins fewer than `gap` days after an earlier one of its entity ended."""
    ended = np.where(contracts["ended"] > contracts["begun"], contracts["ended"], -NEVER)
    before = _latest_before(contracts, ended)
    return contracts["begun"].astype(np.int64) - before < gap


def find_spells(contracts: Partial, gap: int, stop: int) -> Spells:
    """The spells as known on the day `stop`. An end that lies ahead is known if it was decided before."""
    known = np.where(contracts["known"] < NEVER, contracts["known"], contracts["ended"])
    ended = np.where(known < stop, contracts["ended"], NEVER)
    rows = np.flatnonzero((contracts["begun"] <= stop) & (ended > contracts["begun"]))
    entity, begun = contracts.entity[rows].astype(np.int64), contracts["begun"][rows]
    ended, known = ended[rows], np.minimum(known, ended)[rows]
    latest = _running_maximum(entity, ended)
    new = np.append(True, entity[1:] != entity[:-1])[: len(rows)]
    new[1:] |= begun[1:].astype(np.int64) - latest[:-1] >= gap
    first = np.flatnonzero(new)
    if not len(first):
        return Spells(entity, begun, ended, known)
    last = np.maximum.reduceat(ended, first)
    ends_it = ended == np.repeat(last, np.diff(np.append(first, len(rows))))
    decided = np.maximum.reduceat(np.where(ends_it, known, -NEVER), first)
    return Spells(entity[first], begun[first], last.astype(np.int32), decided.astype(np.int32))


def first_days(spells: Spells, entities: int) -> NDArray[np.float64]:
    """The day on which each entity became a customer; NaN for one that never did."""
    days = np.full(entities, np.nan)
    days[spells.entity[::-1]] = spells.begun[::-1]  # the first row of an entity stays
    return days


def last_days(spells: Spells, entities: int) -> NDArray[np.int64]:
    """The day on which the last time of each entity as a customer ends; NEVER: it goes on, or there
    is none.
    """
    days = np.full(entities, NEVER, dtype=np.int64)
    days[spells.entity] = spells.ended  # the last row of an entity stays
    return days


def _latest_before(contracts: Partial, days: Days) -> NDArray[np.int64]:
    """For each contract the latest of `days` among those of its entity that began on an earlier day;
    far in the past where there is none.
    """
    entity, begun = contracts.entity.astype(np.int64), contracts["begun"].astype(np.int64)
    latest = _running_maximum(entity, days)
    key = entity * np.int64(4 * NEVER) + begun
    earlier = np.searchsorted(key, key) - 1  # the last row that began on an earlier day
    same = (earlier >= 0) & (np.append(entity, -1)[earlier] == entity)
    return np.where(same, np.append(latest, 0)[earlier], np.int64(-NEVER))


def _running_maximum(entity: NDArray[np.int64], days: Days) -> NDArray[np.int64]:
    """The largest day so far within each entity."""
    width = np.int64(4 * NEVER)
    highest: NDArray[np.int64] = np.maximum.accumulate(entity * width + days) - entity * width
    return highest
