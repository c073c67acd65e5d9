"""The values of a table's columns that may lead to other tables, with the rows of each combination."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile, TableProfile
from salus.sources.connection import Connection

MOST_ROWS = 400_000  # combinations that are read of a table
MOST_VALUES = 250_000  # distinct values from which a column isn't compared
LONG_TABLE = 20_000  # rows from which a column with a value of its own in each row isn't read
_NUMBERED = frozenset(
    (
        "key",
        "people_id",
        "ticket_id",
        "invoice_id",
        "contract_id",
        "merged_into",
        "merged_from",
        "parent",
    )
)
LONGEST_TEXT = 120  # a column whose frequent values are longer holds prose


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Rows that don't count: those with one of the values, or without any value (`values` empty).

    `prefix`: the values are beginnings. `after`: the rows whose day isn't after that of another column.
    """

    column: str
    values: tuple[str, ...]
    reason: str
    truth: bool = False  # the column holds yes and no
    prefix: bool = False
    nulls: bool = False  # the column has rows without a value
    number: bool = False  # the column holds numbers
    after: str | None = None
    rows: int = 0  # that don't count, if they were counted

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that decide."""
        return (self.column,) if self.after is None else (self.column, self.after)

    def leaves_out(self, columns: Mapping[str, list[str | None]], row: int) -> bool:
        """Whether a row of the columns doesn't count."""
        value = columns[self.column][row]
        if self.after is None:
            return self.applies_to(value)
        other = columns[self.after][row]
        return value is not None and other is not None and value <= other

    def applies_to(self, value: str | None) -> bool:
        """Whether a row with this value doesn't count."""
        if not self.values:
            return value is None
        return value is not None and (
            value.startswith(self.values) if self.prefix else value in self.values
        )

    @property
    def condition(self) -> str:
        """The rows that do count, as a condition of the model language."""
        column = quote_name(self.column)
        if self.after is not None:
            other = quote_name(self.after)
            return f"({column} is null or {other} is null or {column} > {other})"
        if not self.values:
            return f"{column} is not null"
        if self.truth:
            text = f"{column} = {'true' if self.values == ('false',) else 'false'}"
        elif self.prefix:
            text = " and ".join(f"{column} not like {_literal(v + '%')}" for v in self.values)
        elif len(self.values) == 1:
            text = f"{column} != {self._write(self.values[0])}"
        else:
            text = f"{column} not in ({', '.join(map(self._write, self.values))})"
        return f"({column} is null or {text})" if self.nulls else text

    def _write(self, value: str) -> str:
        return value if self.number else _literal(value)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def join_conditions(exclusions: Iterable[Exclusion]) -> str | None:
    """The condition that all rows that count meet; None if every row counts."""
    return " and ".join(item.condition for item in exclusions) or None


@dataclass(frozen=True)
class TableValues:
    """Columns as lists of text, all of one length, and the number of rows of each combination."""

    name: str
    columns: Mapping[str, list[str | None]]
    weights: list[int]
    meanings: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of each column

    @property
    def rows(self) -> int:
        """The number of rows that count."""
        return sum(self.weights)

    def counts(self, column: str) -> Counter[str]:
        """The number of rows of each value of a column."""
        counts: Counter[str] = Counter()
        for value, weight in zip(self.columns[column], self.weights, strict=True):
            if value is not None:
                counts[value] += weight
        return counts


def may_link(table: TableProfile, column: ColumnProfile) -> bool:
    """Whether the values of a column may name a row of another table."""
    means = column.meanings
    if column.filled == 0 or column.distinct > MOST_VALUES:
        return False
    if column.type == "integer":
        return bool(means & _NUMBERED)
    if column.type == "number":
        return column.fractional == 0 and bool(means & _NUMBERED)
    if column.type != "text" or means & {"first_name", "reason", "subject", "stage", "old_value"}:
        return False
    if "email" in means and not column.dated_text:
        return True
    if means & {
        "new_value",
        "field",
        "status",
        "type",
        "agent",
        "priority",
        "firmographic",
        "event",
    }:
        return False
    if column.dated_text or means & {"currency", "due", "issued", "paid", "plan"}:
        return False
    own = table.rows > LONG_TABLE and column.distinct > 0.9 * column.filled
    if own and not means & {
        "email",
        "people_id",
        "ticket_id",
        "invoice_id",
        "contract_id",
        "website",
    }:
        return False
    lengths = [len(value) for value in column.frequent_values]
    return bool(lengths) and sum(lengths) / len(lengths) <= LONGEST_TEXT


def read_values(
    connection: Connection,
    table: TableProfile,
    exclusions: Iterable[Exclusion] = (),
    further: Iterable[str] = (),
) -> TableValues:
    """Read the columns that may link and `further` ones; leave out the rows that don't count."""
    left_out = tuple(exclusions)
    linking = [column.name for column in table.columns if may_link(table, column)]
    known = {column.name for column in table.columns}
    wanted = [name for name in further if name in known]
    names = list(
        dict.fromkeys([*linking, *wanted, *(name for item in left_out for name in item.columns)])
    )
    if not names:
        return TableValues(table.name, {}, [])
    means = {column.name: column.meanings for column in table.columns}
    columns = [exp.column(name, quoted=True) for name in names]
    selects = [column.as_(f"c{n}") for n, column in enumerate(columns)]
    query = (
        exp.select(*selects, exp.Count(this=exp.Star()).as_("weight"))
        .from_(connection.table(table.name))
        .group_by(*(column.copy() for column in columns))
        .limit(MOST_ROWS)
    )
    result = connection.query(query)
    lists = {name: as_texts(result[f"c{n}"]) for n, name in enumerate(names)}
    weights: list[int] = result["weight"].to_pylist()
    if left_out:
        rows = range(len(weights))
        keep = [not any(item.leaves_out(lists, row) for item in left_out) for row in rows]
        lists = {name: list(compress(values, keep)) for name, values in lists.items()}
        weights = list(compress(weights, keep))
    return TableValues(table.name, lists, weights, {name: means[name] for name in names})


def as_texts(column: pa.ChunkedArray) -> list[str | None]:
    """The values of a column as `as_text` writes them."""
    values = column.to_pylist()
    if not pa.types.is_string(column.type):
        return [as_text(value) for value in values]
    return [text if text and not text.isspace() else None for text in values]


def as_text(value: Any) -> str | None:
    """A value as text; 17.0 is 17, yes and no are true and false, and blanks are nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text if text.strip() else None
