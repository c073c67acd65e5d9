"""Inactivity: an entity had no fact of a source for a given number of days (the wait).

A silence is dated on the day on which the wait is complete, as known on that day. The day of the
last fact of all would be hindsight: it leaves out entities that are inactive now and come back
later. A silence ends on the day on which a fact becomes known that is younger than the wait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.kind_checks import require_outcome
from salus.facts.partials.row_order import order_by
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.fact_rows import select_newest_days
from salus.model.expressions import expression as ex
from salus.model.model import Model, Outcome
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection


@dataclass(frozen=True)
class Silences:
    """One row per silence, sorted by entity, then day. The entity is away from the day after `day`
    until `back`; NEVER: it isn't back yet.
    """

    entity: NDArray[np.int64]
    day: Days
    back: Days


@dataclass(frozen=True)
class InactivityRule:
    """When an entity counts as inactive."""

    source: str
    wait: int  # days without a fact of the source
    where: ex.Expression | None = None  # which facts count; None: all


def find_silences(
    model: Model, connection: Connection, quiet: InactivityRule, end: int
) -> tuple[list[str], Silences]:
    """The keys of the entities with a fact, and the silences that were complete before the day
    `end`. `Silences.entity` are positions in these keys.
    """
    rows = connection.query(select_newest_days(model, connection, quiet.source, quiet.where))
    coded = rows[ENTITY].cast(pa.string()).combine_chunks().dictionary_encode()
    begun, known = (
        rows[name].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()
        for name in (BEGUN, KNOWN)
    )
    entity = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return coded.dictionary.to_pylist(), all_silences(entity, begun, known, quiet.wait, end)


def inactivity_events(model: Model, connection: Connection, outcome: Outcome, end: int) -> pa.Table:
    """One row per silence, as columns `entity`, `day` and `effect`: the day on which the entity is
    back (null: not yet).
    """
    assert outcome.quiet is not None and outcome.silent_for is not None
    require_outcome(model, connection, outcome)
    keys, silences = find_silences(
        model, connection, InactivityRule(outcome.quiet, outcome.silent_for, outcome.where), end
    )
    back = pa.array(silences.back, mask=silences.back == NEVER).cast(pa.date32())
    names = pa.array(keys, pa.string()).take(pa.array(silences.entity))
    return pa.table(
        {"entity": names, "day": pa.array(silences.day).cast(pa.date32()), "effect": back}
    )


def all_silences(
    entity: NDArray[np.int64], begun: Days, known: Days, wait: int, end: int
) -> Silences:
    """The silences before the day `end`. The arrays have one row per entity and day `known`: of the
    facts that became known on that day, the latest day `begun`.

    >>> silences = all_silences(np.array([0, 0, 1]), np.array([1, 20, 25]), np.array([1, 20, 25]), 7, 30)
    >>> silences.entity.tolist(), silences.day.tolist(), silences.back.tolist() == [20, NEVER]
    ([0, 0], [8, 27], True)
    """
    before = np.flatnonzero(known < end)
    order = before[order_by([entity[before], known[before]])] if len(before) else before
    entities, days_known = entity[order], known[order].astype(np.int64)
    low, width = (
        (int(begun.min()), int(begun.max()) - int(begun.min()) + 1) if len(begun) else (0, 1)
    )
    last = (
        np.maximum.accumulate(entities * width + (begun[order] - low)) - entities * width + low
        if len(order)
        else days_known
    )
    following = np.append(days_known[1:], end)
    following[:-1][entities[1:] != entities[:-1]] = end
    ends_quiet, begins_quiet = last + wait < following, last + wait <= days_known
    # A row begins a silence, unless the row before it ended in a silence and the fact of this row
    # is too old to end that.
    first = np.append(True, entities[1:] != entities[:-1])[: len(entities)]
    goes_on = begins_quiet & ~first & np.append(False, ends_quiet[:-1])[: len(entities)]
    rows = np.flatnonzero(ends_quiet & ~goes_on)
    breaks = np.flatnonzero(~begins_quiet | first)
    after = np.append(breaks, len(entities))[np.searchsorted(breaks, rows, "right")]
    same = np.append(entities, -1)[after] == entities[rows]
    back = np.where(same, np.append(days_known, NEVER)[after], NEVER)
    day = np.maximum(last + wait, days_known)[rows]
    return Silences(entities[rows], day.astype(np.int32), back.astype(np.int32))
