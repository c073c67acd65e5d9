"""From a connection to a drafted model: look, pick, propose, measure, write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.anchors import Anchors, anchors, values_at
from salus.draft.headers import plain
from salus.draft.keys import Picked, pick, strangers
from salus.draft.kinds.orders import orders
from salus.draft.kinds.others import answers, contracts, endings, invoices, tickets
from salus.draft.kinds.traits import listed, traits
from salus.draft.kinds.usage import usage
from salus.draft.lines import Body, Fixed, Lines, MeasureLine, Names
from salus.draft.moments import moments, pace
from salus.draft.page import block, page
from salus.draft.profile import ColumnProfile, TableProfile, profile
from salus.draft.table import Dated, kind
from salus.errors import DataError
from salus.facts.newest import newest_day
from salus.model.read import read_text
from salus.sources.connection import Connection

UNKNOWN_KEYS = 0.2                           # of the keys of the facts: with more, a table is no register of all


@dataclass(frozen=True)
class Draft:
    """The text of a model, and what to tell: what was guessed, and what was left out."""

    text: str
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]


def draft(connection: Connection, name: str, today: dt.date, timezone: str = "UTC",
          unreadable: Iterable[str] = ()) -> Draft:
    """Propose a model for the tables of a connection. `today` dates the anchors where no table has a date.

    Raises DataError where nothing can be scored.
    """
    profiles = [profile(connection, table) for table in connection.tables() if table not in set(unreadable)]
    tables = [table for table in profiles if table.rows]
    if not tables:
        raise DataError("there is no table with rows", "name a folder of CSV, Parquet or XLSX files")
    picked = pick(connection, tables)
    proposal = _Proposal(connection, picked, tables)
    lines = proposal.lines()
    if not lines.measures:
        raise DataError("nothing here can be scored: no dated rows, and no attribute whose meaning is known",
                        "add a table with a date column, or start from a pack: `salus init DIR --pack b2b_saas`")
    return _Written(connection, name, timezone, picked, proposal.register, lines, today).draft()


class _Proposal:
    """What all tables together add."""

    def __init__(self, connection: Connection, picked: Picked, tables: list[TableProfile]) -> None:
        self.connection, self.picked, self.tables = connection, picked, tables
        self.lost: list[str] = []
        self.kinds = {table.name: kind(table, picked.columns.get(table.name)) for table in tables}
        self.register = self._register()
        taken = tuple(column.name for column in self.register.columns) if self.register else ()
        self.names = Names((*taken, "as_of"))

    def _register(self) -> TableProfile | None:
        """The table with one row per entity, if the facts know hardly any others."""
        keys = self.picked.columns
        found = [table for table in self.tables if self.kinds[table.name] == "entity" and table.name in keys
                 and table.column(keys[table.name]).unique]
        facts = [table for table in self.tables if self.kinds[table.name] != "entity" and table.name in keys]
        for table in sorted(found, key=lambda one: (-one.rows, one.name)):
            lost = max((strangers(self.connection, other.name, keys[other.name], table.name, keys[table.name])
                        for other in facts), default=0.0)
            if lost <= UNKNOWN_KEYS:
                return table
            self.lost.append(f"table {table.name}: {lost:.0%} of the keys in other tables aren't in it, so it isn't read")
        return None

    def lines(self) -> Lines:
        """The lines of all tables, the entity's own first."""
        parts: list[Lines] = []
        seats = None
        if self.register:
            own = traits(self.register, self.picked.columns[self.register.name], self.names)
            parts.append(own)
            seats = next((c.name for c in self.register.playing("seats") if c.is_number and c.name in own.attributes), None)
        for table in self.tables:
            if table is not self.register:
                parts += self._facts(table, seats)
        return _joined(parts, tuple(self.lost))

    def _facts(self, table: TableProfile, seats: str | None) -> list[Lines]:
        dated = self._dated(table)
        if dated is None:
            return []
        what = self.kinds[table.name]
        if what == "orders":
            return [orders(dated, self.names, self._cancelled(dated))]
        if what in ("usage", "entity"):
            return [usage(dated, self.names, seats)]
        other = {"tickets": tickets, "invoices": invoices, "answers": answers, "contracts": contracts}.get(what)
        return [other(dated, self.names) if other else endings(dated, self.names)]

    def _dated(self, table: TableProfile) -> Dated | None:
        key, lookup = self.picked.columns.get(table.name), None
        if key is None:
            found = self._through(table)
            if found is None:
                self.lost.append(f"table {table.name}: no column leads to `{self.picked.header}`")
                return None
            key, lookup = found
        when = moments(self.connection, table)
        if when is None:
            self.lost.append(f"table {table.name}: no column of dates, so its rows have no place in time")
            return None
        owner = table
        rhythm = pace(self.connection, owner, key if lookup is None else str(lookup["on"]), when.time)
        return Dated(table, key, when, rhythm, lookup)

    def _through(self, table: TableProfile) -> tuple[str, Body] | None:
        """The entity's key in another table that shares an id: usage -> subscription -> account."""
        for other in self.tables:
            key = self.picked.columns.get(other.name)
            shared = [column.name for column in table.columns if key and other.has(column.name) and other.column(column.name).unique
                      and column.whole and column.name != key]
            if key and shared and not table.has(key):
                return key, {"table": other.name, "on": shared[0]}
        return None

    def _cancelled(self, table: Dated) -> str | None:
        """A condition for documents whose number begins with C while most have digits only, where no number is below 0."""
        document = table.first("document")
        if document is None or document.type != "text" or not plain(document.name):
            return None
        column = exp.column(document.name, quoted=True)
        like = exp.Like(this=column, expression=exp.Literal.string("C%"))
        count = exp.Sum(this=exp.case().when(like, exp.Literal.number(1)).else_(exp.Literal.number(0))).as_("rows")
        rows = self.connection.query(exp.select(count).from_(self.connection.table(table.profile.name)))["rows"][0].as_py() or 0
        digits = sum(rows for word, rows in document.words.items() if word.isdigit())
        few = 0 < rows < 0.2 * document.filled
        return f"{document.name} like 'C%'" if few and digits > 0.5 * sum(document.words.values()) else None


def _joined(parts: list[Lines], lost: tuple[str, ...]) -> Lines:
    outcomes: dict[str, Body] = {}
    for part in parts:
        outcomes |= part.outcomes
    if "churned" in outcomes:                # a real end is known, so silence needn't stand for one
        outcomes = {name: body for name, body in outcomes.items() if "quiet" not in body}
    entity: dict[str, object] = {}
    for part in parts:
        entity |= part.entity
    return Lines(tuple(one for part in parts for one in part.sources), tuple(one for part in parts for one in part.inputs),
                 tuple(one for part in parts for one in part.measures), tuple(one for part in parts for one in part.caps),
                 outcomes, tuple(one for part in parts for one in part.attributes), entity,
                 tuple(one for part in parts for one in part.guessed), (*(one for part in parts for one in part.lost), *lost))


class _Written:
    """Writes the lines down: once without points, to see the spread, and once with them."""

    def __init__(self, connection: Connection, name: str, timezone: str, picked: Picked, register: TableProfile | None,
                 lines: Lines, today: dt.date) -> None:
        self.connection, self.name, self.timezone, self.picked = connection, name, timezone, picked
        self.register, self.lines, self.today = register, lines, today

    def draft(self) -> Draft:
        found = self._spread()
        kept = [(one, points) for one, points in found if points.body is not None]
        lost = [f"measure {one.name}: {points.why}" for one, points in found if points.body is None]
        if not kept:
            raise DataError("nothing here tells the entities apart", "add a table with a date column, or more rows")
        guessed = (f"entity: `{self.picked.header}`, by {self.picked.why}", *self.lines.guessed)
        left_out = (*self.lines.lost, *lost)
        measures = [(one, points.body, points.why) for one, points in kept if points.body is not None]
        return Draft(self._text(measures, guessed, left_out), guessed, left_out)

    def _spread(self) -> list[tuple[MeasureLine, Anchors]]:
        """The points of every measure, those of the data's spread from a first run."""
        plain_points = {"bad": 0, "good": 1}
        trial = [(one, one.scale.body if isinstance(one.scale, Fixed) else plain_points, "") for one in self.lines.measures]
        model = read_text(self._text(trial, (), ()))
        newest = newest_day(model, self.connection)
        day = self.today if newest is None else newest + dt.timedelta(days=1)
        values = values_at(model, self.connection, day)
        return [(one, Anchors(one.scale.body, "") if isinstance(one.scale, Fixed) else anchors(values[one.name], one.scale))
                for one in self.lines.measures]

    def _text(self, measures: Iterable[tuple[MeasureLine, Body, str]], guessed: tuple[str, ...],
              left_out: tuple[str, ...]) -> str:
        scored = list(measures)
        title = ["Proposed from the tables; every line is a guess to check and edit.", *(f"guessed: {one}" for one in guessed),
                 *(f"left out: {one}" for one in left_out)]
        head = {"version": 1, "name": self.name, "timezone": self.timezone}
        return page(title, head, self._entity(), self.lines.sources, self._inputs(), scored, self._tail())

    def _inputs(self) -> tuple[object, ...]:
        return self.lines.inputs

    def _entity(self) -> dict[str, tuple[object, str]]:
        found: dict[str, tuple[object, str]] = {"name": (self.picked.word, "the word the screens use")}
        if self.register is None:
            return {**found, "key": (self.picked.header, "whoever occurs in a source is one")}
        found |= {"table": (self.register.name, "one row each"), "key": (self.picked.columns[self.register.name], "")}
        found |= {key: (value, "") for key, value in self.lines.entity.items()}
        if self.lines.attributes:
            found["attributes"] = (list(self.lines.attributes), "")
        return found

    def _tail(self) -> list[str]:
        tail = ["bands: {healthy: 75, watch: 50, at_risk: 0}"]
        if self.lines.caps:
            tail += ["caps:", *(f"  - {scalar_of(cap)}" for cap in self.lines.caps)]
        tail += block("outcomes", ((name, body, _about(body)) for name, body in self.lines.outcomes.items()))
        return tail


def scalar_of(body: Body) -> str:
    from salus.draft.page import scalar
    return scalar(body)


def _about(body: Body) -> str:
    return "no contract ends here, so leaving is silence; its length is a guess" if "quiet" in body else ""
