"""Proposes lines for usage events: who, how often, how broadly, and compared with the past."""

from __future__ import annotations

from salus.draft.lines import (
    RHYTHM,
    TREND,
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.table import DatedTable

MORE_IS_BETTER = SpreadPoints("good")


def draft_usage(table: DatedTable, names: UniqueNames, seats: str | None = None) -> DraftLines:
    """The lines for a table of events or daily counts."""
    source = names.new("use", table.name)
    window, pace = table.pace.window, table.pace
    within = f"{window}d"
    often = "nearly every day" if pace.gap <= 2 else f"about every {pace.gap:.0f} days"
    gap = names.new("usual_gap", table.name)
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(id=table.id_column("event_id")),
                f"{table.profile.rows:,} usage events; active {often}, so windows of {window} days",
            ),
        ),
        inputs=(
            InputDraft(
                gap,
                {"median_gap": source, "at_least": 2},
                "the usual number of days from one active day to the next",
            ),
        ),
        measures=(
            *_users(table, names, source, within, seats),
            *_volume(table, names, source, within),
            *_rhythm(table, names, source, gap),
        ),
        outcomes={"silent": {"quiet": source, "for": f"{pace.inactivity_days}d"}},
        guessed=_guesses(table, source),
    )


def _users(
    table: DatedTable, names: UniqueNames, source: str, within: str, seats: str | None
) -> list[MeasureDraft]:
    user = table.first("user")
    if user is None or user.name == table.key:
        return []
    body = {"count_distinct": f"{source}.{user.name}", "within": within}
    measures = [
        MeasureDraft(
            names.new("active_users", table.name),
            "usage",
            body,
            MORE_IS_BETTER,
            "number of people who use it",
            2,
        )
    ]
    if seats:
        curve = FixedPoints({"curve": [[0, 0], [0.25, 20], [0.5, 55], [0.8, 90], [1, 100]]})
        measures.append(
            MeasureDraft(
                names.new("licence_utilisation", table.name),
                "usage",
                {**body, "per": seats},
                curve,
                "share of the paid seats in use",
                2,
            )
        )
    return measures


def _volume(table: DatedTable, names: UniqueNames, source: str, within: str) -> list[MeasureDraft]:
    measures = [
        MeasureDraft(
            names.new("active_days", table.name),
            "usage",
            {"active_days": source, "within": within},
            MORE_IS_BETTER,
            "number of days with usage",
            2,
        )
    ]
    product = table.first("product")
    if product is not None and product.name != table.key and product.distinct > 2:
        measures.append(
            MeasureDraft(
                names.new("breadth", table.name),
                "usage",
                {"count_distinct": f"{source}.{product.name}", "within": within},
                MORE_IS_BETTER,
                f"number of different values in `{product.name}`",
            )
        )
    amount = table.number("usage")
    if amount is not None:
        measures.append(
            MeasureDraft(
                names.new("volume", table.name),
                "usage",
                {"sum": f"{source}.{amount.name}", "within": within},
                MORE_IS_BETTER,
                f"total of `{amount.name}`",
            )
        )
    failed = table.boolean("failed")
    if failed is not None:
        measures.append(
            MeasureDraft(
                names.new("failures", table.name),
                "experience",
                {"share": source, "of": failed.name, "within": within, "at_least": 5},
                FixedPoints({"bad": "20%", "good": "1%"}),
                f"share of events with `{failed.name}`",
            )
        )
    return measures


def _rhythm(table: DatedTable, names: UniqueNames, source: str, gap: str) -> list[MeasureDraft]:
    window = max(28, table.pace.window)
    trend = {"trend": source, "within": f"{window}d", "baseline": f"{window}d", "at_least": 5}
    measures = [
        MeasureDraft(
            names.new("last_active_days", table.name),
            "momentum",
            {"days_since": source},
            SpreadPoints("bad"),
            "days since the last event",
            2,
        ),
        MeasureDraft(
            names.new("rhythm", table.name),
            "momentum",
            {"days_since": source, "per": gap},
            FixedPoints(RHYTHM),
            "the same, compared with the usual gap: 1 is on time, 3 is three times as long as usual",
            2,
        ),
    ]
    if table.pace.span >= 2 * window:
        measures.append(
            MeasureDraft(
                names.new("usage_trend", table.name),
                "momentum",
                trend,
                FixedPoints(TREND),
                "events per day, compared with the window before; whole weeks, so weekends don't matter",
            )
        )
    return measures


def _guesses(table: DatedTable, source: str) -> tuple[str, ...]:
    name, times = table.profile.name, table.times
    note = f"table {name} holds usage: date in `{times.time}` (called `{source}` in the model)"
    if not times.recorded:
        return (note,)
    return (
        note,
        f"table {name}: `{times.recorded}` says when a row was recorded ({times.why_recorded})",
    )
