"""Says why a table adds no measures."""

from __future__ import annotations

from collections.abc import Mapping

from salus.draft.lines import DraftLines
from salus.draft.picture import TableRole
from salus.draft.table import DatedTable

REASONS: Mapping[TableRole, str] = {
    "open_items": "says what is unpaid on the day of the export, and nothing about earlier days; the"
    " invoices say both",
    "snapshot": "says how things stood on the day of the export, and nothing about earlier days",
    "lookup": "other tables look values up in it",
    "unknown": "it isn't clear what its rows are",
}


def explain_unused(table: DatedTable) -> DraftLines:
    """A note on why the table isn't used."""
    reason = REASONS.get(table.role, REASONS["unknown"])
    return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
