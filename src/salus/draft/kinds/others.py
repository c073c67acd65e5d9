"""Proposes lines for tickets, invoices, survey answers, contracts, and for who left."""

from __future__ import annotations

from salus.draft.headers import fold, is_plain
from salus.draft.lines import (
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.profile import ColumnProfile
from salus.draft.table import DatedTable

_URGENT = (
    "urgent",
    "critical",
    "high",
    "dringend",
    "kritisch",
    "hoch",
    "haster",
    "kritisk",
    "p1",
    "blocker",
)


def draft_tickets(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of support tickets."""
    source = names.new("tickets", table.name)
    closed, window = table.date("closed"), f"{max(84, table.pace.window)}d"
    opened = table.source(
        table.date("opened") or table.times.time, id=table.row_id("ticket_id"), until=closed
    )
    sources = [SourceDraft(source, opened, f"{table.profile.rows:,} support tickets")]
    measures = [
        MeasureDraft(
            names.new("ticket_count", table.name),
            "support",
            {"count": source, "within": window},
            SpreadPoints("bad"),
            "number of tickets; fewer is better here, but no tickets at all can be a bad sign",
        )
    ]
    if closed:
        measures.append(
            MeasureDraft(
                names.new("open_tickets", table.name),
                "support",
                {"count": source, "open": True},
                FixedPoints({"bad": 5, "good": 0}),
                "number of open tickets",
                2,
            )
        )
    priority = next(
        (c for c in table.profile.with_role("priority") if c.type == "text" and is_plain(c.name)),
        None,
    )
    urgent = [
        word for word in (priority.frequent_values if priority else {}) if fold(word) in _URGENT
    ]
    if priority and urgent:
        listed = ", ".join(f"'{word.replace(chr(39), chr(39) * 2)}'" for word in sorted(urgent))
        measures.append(
            MeasureDraft(
                names.new("urgent_share", table.name),
                "support",
                {
                    "share": source,
                    "of": f"{priority.name} in ({listed})",
                    "within": window,
                    "at_least": 3,
                },
                FixedPoints({"bad": "60%", "good": "10%"}),
                "share of tickets with an urgent priority",
            )
        )
    rated = table.number("score")
    if rated is not None and closed:
        ratings = names.new("ticket_ratings", table.name)
        sources.append(
            SourceDraft(
                ratings,
                table.source(closed, id=table.row_id("ticket_id")),
                "ratings count from the day on which the ticket was closed",
            )
        )
        measures.append(
            MeasureDraft(
                names.new("ticket_rating", table.name),
                "voice",
                {"mean": f"{ratings}.{rated.name}", "within": window},
                _rating(rated),
                "average rating of tickets; higher is better",
            )
        )
    return DraftLines(
        sources=tuple(sources),
        measures=tuple(measures),
        guessed=(f"table {table.profile.name}: support tickets (source `{source}`)",),
    )


def draft_invoices(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of invoices."""
    due, paid = table.date("due"), table.date("paid")
    assert due is not None
    source = names.new("invoices", table.name)
    amount = table.number("amount", "recurring")
    if paid is None:
        count = {"count": source, "within": "182d"}
        return DraftLines(
            sources=(
                SourceDraft(
                    source,
                    table.source(due, id=table.row_id("document")),
                    "invoices by due date; no column says when they were paid",
                ),
            ),
            measures=(
                MeasureDraft(
                    names.new("invoice_count", table.name),
                    "commercial",
                    count,
                    SpreadPoints("good"),
                    "number of invoices: more of them mean more business",
                ),
            ),
            guessed=(f"table {table.profile.name}: invoices (source `{source}`)",),
        )
    late: dict[str, object] = {"mean": f"{source}.open_days", "within": "182d", "at_least": 2}
    if amount is not None and not amount.negative:
        late["weighted_by"] = amount.name
    body = table.source(due, id=table.row_id("document"), until=paid)
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
            **table.source(issue, id=table.row_id("document"), until=paid),
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
            f"table {table.profile.name}: invoices (source `{source}`), due on `{due}`, paid on `{paid}`",
        ),
    )


def draft_answers(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of survey answers."""
    score = table.number("score")
    assert score is not None
    source, window = names.new("answers", table.name), f"{max(182, table.pace.window)}d"
    nps = (
        score.minimum is not None
        and score.minimum >= 0
        and 8 < score.maximum <= 10
        and score.fractional == 0
        and is_plain(score.name)
    )
    body = table.source()
    if not nps:
        measure = MeasureDraft(
            names.new("rating", table.name),
            "voice",
            {"mean": f"{source}.{score.name}", "within": window},
            _rating(score),
            f"average of `{score.name}`; higher is better",
        )
    else:
        body["columns"] = {"nps": f"100 * ({score.name} >= 9) - 100 * ({score.name} <= 6)"}
        measure = MeasureDraft(
            names.new("nps_score", table.name),
            "voice",
            {"mean": f"{source}.nps", "within": window},
            FixedPoints({"bad": -50, "good": 50}),
            "net promoter score, because the answers are whole numbers from 0 to 10",
        )
    return DraftLines(
        sources=(SourceDraft(source, body, f"{table.profile.rows:,} survey answers"),),
        measures=(measure,),
        guessed=(
            f"table {table.profile.name}: survey answers (source `{source}`), scores in `{score.name}`",
        ),
    )


def draft_contracts(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of recurring contracts."""
    source = names.new("contracts", table.name)
    value, ends = table.number("recurring"), table.date("ended") or table.date("contract_end")
    started = table.date("started")
    if value is None:
        return DraftLines(
            left_out=(f"table {table.profile.name}: contracts without a recurring amount",)
        )
    now, before = names.new("recurring", table.name), names.new("recurring_before", table.name)
    open_ = {"open": True} if ends else {}
    inputs = (
        InputDraft(now, {"sum": f"{source}.{value.name}", **open_}, "recurring revenue"),
        InputDraft(before, {"sum": f"{source}.{value.name}", **open_, "ago": "182d"}),
    )
    measures = (
        MeasureDraft(
            names.new("recurring_growth", table.name),
            "commercial",
            {"formula": f"{now} / {before} - 1"},
            FixedPoints({"curve": [[-0.3, 0], [-0.1, 40], [0, 70], [0.1, 85], [0.25, 100]]}),
            "growth of the recurring revenue in half a year",
            2,
        ),
        MeasureDraft(
            names.new("running_contracts", table.name),
            "commercial",
            {"count": source, **open_},
            SpreadPoints("good"),
            "number of active contracts",
        ),
    )
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(started, id=table.row_id("contract_id"), until=ends),
                f"{table.profile.rows:,} contracts",
            ),
        ),
        inputs=inputs,
        measures=measures,
        guessed=(
            f"table {table.profile.name}: contracts (source `{source}`), recurring revenue in `{value.name}`",
        ),
    )


def draft_endings(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The outcome for a table of who left and when; it is never a measure."""
    time = table.date("ended") or table.times.time
    name = names.new("churned", table.name)
    outcome = {"table": table.profile.name, "key": table.key, "time": time}
    return DraftLines(
        outcomes={name: outcome},
        guessed=(
            f"table {table.profile.name}: who left, dated by `{time}`; an outcome, never a measure",
        ),
    )


def _rating(score: ColumnProfile) -> FixedPoints | SpreadPoints:
    """Fixed points on a usual scale of up to 5 or 10; otherwise points from the spread."""
    if score.maximum is not None and score.maximum <= 5:
        return FixedPoints({"bad": 2, "good": 4.5})
    return (
        FixedPoints({"bad": 4, "good": 9})
        if score.maximum is not None and score.maximum <= 10
        else SpreadPoints("good")
    )
