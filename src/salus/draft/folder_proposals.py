"""Joins what each table of a folder adds into the lines of one model, as the picture shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salus.draft.entity_block import without_value
from salus.draft.join_text import describe_join
from salus.draft.kinds.entity_table import draft_attributes, find_recurring
from salus.draft.lines import DraftLines, KeyBody, UniqueNames
from salus.draft.links import plain_name
from salus.draft.picture import CustomersPicture, FolderPicture, TablePicture
from salus.draft.profile import TableProfile
from salus.draft.proposal import join_lines
from salus.draft.resolved_pace import ResolvedPace
from salus.draft.roles import draft_by_role
from salus.draft.roles.unused import REASONS
from salus.draft.table import DatedTable, DatedTables
from salus.draft.time_columns import TimeColumns
from salus.model.expressions.conditions import parse
from salus.model.expressions.expression import find_names


class FolderProposals:
    """Proposes lines for all tables of a folder."""

    def __init__(
        self,
        picture: FolderPicture,
        customers: CustomersPicture,
        keys: Mapping[str, KeyBody],
        pace: ResolvedPace,
        word: str,
    ) -> None:
        self.picture, self.customers, self.keys = picture, customers, keys
        self.pace, self.word = pace, word
        self.left_out: list[str] = []
        table = picture.table(customers.table)
        columns = table.profile.columns if table else ()
        self.names = UniqueNames((*(column.name for column in columns), "as_of"))

    def lines(self) -> DraftLines:
        """The lines of all tables, those of the customers' table first."""
        own = self.picture.table(self.customers.table)
        parts = [self._attributes(own)] if own is not None else []
        folder = DatedTables(
            tuple(self._dated(table) for table in self.picture.tables if self._is_dated(table))
        )
        contracts = self.customers.contracts
        reason = without_value(contracts) if contracts is not None else None
        unvalued: list[str] = []
        if contracts is not None and reason is not None:
            unvalued = [f"table {contracts.table}: no value: {reason}"]
        elif contracts is not None and contracts.unrated and contracts.rates is not None:
            listed = ", ".join(contracts.unrated)
            unvalued = [
                f"table {contracts.table}: no value of contracts in {listed}:"
                f" {contracts.rates.table} has no rate of it"
            ]
        parts = [DraftLines(left_out=tuple(unvalued)), *parts]
        drafts = draft_by_role(folder, self.picture, self.names)
        for table in self.picture.tables:
            if table.name in drafts:
                parts.append(self._explained(drafts[table.name], table))
        return join_lines(parts, tuple(self.left_out))

    def _is_dated(self, table: TablePicture) -> bool:
        """Whether measures can be made from a table. If not, a note says why."""
        if self._is_rates(table) or table.role == "copies":  # the history says what they are for
            return False
        if table.name == self.customers.table:
            contracts = self.customers.contracts
            return contracts is not None and contracts.table == table.name
        reason = None
        if table.name not in self.keys:
            reason = f"its rows lead to no {self.word}"
        elif table.role in REASONS:
            reason = REASONS[table.role]
        elif table.time is None:
            reason = "no date column says when its rows happened"
        if reason is not None:
            self.left_out.append(f"table {table.name}: {reason}")
        return reason is None

    def _is_rates(self, table: TablePicture) -> bool:
        rates = self.customers.contracts.rates if self.customers.contracts else None
        return rates is not None and rates.table == table.name

    def _attributes(self, table: TablePicture) -> DraftLines:
        """The lines of the customers' table, without columns that are known only afterwards."""
        customers, hidden = self.customers, set(table.leaks)
        profile = _without(table.profile, hidden)
        if customers.contracts is not None:  # they say from when to when, and what it is worth
            own = draft_attributes(profile, customers.key, UniqueNames()).entity
            hidden |= {str(own[name]) for name in ("value", "starts", "ends") if name in own}
            hidden |= {money.name for money in find_recurring(profile)}
            profile = _without(table.profile, hidden)
        elsewhere = used_elsewhere(self.picture, customers)
        lines = draft_attributes(
            profile,
            customers.key,
            self.names,
            elsewhere=elsewhere,
            ends_known=customers.contracts is not None and customers.contracts.ends is not None,
        )
        if table.leaks:
            listed = ", ".join(f"`{name}`" for name in table.leaks)
            note = f"table {table.name}, {listed}: known only afterwards, or as of the export"
            lines = replace(lines, left_out=(*lines.left_out, note))
        return replace(lines, entity={}, guessed=())  # the picture says the key and the label

    def _dated(self, table: TablePicture) -> DatedTable:
        assert table.time is not None
        return DatedTable(
            profile=table.profile,
            key=self.keys[table.name],
            times=TimeColumns(table.time, table.recorded, "by its header"),
            pace=self.pace.measure(table),
            role=table.role,
            where=table.where,
            row_id=table.row_id,
            until=table.until,
            leaks=table.leaks,
        )

    def _explained(self, lines: DraftLines, table: TablePicture) -> DraftLines:
        """The lines with the join of the table in the comment of its sources."""
        join = describe_join(table, self.customers, self.word)
        sources = tuple(
            replace(source, why=f"{source.why}; {join}")
            if join and source.body.get("table") == table.name
            else source
            for source in lines.sources
        )
        return replace(lines, sources=sources)


def used_elsewhere(picture: FolderPicture, customers: CustomersPicture) -> set[str]:
    """The columns of the customers' table that the model names, or that tables lead to customers by."""
    named = (
        customers.label,
        customers.owner,
        customers.value,
        customers.starts,
        customers.ends,
        customers.merged,
        customers.parent,
    )
    names = {plain_name(name) for name in named if name is not None}
    if customers.where is not None:
        names |= find_names(parse(customers.where))
    contracts = customers.contracts
    if contracts is not None and contracts.table == customers.table and contracts.where:
        names |= find_names(parse(contracts.where))
    for table in picture.tables:
        for step in (step for way in table.ways for step in way.steps):
            if step.target_table == customers.table:
                names.add(step.target.column)
            if step.table == customers.table:
                names.add(step.term.column)
    return names


def _without(profile: TableProfile, hidden: set[str]) -> TableProfile:
    return replace(
        profile, columns=tuple(column for column in profile.columns if column.name not in hidden)
    )
