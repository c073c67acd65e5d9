"""A source as a relation of facts: a SELECT with the entity, the days begun, known and ended, and
the columns.

Steps, each added only if the source needs it: rows that have happened → lookup → computed columns →
one row per id → `where` → the next fact. Their order is part of the language (docs: semantics).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, GROUP, KNOWN, RECORDED, TIME
from salus.facts.sql.dialect import SQL, Dialect, Type, call, cast, day_literal
from salus.facts.sql.expressions import Columns, compute_column, condition
from salus.facts.sql.links import KeyedBy
from salus.facts.sql.lookup_match import LookupMatch
from salus.facts.sql.sql_helpers import open_end
from salus.facts.sql.until_next import add_ends
from salus.model.link import SALUS_KEY, SALUS_MATCH
from salus.model.source import Lookup, Source

ID = "salus_id"  # of rows that have an id in common
FAR = dt.date(9000, 1, 1)  # after every fact
Remember = Callable[[str, Callable[[], exp.Select]], exp.Table | None]  # Connection.remembered


def column(name: str, table: str | None = None) -> SQL:
    return exp.column(name, table=table, quoted=True)


@dataclass(frozen=True)
class Span:
    """The days of the facts needed: begun on or after `first` (None: all), known before `stop`, and
    on or after `since`.
    """

    first: dt.date | None
    stop: dt.date
    since: dt.date | None = None

    @property
    def day(self) -> dt.date | None:
        """The day on which all of them became known, if there is only one such day."""
        return (
            self.since
            if self.since is not None and self.stop - self.since == dt.timedelta(days=1)
            else None
        )


@dataclass(frozen=True)
class Table:
    """A table as the connection quotes it, and those of its columns that the model names."""

    reference: exp.Table | exp.Subquery
    types: Mapping[str, Type]
    keyed: KeyedBy | None = None  # how its rows lead to entities, if not by a column
    match: LookupMatch | None = None  # how facts find its rows, if not by a column of both


@dataclass(frozen=True)
class Relation:
    """The facts of a source: a SELECT, the columns that conditions may read, and whether facts may
    be known later than they began.

    `day`: the only day on which any fact became known.
    """

    select: exp.Select
    columns: Columns
    late: bool = True
    stops: bool = False  # it has the column STOP: ends may move
    day: dt.date | None = None

    @property
    def known(self) -> SQL:
        """KNOWN of the facts. If it is a single day it is a constant, because grouping by a column
        is slow.
        """
        return column(KNOWN) if self.day is None else day_literal(self.day.isoformat()).as_(KNOWN)

    @property
    def begun(self) -> SQL:
        return (
            column(BEGUN)
            if self.day is None or self.late
            else day_literal(self.day.isoformat()).as_(BEGUN)
        )


@dataclass(frozen=True)
class KeptRows:
    """Which rows of a source the connection keeps: `whole`, every row that could be a fact; `repeated`,
    those of ids with several rows, since no other row has to be compared with others.
    """

    whole: Remember | None = None
    repeated: Remember | None = None


class Facts:
    """Builds the relation of a source. All relations of it read the rows in `remember`."""

    def __init__(
        self,
        source: Source,
        own: Table,
        other: Table | None,
        dialect: Dialect,
        zone: str,
        remember: KeptRows | None = None,
    ) -> None:
        self.source, self.own, self.other, self.dialect, self.zone = (
            source,
            own,
            other,
            dialect,
            zone,
        )
        self.remember = remember or KeptRows()
        self.borrowed = {
            name: kind
            for name, kind in (other.types if other else {}).items()
            if name not in own.types and name != SALUS_MATCH
        }

    def relation(self, span: Span, ends: bool, moving: bool = True) -> Relation:
        """The facts of `span`; with `ends` also the day each was closed, and the day on which that
        became known.

        With `moving`, an end that moves as facts arrive late is given as it was known at each date.
        """
        moving = moving and ends and self.source.until_next and self.source.recorded is not None
        columns = Columns(self._types, self.dialect, self.zone)
        kept = self._kept(columns)
        select = self._rows(span, columns) if kept is None else exp.select(exp.Star()).from_(kept)
        if self.source.where is not None:
            select = select.where(condition(self.source.where, columns), copy=False)
        if ends and self.source.until_next:
            select = self._next(select, self._types, moving)
        return Relation(
            self._within(select, span),
            columns,
            late=self.source.recorded is not None,
            stops=moving,
            day=span.day,
        )

    @cached_property
    def _types(self) -> Mapping[str, Type]:
        """The columns of the facts: those of the tables, the key through links, and computed ones."""
        types: dict[str, Type] = {**self.own.types, **self.borrowed}
        if self.own.keyed is not None:
            types[SALUS_KEY] = "text"
        for name, expression in self.source.columns.items():
            types[name] = compute_column(expression, Columns(types, self.dialect, self.zone))[1]
        return types

    def _kept(self, columns: Columns) -> exp.Table | None:
        """The rows of all times that the connection keeps, before `where`."""
        if self.remember.whole is None:
            return None
        return self.remember.whole(self._described, lambda: self._rows(Span(None, FAR), columns))

    @cached_property
    def _described(self) -> str:
        """Everything but the data that the rows depend on."""
        source, other = self.source, self.other
        rows = replace(source, name="", where=None, fresh=None, purpose=None)
        ways = (source.keys, source.lookup and source.lookup.path)
        through = self.own.keyed or (None if other is None else other.match)
        model = None if through is None else through.model
        links = model and (model.links, model.entity, model.timezone)
        types = (self.own.types, other and other.types)
        return repr(("facts", rows, ways, links, types, self.zone))

    def _rows(self, span: Span, columns: Columns) -> exp.Select:
        """The rows with a key, each once, with the columns that every fact has."""
        select = self._each_id_once(span, columns) if self.source.id else self._read(span)
        return self._facts(select, columns)

    def _read(self, span: Span | None) -> exp.Select:
        """The rows that have happened, with the columns that don't depend on other facts. None: of
        all times.
        """
        types: dict[str, Type] = {**self.own.types, **self.borrowed}
        select = self._happened(span)
        if self.own.keyed is not None:
            select = self.own.keyed.select(select, types)
            types[SALUS_KEY] = "text"
        return self._computed(select, types)

    def _happened(self, span: Span | None) -> exp.Select:
        names = [column(name, "f").as_(name, quoted=True) for name in sorted(self.own.types)]
        select = exp.select(*names).from_(exp.alias_(self.own.reference.copy(), "f", table=True))
        time = column(self.source.time, "f")
        select = select.where(exp.not_(exp.Is(this=time, expression=exp.null())), copy=False)
        if span is not None:
            select = select.where(*self._coarse(time.copy(), span), copy=False)
        return self._joined(select) if self.source.lookup and self.borrowed else select

    def _coarse(self, time: SQL, span: Span) -> list[SQL]:
        """Bounds on the raw column, two days wider than the span, so that files and row groups can
        be skipped.
        """
        kind = self.own.types[self.source.time]
        to = {"date": "date", "moment": "timestamp"}.get(kind, "timestamptz")
        wide = dt.timedelta(days=2)
        bounds: list[SQL] = []
        if not self.source.until_next:  # a later fact may end one of these
            bounds.append(
                exp.LT(this=time, expression=cast(day_literal((span.stop + wide).isoformat()), to))
            )
        begun = [span.first] if self.source.recorded else [span.first, span.since]
        for day in filter(None, begun):
            first = cast(day_literal((day - wide).isoformat()), to)
            bounds.append(exp.GTE(this=time.copy(), expression=first))
        return bounds

    def _joined(self, select: exp.Select) -> exp.Select:
        lookup, other = self.source.lookup, self.other
        assert lookup is not None and other is not None
        types: dict[str, Type] = dict(self.own.types)
        if other.match is not None:
            names = [column(name, "f").as_(name, quoted=True) for name in sorted(types)]
            types[SALUS_MATCH] = "text"
            names.append(column(SALUS_MATCH, "f"))
            matched = other.match.facts(select, self.own.types)
            select = exp.select(*names).from_(matched.subquery("f", copy=False))
        for name in sorted(self.borrowed):
            select = select.select(column(name, "l").as_(name, quoted=True))
        match = exp.EQ(
            this=self.dialect.key(column(lookup.on, "f"), types[lookup.on]),
            expression=self.dialect.key(column(lookup.on, "l"), other.types[lookup.on]),
        )
        if lookup.time is None:
            return select.join(
                self._one_row_each(lookup, other).subquery("l", copy=False),
                on=match,
                join_type="left",
            )
        return self._valid_row_each(select, lookup, other, match)

    def _order(self, types: Mapping[str, Type], table: str) -> list[SQL]:
        """The order of rows: by their columns in the order of their names, nulls last, text by code
        point.
        """
        columns = Columns(types, self.dialect, self.zone)
        keys: list[SQL] = []
        for name in sorted(types):
            value = (
                columns.value(name, table).sql if types[name] == "number" else column(name, table)
            )
            value = self.dialect.by_code_point(value) if types[name] == "text" else value
            keys.append(exp.Ordered(this=value, nulls_first=False))
        return keys

    def _same(self, name: str, table: str, types: Mapping[str, Type]) -> SQL:
        """The value that distinguishes ids or groups. Numbers that aren't finite are null, texts
        are compared like keys.
        """
        if types[name] == "number":
            return Columns(types, self.dialect, self.zone).value(name, table).sql
        return (
            self.dialect.key(column(name, table), "text")
            if types[name] == "text"
            else column(name, table)
        )

    def _numbered(self, partition: list[SQL], order: list[SQL]) -> SQL:
        return exp.Window(
            this=exp.RowNumber(), partition_by=partition, order=exp.Order(expressions=order)
        )

    def _one_row_each(self, lookup: Lookup, other: Table) -> exp.Select:
        number = self._numbered(
            [self._same(lookup.on, "o", other.types)], self._order(other.types, "o")
        ).as_("salus_n")
        names = [column(name, "o") for name in sorted(other.types)]
        inner = exp.select(*names, number).from_(
            exp.alias_(other.reference.copy(), "o", table=True)
        )
        return (
            exp.select(*(column(name, "n") for name in sorted(other.types)))
            .from_(inner.subquery("n", copy=False))
            .where(exp.EQ(this=column("salus_n", "n"), expression=exp.Literal.number(1)))
        )

    def _valid_row_each(
        self, select: exp.Select, lookup: Lookup, other: Table, match: SQL
    ) -> exp.Select:
        """The latest of the lookup's rows that are valid at the fact's time. Rows are numbered per
        fact, so each fact needs a number.
        """
        assert lookup.time is not None
        fact = self.dialect.numbered().as_("salus_fact")
        facts = exp.select(exp.Star(), fact).from_(self._bare(select).subquery("b", copy=False))
        since, now = self._comparable(
            (column(lookup.time, "l"), other.types[lookup.time]),
            (column(self.source.time, "f"), self.own.types[self.source.time]),
        )
        known = exp.LTE(this=since, expression=now)
        latest = [
            exp.Ordered(this=column(lookup.time, "l"), desc=True, nulls_first=False),
            *self._order(other.types, "l"),
        ]
        number = self._numbered([column("salus_fact", "f")], latest).as_("salus_n")
        names = [column(name, "f") for name in sorted(self.own.types)]
        names += [column(name, "l") for name in sorted(self.borrowed)]
        joined = (
            exp.select(*names, number)
            .from_(facts.subquery("f", copy=False))
            .join(
                exp.alias_(other.reference.copy(), "l", table=True),
                on=exp.and_(match, known),
                join_type="left",
            )
        )
        outer = [column(name, "j") for name in sorted({**self.own.types, **self.borrowed})]
        return (
            exp.select(*outer)
            .from_(joined.subquery("j", copy=False))
            .where(exp.EQ(this=column("salus_n", "j"), expression=exp.Literal.number(1)))
        )

    def _bare(self, select: exp.Select) -> exp.Select:
        """The facts without the lookup's columns."""
        bare = select.copy()
        bare.set(
            "expressions", [part for part in bare.expressions if part.find(exp.Column).table == "f"]
        )
        return bare

    def _comparable(self, *times: tuple[SQL, Type]) -> list[SQL]:
        return self.dialect.comparable(times, self.zone)

    def _computed(self, select: exp.Select, types: dict[str, Type]) -> exp.Select:
        for name, expression in self.source.columns.items():
            sql, kind = compute_column(expression, Columns(types, self.dialect, self.zone))
            select = exp.select(exp.Star(), sql.as_(name, quoted=True)).from_(
                select.subquery("c", copy=False)
            )
            types = {**types, name: kind}
        return select

    def _instants(self) -> tuple[SQL, SQL]:
        """Time and recorded (else time) in forms that can be ordered together."""
        source, types = self.source, self.own.types
        time = column(source.time)
        if source.recorded is None:
            return time, time.copy()
        return time, call(
            "coalesce",
            *self._comparable(
                (column(source.recorded), types[source.recorded]), (time.copy(), types[source.time])
            ),
        )

    def _each_id_once(self, span: Span, columns: Columns) -> exp.Select | exp.Union:
        """The row of each id that was known first. Rows whose id nobody else has are compared with no
        others, so only those of the span are read.
        """
        types, remember = columns.types, self.remember.repeated
        repeated = remember and remember(
            f"repeated ids {self._described}", lambda: self._repeated_ids(types)
        )
        if remember is None or repeated is None:
            return self._first_of_each_id(self._read(None), types)
        first = remember(
            f"first rows {self._described}",
            lambda: self._first_of_each_id(self._in(repeated, self._read(None), types), types),
        )
        single = self._in(repeated, self._read(span), types, negated=True)
        if first is None:
            return self._first_of_each_id(self._read(None), types)
        names = [column(name) for name in types]
        return exp.union(single, exp.select(*names).from_(first), distinct=False, copy=False)

    def _repeated_ids(self, types: Mapping[str, Type]) -> exp.Select:
        """The ids of several rows."""
        assert self.source.id is not None
        own = self._same(self.source.id, "i", types)
        more_than_one = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
        return (
            exp.select(own.as_(ID))
            .from_(self._read(None).subquery("i", copy=False))
            .where(exp.not_(exp.Is(this=exp.paren(own.copy()), expression=exp.null())))
            .group_by(exp.Literal.number(1))
            .having(more_than_one)
        )

    def _in(
        self,
        repeated: exp.Table,
        select: exp.Select,
        types: Mapping[str, Type],
        negated: bool = False,
    ) -> exp.Select:
        """The rows whose id is among these; with `negated` the other rows."""
        assert self.source.id is not None
        own = self._same(self.source.id, "i", types).as_(ID)
        rows = exp.select(exp.Star(), own).from_(select.subquery("i", copy=False))
        ids = exp.alias_(repeated.copy(), "r", table=True)
        same = exp.EQ(this=column(ID, "r"), expression=column(ID, "o"))
        joined = (
            exp.select(*(column(name, "o") for name in types))
            .from_(rows.subquery("o", copy=False))
            .join(ids, on=same, join_type="left" if negated else "inner")
        )
        nowhere = exp.Is(this=column(ID, "r"), expression=exp.null())
        return joined.where(nowhere) if negated else joined

    def _first_of_each_id(self, select: exp.Select, types: Mapping[str, Type]) -> exp.Select:
        """The row of each id that was known first. A row recorded before its time is known at its
        time.
        """
        assert self.source.id is not None
        time, known = self._instants()
        if self.source.recorded:
            kinds = self.own.types
            known = call(
                "greatest",
                known,
                self._comparable(
                    (time.copy(), kinds[self.source.time]),
                    (time.copy(), kinds[self.source.recorded]),
                )[0],
            )
        order = [exp.Ordered(this=known), exp.Ordered(this=time), *self._order(self.own.types, "i")]
        number = self._numbered([self._same(self.source.id, "i", types)], order).as_("salus_n")
        inner = exp.select(exp.Star(), number).from_(select.subquery("i", copy=False))
        first = exp.EQ(this=column("salus_n"), expression=exp.Literal.number(1))
        without_id = exp.Is(
            this=exp.paren(self._same(self.source.id, "d", types)), expression=exp.null()
        )
        names = [column(name) for name in types]
        return (
            exp.select(*names)
            .from_(inner.subquery("d", copy=False))
            .where(exp.or_(first, without_id))
        )

    def _facts(self, select: exp.Select | exp.Union, columns: Columns) -> exp.Select:
        """The columns that every fact has, for rows with a key."""
        source, types = self.source, columns.types
        time, recorded = self._instants()
        begun = self._day(source.time, types)
        key = column(source.key)
        if self.own.keyed is None:  # links lead to keys in plain form
            key = self.dialect.key(key, types[source.key])
        parts = [
            key.as_(ENTITY),
            begun.as_(BEGUN),
            self._known(begun, types).as_(KNOWN),
            time.as_(TIME),
            recorded.as_(RECORDED),
        ]
        if source.until and not source.until_next:
            parts += self._ends(types)
        if source.until_group:
            parts.append(self._same(source.until_group, "s", types).as_(GROUP))
        select = exp.select(*parts, *(column(name) for name in types)).from_(
            select.subquery("s", copy=False)
        )
        has_key = column(source.key) if types[source.key] == "text" else exp.paren(key.copy())
        return select.where(exp.not_(exp.Is(this=has_key, expression=exp.null())), copy=False)

    def _day(self, name: str, types: Mapping[str, Type]) -> SQL:
        return self.dialect.day(column(name), types[name], self.zone)

    def _known(self, begun: SQL, types: Mapping[str, Type]) -> SQL:
        if self.source.recorded is None:
            return begun.copy()
        recorded = self._day(self.source.recorded, types)
        return call("greatest", begun.copy(), call("coalesce", recorded, begun.copy()))

    def _ends(self, types: Mapping[str, Type]) -> list[SQL]:
        assert self.source.until is not None
        closed = open_end(self._day(self.source.until, types))
        if self.source.until_recorded is None:
            return [closed.as_(CLOSED), closed.copy().as_(ENDED)]
        recorded = self._day(self.source.until_recorded, types)
        known = call("greatest", closed.copy(), call("coalesce", recorded, closed.copy()))
        open_still = exp.Is(this=closed.copy(), expression=exp.null())
        return [
            closed.as_(CLOSED),
            exp.case().when(open_still, cast(exp.null(), "date")).else_(known).as_(ENDED),
        ]

    def _next(self, select: exp.Select, types: Mapping[str, Type], moving: bool) -> exp.Select:
        group = [GROUP] if self.source.until_group else []
        names = [ENTITY, BEGUN, TIME, RECORDED, *group, *types]
        return add_ends(select, names, self.dialect, grouped=bool(group), moving=moving)

    def _within(self, select: exp.Select, span: Span) -> exp.Select:
        outer = exp.select(exp.Star()).from_(select.subquery("w", copy=False))
        stop = day_literal(span.stop.isoformat())
        outer = outer.where(exp.LT(this=column(KNOWN), expression=stop), copy=False)
        for name, day in ((BEGUN, span.first), (KNOWN, span.since)):
            if day is not None:
                outer = outer.where(
                    exp.GTE(this=column(name), expression=day_literal(day.isoformat())), copy=False
                )
        return outer
