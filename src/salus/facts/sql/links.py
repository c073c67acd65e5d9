"""Keys through links: a query that adds the column `salus_key` to the rows of a table.

A link becomes a subquery with one row per foreign name: the entity's key if there is exactly one,
and a state. Rows are joined with the subqueries of their ways in order; the first that knows the
name decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Dialect, Type, call, cast, dialect, text
from salus.facts.sql.entities import is_entity
from salus.facts.sql.key_functions import write_functions
from salus.model.key_functions.functions import apply_functions
from salus.model.link import SALUS_KEY, KeyExpression, KeyPath, Link
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.sources.key import plain_key

FROM, TO, STATE, SINCE, STOP = (
    "salus_from",
    "salus_to",
    "salus_state",
    "salus_since",
    "salus_stop",
)
TARGET, VALUE = "salus_target", "salus_value"
# the state of a name, or of a row
EMPTY, MATCHED, AMBIGUOUS, LEFT_OUT, UNKNOWN = range(5)
DIFFERENT = "salus_different"  # whether the ways of a row lead to different entities
_WITH_DOTS = ("trim", "lower", "left")  # functions whose result may be 17.0


@dataclass(frozen=True)
class KeyedBy:
    """The ways from the rows of a table to entities, and the time at which links are asked."""

    model: Model
    connection: Connection
    paths: tuple[KeyPath, ...]
    time: str

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link that is used, each once."""
        used: dict[str, Link] = {}
        names = [path.link for path in self.paths if path.link]
        while names:
            link = self.model.links[names.pop()]
            if link.name not in used:
                used[link.name] = link
                names += [link.to.link] if link.to.link else []
        return tuple(used[name] for name in sorted(used))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that decide which entity a row belongs to."""
        own = [self.model.entity.table] if self.model.entity.table else []
        return tuple(dict.fromkeys([*own, *(link.table for link in self.links)]))

    @property
    def identity(self) -> str:
        """A text that changes with the data that decide which entity a row belongs to."""
        parts = [self.connection.identity(table) for table in self.tables]
        return "\n".join([*parts, *(repr(link.corrected) for link in self.links if link.corrected)])

    @property
    def declared(self) -> tuple[object, ...]:
        """Everything in the model that decides which entity a row belongs to."""
        links = [
            (link.name, link.table, link.source, link.to, link.time, link.corrections)
            for link in self.links
        ]
        entity = self.model.entity
        return (self.paths, links, entity.table, entity.key, entity.where)

    def select(
        self, rows: exp.Select, types: Mapping[str, Type], *, report: bool = False
    ) -> exp.Select:
        """The rows with the column `salus_key`; with `report` also their state, the foreign name
        that decided, and whether their ways differ.
        """
        rules = dialect(self.connection.dialect)
        names = [exp.column(name, quoted=True) for name in types]
        values = [
            key_value(path.expression, types, rules).as_(f"{VALUE}{place}")
            for place, path in enumerate(self.paths)
        ]
        inner = exp.select(*names, *values).from_(rows.subquery("r", copy=False))
        select = exp.select(*(exp.column(name, table="k", quoted=True) for name in types)).from_(
            inner.subquery("k", copy=False)
        )
        steps: list[_Joined] = []
        for place, path in enumerate(self.paths):
            value = exp.column(f"{VALUE}{place}", table="k")
            for number, known in enumerate(_known_names(self, path)):
                joined = _Joined(f"m{place}_{number}", value, known)
                steps.append(joined)
                if known.select is not None:
                    select = select.join(
                        known.select.subquery(joined.alias, copy=False),
                        on=joined.condition(self._now(types), rules, self.model.timezone),
                        join_type="left",
                    )
        select = select.select(_decided(steps, lambda step: step.to).as_(SALUS_KEY))
        return select.select(*_report(steps)) if report else select

    def _now(self, types: Mapping[str, Type]) -> tuple[SQL, Type]:
        return exp.column(self.time, table="k", quoted=True), types[self.time]


@dataclass(frozen=True)
class KeyedTable:
    """A table whose rows lead to entities by `paths`; without paths it has the key as a column."""

    table: str
    paths: tuple[KeyPath, ...]
    time: str


def keyed_table(
    model: Model, connection: Connection, keyed: KeyedTable
) -> tuple[exp.Table | exp.Subquery, dict[str, Type]]:
    """The table as part of a query, and the types of its columns.

    With paths it has the column `salus_key`: the key of the entity as text, null if there is none.
    """
    types = {each.name: each.type for each in connection.columns(keyed.table)}
    table = connection.table(keyed.table)
    if not keyed.paths:
        return table, types
    rows = exp.select(*(exp.column(name, quoted=True) for name in types)).from_(table)
    select = KeyedBy(model, connection, keyed.paths, keyed.time).select(rows, types)
    return select.subquery("salus_keyed", copy=False), {**types, SALUS_KEY: "text"}


@dataclass(frozen=True)
class _KnownNames:
    """One row per name with its entity and state; with `since` one per name and time. Without a
    query every name is the key of an entity.
    """

    select: exp.Select | None
    since: Type | None = None


@dataclass(frozen=True)
class _Joined:
    """Names as they are joined with rows."""

    alias: str
    value: SQL
    known: _KnownNames

    def condition(self, now: tuple[SQL, Type], rules: Dialect, zone: str) -> SQL:
        same = exp.EQ(this=exp.column(FROM, table=self.alias), expression=self.value.copy())
        if self.known.since is None:
            return same
        since, stop = (exp.column(name, table=self.alias) for name in (SINCE, STOP))
        kind = self.known.since
        began, ended, moment = rules.comparable([(since, kind), (stop, kind), now], zone)
        later = exp.or_(
            exp.Is(this=stop.copy(), expression=exp.null()),
            exp.LT(this=moment.copy(), expression=ended),
        )
        return exp.and_(same, exp.LTE(this=began, expression=moment), later)

    @property
    def to(self) -> SQL:
        return self.value.copy() if self.known.select is None else exp.column(TO, table=self.alias)

    @property
    def status(self) -> SQL:
        if self.known.select is None:
            return exp.case().when(_present(self.value.copy()), _number(MATCHED))
        return exp.column(STATE, table=self.alias)

    @property
    def decides(self) -> SQL:
        """Whether the name is neither empty nor unknown."""
        named = (
            self.value.copy() if self.known.select is None else exp.column(STATE, table=self.alias)
        )
        return _present(named)


def key_value(expression: KeyExpression, types: Mapping[str, Type], rules: Dialect) -> SQL:
    """The value of a key's expression in a row as text, null if nothing is left of it."""
    column = exp.column(expression.column, quoted=True)
    value = rules.key(column, types[expression.column])
    if not expression.functions:
        return call("nullif", value, text("")) if types[expression.column] == "text" else value
    value = write_functions(value, expression.functions, rules)
    last = expression.functions[-1].partition(" ")[0]
    return rules.key(value, "text") if last in _WITH_DOTS else value


def _known_names(keyed: KeyedBy, path: KeyPath) -> Iterator[_KnownNames]:
    """The names that a way knows: corrections first, then the link's table; or the entities."""
    if path.link is None:
        yield _KnownNames(_entities(keyed))
        return
    link = keyed.model.links[path.link]
    corrected = _corrected(keyed, link)
    if corrected is not None:
        yield _KnownNames(corrected)
    yield _linked(keyed, link)


def _entities(keyed: KeyedBy) -> exp.Select | None:
    """The keys of the entity's table; None if every key is an entity."""
    entity, connection = keyed.model.entity, keyed.connection
    if entity.table is None:
        return None
    types = {each.name: each.type for each in connection.columns(entity.table)}
    key = key_value(KeyExpression(entity.key), types, dialect(connection.dialect))
    kept = is_entity(keyed.model, connection)
    status: SQL = _number(MATCHED)
    if kept is not None:
        status = exp.case().when(kept, _number(MATCHED)).else_(_number(LEFT_OUT))
    rows = exp.select(key.as_(FROM), status.as_(STATE)).from_(connection.table(entity.table))
    best = exp.Min(this=exp.column(STATE))
    to = exp.case().when(
        exp.EQ(this=best.copy(), expression=_number(MATCHED)), exp.column(FROM, table="e")
    )
    return (
        exp.select(exp.column(FROM, table="e"), to.as_(TO), best.as_(STATE))
        .from_(rows.subquery("e", copy=False))
        .where(_present(exp.column(FROM, table="e")))
        .group_by(exp.column(FROM, table="e"))
    )


def _corrected(keyed: KeyedBy, link: Link) -> exp.Select | None:
    """The names in the link's file of corrections."""
    pairs: dict[str, set[str]] = {}
    for name, key in link.corrected:
        read = apply_functions(link.source.functions, plain_key(name))
        if read is not None:
            pairs.setdefault(read, set()).add(plain_key(key))
    if not pairs:
        return None
    rows = exp.values(
        [(name, key) for name in sorted(pairs) for key in sorted(pairs[name])],
        alias="c",
        columns=[FROM, TARGET],
    )
    named = exp.select(*(exp.column(name, table="c") for name in (FROM, TARGET))).from_(rows)
    return _grouped(_followed(keyed, named, KeyPath(None, link.source), timed=False), timed=False)


def _linked(keyed: KeyedBy, link: Link) -> _KnownNames:
    """The names in the link's table."""
    connection = keyed.connection
    types = {each.name: each.type for each in connection.columns(link.table)}
    rules = dialect(connection.dialect)
    named = exp.select(
        key_value(link.source, types, rules).as_(FROM),
        key_value(link.to.expression, types, rules).as_(TARGET),
        *([exp.column(link.time, quoted=True).as_(SINCE)] if link.time else []),
    ).from_(connection.table(link.table))
    timed = link.time is not None
    grouped = _grouped(_followed(keyed, named, link.to, timed=timed), timed=timed)
    return _KnownNames(grouped, types[link.time] if link.time else None)


def _followed(keyed: KeyedBy, named: exp.Select, to: KeyPath, *, timed: bool) -> exp.Select:
    """Rows of a name and a target, with the entity and the state that the target leads to."""
    select = exp.select(
        exp.column(FROM, table="n"), *([exp.column(SINCE, table="n")] if timed else [])
    ).from_(named.subquery("n", copy=False))
    steps: list[_Joined] = []
    for number, known in enumerate(_known_names(keyed, to)):
        joined = _Joined(f"t{number}", exp.column(TARGET, table="n"), known)
        steps.append(joined)
        if known.select is not None:
            match = exp.EQ(
                this=exp.column(FROM, table=joined.alias), expression=joined.value.copy()
            )
            select = select.join(
                known.select.subquery(joined.alias, copy=False), on=match, join_type="left"
            )
    select = select.select(
        _decided(steps, lambda step: step.to).as_(TO),
        _decided(steps, lambda step: step.status).as_(STATE),
    )
    select = select.where(_present(exp.column(FROM, table="n")))
    return select.where(_present(exp.column(SINCE, table="n"))) if timed else select


def _grouped(rows: exp.Select, *, timed: bool) -> exp.Select:
    """One row per name (and time): the only entity, or why there is none."""
    by = [FROM, SINCE] if timed else [FROM]
    entity = exp.case().when(_is_state(MATCHED), exp.column(TO))

    def any_of(status: int) -> SQL:
        return exp.Max(this=exp.case().when(_is_state(status), _number(1)).else_(_number(0)))

    counted = (
        exp.select(
            *map(exp.column, by),
            exp.Min(this=entity).as_("salus_low"),
            exp.Max(this=entity.copy()).as_("salus_high"),
            any_of(AMBIGUOUS).as_("salus_unclear"),
            any_of(LEFT_OUT).as_("salus_out"),
        )
        .from_(rows.subquery("g", copy=False))
        .group_by(*map(exp.column, by))
    )
    unclear = exp.or_(
        exp.EQ(this=exp.column("salus_unclear"), expression=_number(1)),
        exp.NEQ(this=exp.column("salus_low"), expression=exp.column("salus_high")),
    )
    has_entity = _present(exp.column("salus_low"))
    left_out = exp.EQ(this=exp.column("salus_out"), expression=_number(1))
    status = (
        exp.case()
        .when(unclear, _number(AMBIGUOUS))
        .when(has_entity, _number(MATCHED))
        .when(left_out, _number(LEFT_OUT))
    )
    to = exp.case().when(unclear.copy(), cast(exp.null(), "text")).else_(exp.column("salus_low"))
    names = [*map(exp.column, by), to.as_(TO), status.as_(STATE)]
    if timed:
        following = exp.Window(
            this=exp.Lead(this=exp.column(SINCE)),
            partition_by=[exp.column(FROM)],
            order=exp.Order(expressions=[exp.Ordered(this=exp.column(SINCE), nulls_first=False)]),
        )
        names.append(following.as_(STOP))
    return exp.select(*names).from_(counted.subquery("c", copy=False))


def _decided(steps: list[_Joined], value: Callable[[_Joined], SQL]) -> exp.Case:
    """The value of the first step that knows the name."""
    case = exp.case()
    for step in steps:
        case = case.when(step.decides, value(step))
    return case


def _report(steps: list[_Joined]) -> list[SQL]:
    values = list(dict.fromkeys(step.value for step in steps))
    named = (
        call("coalesce", *(value.copy() for value in values))
        if len(values) > 1
        else values[0].copy()
    )
    status = _decided(steps, lambda step: step.status)
    status = status.when(_present(named), _number(UNKNOWN)).else_(_number(EMPTY))
    name = _decided(steps, lambda step: step.value.copy())
    differ: list[SQL] = [
        exp.NEQ(this=first.to, expression=second.to)
        for place, first in enumerate(steps)
        for second in steps[place + 1 :]
        if first.value != second.value
    ]
    different = exp.case().when(exp.or_(*differ) if differ else exp.false(), _number(1))
    return [
        status.as_(STATE),
        name.else_(named.copy()).as_(FROM),
        different.else_(_number(0)).as_(DIFFERENT),
    ]


def _is_state(status: int) -> SQL:
    return exp.EQ(this=exp.column(STATE), expression=_number(status))


def _present(value: SQL) -> SQL:
    return exp.not_(exp.Is(this=value, expression=exp.null()))


def _number(value: int) -> SQL:
    return exp.Literal.number(value)
