"""Lookups through a link: facts and rows of the other table get a column that both share.

A link of the other table itself finds the row by its name. Any other link finds it by the key of the
entity that the name leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.dialect import SQL, Dialect, Type, cast, dialect
from salus.facts.sql.known_names import raw_name, raw_value, with_functions, without_empty
from salus.facts.sql.links import KeyedBy
from salus.model.link import SALUS_KEY, SALUS_MATCH, KeyExpression, Link
from salus.model.model import Model
from salus.model.source import Lookup, Source
from salus.sources.connection import Connection

_VALUE, _LOW, _HIGH = "salus_value", "salus_low", "salus_high"


@dataclass(frozen=True)
class LookupMatch:
    """How the facts of a source find the rows of its lookup's table through a link."""

    model: Model
    connection: Connection
    source: Source
    lookup: Lookup
    link: Link

    @classmethod
    def of(cls, model: Model, connection: Connection, source: Source) -> LookupMatch | None:
        """None if the lookup has a column that both tables have."""
        lookup = source.lookup
        if lookup is None or lookup.path is None or lookup.path.link is None:
            return None
        return cls(model, connection, source, lookup, model.links[lookup.path.link])

    @property
    def declared(self) -> tuple[object, ...]:
        """Everything in the model that decides which row belongs to a fact."""
        keyed = self._keyed
        links = (self.link.source, self.link.to) if keyed is None else keyed.declared
        return (self.lookup.path, self.link.table, links)

    @property
    def identity(self) -> str:
        """A text that changes with the data of links. The lookup's own table isn't part of it."""
        return "" if self._keyed is None else self._keyed.identity

    def facts(self, rows: exp.Select, types: Mapping[str, Type]) -> exp.Select:
        """The facts with the column that is compared."""
        assert self.lookup.path is not None
        keyed = self._keyed
        if keyed is None:
            return self._with_value(rows, types, types, self.lookup.path.expression)
        select = keyed.select(rows, types)
        names = [exp.column(name, quoted=True) for name in types]
        return exp.select(*names, exp.column(SALUS_KEY).as_(SALUS_MATCH)).from_(
            select.subquery("salus_keyed", copy=False)
        )

    def rows(self, names: Iterable[str]) -> exp.Subquery:
        """These columns of the lookup's table, and the column that is compared."""
        types = {each.name: each.type for each in self.connection.columns(self.lookup.table)}
        kept = {name: types[name] for name in names}
        table = self.connection.table(self.lookup.table)
        if self._keyed is not None:
            select = self._by_entity(types, kept)
        else:
            rows = exp.select(*(exp.column(name, quoted=True) for name in types)).from_(table)
            select = self._only_clear(types, kept, rows)
        return select.subquery("salus_other", copy=False)

    @property
    def _keyed(self) -> KeyedBy | None:
        """The way from facts to entities; None if the link's names are compared."""
        if self.lookup.uses_rows_of(self.link):
            return None
        assert self.lookup.path is not None
        own = (self.source.table,)
        return KeyedBy(self.model, self.connection, (self.lookup.path,), self.source.time, own)

    @property
    def _rules(self) -> Dialect:
        return dialect(self.connection.dialect)

    def _by_entity(self, types: Mapping[str, Type], kept: Mapping[str, Type]) -> exp.Select:
        key = self.model.entity.key
        if key not in types:
            raise DataError(
                f"the lookup of source `{self.source.name}` goes through link `{self.link.name}`, but"
                f" {self.lookup.table} has no column `{key}`",
                "look the row up by a link of its own table",
            )
        names = [exp.column(name, quoted=True) for name in kept]
        value = raw_value(key, types, self._rules).as_(SALUS_MATCH)
        return exp.select(*names, value).from_(self.connection.table(self.lookup.table))

    def _with_value(
        self,
        rows: exp.Select,
        types: Mapping[str, Type],
        kept: Mapping[str, Type],
        expression: KeyExpression,
    ) -> exp.Select:
        """Columns of the rows, and the value of an expression. Each step is a subquery, because the
        next one reads its result several times.
        """
        names = [exp.column(name, quoted=True) for name in kept]
        raw = raw_name(expression, types, self._rules)
        select = exp.select(*names, raw.as_(_VALUE)).from_(rows.subquery("a", copy=False))
        last = (with_functions, _VALUE), (without_empty, SALUS_MATCH)
        for step, name in last:
            value = step(exp.column(_VALUE), expression, self._rules).as_(name)
            select = exp.select(*(each.copy() for each in names), value).from_(
                select.subquery("b", copy=False)
            )
        return select

    def _only_clear(
        self, types: Mapping[str, Type], kept: Mapping[str, Type], rows: exp.Select
    ) -> exp.Select:
        """The rows by their name in the link. A name that leads to two targets finds no row."""
        time, target = self.lookup.time, self.link.to.expression.column
        named = self._with_value(rows, types, types, self.link.source)
        same: list[SQL] = [exp.column(SALUS_MATCH)]
        if time is not None:
            same.append(exp.column(time, quoted=True))
        value = raw_value(target, types, self._rules)

        def over(extreme: type[exp.Func], name: str) -> SQL:
            window = exp.Window(
                this=extreme(this=value.copy()), partition_by=[each.copy() for each in same]
            )
            return window.as_(name)

        names = [exp.column(name, quoted=True) for name in kept]
        ranged = exp.select(
            *names, exp.column(SALUS_MATCH).as_(_VALUE), over(exp.Min, _LOW), over(exp.Max, _HIGH)
        ).from_(named.subquery("c", copy=False))
        unclear = exp.NEQ(this=exp.column(_LOW), expression=exp.column(_HIGH))
        match = exp.case().when(unclear, cast(exp.null(), "text")).else_(exp.column(_VALUE))
        return exp.select(*(each.copy() for each in names), match.as_(SALUS_MATCH)).from_(
            ranged.subquery("d", copy=False)
        )
