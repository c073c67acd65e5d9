"""Silences: so many days without a fact of a source, each time that they are complete.

Dated on the day that completes them, by what was known then. The day of the last fact of all would
be hindsight: who is quiet now but comes back later would never have been among them. A silence is
over on the day on which a fact becomes known that is younger than so many days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from salus.facts.gate import require_outcome
from salus.facts.partials.order import order_by
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.expressions import condition
from salus.facts.sql.origin import facts_of
from salus.facts.sql.relation import FAR, Span, column
from salus.model.expressions import expression as ex
from salus.model.model import Model, Outcome
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection


@dataclass(frozen=True)
class Silences:
    """Rows by entity, then day. Away from the day after `day` to `back`; NEVER: not back yet."""

    entity: NDArray[np.int64]
    day: Days
    back: Days


@dataclass(frozen=True)
class InactivityRule:
    """What is a silence: so many days without a fact of a source (that meets a condition)."""

    source: str
    wait: int
    where: ex.Expression | None = None


def find_silences(
    model: Model, connection: Connection, quiet: InactivityRule, end: int
) -> tuple[list[str], Silences]:
    """Every silence that was complete before the day `end`; positions are those in the list of
    keys.
    """
    more = ex.find_names(quiet.where) - set(model.sources[quiet.source].columns)
    relation = facts_of(model, connection, quiet.source, more).relation(Span(None, FAR), ends=False)
    whose, newest = [column(ENTITY), column(KNOWN)], exp.Max(this=column(BEGUN)).as_(BEGUN)
    facts = (
        exp.select(*whose, newest)
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(*map(exp.Expression.copy, whose))
    )
    rows = connection.query(
        facts if quiet.where is None else facts.where(condition(quiet.where, relation.columns))
    )
    coded = rows[ENTITY].cast(pa.string()).combine_chunks().dictionary_encode()
    begun, known = (
        rows[name].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()
        for name in (BEGUN, KNOWN)
    )
    entity = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return coded.dictionary.to_pylist(), all_silences(entity, begun, known, quiet.wait, end)


def inactivity_events(model: Model, connection: Connection, outcome: Outcome, end: int) -> pa.Table:
    """Columns entity, day, effect: one row for each silence; it takes effect until the entity is
    back (null: not yet).
    """
    assert outcome.quiet is not None and outcome.silent_for is not None
    require_outcome(model, connection, outcome)
    keys, found = find_silences(
        model, connection, InactivityRule(outcome.quiet, outcome.silent_for, outcome.where), end
    )
    back = pa.array(found.back, mask=found.back == NEVER).cast(pa.date32())
    names = pa.array(keys, pa.string()).take(pa.array(found.entity))
    return pa.table({"entity": names, "day": pa.array(found.day).cast(pa.date32()), "effect": back})


def all_silences(
    entity: NDArray[np.int64], begun: Days, known: Days, wait: int, end: int
) -> Silences:
    """From the newest day begun of the facts that became known on a day, one row each.

    >>> found = all_silences(np.array([0, 0, 1]), np.array([1, 20, 25]), np.array([1, 20, 25]), 7, 30)
    >>> found.entity.tolist(), found.day.tolist(), found.back.tolist() == [20, NEVER]
    ([0, 0], [8, 27], True)
    """
    before = np.flatnonzero(known < end)
    order = before[order_by([entity[before], known[before]])] if len(before) else before
    who, heard = entity[order], known[order].astype(np.int64)
    low, width = (
        (int(begun.min()), int(begun.max()) - int(begun.min()) + 1) if len(begun) else (0, 1)
    )
    last = (
        np.maximum.accumulate(who * width + (begun[order] - low)) - who * width + low
        if len(order)
        else heard
    )
    following = np.append(heard[1:], end)
    following[:-1][who[1:] != who[:-1]] = end
    ends_quiet, begins_quiet = last + wait < following, last + wait <= heard
    # a row begins a silence unless the one before it was silent to its end and this one's fact is
    # too old to break it
    first = np.append(True, who[1:] != who[:-1])[: len(who)]
    goes_on = begins_quiet & ~first & np.append(False, ends_quiet[:-1])[: len(who)]
    rows = np.flatnonzero(ends_quiet & ~goes_on)
    breaks = np.flatnonzero(~begins_quiet | first)
    after = np.append(breaks, len(who))[np.searchsorted(breaks, rows, "right")]
    same = np.append(who, -1)[after] == who[rows]
    back = np.where(same, np.append(heard, NEVER)[after], NEVER)
    day = np.maximum(last + wait, heard)[rows]
    return Silences(who[rows], day.astype(np.int32), back.astype(np.int32))
