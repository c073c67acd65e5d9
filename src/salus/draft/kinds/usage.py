"""Events of use: who, how often, how broadly, and against the entity's own rhythm."""

from __future__ import annotations

from salus.draft.lines import (
    RHYTHM,
    TREND,
    Fixed,
    InputLine,
    Lines,
    MeasureLine,
    Names,
    SourceLine,
    Spread,
)
from salus.draft.table import Dated

MOST_USED = Spread("good")


def usage(table: Dated, names: Names, seats: str | None = None) -> Lines:
    """Lines for a table of events or daily counts."""
    source = names.new("use", table.name)
    window, pace = table.pace.window, table.pace
    within = f"{window}d"
    why = f"an active {'day' if pace.gap <= 2 else f'day every {pace.gap:.0f} days'}, so windows of {window} days"
    gap = names.new("usual_gap", table.name)
    return Lines(
        sources=(
            SourceLine(
                source,
                table.source(id=table.id("event_id")),
                f"{table.profile.rows:,} rows of use; {why}",
            ),
        ),
        inputs=(
            InputLine(
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
    table: Dated, names: Names, source: str, within: str, seats: str | None
) -> list[MeasureLine]:
    user = table.first("user")
    if user is None or user.name == table.key:
        return []
    body = {"count_distinct": f"{source}.{user.name}", "within": within}
    found = [
        MeasureLine(
            names.new("active_users", table.name),
            "usage",
            body,
            MOST_USED,
            "more people at work is better",
            2,
        )
    ]
    if seats:
        curve = Fixed({"curve": [[0, 0], [0.25, 20], [0.5, 55], [0.8, 90], [1, 100]]})
        found.append(
            MeasureLine(
                names.new("licence_utilisation", table.name),
                "usage",
                {**body, "per": seats},
                curve,
                "of the seats paid for",
                2,
            )
        )
    return found


def _volume(table: Dated, names: Names, source: str, within: str) -> list[MeasureLine]:
    found = [
        MeasureLine(
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
            MeasureLine(
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
            MeasureLine(
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
            MeasureLine(
                names.new("failures", table.name),
                "experience",
                {"share": source, "of": failed.name, "within": within, "at_least": 5},
                Fixed({"bad": "20%", "good": "1%"}),
                "by its header: what went wrong",
            )
        )
    return found


def _rhythm(table: Dated, names: Names, source: str, gap: str) -> list[MeasureLine]:
    window = max(28, table.pace.window)
    trend = {"trend": source, "within": f"{window}d", "baseline": f"{window}d", "at_least": 5}
    found = [
        MeasureLine(
            names.new("last_active_days", table.name),
            "momentum",
            {"days_since": source},
            Spread("bad"),
            "days since the last sign of life",
            2,
        ),
        MeasureLine(
            names.new("rhythm", table.name),
            "momentum",
            {"days_since": source, "per": gap},
            Fixed(RHYTHM),
            "the same against the entity's own rhythm: 1 is on time, 3 lost",
            2,
        ),
    ]
    if table.pace.span >= 2 * window:
        found.append(
            MeasureLine(
                names.new("usage_trend", table.name),
                "momentum",
                trend,
                Fixed(TREND),
                "rows per day against the windows before; whole weeks, so weekends don't matter",
            )
        )
    return found


def _guesses(table: Dated, source: str) -> tuple[str, ...]:
    said = (
        f"table {table.profile.name}: events of use (source `{source}`), at `{table.moments.time}`"
    )
    recorded = table.moments.recorded
    return (
        (said, f"`{recorded}` is when they became known ({table.moments.why_recorded})")
        if recorded
        else (said,)
    )
