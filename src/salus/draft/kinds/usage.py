"""Events of use: who, how often, how broadly, and against the entity's own rhythm."""

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

MOST_USED = SpreadPoints("good")


def draft_usage(table: DatedTable, names: UniqueNames, seats: str | None = None) -> DraftLines:
    """Lines for a table of events or daily counts."""
    source = names.new("use", table.name)
    window, pace = table.pace.window, table.pace
    within = f"{window}d"
    why = f"an active {'day' if pace.gap <= 2 else f'day every {pace.gap:.0f} days'}, so windows of {window} days"
    gap = names.new("usual_gap", table.name)
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(id=table.id("event_id")),
                f"{table.profile.rows:,} rows of use; {why}",
            ),
        ),
        inputs=(
            InputDraft(
                gap,
                {"median_gap": source, "at_least": 2},
                "days between the entity's own active days",
            ),
        ),
        measures=(
            *_users(table, names, source, within, seats),
            *_volume(table, names, source, within),
            *_rhythm(table, names, source, gap),
        ),
        outcomes={"silent": {"quiet": source, "for": f"{pace.silence}d"}},
        guessed=_guesses(table, source),
    )


def _users(
    table: DatedTable, names: UniqueNames, source: str, within: str, seats: str | None
) -> list[MeasureDraft]:
    user = table.first("user")
    if user is None or user.name == table.key:
        return []
    body = {"count_distinct": f"{source}.{user.name}", "within": within}
    found = [
        MeasureDraft(
            names.new("active_users", table.name),
            "usage",
            body,
            MOST_USED,
            "more people at work is better",
            2,
        )
    ]
    if seats:
        curve = FixedPoints({"curve": [[0, 0], [0.25, 20], [0.5, 55], [0.8, 90], [1, 100]]})
        found.append(
            MeasureDraft(
                names.new("licence_utilisation", table.name),
                "usage",
                {**body, "per": seats},
                curve,
                "of the seats paid for",
                2,
            )
        )
    return found


def _volume(table: DatedTable, names: UniqueNames, source: str, within: str) -> list[MeasureDraft]:
    found = [
        MeasureDraft(
            names.new("active_days", table.name),
            "usage",
            {"active_days": source, "within": within},
            MOST_USED,
            "used on more days",
            2,
        )
    ]
    product = table.first("product")
    if product is not None and product.name != table.key and product.distinct > 2:
        found.append(
            MeasureDraft(
                names.new("breadth", table.name),
                "usage",
                {"count_distinct": f"{source}.{product.name}", "within": within},
                MOST_USED,
                "more of what there is to use",
            )
        )
    amount = table.number("usage")
    if amount is not None:
        found.append(
            MeasureDraft(
                names.new("volume", table.name),
                "usage",
                {"sum": f"{source}.{amount.name}", "within": within},
                MOST_USED,
                "more of it",
            )
        )
    failed = table.truth("failed")
    if failed is not None:
        found.append(
            MeasureDraft(
                names.new("failures", table.name),
                "experience",
                {"share": source, "of": failed.name, "within": within, "at_least": 5},
                FixedPoints({"bad": "20%", "good": "1%"}),
                "by its header: what went wrong",
            )
        )
    return found


def _rhythm(table: DatedTable, names: UniqueNames, source: str, gap: str) -> list[MeasureDraft]:
    window = max(28, table.pace.window)
    trend = {"trend": source, "within": f"{window}d", "baseline": f"{window}d", "at_least": 5}
    found = [
        MeasureDraft(
            names.new("last_active_days", table.name),
            "momentum",
            {"days_since": source},
            SpreadPoints("bad"),
            "days since the last sign of life",
            2,
        ),
        MeasureDraft(
            names.new("rhythm", table.name),
            "momentum",
            {"days_since": source, "per": gap},
            FixedPoints(RHYTHM),
            "the same against the entity's own rhythm: 1 is on time, 3 lost",
            2,
        ),
    ]
    if table.pace.span >= 2 * window:
        found.append(
            MeasureDraft(
                names.new("usage_trend", table.name),
                "momentum",
                trend,
                FixedPoints(TREND),
                "rows per day against the windows before; whole weeks, so weekends don't matter",
            )
        )
    return found


def _guesses(table: DatedTable, source: str) -> tuple[str, ...]:
    said = (
        f"table {table.profile.name}: events of use (source `{source}`), at `{table.moments.time}`"
    )
    recorded = table.moments.recorded
    return (
        (said, f"`{recorded}` is when they became known ({table.moments.why_recorded})")
        if recorded
        else (said,)
    )
