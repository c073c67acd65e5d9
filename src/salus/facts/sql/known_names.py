"""The foreign names that links know, and how the rows of a table are joined with them.

Functions of keys are slow, so they are computed once for each value of a column, not for each row.
Where the connection keeps the rows of a query, each table of names is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Dialect, Type, call, dialect, text
from salus.facts.sql.entities import is_entity
from salus.facts.sql.key_functions import finish_steps, write_steps
from salus.facts.sql.link_states import (
    FROM,
    LEFT_OUT,
    MATCHED,
    SINCE,
    STATE,
    STOP,
    TO,
    Answer,
    decided,
    number,
    one_row_each,
    present,
)
from salus.model.key_functions.functions import SEPARATOR, apply_functions
from salus.model.link import KeyExpression, KeyPath, Link
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.sources.key import plain_key

RAW, VALUE, TARGET = "salus_raw", "salus_value", "salus_target"
_WITH_DOTS = ("trim", "lower", "left", "each")  # functions whose result may be 17.0
Rows = exp.Select | exp.Table


@dataclass(frozen=True)
class RowsWithKeys:
    """Rows with the columns that their keys are made from, their time (if links are asked at one),
    and the tables that have the columns; the first that has one counts.
    """

    select: exp.Select
    types: Mapping[str, Type]
    time: str | None = None
    tables: Sequence[str] = ()
    what: str | None = None  # a name for the rows, if they are always the same


@dataclass(frozen=True)
class Joined:
    """Rows joined with names, and what is known about each row."""

    select: exp.Select
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class _Names:
    """One row per name with its entity and state; with `since` one per name and time. Without rows
    every name is the key of an entity.
    """

    rows: Rows | None
    since: Type | None = None

    @property
    def once(self) -> bool:
        """Whether there is one row per name."""
        return self.rows is not None and self.since is None


@dataclass(frozen=True)
class KnownNames:
    """The foreign names that the links of a model know."""

    model: Model
    connection: Connection

    @property
    def rules(self) -> Dialect:
        return dialect(self.connection.dialect)

    def join(self, rows: RowsWithKeys, paths: Sequence[KeyPath]) -> Joined:
        """The columns of the rows, from the rows joined with all names that the paths know."""
        columns = tuple(dict.fromkeys(path.expression.column for path in paths))
        raw = [
            raw_value(column, rows.types, self.rules).as_(f"{RAW}{place}")
            for place, column in enumerate(columns)
        ]
        inner = exp.select(*(exp.column(name, quoted=True) for name in rows.types), *raw)
        inner = inner.from_(rows.select.subquery("r", copy=False))
        names = [exp.column(name, table="k", quoted=True) for name in rows.types]
        joining = _Joining(self, rows, exp.select(*names).from_(inner.subquery("k", copy=False)))
        for place, column in enumerate(columns):
            own = {n: path for n, path in enumerate(paths) if path.expression.column == column}
            value = exp.column(f"{RAW}{place}", table="k")
            if any(path.expression.functions for path in own.values()):
                joining.ask_once_each(own, value, f"n{place}")
            else:
                for n, path in own.items():
                    for position, names_ in enumerate(self.of(path)):
                        joining.ask(n, position, value, names_)
        answers = sorted(joining.answers, key=lambda answer: answer.place)
        return Joined(joining.select, tuple(answers))

    def of(self, path: KeyPath) -> Iterator[_Names]:
        """The names that a way knows: corrections first, then the link's table; or the entities."""
        if path.link is None:
            has_table = self.model.entity.table is not None
            yield _Names(self._once(("entities",), self._entities) if has_table else None)
            return
        link = self.model.links[path.link]
        pairs = _corrections(link)
        if pairs:
            yield _Names(self._once(("corrected", link.name), lambda: self._corrected(pairs)))
        types = {each.name: each.type for each in self.connection.columns(link.table)}
        rows = self._once(("link", link.name), lambda: self._linked(link))
        yield _Names(rows, types[link.time] if link.time else None)

    def _once(self, what: tuple[object, ...], select: Callable[[], exp.Select]) -> Rows:
        return self.remembered(what, select) or select()

    def matched(self, link: str, most: int) -> exp.Select:
        """At most so many names of a link that lead to an entity, each with its key."""
        *_, names = self.of(KeyPath(link, KeyExpression("")))
        assert names.rows is not None
        return (
            exp.select(exp.column(FROM, table="a"), exp.column(TO, table="a"))
            .from_(aliased(names.rows, "a"))
            .where(exp.EQ(this=exp.column(STATE, table="a"), expression=number(MATCHED)))
            .limit(most)
        )

    def remembered(
        self, what: tuple[object, ...], select: Callable[[], exp.Select]
    ) -> exp.Table | None:
        """The rows of a query, if the connection keeps them. `what` they are, apart from the
        entities and the links.
        """
        return self.connection.remembered(f"{what!r} {self._depends_on}", select)

    @cached_property
    def _depends_on(self) -> str:
        model, entity = self.model, self.model.entity
        return repr((entity.table, entity.key, entity.where, model.timezone, model.links))

    def _entities(self) -> exp.Select:
        """The keys of the entity's table."""
        entity, connection = self.model.entity, self.connection
        assert entity.table is not None
        types = {each.name: each.type for each in connection.columns(entity.table)}
        key = raw_value(entity.key, types, self.rules)
        kept = is_entity(self.model, connection)
        state: SQL = number(MATCHED)
        if kept is not None:
            state = exp.case().when(kept, number(MATCHED)).else_(number(LEFT_OUT))
        rows = exp.select(key.as_(FROM), state.as_(STATE)).from_(connection.table(entity.table))
        best = exp.Min(this=exp.column(STATE))
        to = exp.case().when(
            exp.EQ(this=best.copy(), expression=number(MATCHED)), exp.column(FROM, table="e")
        )
        return (
            exp.select(exp.column(FROM, table="e"), to.as_(TO), best.as_(STATE))
            .from_(rows.subquery("e", copy=False))
            .where(present(exp.column(FROM, table="e")))
            .group_by(exp.column(FROM, table="e"))
        )

    def _corrected(self, pairs: Sequence[tuple[str, str]]) -> exp.Select:
        """The names in a link's file of corrections."""
        rows = exp.values(list(pairs), alias="c", columns=[FROM, TARGET])
        named = exp.select(*(exp.column(name, table="c") for name in (FROM, TARGET))).from_(rows)
        types: dict[str, Type] = {FROM: "text", TARGET: "text"}
        to = KeyPath(None, KeyExpression(TARGET))
        return self._followed(RowsWithKeys(named, types), to)

    def _linked(self, link: Link) -> exp.Select:
        """The names in the link's table."""
        table = {each.name: each.type for each in self.connection.columns(link.table)}
        target = link.to.expression.column
        types: dict[str, Type] = {FROM: "text", TARGET: table[target]}
        others = [exp.column(target, quoted=True).as_(TARGET)]
        if link.time is not None:
            others.append(exp.column(link.time, quoted=True).as_(SINCE))
            types[SINCE] = table[link.time]
        named = exp.select(raw_name(link.source, table, self.rules).as_(FROM), *others)
        named = named.from_(self.connection.table(link.table)).distinct()  # functions are slow
        for step in (with_functions, without_empty):
            value = step(exp.column(FROM, table="d"), link.source, self.rules).as_(FROM)
            kept = [exp.column(name, table="d") for name in types if name != FROM]
            named = exp.select(value, *kept).from_(named.subquery("d", copy=False))
            if step is with_functions and link.source.functions:
                named = self.computed_once(("names", link.name), named)
        to = KeyPath(link.to.link, KeyExpression(TARGET, link.to.expression.functions))
        return self._followed(RowsWithKeys(named, types, what=link.name), to)

    def computed_once(self, what: tuple[object, ...], select: exp.Select) -> exp.Select:
        """The rows of a query whose columns are read several times: engines would compute them each
        time.
        """
        table = self.remembered(what, lambda: select)
        return select if table is None else exp.select(exp.Star()).from_(table)

    def _followed(self, named: RowsWithKeys, to: KeyPath) -> exp.Select:
        """One row per name (and time) with the entity and the state that its targets lead to."""
        joined = self.join(named, (to,))
        by = [name for name in (FROM, SINCE) if name in named.types]
        select = joined.select.select(
            *(exp.column(name, table="k") for name in by),
            decided(joined.answers, lambda answer: answer.to).as_(TO),
            decided(joined.answers, lambda answer: answer.state).as_(STATE),
            append=False,
        )
        for name in by:
            select = select.where(present(exp.column(name, table="k")))
        return one_row_each(select, by)


class _Joining:
    """A query that is joined with one table of names after the other."""

    def __init__(self, known: KnownNames, rows: RowsWithKeys, select: exp.Select) -> None:
        self.known, self.rows, self.select = known, rows, select
        self.answers: list[Answer] = []

    def ask(self, place: int, position: int, value: SQL, names: _Names) -> Answer:
        """Join one table of names; `value` is the name in a row."""
        to = decides = value
        state: SQL = exp.case().when(present(value.copy()), number(MATCHED))
        if names.rows is not None:
            alias = f"m{place}_{position}"
            to, state = exp.column(TO, table=alias), exp.column(STATE, table=alias)
            decides = state
            self.select = self.select.join(
                aliased(names.rows, alias),
                on=self._condition(alias, value, names.since),
                join_type="left",
                copy=False,
            )
        answer = Answer(place, value, to, state, present(decides.copy()))
        self.answers.append(answer)
        return answer

    def ask_once_each(self, paths: Mapping[int, KeyPath], raw: SQL, alias: str) -> None:
        """Join a table with one row per value of a column: what the paths make of it, and what is
        known of that. Names that depend on the time are joined with the rows themselves.
        """
        every = {place: list(self.known.of(path)) for place, path in paths.items()}
        values = self._values(paths, every)
        same = exp.EQ(this=exp.column(RAW, table=alias), expression=raw.copy())
        self.select = self.select.join(
            aliased(values, alias), on=same, join_type="left", copy=False
        )
        for place, names in every.items():
            value = exp.column(f"{VALUE}{place}", table=alias)
            for position, each in enumerate(names):
                if not each.once:
                    self.ask(place, position, value, each)
                    continue
                to, state = (
                    exp.column(f"{part}{place}_{position}", table=alias) for part in (TO, STATE)
                )
                self.answers.append(Answer(place, value, to, state, present(state.copy())))

    def _values(self, paths: Mapping[int, KeyPath], every: Mapping[int, Sequence[_Names]]) -> Rows:
        """One row per value of the column: of all values of the table if the connection keeps them,
        else of those in the rows.
        """
        column = next(iter(paths.values())).expression.column
        whole, own = self._table_with(column), self.rows.select
        name = ("link", self.rows.what) if whole is None else whole.sql()
        if whole is not None or self.rows.what is not None:
            what = (name, self.rows.types[column], *paths.items())
            rows = own.copy() if whole is None else whole

            def values() -> exp.Select:
                written = self.known.computed_once(("written", *what), self._written(rows, paths))
                return self._values_in(written, paths, every)

            known_values = self.known.remembered(("values", *what), values)
            if known_values is not None:
                return known_values
        return self._values_in(self._written(own.copy(), paths), paths, every)

    def _table_with(self, column: str) -> exp.Select | None:
        """A column of the table that has it."""
        connection = self.known.connection
        for table in self.rows.tables:
            if column in {each.name for each in connection.columns(table)}:
                return exp.select(exp.column(column, quoted=True)).from_(connection.table(table))
        return None

    def _written(self, rows: exp.Select, paths: Mapping[int, KeyPath]) -> exp.Select:
        """One row per value of the column, with what the functions of the paths make of it."""
        rules, raw = self.known.rules, exp.column(RAW, table="d")
        column = next(iter(paths.values())).expression.column
        distinct = exp.select(raw_value(column, self.rows.types, rules).as_(RAW)).distinct()
        distinct = distinct.from_(rows.subquery("s", copy=False))
        written = exp.select(raw)
        for place, path in paths.items():
            function = with_functions(raw.copy(), path.expression, rules)
            written = written.select(
                exp.alias_(function, f"{VALUE}{place}", copy=False), copy=False
            )
        written = written.from_(distinct.subquery("d", copy=False), copy=False)
        return written.where(present(raw.copy()), copy=False)

    def _values_in(
        self,
        written: exp.Select,
        paths: Mapping[int, KeyPath],
        every: Mapping[int, Sequence[_Names]],
    ) -> exp.Select:
        values = exp.select(exp.column(RAW, table="w"))
        for place, path in paths.items():
            name = f"{VALUE}{place}"
            value = without_empty(exp.column(name, table="w"), path.expression, self.known.rules)
            values = values.select(value.as_(name), copy=False)
        inner = values.from_(written.subquery("w", copy=False), copy=False)
        names = (RAW, *(f"{VALUE}{place}" for place in paths))
        select = exp.select(*(exp.column(name, table="v") for name in names))
        joining = _Joining(
            self.known, self.rows, select.from_(inner.subquery("v", copy=False), copy=False)
        )
        for place, tables in every.items():
            for position, each in enumerate(tables):
                if each.once:
                    value = exp.column(f"{VALUE}{place}", table="v")
                    answer = joining.ask(place, position, value, each)
                    joining.select = joining.select.select(
                        answer.to.as_(f"{TO}{place}_{position}"),
                        answer.state.as_(f"{STATE}{place}_{position}"),
                        copy=False,
                    )
        return joining.select

    def _condition(self, alias: str, value: SQL, since: Type | None) -> SQL:
        """Whether a row of names applies: it has the name, and applied at the time."""
        same = exp.EQ(this=exp.column(FROM, table=alias), expression=value.copy())
        if since is None:
            return same
        assert self.rows.time is not None, "a link that changes over time is asked at a time"
        now = exp.column(self.rows.time, table="k", quoted=True), self.rows.types[self.rows.time]
        begun, ended = exp.column(SINCE, table=alias), exp.column(STOP, table=alias)
        began, stopped, moment = self.known.rules.comparable(
            [(begun, since), (ended, since), now], self.known.model.timezone
        )
        later = exp.or_(
            exp.Is(this=ended.copy(), expression=exp.null()),
            exp.LT(this=moment.copy(), expression=stopped),
        )
        return exp.and_(same, exp.LTE(this=began, expression=moment), later)


def _corrections(link: Link) -> tuple[tuple[str, str], ...]:
    """The pairs of a name, after the functions of the link, and the key that it leads to."""
    read = (
        (apply_functions(link.source.functions, plain_key(name)), plain_key(key))
        for name, key in link.corrected
    )
    return tuple(sorted({(name, key) for name, key in read if name is not None}))


def aliased(rows: Rows, alias: str) -> exp.Expr:
    """Rows as part of a query."""
    if isinstance(rows, exp.Table):
        return exp.alias_(rows.copy(), alias, table=True)
    return rows.copy().subquery(alias, copy=False)


def raw_value(column: str, types: Mapping[str, Type], rules: Dialect) -> SQL:
    """A column of keys as text, null if it is empty."""
    value = rules.key(exp.column(column, quoted=True), types[column])
    return call("nullif", value, text("")) if types[column] == "text" else value


def raw_name(source: KeyExpression, types: Mapping[str, Type], rules: Dialect) -> SQL:
    """The names in a column of a link's table before functions: with `each` a row for each."""
    value = raw_value(source.column, types, rules)
    return rules.rows_of(value, SEPARATOR) if source.holds_list else value


def without_empty(value: SQL, expression: KeyExpression, rules: Dialect) -> SQL:
    """What the functions of an expression gave, null if it is empty. `value` is a column of a
    subquery, because it is read several times.
    """
    if not expression.functions:
        return value
    last = expression.functions[-1].partition(" ")[0]
    value = finish_steps(value, expression.functions, rules)
    return rules.key(value, "text") if last in _WITH_DOTS else value


def with_functions(value: SQL, expression: KeyExpression, rules: Dialect) -> SQL:
    """A key after the functions of its expression; perhaps empty."""
    functions = expression.functions
    if expression.holds_list:  # each of the values in a cell is compared like a cell
        value, functions = (
            rules.key(write_steps(value, functions[:1], rules), "text"),
            functions[1:],
        )
    return write_steps(value, functions, rules) if functions else value
