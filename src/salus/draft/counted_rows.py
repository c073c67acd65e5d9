"""Counts the rows that conditions leave out, each row under the first condition that it fails."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialect import dialect
from salus.facts.sql.expressions import Columns, condition
from salus.model.expressions.conditions import parse
from salus.sources.connection import Connection


def count_left_out(connection: Connection, table: str, conditions: Sequence[str]) -> list[int]:
    """For each condition of the model language: the rows that it leaves out and that those before it
    keep.
    """
    types = {column.name: column.type for column in connection.columns(table)}
    columns = Columns(types, dialect(connection.dialect), "UTC")
    parts = [condition(parse(text), columns) for text in conditions]
    counts = [exp.Count(this=exp.Star()).as_("kept_0")]
    for number in range(1, len(parts) + 1):
        kept = exp.and_(*(part.copy() for part in parts[:number]))
        case = exp.case().when(kept, exp.Literal.number(1)).else_(exp.Literal.number(0))
        counts.append(exp.Sum(this=case).as_(f"kept_{number}"))
    row = connection.query(exp.select(*counts).from_(connection.table(table))).to_pylist()[0]
    rows = [int(row[f"kept_{number}"] or 0) for number in range(len(counts))]
    return [before - after for before, after in zip(rows, rows[1:], strict=False)]
