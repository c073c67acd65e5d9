"""Which entity the rows of a table belong to by links: how many, and which names lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Type, cast, dialect
from salus.facts.sql.keys import KeyColumn, KeyCounts, NearName
from salus.facts.sql.known_names import KnownNames
from salus.facts.sql.link_states import (
    AMBIGUOUS,
    DIFFERENT,
    EMPTY,
    FROM,
    LEFT_OUT,
    STATE,
    TO,
    UNKNOWN,
    WAY,
)
from salus.facts.sql.links import KeyedBy
from salus.facts.sql.relation import column
from salus.model.key_functions.near_names import MOST_KNOWN, MOST_UNKNOWN, find_near_names
from salus.model.link import columns_of
from salus.model.model import Model
from salus.sources.connection import Connection

SHOWN = 3  # examples


def count_linked(model: Model, connection: Connection, place: KeyColumn) -> KeyCounts | None:
    """Counts the rows by their key through links, before any `where`. None where a lookup's table
    has a part of the key.
    """
    types = {each.name: each.type for each in connection.columns(place.table)}
    if not {*columns_of(place.paths), place.time} <= set(types):
        return None
    linked = _LinkedNames.of(model, connection, place, types)
    counts = linked.counts()

    def rows_in(state: int) -> int:
        return sum(row["n"] for row in counts if row[STATE] == state)

    unknown = linked.most_frequent(UNKNOWN, MOST_UNKNOWN) if rows_in(UNKNOWN) else []
    ambiguous = linked.most_frequent(AMBIGUOUS, SHOWN) if rows_in(AMBIGUOUS) else []
    return KeyCounts(
        of=place.title,
        facts=sum(row["n"] for row in counts),
        without=rows_in(EMPTY),
        unknown=rows_in(UNKNOWN),
        examples=tuple(row[FROM] for row in unknown[:SHOWN]),
        left_out=rows_in(LEFT_OUT),
        ambiguous=rows_in(AMBIGUOUS),
        different=sum(row["n"] for row in counts if row[DIFFERENT]),
        ambiguous_names=tuple(row[FROM] for row in ambiguous),
        near_names=_near_names(KnownNames(model, connection), place, unknown),
    )


@dataclass(frozen=True)
class _LinkedNames:
    """The number of rows by state, and by whether their ways differ. Those that belong to nobody are
    counted by the name that decided, and its way.
    """

    connection: Connection
    rows: exp.Table | exp.Subquery

    @classmethod
    def of(
        cls, model: Model, connection: Connection, place: KeyColumn, types: Mapping[str, Type]
    ) -> _LinkedNames:
        """The counts of a table, kept where the connection keeps rows."""

        def counted() -> exp.Select:
            happened = exp.not_(exp.Is(this=column(place.time), expression=exp.null()))
            table = connection.table(place.table)
            rows = exp.select(*map(column, types)).from_(table).where(happened)
            keys = KeyedBy(model, connection, place.paths, place.time, (place.table,))
            return _by_name(keys.select(rows, types, report=True))

        what = ("linked names", place.table, place.time, place.paths)
        rows = KnownNames(model, connection).remembered(what, counted)
        return cls(connection, rows or counted().subquery("names", copy=False))

    def counts(self) -> list[dict[str, Any]]:
        """The number of rows by state, and by whether their ways differ."""
        select = exp.select(column(STATE), column(DIFFERENT), _sum()).from_(self.rows.copy())
        return self.connection.query(select.group_by(*_places(2))).to_pylist()

    def most_frequent(self, state: int, most: int) -> list[dict[str, Any]]:
        """The most frequent names in a state, with their ways."""
        rules = dialect(self.connection.dialect)
        select = exp.select(column(FROM), column(WAY), _sum()).from_(self.rows.copy())
        select = select.where(
            exp.EQ(this=column(STATE), expression=exp.Literal.number(state))
        ).group_by(*_places(2))
        by_name = rules.by_code_point(exp.column(FROM, table="g", quoted=True))
        rows = (
            exp.select(exp.Star())
            .from_(select.subquery("g", copy=False))
            .order_by(exp.Ordered(this=exp.column("n", table="g"), desc=True), by_name)
            .limit(most)
        )
        return self.connection.query(rows).to_pylist()


def _by_name(linked: exp.Select) -> exp.Select:
    """The rows counted by state, difference, and the names that lead to nobody."""
    nobody = exp.In(
        this=column(STATE), expressions=list(map(exp.Literal.number, (UNKNOWN, AMBIGUOUS)))
    )
    names = [exp.case().when(nobody.copy(), column(name)).as_(name) for name in (FROM, WAY)]
    counted = cast(exp.Count(this=exp.Star()), "bigint").as_("n")
    rows = linked.subquery("keyed", copy=False)
    select = exp.select(column(STATE), column(DIFFERENT), *names, counted).from_(rows)
    return select.group_by(*_places(4))


def _sum() -> SQL:
    return cast(exp.Sum(this=column("n")), "bigint").as_("n")


def _places(number: int) -> list[SQL]:
    return [exp.Literal.number(place + 1) for place in range(number)]


def _near_names(
    known: KnownNames, place: KeyColumn, unknown: Sequence[Mapping[str, Any]]
) -> tuple[NearName, ...]:
    """Unknown names that look like those of a single entity, by the link that was asked first."""
    near = []
    for way, path in enumerate(place.paths):
        rows = {row[FROM]: row["n"] for row in unknown if row[WAY] == way}
        if path.link is None or not rows:
            continue
        table = known.connection.query(known.matched(path.link, MOST_KNOWN))
        keys = dict(zip(table[FROM].to_pylist(), table[TO].to_pylist(), strict=True))
        for name, names in find_near_names(rows, keys).items():
            if len({keys[each] for each in names}) == 1:
                like = min(names, key=lambda each: (abs(len(each) - len(name)), each))
                near.append(NearName(name, rows[name], path.link, like, keys[like]))
    return tuple(sorted(near, key=lambda each: (-each.rows, each.name)))
