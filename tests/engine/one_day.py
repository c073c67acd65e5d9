"""The query for the facts of one day, which doesn't group by days, against the same query that
does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from salus.facts.cache.partial_file import sort_rows
from salus.facts.partials.requirements import PartialSpec, required_partials
from salus.facts.sql.origin import Origin
from salus.facts.sql.query import build_query
from salus.facts.sql.relation import Span
from salus.model.model import Model
from salus.sources.connection import Connection

DAY = dt.timedelta(days=1)


def other_than_grouped(
    model: Model, connection: Connection, days: Sequence[dt.date]
) -> tuple[list[tuple[PartialSpec, dt.date]], int]:
    """The partials and days for which the two differ, and the number of rows that were compared."""
    differences, rows = [], 0
    for spec, need in required_partials(model).items():
        origin = Origin.of(model, connection, spec.source)
        for day in days:
            alone, grouped = (
                origin.facts.relation(
                    Span(None, day + DAY, day), spec.ending, moving=not need.only_open
                )
                for _ in range(2)
            )
            assert alone.day == day
            alone, grouped = (
                sort_rows(connection.query(build_query(need, each, None)))
                for each in (alone, replace(grouped, day=None))
            )
            rows += len(grouped)
            if not alone.equals(grouped):
                differences.append((spec, day))
    return differences, rows
