"""Loads the purchases of each entity from the source that the model names."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.columns import BEGUN, ENTITY
from salus.facts.sql.dialect import cast, dialect, number
from salus.facts.sql.origin import facts_of
from salus.facts.sql.relation import Span, column
from salus.insight.forecast.purchase_value import PurchaseDays
from salus.model.model import Model
from salus.model.source import Purchases
from salus.sources.connection import Connection


def load_purchases(
    model: Model, connection: Connection, named: Purchases, ids: tuple[str, ...], as_of: dt.date
) -> PurchaseDays:
    """The amount that each entity bought on each day, as known at `as_of`. `ids` are all entities by
    code point.
    """
    relation = facts_of(model, connection, named.source).relation(Span(None, as_of), ends=False)
    amount = relation.columns.value(named.amount)
    if amount.kind != "number":
        raise DataError(
            f"`purchases` reads {named.source}.{named.amount}, which has {amount.kind} values;"
            " numbers are needed",
            "name the column of the amount",
        )
    rules = dialect(
        connection.dialect
    )  # whole millionths: in whatever order they are added, the sum is the same
    millionths = exp.Sum(
        this=rules.rounded(exp.Mul(this=exp.paren(amount.sql), expression=number(1_000_000)))
    )
    select = exp.select(column(ENTITY), column(BEGUN), cast(millionths, "double").as_("amount"))
    rows = connection.query(
        select.from_(relation.select.subquery("facts", copy=False)).group_by(
            column(ENTITY), column(BEGUN)
        )
    )
    place = pc.index_in(
        rows[ENTITY].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    worth = rows["amount"].combine_chunks().cast(pa.float64())
    rows = rows.append_column("place", place).filter(
        pc.and_(pc.is_valid(place), pc.greater(worth, 0))
    )
    buyer, day = (
        rows[name].combine_chunks().cast(kind).to_numpy(zero_copy_only=False).astype(np.int64)
        for name, kind in (("place", pa.int64()), (BEGUN, pa.date32()))
    )
    amount_ = (
        rows["amount"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False) / 1e6
    )
    order = np.lexsort([day, buyer])
    return PurchaseDays(buyer[order], day[order], amount_[order])
