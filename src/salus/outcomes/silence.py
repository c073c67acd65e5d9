"""Outcomes that nobody tells: the first time that so many days without a fact are complete.

Dated on the day that completes them, by what was known then. The day of the last fact of all would be hindsight: who is
quiet now but comes back later would never have been among them.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from salus.facts.gate import require_outcome
from salus.facts.names import BEGUN, ENTITY, KNOWN
from salus.facts.order import order_by
from salus.facts.origin import facts_of
from salus.facts.relation import FAR, Span, column
from salus.facts.sql import condition
from salus.model import expression as ex
from salus.model.model import Model, Outcome
from salus.sources.connection import Connection


def silences(model: Model, connection: Connection, outcome: Outcome, end: int) -> pa.Table:
    """Columns entity, day, effect: one row for each entity that fell silent before the day `end`."""
    assert outcome.quiet is not None and outcome.silent_for is not None
    require_outcome(model, connection, outcome)
    more = ex.names(outcome.where) - set(model.sources[outcome.quiet].columns)
    relation = facts_of(model, connection, outcome.quiet, more).relation(Span(None, FAR), ends=False)
    names = [column(name) for name in (ENTITY, BEGUN, KNOWN)]
    facts = exp.select(*names).distinct().from_(relation.select.subquery("facts", copy=False))
    rows = connection.query(facts if outcome.where is None else facts.where(condition(outcome.where, relation.columns)))
    coded = rows[ENTITY].cast(pa.string()).combine_chunks().dictionary_encode()
    begun, known = (rows[name].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy() for name in (BEGUN, KNOWN))
    entity, day = first_silences(coded.indices.to_numpy(zero_copy_only=False).astype(np.int64), begun, known,
                                 outcome.silent_for, end)
    days = pa.array(day.astype(np.int32)).cast(pa.date32())
    return pa.table({"entity": coded.dictionary.take(pa.array(entity)), "day": days, "effect": days})


def first_silences(entity: NDArray[np.int64], begun: NDArray[np.int32], known: NDArray[np.int32], wait: int, end: int,
                   ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each entity that has one the day on which `wait` days without a fact are first complete.

    >>> first_silences(np.array([0, 0, 1]), np.array([1, 20, 25]), np.array([1, 20, 25]), 7, 30)
    (array([0]), array([8]))
    """
    before = np.flatnonzero(known < end)
    order = before[order_by([entity[before], known[before]])] if len(before) else before
    who, heard = entity[order], known[order].astype(np.int64)
    low, width = (int(begun.min()), int(begun.max()) - int(begun.min()) + 1) if len(begun) else (0, 1)
    last = np.maximum.accumulate(who * width + (begun[order] - low)) - who * width + low if len(order) else heard
    following = np.append(heard[1:], end)
    following[:-1][who[1:] != who[:-1]] = end
    complete = np.maximum(last + wait, heard)
    silent = np.flatnonzero(complete < following)
    entities, first = np.unique(who[silent], return_index=True)
    return entities, complete[silent][first]
