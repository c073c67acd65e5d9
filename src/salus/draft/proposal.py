"""Joins what each table adds into the lines of one model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from salus.draft.flag import find_flag
from salus.draft.headers import is_plain
from salus.draft.keys import EntityKey, unknown_key_share
from salus.draft.kinds.answers import draft_answers
from salus.draft.kinds.contracts import draft_contracts
from salus.draft.kinds.endings import draft_endings
from salus.draft.kinds.entity_table import draft_attributes, list_names
from salus.draft.kinds.invoices import draft_invoices
from salus.draft.kinds.orders import draft_orders
from salus.draft.kinds.snapshot import SnapshotTable, draft_snapshot
from salus.draft.kinds.tickets import draft_tickets
from salus.draft.kinds.usage import draft_usage
from salus.draft.lines import Body, DraftLines, UniqueNames
from salus.draft.lookups import find_lookup
from salus.draft.picture import TablePicture, TableRole
from salus.draft.profile import TableProfile
from salus.draft.table import DatedTable, Kind, classify_table
from salus.draft.time_columns import find_time_columns, measure_pace
from salus.sources.connection import Connection

UNKNOWN_KEYS = 0.2  # share of keys in other tables that the entity table may lack
_DRAFTS: dict[Kind, Callable[[DatedTable, UniqueNames], DraftLines]] = {
    "tickets": draft_tickets,
    "invoices": draft_invoices,
    "answers": draft_answers,
    "contracts": draft_contracts,
    "endings": draft_endings,
}


_ROLES: dict[Kind, TableRole] = {
    "endings": "endings",
    "invoices": "invoices",
    "tickets": "tickets",
    "answers": "answers",
    "contracts": "contracts",
    "orders": "orders",
    "usage": "events",
    "entity": "events",
}


class TableProposals:
    """Proposes lines for all tables of a connection."""

    def __init__(
        self,
        connection: Connection,
        entity_key: EntityKey,
        tables: list[TableProfile],
        today: dt.date,
    ) -> None:
        self.connection, self.entity_key = connection, entity_key
        self.tables, self.today = tables, today
        self.left_out: list[str] = []
        self._roles: dict[str, TableRole] = {}
        self.kinds = {
            table.name: classify_table(table, entity_key.columns.get(table.name))
            for table in tables
        }
        self.entity_table = self._entity_table()
        columns = self.entity_table.columns if self.entity_table else ()
        self.names = UniqueNames((*(column.name for column in columns), "as_of"))

    def _entity_table(self) -> TableProfile | None:
        """The table with one row per entity, if it has nearly all keys of the other tables."""
        keys = self.entity_key.columns
        keyed = [table for table in self.tables if table.name in keys]
        facts = [table for table in keyed if self.kinds[table.name] != "entity"]
        candidates = [
            table
            for table in keyed
            if self.kinds[table.name] == "entity" and table.column(keys[table.name]).unique
        ]
        for table in sorted(candidates, key=lambda table: (-table.rows, table.name)):
            shares = (
                unknown_key_share(
                    self.connection, other.name, keys[other.name], table.name, keys[table.name]
                )
                for other in facts
            )
            unknown = max(shares, default=0.0)
            if unknown <= UNKNOWN_KEYS:
                return table
            self.left_out.append(
                f"table {table.name}: it lacks {unknown:.0%} of the keys in other tables, so it"
                " isn't used"
            )
        return None

    def lines(self) -> DraftLines:
        """The lines of all tables, those of the entity table first."""
        parts: list[DraftLines] = []
        seats = None
        if self.entity_table:
            own = self._attributes(self.entity_table)
            self._roles[self.entity_table.name] = "customers"
            parts.append(own)
            columns = self.entity_table.with_role("seats")
            names = [column.name for column in columns if column.is_number]
            seats = next((name for name in names if name in own.attributes), None)
        for table in self.tables:
            if table is not self.entity_table:
                parts += self._facts(table, seats)
        return join_lines(parts, tuple(self.left_out))

    def role(self, table: TablePicture) -> TableRole:
        """What the lines take a table for; its role in the picture, if they don't use it."""
        return self._roles.get(table.name, table.role)

    def _attributes(self, table: TableProfile) -> DraftLines:
        """The lines of the entity table. A flag counts where there are no facts: with facts, those
        who left have fewer because they left.
        """
        key = self.entity_key.columns[table.name]
        flag = find_flag(table, key) if len(self.tables) == 1 else None
        if flag is None:
            return draft_attributes(table, key, self.names)
        own = draft_attributes(table, key, self.names, flag.column)
        return draft_snapshot(self.connection, SnapshotTable(table, key, flag), own)

    def _facts(self, table: TableProfile, seats: str | None) -> list[DraftLines]:
        dated = self._dated(table)
        if dated is None:
            return []
        kind = self.kinds[table.name]
        self._roles[table.name] = _ROLES[kind]
        if kind == "orders":
            return [draft_orders(dated, self.names, self._cancelled(dated))]
        if kind in ("usage", "entity"):
            return [draft_usage(dated, self.names, seats)]
        return [_DRAFTS[kind](dated, self.names)]

    def _dated(self, table: TableProfile) -> DatedTable | None:
        """The table with its key and time; None, and a note, if it lacks one of them."""
        key, lookup = self.entity_key.columns.get(table.name), None
        if key is None:
            through = find_lookup(self.connection, self.tables, self.entity_key, table)
            if through is None:
                self.left_out.append(
                    f"table {table.name}: no column connects its rows with"
                    f" `{self.entity_key.header}`"
                )
                return None
            key, lookup = through
        times = find_time_columns(self.connection, table)
        if times is None:
            self.left_out.append(_without_date(table))
            return None
        owner = key if lookup is None else str(lookup["on"])
        pace = measure_pace(self.connection, table, (owner, times.time), self.today)
        if lookup is not None:
            pace = replace(pace, gap=pace.gap * self._entities_per_id(lookup, key))
        return DatedTable(profile=table, key=key, times=times, pace=pace, lookup=lookup)

    def _entities_per_id(self, lookup: Body, key: str) -> float:
        """Entities per id of a lookup. An account with ten contracts has ten times as many rows as
        each of its contracts.
        """
        other = next(table for table in self.tables if table.name == lookup["table"])
        return other.column(key).distinct / max(other.column(str(lookup["on"])).distinct, 1)

    def _cancelled(self, table: DatedTable) -> str | None:
        """A condition for cancelled documents: a few numbers begin with C, most have only digits."""
        document = table.first("document")
        if document is None or document.type != "text" or not is_plain(document.name):
            return None
        column = exp.column(document.name, quoted=True)
        like = exp.Like(this=column, expression=exp.Literal.string("C%"))
        matches = exp.case().when(like, exp.Literal.number(1)).else_(exp.Literal.number(0))
        count = exp.Sum(this=matches).as_("rows")
        query = exp.select(count).from_(self.connection.table(table.profile.name))
        rows = self.connection.query(query)["rows"][0].as_py() or 0
        numbers = document.frequent_values
        digits = sum(count for number, count in numbers.items() if number.isdigit())
        few = 0 < rows < 0.2 * document.filled
        return (
            f"{document.name} like 'C%'" if few and digits > 0.5 * sum(numbers.values()) else None
        )


def _without_date(table: TableProfile) -> str:
    texts = [column.name for column in table.columns if column.dated_text]
    note = f"table {table.name}: no date column says when its rows happened"
    if not texts:
        return note
    return f"{note}; {list_names(texts)}: dates stored as text; store them as dates, or use CSV"


def join_lines(parts: list[DraftLines], left_out: tuple[str, ...]) -> DraftLines:
    """All parts as one, with further notes on what was left out."""
    outcomes: dict[str, Body] = {}
    entity: dict[str, object] = {}
    weights: dict[str, int] = {}
    metrics: dict[str, object] = {}
    for part in parts:
        metrics = {**part.metrics, **metrics}  # of two surveys of a kind, the first
        outcomes |= part.outcomes
        weights |= part.weights
        entity |= part.entity
    if "churned" in outcomes:  # with recorded endings, inactivity needn't stand for leaving
        outcomes = {name: body for name, body in outcomes.items() if "quiet" not in body}
    return DraftLines(
        sources=tuple(source for part in parts for source in part.sources),
        inputs=tuple(item for part in parts for item in part.inputs),
        measures=tuple(measure for part in parts for measure in part.measures),
        caps=tuple(cap for part in parts for cap in part.caps),
        outcomes=outcomes,
        weights=weights,
        metrics=metrics,
        attributes=tuple(name for part in parts for name in part.attributes),
        entity=entity,
        guessed=tuple(note for part in parts for note in part.guessed),
        left_out=(*(note for part in parts for note in part.left_out), *left_out),
        omitted=tuple(rows for part in parts for rows in part.omitted),
    )
