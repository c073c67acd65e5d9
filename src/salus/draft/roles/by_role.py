"""Asks each table of a folder what it adds to the model, by its role."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from salus.draft.kinds.endings import draft_endings
from salus.draft.kinds.orders import draft_orders
from salus.draft.lines import DraftLines, UniqueNames
from salus.draft.picture import FolderPicture, TablePicture, TableRole
from salus.draft.roles.activities import draft_activities
from salus.draft.roles.answers import draft_survey_answers
from salus.draft.roles.contracts import draft_main_contracts
from salus.draft.roles.deals import draft_deals
from salus.draft.roles.events import draft_events
from salus.draft.roles.field_history import draft_field_history
from salus.draft.roles.invoices import draft_paid_invoices
from salus.draft.roles.payments import draft_payments
from salus.draft.roles.people import draft_people
from salus.draft.roles.ratings import draft_ratings
from salus.draft.roles.tickets import draft_tickets
from salus.draft.roles.unused import explain_unused
from salus.draft.table import DatedTable, DatedTables

_DRAFTS: Mapping[TableRole, Callable[[DatedTable, UniqueNames], DraftLines]] = {
    "tickets": draft_tickets,
    "ratings": draft_ratings,
    "answers": draft_survey_answers,
    "invoices": draft_paid_invoices,
    "deals": draft_deals,
    "activities": draft_activities,
    "orders": draft_orders,
    "payments": draft_payments,
    "people": draft_people,
}


def draft_by_role(
    folder: DatedTables, picture: FolderPicture, names: UniqueNames
) -> dict[str, DraftLines]:
    """The lines of each dated table of a folder, by the table's name.

    Contracts are asked first, because use is compared with their seats; then the largest table, so
    that it has the plain names.
    """
    customers = picture.customers
    contracts = customers.contracts if customers is not None else None
    seats: str | None = None
    drafts: dict[str, DraftLines] = {}
    used: set[TableRole] = set()
    for table in sorted(folder.tables, key=_size):
        if contracts is not None and table.profile.name == contracts.table:
            drafts[contracts.table], seats = draft_main_contracts(table, names, contracts)
    for table in sorted(folder.tables, key=_size):
        name = table.profile.name
        if name not in drafts and (customers is None or name != customers.table):
            drafts[name] = _draft(table, picture, names, seats, table.role not in used)
            if drafts[name].measures:
                used.add(table.role)
    return drafts


def _size(table: DatedTable) -> tuple[int, str]:
    return -table.profile.rows, table.profile.name


def _draft(
    table: DatedTable,
    picture: FolderPicture,
    names: UniqueNames,
    seats: str | None,
    first: bool,
) -> DraftLines:
    contracts = picture.customers.contracts if picture.customers is not None else None
    if table.role == "events":
        return draft_events(table, names, seats, first)
    if table.role == "field_history":
        return draft_field_history(
            table, names, _target_role(picture.table(table.profile.name), picture)
        )
    if table.role == "endings":
        if contracts is None or contracts.ends is None:
            return draft_endings(table, names)
        note = "says who left; the contracts say it too, and when they start"
        return DraftLines(left_out=(f"table {table.profile.name}: {note}",))
    if table.role in _DRAFTS:
        return _DRAFTS[table.role](table, names)
    return explain_unused(table)


def _target_role(table: TablePicture | None, picture: FolderPicture) -> TableRole:
    """The role of the table that the rows of a table lead to first."""
    if table is None or not table.ways:
        return "unknown"
    steps = table.ways[0].steps
    target = picture.table(steps[0].target_table) if steps else None
    return target.role if target is not None else "customers"
