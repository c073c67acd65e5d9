"""The day on which the data end, from which a default as-of date follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.dialect import cast
from salus.facts.names import KNOWN
from salus.facts.origin import facts_of
from salus.facts.relation import FAR, Span, column
from salus.model.model import Model
from salus.sources.connection import Connection

TOGETHER = dt.timedelta(days=31)


@dataclass(frozen=True)
class Newest:
    """A source's newest day on which a fact had begun and was known, and how many facts it has."""

    day: dt.date
    facts: int


def newest_day(model: Model, connection: Connection) -> dt.date | None:
    """The newest day of the facts; None without any.

    Due dates lie ahead of everything else, so it is not simply the latest of all: it is the newest day of that source
    within whose last 31 days most sources end too (then: that has most facts with them, then: the later).
    """
    found = [one for name in model.sources if (one := _newest(model, connection, name)) is not None]
    return max(found, key=lambda one: _support(one, found)).day if found else None


def _support(one: Newest, all_: list[Newest]) -> tuple[int, int, dt.date]:
    near = [other for other in all_ if one.day - TOGETHER <= other.day <= one.day]
    return len(near), sum(other.facts for other in near), one.day


def _newest(model: Model, connection: Connection, name: str) -> Newest | None:
    relation = facts_of(model, connection, name).relation(Span(None, FAR), ends=False)
    facts = relation.select.subquery("facts", copy=False)
    number = cast(exp.Count(this=exp.Star()), "bigint").as_("n")
    latest = exp.select(exp.Max(this=column(KNOWN)).as_("day"), number).from_(facts)
    row = connection.query(latest).to_pylist()[0]
    return Newest(row["day"], row["n"]) if row["day"] is not None else None


def oldest_days(model: Model, connection: Connection) -> list[dt.date]:
    """Of each source with any fact the first day on which one was known."""
    found = []
    for name in model.sources:
        facts = facts_of(model, connection, name).relation(Span(None, FAR), ends=False).select.subquery("facts", copy=False)
        row = connection.query(exp.select(exp.Min(this=column(KNOWN)).as_("day")).from_(facts)).to_pylist()[0]
        found += [row["day"]] if row["day"] is not None else []
    return found
