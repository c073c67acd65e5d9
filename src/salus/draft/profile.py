"""Counts the rows of a table and describes what each column holds.

Grouped queries do the work where the data are stored. No rows are loaded, only the most frequent
values of text columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from salus.draft.dictionary import Role, find_roles
from salus.draft.meanings import meanings
from salus.sources.connection import Connection
from salus.sources.table import Type

TIMES: frozenset[Type] = frozenset({"date", "moment", "instant"})
NUMBERS: frozenset[Type] = frozenset({"integer", "number"})
LARGEST = 9e12  # above it, exact sums would overflow
FINITE = 1.7e308  # above it, a number is infinite
MOST_FREQUENT = 200  # values kept of a text column
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})([T ].*)?")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PHONE = re.compile(r"\+?[\d()/ .-]{7,20}")


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """One column. `minimum` and `maximum` exist for numbers and times.

    `frequent_values` maps the most frequent texts to their number of rows. `tool_meanings` are those
    that the tool gives the column; None if the tool isn't known.
    """

    name: str
    type: Type
    rows: int
    filled: int
    distinct: int
    minimum: Any = None
    maximum: Any = None
    negative: int = 0  # rows with a number below 0
    fractional: int = 0  # rows with a number that isn't whole
    too_large: int = 0  # rows with a number too large to be added up exactly
    frequent_values: Mapping[str, int] = field(default_factory=dict)
    tool_meanings: frozenset[str] | None = None

    @property
    def meanings(self) -> frozenset[str]:
        """What the column means for the picture of a folder: as its tool or else its header says.

        UUIDs are keys, whatever their header says.
        """
        if self.tool_meanings is not None:
            return self.tool_meanings
        means = meanings(self.name)
        return means - {"name"} | {"key"} if self._share(UUID) > 0.9 else means

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the header suggests, the likeliest first."""
        return find_roles(self.name)

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is the likeliest."""
        return bool(self.roles) and self.roles[0] in roles

    def may_have_role(self, role: Role) -> bool:
        """Whether the header suggests the role at all."""
        return role in self.roles

    @property
    def unique(self) -> bool:
        """Whether every row has its own value."""
        return self.rows > 0 and self.filled == self.rows and self.distinct == self.rows

    @property
    def constant(self) -> bool:
        """Whether no two rows differ."""
        return self.distinct <= 1

    @property
    def share_filled(self) -> float:
        """The share of rows with a value."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_time(self) -> bool:
        """Whether the column holds dates or times."""
        return self.type in TIMES

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers that can be added up exactly."""
        return self.type in NUMBERS and not self.too_large

    @property
    def can_be_key(self) -> bool:
        """Whether the values are texts, or numbers without decimals."""
        return self.type in ("text", "integer") or (self.type == "number" and self.fractional == 0)

    @property
    def personal(self) -> bool:
        """Whether the header or the values are about a person. Such a column is never an attribute."""
        if any(role in ("income", "trait") for role in self.roles) or (
            "personal" in self.roles and self.type != "bool"
        ):
            return True
        return self._share(EMAIL) > 0.5 or (
            self._share(PHONE) > 0.9 and self.type == "text" and not self.may_have_role("entity")
        )

    @property
    def dated_text(self) -> bool:
        """Whether the column holds dates that are stored as text."""
        return self.type == "text" and self._share(DATE) > 0.9

    def _share(self, pattern: re.Pattern[str]) -> float:
        total = sum(self.frequent_values.values())
        return (
            sum(rows for word, rows in self.frequent_values.items() if pattern.fullmatch(word))
            / total
            if total
            else 0.0
        )


@dataclass(frozen=True)
class TableProfile:
    """One table and its columns, sorted by name so that the order in the file changes nothing."""

    name: str
    rows: int
    columns: tuple[ColumnProfile, ...]

    def column(self, name: str) -> ColumnProfile:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        """Whether there is a column of this name."""
        return any(column.name == name for column in self.columns)

    def with_role(self, *roles: Role) -> tuple[ColumnProfile, ...]:
        """Columns whose header suggests one of the roles, in the order of the roles.

        Within a role, the column with the most values comes first.
        """
        return tuple(
            column
            for role in roles
            for column in sorted(
                (c for c in self.columns if c.has_role(role)), key=lambda c: (-c.filled, c.name)
            )
        )

    @property
    def times(self) -> tuple[ColumnProfile, ...]:
        """The columns with dates or times."""
        return tuple(column for column in self.columns if column.is_time and column.filled)


def profile_table(connection: Connection, table: str) -> TableProfile:
    """Describe a table and its columns."""
    types = {column.name: column.type for column in connection.columns(table)}
    selects: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("rows")]
    for position, (name, kind) in enumerate(types.items()):
        selects += [part.as_(f"{what}_{position}") for what, part in _totals(name, kind).items()]
    row = connection.query(exp.select(*selects).from_(connection.table(table))).to_pylist()[0]
    columns = []
    for position, (name, kind) in enumerate(types.items()):
        column = ColumnProfile(
            name=name,
            type=kind,
            rows=row["rows"],
            filled=row[f"filled_{position}"],
            distinct=row[f"distinct_{position}"],
            minimum=row.get(f"minimum_{position}"),
            maximum=row.get(f"maximum_{position}"),
            negative=int(row.get(f"negative_{position}") or 0),
            fractional=int(row.get(f"fractional_{position}") or 0),
            too_large=int(row.get(f"too_large_{position}") or 0),
            frequent_values=_frequent_values(connection, table, name, kind),
        )
        columns.append(column)
    return TableProfile(table, row["rows"], tuple(sorted(columns, key=lambda column: column.name)))


def _totals(name: str, kind: Type) -> dict[str, exp.Expr]:
    """What is computed for a column of a type, each by its name in the result."""
    column = exp.column(name, quoted=True)
    parts: dict[str, exp.Expr] = {
        "filled": exp.Count(this=column),
        "distinct": exp.Count(this=exp.Distinct(expressions=[column.copy()])),
    }
    if kind in TIMES:
        parts |= {"minimum": exp.Min(this=column.copy()), "maximum": exp.Max(this=column.copy())}
    if kind in NUMBERS:
        small = exp.Between(this=column.copy(), low=_number(-LARGEST), high=_number(LARGEST))
        usable = exp.case().when(small, column.copy())
        fractional = exp.NEQ(this=exp.Floor(this=column.copy()), expression=column.copy())
        parts |= {
            "minimum": exp.Min(this=usable),
            "maximum": exp.Max(this=usable.copy()),
            "negative": _rows(exp.LT(this=column.copy(), expression=_number(0))),
            "fractional": _rows(fractional),
        }
    if kind == "number":
        large = exp.not_(
            exp.Between(this=column.copy(), low=_number(-LARGEST), high=_number(LARGEST))
        )
        finite = exp.Between(this=column.copy(), low=_number(-FINITE), high=_number(FINITE))
        parts["too_large"] = _rows(exp.and_(large, finite))
    return parts


def _number(value: float) -> exp.Expr:
    return exp.cast(exp.Literal.string(repr(value)), "double")


def _rows(condition: exp.Expr) -> exp.Expr:
    return exp.Sum(
        this=exp.case().when(condition, exp.Literal.number(1)).else_(exp.Literal.number(0))
    )


def _frequent_values(connection: Connection, table: str, name: str, kind: Type) -> dict[str, int]:
    """The most frequent values of a column of texts with their rows.

    Equally frequent values are sorted, so the order of the rows changes nothing.
    """
    if kind not in ("text", "bool"):
        return {}
    column = exp.column(name, quoted=True)
    counted = exp.select(column.as_("word"), exp.Count(this=exp.Star()).as_("rows")).from_(
        connection.table(table)
    )
    counted = counted.where(exp.not_(exp.Is(this=column.copy(), expression=exp.null()))).group_by(
        column.copy()
    )
    counted = counted.order_by(exp.column("rows").desc(), exp.column("word")).limit(MOST_FREQUENT)
    rows = connection.query(counted).to_pylist()
    return {
        str(row["word"]).lower() if kind == "bool" else row["word"]: row["rows"] for row in rows
    }
