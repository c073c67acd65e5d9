"""Tickets, invoices, answers, contracts and endings."""

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
    """Requests for help: how many, how grave, how long open."""
    source = names.new("tickets", table.name)
    closed, window = table.when("closed"), f"{max(84, table.pace.window)}d"
    opened = table.source(
        table.when("opened") or table.moments.time, id=table.id("ticket_id"), until=closed
    )
    sources = [SourceDraft(source, opened, f"{table.profile.rows:,} requests for help")]
    measures = [
        MeasureDraft(
            names.new("ticket_count", table.name),
            "support",
            {"count": source, "within": window},
            SpreadPoints("bad"),
            "fewer is taken as better; watch out for silence",
        )
    ]
    if closed:
        measures.append(
            MeasureDraft(
                names.new("open_tickets", table.name),
                "support",
                {"count": source, "open": True},
                FixedPoints({"bad": 5, "good": 0}),
                "still open",
                2,
            )
        )
    priority = next(
        (c for c in table.profile.playing("priority") if c.type == "text" and is_plain(c.name)),
        None,
    )
    urgent = [word for word in (priority.words if priority else {}) if fold(word) in _URGENT]
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
                "known words of urgency",
            )
        )
    rated = table.number("score")
    if rated is not None and closed:
        told = names.new("ticket_ratings", table.name)
        sources.append(
            SourceDraft(
                told,
                table.source(closed, id=table.id("ticket_id")),
                "ratings are known when a ticket is closed",
            )
        )
        measures.append(
            MeasureDraft(
                names.new("ticket_rating", table.name),
                "voice",
                {"mean": f"{told}.{rated.name}", "within": window},
                _rating(rated),
                "higher is better",
            )
        )
    return DraftLines(
        tuple(sources),
        (),
        tuple(measures),
        guessed=(f"table {table.profile.name}: requests for help (source `{source}`)",),
    )


def draft_invoices(table: DatedTable, names: UniqueNames) -> DraftLines:
    """What is due: paid late, and overdue now."""
    due, paid = table.when("due"), table.when("paid")
    assert due is not None
    source = names.new("invoices", table.name)
    amount = table.number("amount", "recurring")
    if paid is None:
        count = {"count": source, "within": "182d"}
        return DraftLines(
            (
                SourceDraft(
                    source,
                    table.source(due, id=table.id("document")),
                    "invoices by the day they are due; no day of payment",
                ),
            ),
            (),
            (
                MeasureDraft(
                    names.new("invoice_count", table.name),
                    "commercial",
                    count,
                    SpreadPoints("good"),
                    "still buying",
                ),
            ),
            guessed=(f"table {table.profile.name}: invoices (source `{source}`)",),
        )
    late: dict[str, object] = {"mean": f"{source}.open_days", "within": "182d", "at_least": 2}
    if amount is not None and not amount.negative:
        late["weighted_by"] = amount.name
    body = table.source(due, id=table.id("document"), until=paid)
    disputed = table.truth("disputed")
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
            "days late, from due to paid",
            2,
        ),
        MeasureDraft(
            names.new("overdue_invoices", table.name),
            "payment",
            {"count": source, "open": True, **settled},
            FixedPoints({"bad": 3, "good": 0}),
            "due and not paid",
        ),
    ]
    sources = [
        SourceDraft(
            source, {**body, **where}, f"{table.profile.rows:,} invoices, overdue from due to paid"
        )
    ]
    inputs = [InputDraft(oldest, {"oldest_open": source, **settled}, "for the cap")]
    issue = table.when("time") or table.when("opened")
    if issue and issue not in (due, paid) and amount is not None:
        issued, owed = names.new("issued", table.name), names.new("owed", table.name)
        body = {**table.source(issue, id=table.id("document"), until=paid), "fresh": "92d", **where}
        sources.append(
            SourceDraft(
                issued, body, "the same from the day they are issued; also tells where the data end"
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
                "of what is owed; nothing owed is good",
            )
        )
    return DraftLines(
        tuple(sources),
        tuple(inputs),
        tuple(measures),
        caps=({"name": "60 days overdue", "when": f"{oldest} > 60", "at_most": 40},),
        guessed=(
            f"table {table.profile.name}: invoices (source `{source}`), due at `{due}`, paid at `{paid}`",
        ),
    )


def draft_answers(table: DatedTable, names: UniqueNames) -> DraftLines:
    """What people say in surveys."""
    score = table.number("score")
    assert score is not None
    source, window = names.new("answers", table.name), f"{max(182, table.pace.window)}d"
    nps = (
        score.least is not None
        and score.least >= 0
        and 8 < score.most <= 10
        and score.broken == 0
        and is_plain(score.name)
    )
    body = table.source()
    if not nps:
        measure = MeasureDraft(
            names.new("rating", table.name),
            "voice",
            {"mean": f"{source}.{score.name}", "within": window},
            _rating(score),
            "higher is better",
        )
    else:
        body["columns"] = {"nps": f"100 * ({score.name} >= 9) - 100 * ({score.name} <= 6)"}
        measure = MeasureDraft(
            names.new("nps_score", table.name),
            "voice",
            {"mean": f"{source}.nps", "within": window},
            FixedPoints({"bad": -50, "good": 50}),
            "whole numbers from 0 to 10, so taken as an NPS question",
        )
    return DraftLines(
        (SourceDraft(source, body, f"{table.profile.rows:,} answers"),),
        (),
        (measure,),
        guessed=(
            f"table {table.profile.name}: answers to a survey (source `{source}`), score in `{score.name}`",
        ),
    )


def draft_contracts(table: DatedTable, names: UniqueNames) -> DraftLines:
    """Recurring contracts: what runs now against half a year ago."""
    source = names.new("contracts", table.name)
    value, ends = table.number("recurring"), table.when("ended") or table.when("contract_end")
    started = table.when("started")
    if value is None:
        return DraftLines(
            lost=(f"table {table.profile.name}: contracts without a recurring amount",)
        )
    now, before = names.new("recurring", table.name), names.new("recurring_before", table.name)
    open_ = {"open": True} if ends else {}
    inputs = (
        InputDraft(now, {"sum": f"{source}.{value.name}", **open_}, "recurring money"),
        InputDraft(before, {"sum": f"{source}.{value.name}", **open_, "ago": "182d"}),
    )
    measures = (
        MeasureDraft(
            names.new("recurring_growth", table.name),
            "commercial",
            {"formula": f"{now} / {before} - 1"},
            FixedPoints({"curve": [[-0.3, 0], [-0.1, 40], [0, 70], [0.1, 85], [0.25, 100]]}),
            "against half a year ago",
            2,
        ),
        MeasureDraft(
            names.new("running_contracts", table.name),
            "commercial",
            {"count": source, **open_},
            SpreadPoints("good"),
            "contracts that run",
        ),
    )
    return DraftLines(
        (
            SourceDraft(
                source,
                table.source(started, id=table.id("contract_id"), until=ends),
                f"{table.profile.rows:,} contracts",
            ),
        ),
        inputs,
        measures,
        guessed=(
            f"table {table.profile.name}: contracts (source `{source}`), {value.name} as recurring money",
        ),
    )


def draft_endings(table: DatedTable, names: UniqueNames) -> DraftLines:
    """Who left, and when: an outcome, never a measure."""
    time = table.when("ended") or table.moments.time
    name = names.new("churned", table.name)
    outcome = {"table": table.profile.name, "key": table.key, "time": time}
    return DraftLines(
        outcomes={name: outcome},
        guessed=(
            f"table {table.profile.name}: who left, at `{time}`; an outcome, never a measure",
        ),
    )


def _rating(score: ColumnProfile) -> FixedPoints | SpreadPoints:
    """On the usual scales the anchors are the scale's; else the data's spread."""
    if score.most is not None and score.most <= 5:
        return FixedPoints({"bad": 2, "good": 4.5})
    return (
        FixedPoints({"bad": 4, "good": 9})
        if score.most is not None and score.most <= 10
        else SpreadPoints("good")
    )
