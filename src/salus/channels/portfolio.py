"""The scores of one date as a flat table for files and sheets, worst first.

The Arrow table has the column names of the history (`score:NAME`, `band:NAME`, `value:NAME`,
`missing:NAME`), and `dimension:NAME` for the scores of the dimensions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.history.row import to_table
from salus.scoring.scored import Floats, Scored


class ScoredPortfolio(Protocol):
    """What a channel needs to show scores. Each sequence has one item for each cell of `scored`."""

    @property
    def as_of(self) -> dt.date: ...
    @property
    def scored(self) -> Scored: ...
    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def labels(self) -> Sequence[str | None]: ...
    @property
    def owners(self) -> Sequence[str | None]: ...
    @property
    def money(self) -> Sequence[float | None]: ...
    @property
    def order(self) -> Sequence[int]: ...  # rows, worst first


def to_score_table(portfolio: ScoredPortfolio) -> pa.Table:
    """One row per entity, worst first. A missing value is null."""
    known = to_table(portfolio.scored, portfolio.ids)
    own = {
        "id": known["entity"],
        "label": pa.array(portfolio.labels, pa.string()),
        "owner": pa.array(portfolio.owners, pa.string()),
        "value": pa.array(portfolio.money, pa.float64()),
        "as_of": known["as_of"],
    }
    scores = [
        name
        for name in known.column_names
        if name.startswith(("score", "band", "coverage", "segment"))
    ]
    first, further = scores[:4], scores[4:]
    dimensions = {
        f"dimension:{name}": _floats(data)
        for name, data in portfolio.scored.main.dimensions.items()
    }
    values = [name for name in known.column_names if name.startswith(("value:", "missing:"))]
    columns = {
        **own,
        **{name: known[name] for name in first},
        **dimensions,
        **{name: known[name] for name in (*further, *values)},
    }
    return pa.table({name: _plain_column(column) for name, column in columns.items()}).take(
        pa.array(portfolio.order)
    )


def join_tables(tables: Sequence[pa.Table], fingerprints: Sequence[str]) -> pa.Table:
    """The rows of several models in one table, with the `fingerprint` of each row's model.

    A column that a model doesn't have is null in its rows. A column whose type differs between the
    models becomes text.
    """
    types = [dict(zip(table.column_names, table.schema.types, strict=True)) for table in tables]
    names = {name for schema in types for name in schema}
    mixed = {
        name for name in names if len({str(schema[name]) for schema in types if name in schema}) > 1
    }
    parts = []
    for table, fingerprint in zip(tables, fingerprints, strict=True):
        columns = {
            name: table[name].cast(pa.string()) if name in mixed else table[name]
            for name in table.column_names
        }
        parts.append(
            pa.table({**columns, "fingerprint": pa.array([fingerprint] * len(table), pa.string())})
        )
    return pa.concat_tables(parts, promote_options="default").unify_dictionaries()


def sort_worst_first(table: pa.Table) -> pa.Table:
    """The rows ordered by score and then by id. Rows without a score come first."""
    score = pc.fill_null(table["score"], -1.0).to_numpy()
    return table.take(
        pa.array(np.lexsort((np.array(table["id"].to_pylist(), dtype=object), score)))
    )


def _floats(data: Floats) -> pa.Array:
    return pa.array(data, pa.float64(), mask=np.isnan(data))


def _plain_column(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Dictionary columns become plain text. Times that are all midnight become dates."""
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    if pa.types.is_timestamp(column.type):
        days = column.cast(pa.date32(), safe=False)
        same = pc.all(pc.equal(days.cast(column.type), column)).as_py()
        return days if same else column
    return column
