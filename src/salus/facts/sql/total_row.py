"""A row of the entity's table that is the sum of all others: a customer called `Total`, as large as
the company.

Files leave such rows out when they are read (sources/files/totals.py). A table of a database that
has one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.sql.columns import ENTITY
from salus.model.model import Model
from salus.sources.files.arrays import matches
from salus.sources.files.totals import LABEL

FIX = "remove the row from the table, for instance with a view"


@dataclass(frozen=True)
class TotalRow:
    """The row's key, and the column that holds the sum."""

    table: str
    key: str
    column: str

    def __str__(self) -> str:
        return (
            f"table {self.table} has a row that looks like a total: `{self.key}`, whose"
            f" `{self.column}` is the sum of the others"
        )


def find_total_row(model: Model, rows: pa.Table) -> TotalRow | None:
    """The first such row among today's rows; None where there is none."""
    labels = [name for name in (ENTITY, model.entity.label) if name in rows.column_names]
    texts = [rows[name].combine_chunks() for name in labels if pa.types.is_string(rows[name].type)]
    suspected = (
        np.logical_or.reduce([matches(text, LABEL) for text in texts])
        if texts
        else np.zeros(0, dtype=bool)
    )
    if not suspected.any():
        return None
    for name in (field.name for field in rows.schema if pa.types.is_floating(field.type)):
        values = pc.fill_null(rows[name].combine_chunks(), 0.0).to_numpy(zero_copy_only=False)
        others = values[~suspected & np.isfinite(values)]
        total = float(others.sum())
        near = suspected & (np.abs(values - total) <= 0.005 + 1e-9 * abs(total))
        if total and np.count_nonzero(others) >= 2 and near.any():
            return TotalRow(
                str(model.entity.table), str(rows[ENTITY][int(np.argmax(near))].as_py()), name
            )
    return None
