"""Proposes the outcome for a table of who left and when."""

from __future__ import annotations

from salus.draft.lines import (
    DraftLines,
    UniqueNames,
)
from salus.draft.table import DatedTable


def draft_endings(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The outcome for a table of who left and when; it is never a measure."""
    time = table.date("ended") or table.times.time
    name = names.new("churned", table.name)
    outcome = {"table": table.profile.name, "key": table.key, "time": time}
    return DraftLines(
        outcomes={name: outcome},
        guessed=(
            f"table {table.profile.name} says who left: date in `{time}`; an outcome, never a measure",
        ),
    )
