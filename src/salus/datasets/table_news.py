"""What a source's table shows about new rows, by two small queries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from salus.facts.partials.arrays import to_array
from salus.facts.sql.columns import CLOSED, ENTITY, KNOWN
from salus.facts.sql.dialect import cast
from salus.facts.sql.origin import facts_of
from salus.facts.sql.relation import FAR, Span, column
from salus.insight.quality.staleness import TableNews
from salus.model.model import Model
from salus.sources.connection import Connection


def load_table_news(
    model: Model, connection: Connection, known: Mapping[str, NDArray[np.integer]], name: str
) -> TableNews:
    """The news of the table that the source `name` reads. `known` are the days on which each source
    had new facts.
    """
    table = model.sources[name].table
    readers = [other for other in known if model.sources[other].table == table]
    days = [known[other] for other in readers]
    days += [
        _days_of_ends(model, connection, other) for other in readers if _has_ends(model, other)
    ]
    return TableNews(np.unique(np.concatenate(days)), _days_per_entity(model, connection, name))


def _has_ends(model: Model, name: str) -> bool:
    source = model.sources[name]
    return source.until is not None and not source.until_next


def _days_of_ends(model: Model, connection: Connection, name: str) -> NDArray[np.integer]:
    """The days on which facts of a source end."""
    facts = facts_of(model, connection, name).relation(Span(None, FAR), ends=True).select
    rows = connection.query(
        exp.select(column(CLOSED)).distinct().from_(facts.subquery("facts", copy=False))
    )
    return to_array(CLOSED, rows[CLOSED].drop_null())


def _days_per_entity(model: Model, connection: Connection, name: str) -> float:
    """The number of days with facts of the median entity; 0 without any."""
    facts = facts_of(model, connection, name).relation(Span(None, FAR), ends=False).select
    days = exp.Count(this=exp.Distinct(expressions=[column(KNOWN)]))
    rows = connection.query(
        exp.select(column(ENTITY), cast(days, "bigint").as_("days"))
        .from_(facts.subquery("facts", copy=False))
        .where(column(ENTITY).is_(exp.null()).not_())
        .group_by(column(ENTITY))
    )
    numbers = rows["days"].combine_chunks() if rows.num_rows else pa.array([0])
    return float(np.median(np.asarray(numbers)))
