"""Proposes lines for invoices: paid late, and overdue now."""

from __future__ import annotations

from salus.draft.headers import is_plain
from salus.draft.lines import (
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.table import DatedTable


def draft_invoices(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of invoices."""
    due, paid = table.date("due"), table.date("paid")
    assert due is not None
    source = names.new("invoices", table.name)
    amount = table.number("amount", "recurring")
    if paid is None:
        return _without_payments(table, names, source, due)
    late: dict[str, object] = {"mean": f"{source}.open_days", "within": "182d", "at_least": 2}
    if amount is not None and not amount.negative:
        late["weighted_by"] = amount.name
    body = table.source(due, id=table.id_column("document"), until=paid)
    disputed = table.boolean("disputed")
    settled = {"where": f"coalesce({disputed.name}, false) = false"} if disputed else {}
    where: dict[str, object] = (
        {"where": f"{amount.name} > 0"}
        if amount and amount.negative and is_plain(amount.name)
        else {}
    )
    oldest = names.new("max_overdue_days", table.name)
    measures = [
        MeasureDraft(
            names.new("days_beyond_terms", table.name),
            "payment",
            late,
            FixedPoints({"curve": [[0, 100], [5, 90], [15, 70], [30, 40], [60, 10], [90, 0]]}),
            "days from due date to payment, on average",
            2,
        ),
        MeasureDraft(
            names.new("overdue_invoices", table.name),
            "payment",
            {"count": source, "open": True, **settled},
            FixedPoints({"bad": 3, "good": 0}),
            "number of unpaid invoices past their due date",
        ),
    ]
    sources = [
        SourceDraft(
            source,
            {**body, **where},
            f"{table.profile.rows:,} invoices; each is open from its due date until it is paid",
        )
    ]
    inputs = [InputDraft(oldest, {"oldest_open": source, **settled}, "read by the cap below")]
    issue = table.date("time") or table.date("opened")
    if issue and issue not in (due, paid) and amount is not None:
        issued, owed = names.new("issued", table.name), names.new("owed", table.name)
        body = {
            **table.source(issue, id=table.id_column("document"), until=paid),
            "fresh": "92d",
            **where,
        }
        sources.append(
            SourceDraft(
                issued,
                body,
                "the same invoices from their issue date, which also shows where the data end",
            )
        )
        inputs.append(InputDraft(owed, {"sum": f"{issued}.{amount.name}", "open": True, **settled}))
        measures.append(
            MeasureDraft(
                names.new("overdue_share", table.name),
                "payment",
                {"sum": f"{source}.{amount.name}", "open": True, **settled, "per": owed},
                FixedPoints(
                    {"curve": [[0, 100], [0.25, 70], [0.5, 40], [1, 0]], "if_missing": "good"}
                ),
                "overdue share of the unpaid amount; no unpaid invoice is good",
            )
        )
    return DraftLines(
        sources=tuple(sources),
        inputs=tuple(inputs),
        measures=tuple(measures),
        caps=({"name": "60 days overdue", "when": f"{oldest} > 60", "at_most": 40},),
        guessed=(
            f"table {table.profile.name} holds invoices: due date in `{due}`, payment date in `{paid}` (called"
            f" `{source}` in the model)",
        ),
    )


def _without_payments(table: DatedTable, names: UniqueNames, source: str, due: str) -> DraftLines:
    """The lines for invoices without a date of payment."""
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(due, id=table.id_column("document")),
                "invoices by due date; no column says when they were paid",
            ),
        ),
        measures=(
            MeasureDraft(
                names.new("invoice_count", table.name),
                "commercial",
                {"count": source, "within": "182d"},
                SpreadPoints("good"),
                "number of invoices: more of them mean more business",
            ),
        ),
        guessed=(f"table {table.profile.name} holds invoices (called `{source}` in the model)",),
    )
