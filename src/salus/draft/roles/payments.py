"""Proposes lines for attempts to pay: how many of them fail."""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.roles.columns import find_columns, find_concept
from salus.draft.roles.concepts import words_of
from salus.draft.roles.conditions import is_one_of
from salus.draft.table import DatedTable

FAILED = {"curve": [[0, 100], [0.2, 60], [0.5, 10], [0.6, 0]]}


def draft_payments(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of payments. An attempt has failed or not when it was made."""
    failed = _failed(table)
    if failed is None:
        reason = "payments without the invoices that they pay don't say who pays late"
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    source = names.new("charges", table.name)
    body: Body = {"share": source, "of": failed, "within": "92d", "at_least": 2}
    measure = MeasureDraft(
        names.new("failed_payment", table.name), "payment", body, FixedPoints(FAILED), "share of payment attempts that failed"
    )  # fmt: skip
    why = f"payment attempts, from {table.profile.rows:,} rows"
    return DraftLines(
        sources=(SourceDraft(source, table.source(), why),),
        measures=(measure,),
        guessed=(f"table {table.profile.name} holds payments (called `{source}` in the model)",),
    )


def _failed(table: DatedTable) -> str | None:
    """The attempts that failed; None if no column tells."""
    flag = find_concept(table, "failed", "bool", settled=True)
    if flag is not None:
        return quote_name(flag.name)
    for column in find_columns(table, "status", settled=True):
        failed = words_of(column, "failed") if column.type == "text" else []
        if failed and words_of(column, "met"):
            return is_one_of(column, failed)
    return None
