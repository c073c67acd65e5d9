"""A table as its numbers show it: how many rows, what each column holds, how often, from when to
when.

All by grouped queries where the data live; no row ever comes here, only the most frequent words of
text columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from salus.draft.dictionary import Role, find_roles
from salus.sources.connection import Connection
from salus.sources.table import Type

TIMES: frozenset[Type] = frozenset({"date", "moment", "instant"})
NUMBERS: frozenset[Type] = frozenset({"integer", "number"})
LARGEST, FINITE = 9e12, 1.7e308  # what sums of millionths hold, and what is no infinity
WORDS = 200  # the most frequent values of a text column that are looked at
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})([T ].*)?")
PHONE = re.compile(r"\+?[\d()/ .-]{7,20}")


@dataclass(frozen=True)
class ColumnProfile:
    """One column. `least` and `most` of numbers and times; `words` the most frequent values with
    their rows.
    """

    name: str
    type: Type
    rows: int
    filled: int
    distinct: int
    least: Any = None
    most: Any = None
    negative: int = 0
    broken: int = 0  # numbers that aren't whole
    huge: int = 0  # numbers too large to be added up exactly
    words: Mapping[str, int] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[Role, ...]:
        return find_roles(self.name)

    def plays(self, *roles: Role) -> bool:
        """Whether the header suggests one of these roles first of all."""
        return bool(self.roles) and self.roles[0] in roles

    def could_be(self, role: Role) -> bool:
        return role in self.roles

    @property
    def unique(self) -> bool:
        """One row each, and none without."""
        return self.rows > 0 and self.filled == self.rows and self.distinct == self.rows

    @property
    def constant(self) -> bool:
        return self.distinct <= 1

    @property
    def share_filled(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_time(self) -> bool:
        return self.type in TIMES

    @property
    def is_number(self) -> bool:
        return self.type in NUMBERS and not self.huge

    @property
    def whole(self) -> bool:
        """Text, or numbers without decimals: what a key may be made of."""
        return self.type in ("text", "integer") or (self.type == "number" and self.broken == 0)

    @property
    def personal(self) -> bool:
        """Whether the header or the values speak of a person: never an attribute."""
        if any(role in ("income", "trait") for role in self.roles) or (
            "personal" in self.roles and self.type != "bool"
        ):
            return True
        return self._share(EMAIL) > 0.5 or (
            self._share(PHONE) > 0.9 and self.type == "text" and not self.could_be("entity")
        )

    @property
    def dated_text(self) -> bool:
        """Whether texts are dates that nobody has read as such."""
        return self.type == "text" and self._share(DATE) > 0.9

    def _share(self, pattern: re.Pattern[str]) -> float:
        total = sum(self.words.values())
        return (
            sum(rows for word, rows in self.words.items() if pattern.fullmatch(word)) / total
            if total
            else 0.0
        )


@dataclass(frozen=True)
class TableProfile:
    """One table and its columns, in the order of their names so that shuffled columns change
    nothing.
    """

    name: str
    rows: int
    columns: tuple[ColumnProfile, ...]

    def column(self, name: str) -> ColumnProfile:
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def playing(self, *roles: Role) -> tuple[ColumnProfile, ...]:
        """Columns whose header suggests a role, those of the first role first, fuller ones
        first.
        """
        return tuple(
            column
            for role in roles
            for column in sorted(
                (c for c in self.columns if c.plays(role)), key=lambda c: (-c.filled, c.name)
            )
        )

    @property
    def times(self) -> tuple[ColumnProfile, ...]:
        return tuple(column for column in self.columns if column.is_time and column.filled)


def profile_table(connection: Connection, table: str) -> TableProfile:
    """Look at a table."""
    types = {column.name: column.type for column in connection.columns(table)}
    selects: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("rows")]
    for position, (name, kind) in enumerate(types.items()):
        selects += [part.as_(f"{what}_{position}") for what, part in _parts(name, kind).items()]
    row = connection.query(exp.select(*selects).from_(connection.table(table))).to_pylist()[0]
    columns = []
    for position, (name, kind) in enumerate(types.items()):
        found = {
            what: row.get(f"{what}_{position}")
            for what in ("least", "most", "negative", "broken", "huge")
        }
        column = ColumnProfile(
            name,
            kind,
            row["rows"],
            row[f"filled_{position}"],
            row[f"distinct_{position}"],
            found["least"],
            found["most"],
            int(found["negative"] or 0),
            int(found["broken"] or 0),
            int(found["huge"] or 0),
            _words(connection, table, name, kind),
        )
        columns.append(column)
    return TableProfile(table, row["rows"], tuple(sorted(columns, key=lambda column: column.name)))


def _parts(name: str, kind: Type) -> dict[str, exp.Expr]:
    column = exp.column(name, quoted=True)
    parts: dict[str, exp.Expr] = {
        "filled": exp.Count(this=column),
        "distinct": exp.Count(this=exp.Distinct(expressions=[column.copy()])),
    }
    if kind in TIMES:
        parts |= {"least": exp.Min(this=column.copy()), "most": exp.Max(this=column.copy())}
    if kind in NUMBERS:
        small = exp.Between(this=column.copy(), low=_number(-LARGEST), high=_number(LARGEST))
        usable = exp.case().when(small, column.copy())
        uneven = exp.NEQ(this=exp.Floor(this=column.copy()), expression=column.copy())
        parts |= {
            "least": exp.Min(this=usable),
            "most": exp.Max(this=usable.copy()),
            "negative": _rows(exp.LT(this=column.copy(), expression=_number(0))),
            "broken": _rows(uneven),
        }
    if kind == "number":
        large = exp.not_(
            exp.Between(this=column.copy(), low=_number(-LARGEST), high=_number(LARGEST))
        )
        finite = exp.Between(this=column.copy(), low=_number(-FINITE), high=_number(FINITE))
        parts["huge"] = _rows(exp.and_(large, finite))
    return parts


def _number(value: float) -> exp.Expr:
    return exp.cast(exp.Literal.string(repr(value)), "double")


def _rows(condition: exp.Expr) -> exp.Expr:
    return exp.Sum(
        this=exp.case().when(condition, exp.Literal.number(1)).else_(exp.Literal.number(0))
    )


def _words(connection: Connection, table: str, name: str, kind: Type) -> dict[str, int]:
    """The most frequent values of a column of words, by rows and then alphabet: no matter how the
    rows lie.
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
    counted = counted.order_by(exp.column("rows").desc(), exp.column("word")).limit(WORDS)
    rows = connection.query(counted).to_pylist()
    return {
        str(row["word"]).lower() if kind == "bool" else row["word"]: row["rows"] for row in rows
    }
