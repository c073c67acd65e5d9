"""A source at its connection: its grouped queries for spans of days, and the fingerprint of its
data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sqlglot import exp

from salus.errors import DataError
from salus.facts.partials.requirements import PartialColumns, source_columns
from salus.facts.sql.columns import ENTITY
from salus.facts.sql.dialect import Type, dialect, text
from salus.facts.sql.links import KeyedBy
from salus.facts.sql.lookup_match import LookupMatch
from salus.facts.sql.query import CUT, build_query, number_pieces
from salus.facts.sql.relation import Facts, KeptRows, Span, Table, column
from salus.model.link import SALUS_MATCH
from salus.model.model import Model
from salus.sources.connection import FILE, Connection

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 4  # of the rows that queries return: a new number makes every partial be built again
MOST_REPEATED = 2**21  # ids with several rows that a connection keeps in memory
# Folders of partials are named after these texts. A class that gets a new name keeps the old one
# here, or every partial would be built again.
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
        """The rows of a partial. Facts known by `clamp` count as known on that day; `cuts` number
        the rows by the day known.
        """
        return self._query(need, self.select(need, span, clamp, cuts))

    def rows_in_parts(
        self, need: PartialColumns, span: Span, cuts: Sequence[dt.date]
    ) -> Iterator[tuple[int, pa.Table]]:
        """The same rows piece by piece, each with its number, for more rows than fit in memory."""
        select = number_pieces(self.select(need, span, None, cuts), cuts)
        with _explain_large_numbers(need):
            yield from self.connection.query_parts(select, CUT)

    def rows_of(
        self, need: PartialColumns, span: Span, clamp: dt.date | None, entities: Sequence[str]
    ) -> pa.Table:
        """The rows of a few entities."""
        rows = self.select(need, span, clamp).subquery("salus_rows", copy=False)
        wanted = exp.In(this=column(ENTITY), expressions=[text(key) for key in entities])
        return self._query(need, exp.select(exp.Star()).from_(rows).where(wanted))

    def _query(self, need: PartialColumns, select: exp.Select) -> pa.Table:
        with _explain_large_numbers(need):
            return self.connection.query(select)

    def select(
        self, need: PartialColumns, span: Span, clamp: dt.date | None, cuts: Sequence[dt.date] = ()
    ) -> exp.Select:
        """The query for `rows`."""
        return build_query(
            need,
            self.facts.relation(span, need.spec.ending, moving=not need.only_open),
            clamp,
            cuts,
        )

    @cached_property
    def size(self) -> int:
        """The number of rows of the source's table."""
        counted = exp.select(exp.cast(exp.Count(this=exp.Star()), "bigint").as_("n")).from_(
            self.facts.own.reference.copy()
        )
        return int(self.connection.query(counted)["n"].to_pylist()[0])

    @property
    def has_independent_rows(self) -> bool:
        """Whether no row depends on another: none is merged with, ended by or looked up in other
        rows.
        """
        source = self.facts.source
        return not (source.id or source.until_next or source.lookup or source.keys)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The files of the table with their states, where each file can be queried alone; else
        empty.
        """
        return self.connection.parts(self.facts.source.table) if self.has_independent_rows else {}

    @property
    def skips_days(self) -> bool:
        """Whether a query for some days reads only those days, by their time or because their files
        are known.
        """
        source = self.facts.source
        whole = (
            source.recorded
            or source.id
            or source.until_next
            or (source.lookup and source.lookup.time)
        )
        return bool(self.files) or not whole

    def within(self, files: Sequence[str]) -> Origin:
        """The same source, limited to these files."""
        own = self.facts.own
        inside = exp.In(this=column(FILE), expressions=[text(file) for file in sorted(files)])
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
        """A hash of everything but the data that the rows of a partial depend on: the source as
        declared and the types of its columns.
        """
        return short_hash(
            "\n".join(
                map(
                    _declaration,
                    (*self._declared, need.spec, need.cells, need.only_open, need.reach is None),
                )
            )
        )

    @property
    def _declared(self) -> tuple[object, ...]:
        facts = self.facts
        other = sorted(facts.other.types.items()) if facts.other else []
        source = replace(facts.source, fresh=None, purpose=None)  # rows don't depend on these
        return (
            FORMAT,
            facts.dialect.name,
            facts.zone,
            source,
            sorted(facts.own.types.items()),
            other,
            *(facts.own.keyed.declared if facts.own.keyed is not None else ()),
            *(facts.other.match.declared if facts.other and facts.other.match else ()),
        )

    def checksum_definition(self, *, moving: bool) -> str:
        """A hash of everything but the data that the source's checksums depend on
        (facts/cache/checksums.py).
        """
        return short_hash(
            "\n".join(map(_declaration, (*self._declared, moving and self.facts.source.until_next)))
        )

    @cached_property
    def identity(self) -> str:
        """A hash of the state of the data: of the source's table, of its lookup's, and of links."""
        source = self.facts.source
        tables = [source.table] + ([source.lookup.table] if source.lookup else [])
        states = [self.connection.identity(table) for table in tables]
        keyed, other = self.facts.own.keyed, self.facts.other
        states += [keyed.identity] if keyed is not None else []
        states += [other.match.identity] if other is not None and other.match is not None else []
        return short_hash("\n".join(states))


@contextmanager
def _explain_large_numbers(need: PartialColumns) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        if "out of range" not in str(error):
            raise
        message = (
            f"source `{need.spec.source}` contains a number beyond 9.2e12, which is too large"
            " to be counted exactly"
        )
        raise DataError(
            message, "divide the column under `columns:`, for instance by 1000"
        ) from error


def _declaration(value: object) -> str:
    """The text that a value contributes to a definition."""
    text_ = repr(value)
    for name, old_name in _NAMES_IN_DEFINITIONS.items():
        text_ = text_.replace(name, old_name)
    return text_


def short_hash(long_text: str) -> str:
    """A short name for a long text."""
    return hashlib.sha256(long_text.encode()).hexdigest()[:16]


def facts_of(
    model: Model, connection: Connection, name: str, more: frozenset[str] = frozenset()
) -> Facts:
    """The builder of a source's relation, with the types of the columns that its measures name, and
    of `more`.
    """
    source = model.sources[name]
    read = source_columns(model, source) | more
    own = _columns(connection, source.table, read)
    other = None
    if source.lookup:
        other = _columns(connection, source.lookup.table, read)
        match = LookupMatch.of(model, connection, source)
        if match is not None:
            types: dict[str, Type] = {**other.types, SALUS_MATCH: "text"}
            other = Table(match.rows(other.types), types, match=match)
    lost = read - set(own.types) - set(other.types if other else ())
    if lost:
        where = source.table + (f" or {source.lookup.table}" if source.lookup else "")
        names = ", ".join(f"`{name}`" for name in sorted(lost))
        raise DataError(
            f"source `{name}` reads {names}, which {where} doesn't have", "run `salus check`"
        )
    if source.keys:
        tables = (source.table, *([source.lookup.table] if source.lookup else []))
        own = replace(own, keyed=KeyedBy(model, connection, source.keys, source.time, tables))
    keeps = source.id and connection.keeps_rows(source.table)  # read whole in any case
    repeated = partial(connection.remembered, most=MOST_REPEATED) if source.id else None
    return Facts(
        source,
        own,
        other,
        dialect(connection.dialect),
        model.timezone,
        KeptRows(connection.remembered if keeps else None, repeated),
    )


def _columns(connection: Connection, table: str, read: frozenset[str]) -> Table:
    types = {each.name: each.type for each in connection.columns(table) if each.name in read}
    return Table(connection.table(table), types)
