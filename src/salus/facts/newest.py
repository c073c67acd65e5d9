"""The newest day of any fact, from which a default as-of date follows."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from salus.facts.origin import facts_of
from salus.facts.relation import KNOWN, Span, column
from salus.model.model import Model
from salus.sources.connection import Connection

FAR = dt.date(9000, 1, 1)

def newest_day(model: Model, connection: Connection) -> dt.date | None:
    """The latest day on which a fact of any source had begun and was known; None without any fact.

    Facts dated in the future don't count beyond the newest recorded day.
    """
    days = []
    for name in model.sources:
        relation = facts_of(model, connection, name).relation(Span(None, FAR), ends=False)
        latest = exp.select(exp.Max(this=column(KNOWN)).as_("day")).from_(
            relation.select.subquery("facts"))
        days.append(connection.query(latest)["day"].to_pylist()[0])
    return max((day for day in days if day is not None), default=None)

