"""A source where it lies: its grouped queries for spans of days, and what tells apart one state of
it from another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp

from salus.errors import DataError
from salus.facts.partials.requirements import PartialColumns, source_columns
from salus.facts.sql.dialect import dialect, text
from salus.facts.sql.query import build_query
from salus.facts.sql.relation import Facts, Span, Table, column
from salus.model.model import Model
from salus.sources.connection import FILE, Connection

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 4  # of what queries yield: after a change of this number every partial is built again
# Folders of partials are named after these texts, so a class that gets a new name keeps the old one
# here: otherwise every partial would be built again.
_NAMES_IN_DEFINITIONS = {"PartialSpec(": "Shape(", "PartialColumn(": "Cell("}


@dataclass(frozen=True)
class Origin:
    """A source of the model at a connection."""

    connection: Connection
    facts: Facts

    @classmethod
    def of(cls, model: Model, connection: Connection, name: str) -> Origin:
        return cls(connection, facts_of(model, connection, name))

    def rows(
        self, need: PartialColumns, span: Span, clamp: dt.date | None, cuts: Sequence[dt.date] = ()
    ) -> pa.Table:
        """The rows of a partial. Facts known by `clamp` count as known on it; `cuts` number the
        rows by known day.
        """
        try:
            return self.connection.query(self.select(need, span, clamp, cuts))
        except DataError as error:
            if "out of range" not in str(error):
                raise
            what = (
                f"source `{need.shape.source}` contains a number beyond 9.2e12, which is too large"
                " to be counted exactly"
            )
            raise DataError(
                what, "divide the column under `columns:`, for instance by 1000"
            ) from error

    def select(
        self, need: PartialColumns, span: Span, clamp: dt.date | None, cuts: Sequence[dt.date] = ()
    ) -> exp.Select:
        """The query for `rows`."""
        return build_query(
            need,
            self.facts.relation(span, need.shape.ending, moving=not need.only_open),
            clamp,
            cuts,
        )

    @cached_property
    def size(self) -> int:
        """Rows of the source's table."""
        counted = exp.select(exp.cast(exp.Count(this=exp.Star()), "bigint").as_("n")).from_(
            self.facts.own.reference.copy()
        )
        return int(self.connection.query(counted)["n"].to_pylist()[0])

    @property
    def alone(self) -> bool:
        """Whether each row stands for itself: none is made of, ended by or numbered among
        others.
        """
        source = self.facts.source
        return not (source.id or source.until_next or source.lookup)

    @cached_property
    def pieces(self) -> Mapping[str, str]:
        """The files of the table, with their states, where each can be asked for its own facts."""
        return self.connection.parts(self.facts.source.table) if self.alone else {}

    @property
    def passes_over(self) -> bool:
        """Whether a query for some days reads only those: by their time, or because their files are
        known.
        """
        source = self.facts.source
        whole = (
            source.recorded
            or source.id
            or source.until_next
            or (source.lookup and source.lookup.time)
        )
        return bool(self.pieces) or not whole

    def within(self, pieces: Sequence[str]) -> Origin:
        """The same source, of these files only."""
        own = self.facts.own
        inside = exp.In(this=column(FILE), expressions=[text(piece) for piece in sorted(pieces)])
        part = (
            exp.select(exp.Star()).from_(own.reference.copy()).where(inside).subquery("salus_part")
        )
        table = Table(part, own.types)
        return replace(
            self,
            facts=Facts(
                self.facts.source, table, self.facts.other, self.facts.dialect, self.facts.zone
            ),
        )

    def definition(self, need: PartialColumns) -> str:
        """What the rows of a partial follow from, apart from the data: the source as declared, its
        columns' types.
        """
        return short_hash(
            "\n".join(
                map(
                    _declaration,
                    (*self._declared, need.shape, need.cells, need.only_open, need.reach is None),
                )
            )
        )

    @property
    def _declared(self) -> tuple[object, ...]:
        facts = self.facts
        other = sorted(facts.other.types.items()) if facts.other else []
        source = replace(facts.source, fresh=None, purpose=None)  # say nothing about rows
        return (
            FORMAT,
            facts.dialect.name,
            facts.zone,
            source,
            sorted(facts.own.types.items()),
            other,
        )

    def marking(self, *, moving: bool) -> str:
        """What the source's marks follow from, apart from the data (facts/cache/checksums.py)."""
        return short_hash(
            "\n".join(map(_declaration, (*self._declared, moving and self.facts.source.until_next)))
        )

    @cached_property
    def identity(self) -> str:
        """The state of the data: of the source's table, and of its lookup."""
        source = self.facts.source
        tables = [source.table] + ([source.lookup.table] if source.lookup else [])
        return short_hash("\n".join(self.connection.identity(table) for table in tables))


def _declaration(value: object) -> str:
    """The text of a value that enters a definition."""
    text_ = repr(value)
    for name, recorded in _NAMES_IN_DEFINITIONS.items():
        text_ = text_.replace(name, recorded)
    return text_


def short_hash(what: str) -> str:
    """A short name for a long text."""
    return hashlib.sha256(what.encode()).hexdigest()[:16]


def facts_of(
    model: Model, connection: Connection, name: str, more: frozenset[str] = frozenset()
) -> Facts:
    """The relation builder of a source, with the types of the columns that its measures name, and
    of `more`.
    """
    source = model.sources[name]
    read = source_columns(model, source) | more
    own = _columns(connection, source.table, read)
    other = None
    if source.lookup:
        other = _columns(connection, source.lookup.table, read)
    lost = read - set(own.types) - set(other.types if other else ())
    if lost:
        where = source.table + (f" or {source.lookup.table}" if source.lookup else "")
        names = ", ".join(f"`{name}`" for name in sorted(lost))
        raise DataError(
            f"source `{name}` reads {names}, which {where} doesn't have", "run `salus check`"
        )
    return Facts(source, own, other, dialect(connection.dialect), model.timezone)


def _columns(connection: Connection, table: str, read: frozenset[str]) -> Table:
    types = {one.name: one.type for one in connection.columns(table) if one.name in read}
    return Table(connection.table(table), types)
