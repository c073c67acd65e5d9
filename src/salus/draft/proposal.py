"""All tables together → the lines of a model."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlglot import exp

from salus.draft.headers import is_plain
from salus.draft.keys import EntityKey, unknown_key_share
from salus.draft.kinds.entity_table import draft_attributes, list_names
from salus.draft.kinds.orders import draft_orders
from salus.draft.kinds.others import (
    draft_answers,
    draft_contracts,
    draft_endings,
    draft_invoices,
    draft_tickets,
)
from salus.draft.kinds.usage import draft_usage
from salus.draft.lines import Body, DraftLines, UniqueNames
from salus.draft.profile import TableProfile
from salus.draft.table import DatedTable, classify_table
from salus.draft.time_columns import find_time_columns, measure_pace
from salus.sources.connection import Connection

UNKNOWN_KEYS = 0.2  # of the keys of the facts: with more, a table is no register of all


class TableProposals:
    """What all tables together add."""

    def __init__(
        self, connection: Connection, picked: EntityKey, tables: list[TableProfile], today: dt.date
    ) -> None:
        self.connection, self.picked, self.tables, self.today = connection, picked, tables, today
        self.lost: list[str] = []
        self.kinds = {
            table.name: classify_table(table, picked.columns.get(table.name)) for table in tables
        }
        self.register = self._register()
        taken = tuple(column.name for column in self.register.columns) if self.register else ()
        self.names = UniqueNames((*taken, "as_of"))

    def _register(self) -> TableProfile | None:
        """The table with one row per entity, if the facts know hardly any others."""
        keys = self.picked.columns
        found = [
            table
            for table in self.tables
            if self.kinds[table.name] == "entity"
            and table.name in keys
            and table.column(keys[table.name]).unique
        ]
        facts = [
            table
            for table in self.tables
            if self.kinds[table.name] != "entity" and table.name in keys
        ]
        for table in sorted(found, key=lambda one: (-one.rows, one.name)):
            lost = max(
                (
                    unknown_key_share(
                        self.connection, other.name, keys[other.name], table.name, keys[table.name]
                    )
                    for other in facts
                ),
                default=0.0,
            )
            if lost <= UNKNOWN_KEYS:
                return table
            self.lost.append(
                f"table {table.name}: {lost:.0%} of the keys in other tables aren't in it, so it isn't read"
            )
        return None

    def lines(self) -> DraftLines:
        """The lines of all tables, the entity's own first."""
        parts: list[DraftLines] = []
        seats = None
        if self.register:
            own = draft_attributes(
                self.register, self.picked.columns[self.register.name], self.names
            )
            parts.append(own)
            seats = next(
                (
                    c.name
                    for c in self.register.playing("seats")
                    if c.is_number and c.name in own.attributes
                ),
                None,
            )
        for table in self.tables:
            if table is not self.register:
                parts += self._facts(table, seats)
        return join_lines(parts, tuple(self.lost))

    def _facts(self, table: TableProfile, seats: str | None) -> list[DraftLines]:
        dated = self._dated(table)
        if dated is None:
            return []
        what = self.kinds[table.name]
        if what == "orders":
            return [draft_orders(dated, self.names, self._cancelled(dated))]
        if what in ("usage", "entity"):
            return [draft_usage(dated, self.names, seats)]
        other = {
            "tickets": draft_tickets,
            "invoices": draft_invoices,
            "answers": draft_answers,
            "contracts": draft_contracts,
        }.get(what)
        return [other(dated, self.names) if other else draft_endings(dated, self.names)]

    def _dated(self, table: TableProfile) -> DatedTable | None:
        key, lookup = self.picked.columns.get(table.name), None
        if key is None:
            found = self._through(table)
            if found is None:
                self.lost.append(f"table {table.name}: no column leads to `{self.picked.header}`")
                return None
            key, lookup = found
        when = find_time_columns(self.connection, table)
        if when is None:
            texts = [column.name for column in table.columns if column.dated_text]
            more = (
                f"; {list_names(texts)} hold dates as text: store them as dates, or as CSV"
                if texts
                else ""
            )
            self.lost.append(
                f"table {table.name}: no column of dates, so its rows have no place in time{more}"
            )
            return None
        rhythm = measure_pace(
            self.connection,
            table,
            (key if lookup is None else str(lookup["on"]), when.time),
            self.today,
        )
        if lookup is not None:
            rhythm = replace(rhythm, gap=rhythm.gap * self._per_id(lookup, key))
        return DatedTable(table, key, when, rhythm, lookup)

    def _per_id(self, lookup: Body, key: str) -> float:
        """Entities per id of a lookup: ten contracts of one account make it ten times as dense as
        one contract.
        """
        other = next(table for table in self.tables if table.name == lookup["table"])
        return other.column(key).distinct / max(other.column(str(lookup["on"])).distinct, 1)

    def _through(self, table: TableProfile) -> tuple[str, Body] | None:
        """The entity's key in another table that shares an id: usage -> subscription -> account."""
        for other in self.tables:
            key = self.picked.columns.get(other.name)
            shared = [
                column.name
                for column in table.columns
                if key
                and other.has(column.name)
                and other.column(column.name).unique
                and column.whole
                and column.name != key
            ]
            if (
                key
                and shared
                and not table.has(key)
                and unknown_key_share(self.connection, table.name, shared[0], other.name, shared[0])
                < 0.5
            ):
                return key, {"table": other.name, "on": shared[0]}
        return None

    def _cancelled(self, table: DatedTable) -> str | None:
        """A condition for documents whose number begins with C while most have digits only, where
        no number is below 0.
        """
        document = table.first("document")
        if document is None or document.type != "text" or not is_plain(document.name):
            return None
        column = exp.column(document.name, quoted=True)
        like = exp.Like(this=column, expression=exp.Literal.string("C%"))
        count = exp.Sum(
            this=exp.case().when(like, exp.Literal.number(1)).else_(exp.Literal.number(0))
        ).as_("rows")
        rows = (
            self.connection.query(
                exp.select(count).from_(self.connection.table(table.profile.name))
            )["rows"][0].as_py()
            or 0
        )
        digits = sum(rows for word, rows in document.words.items() if word.isdigit())
        few = 0 < rows < 0.2 * document.filled
        return (
            f"{document.name} like 'C%'"
            if few and digits > 0.5 * sum(document.words.values())
            else None
        )


def join_lines(parts: list[DraftLines], lost: tuple[str, ...]) -> DraftLines:
    outcomes: dict[str, Body] = {}
    for part in parts:
        outcomes |= part.outcomes
    if "churned" in outcomes:  # a real end is known, so silence needn't stand for one
        outcomes = {name: body for name, body in outcomes.items() if "quiet" not in body}
    entity: dict[str, object] = {}
    for part in parts:
        entity |= part.entity
    return DraftLines(
        tuple(one for part in parts for one in part.sources),
        tuple(one for part in parts for one in part.inputs),
        tuple(one for part in parts for one in part.measures),
        tuple(one for part in parts for one in part.caps),
        outcomes,
        tuple(one for part in parts for one in part.attributes),
        entity,
        tuple(one for part in parts for one in part.guessed),
        (*(one for part in parts for one in part.lost), *lost),
    )
