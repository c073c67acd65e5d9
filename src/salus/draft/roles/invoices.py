"""Proposes lines for invoices: how late they are paid, and what is overdue. Status columns say how
things stand on the day of the export, so they are never used.
"""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    OmittedRows,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_concept, find_number, find_time, find_words
from salus.draft.roles.concepts import share_of, words_of
from salus.draft.roles.conditions import all_of, is_none_of, omit
from salus.draft.table import DatedTable

LATE = {"curve": [[0, 100], [5, 90], [15, 70], [30, 40], [60, 10], [90, 0]]}
OVERDUE = {"curve": [[0, 100], [15, 70], [30, 40], [60, 0]]}


def draft_paid_invoices(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of invoices."""
    due, paid = find_time(table, "due"), table.until
    amount = find_number(table, "net", "amount")
    where, omitted = _debts(table, amount)
    if paid is None:
        credits = find_concept(table, "credit", "text", "integer", "number") is not None
        reason = (
            "credits are no debts"
            if credits
            else "no column says when an invoice was paid, so nobody can tell who pays late"
        )
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    source = names.new("invoices", table.name)
    since = due.name if due is not None else None
    body = table.source(since, where=where, until=paid)
    late: Body = {"mean": f"{source}.open_days", "within": "182d"}
    if amount is not None:
        late = {**late, "weighted_by": quote_name(amount.name)}
    if due is None:
        return _without_terms(table, names, SourceDraft(source, body, "invoices"), late)
    oldest = names.new("max_overdue_days", table.name)
    unpaid: Body = {"oldest_open": source}
    measures = (
        MeasureDraft(
            names.new("days_beyond_terms", table.name), "payment", late, SpreadPoints("bad"), "days from due date to payment, on average", 2
        ),
        MeasureDraft(oldest, "payment", unpaid, FixedPoints(OVERDUE), "days since the oldest unpaid invoice was due"),
    )  # fmt: skip
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                body,
                f"invoices, from {table.profile.rows:,} rows; each is open from its due date until it is paid",
            ),
        ),
        measures=measures,
        omitted=omitted,
        caps=({"name": "60 days overdue", "when": f"{oldest} > 60", "at_most": 40},),
        guessed=(
            f"table {table.profile.name} holds invoices: due date in `{due.name}`, payment date in"
            f" `{paid}` (called `{source}` in the model)",
        ),
    )


def _debts(
    table: DatedTable, amount: ColumnProfile | None
) -> tuple[str | None, tuple[OmittedRows, ...]]:
    """The rows that a customer has to pay: no credit notes, no amounts below 0; and the credit notes."""
    kind = find_words(table, "type")
    credits = words_of(kind, "credit") if kind is not None else []
    if kind is not None and credits and share_of(credits, kind.frequent_values) < 0.5:
        where = all_of(is_none_of(kind, credits), _positive(amount))
        return where, (omit(table, "credit", kind, credits),)
    return _positive(amount), ()


def _positive(amount: ColumnProfile | None) -> str | None:
    return f"{quote_name(amount.name)} > 0" if amount is not None and amount.negative else None


def _without_terms(
    table: DatedTable, names: UniqueNames, source: SourceDraft, late: Body
) -> DraftLines:
    """Without due dates: days from the invoice to the payment, compared with other customers."""
    measure = MeasureDraft(
        names.new("days_to_pay", table.name), "payment", late, SpreadPoints("bad"), "days from invoice to payment, on average; no column says when they are due", 2
    )  # fmt: skip
    return DraftLines(
        sources=(source,),
        measures=(measure,),
        guessed=(
            f"table {table.profile.name} holds invoices (called `{source.name}` in the model)",
        ),
    )
