"""A small report written by hand that has every part of the page."""

from __future__ import annotations

import datetime as dt
import math

from salus.channels.report import content

AS_OF = dt.date(2026, 11, 22)
NAMES = (
    "Nordwind Logistik GmbH",
    "Ærø Shipping",
    "Blue Harbor Analytics",
    "Kestrel & Sons",
    "Öresund Kraft",
    "Marlowe Foods",
    "Tyne Robotics",
    "Vela Insurance Group",
    "Fjord Media",
    "Quarry Health",
)


def spread(middle: float, wide: float) -> content.ScoreSpread:
    """Scores spread like a bell."""
    steps = tuple(round(60 * math.exp(-(((5 * i + 2.5 - middle) / wide) ** 2))) for i in range(20))
    return content.ScoreSpread(
        steps, middle - wide / 2, middle, min(middle + wide / 2, 100.0), middle - 1.2
    )


def entry(place: int) -> content.ListedEntity:
    """A listed entity. The last one is unknown, the third one has a cap."""
    score = 28.0 + 4 * place
    band = 2 if score < 50 else 1
    reason = content.Reason(
        content.MeasureValue("open_tickets", 9.0 - place / 2), 0.0, 11.4 - place / 2
    )
    cause = content.ChangeCause(
        "measure", "active_users", 0.62, 0.31 + place / 100, "percent", -9.3 + place / 2
    )
    return content.ListedEntity(
        id=f"A-{place + 1}",
        label=NAMES[place],
        owner=f"csm{place % 3}@acme.example",
        money=480_000.0 - 31_000 * place,
        score=score,
        band=-1 if place == 9 else band,
        coverage=0.42 if place == 9 else 0.93,
        before=score + 12.4 - 2 * place,
        band_before=1,
        reason=reason,
        ceiling=content.Ceiling("60 days overdue", 40.0) if place == 2 else None,
        cause=cause,
        steps=(content.NextBandStep("active_users", 0.31, 0.44, "percent"),) if place < 4 else (),
        line=tuple(score + 22 * math.cos(month / 4) for month in range(13)),
    )


def dimension(name: str, weight: float, middle: float) -> content.DimensionSummary:
    """A dimension with three measures."""
    lines = (
        content.MeasureSummary(
            name="active_users",
            unit="percent",
            have=1.0,
            usual=0.52,
            bad=0.1,
            good=0.7,
            points=70.1,
        ),
        content.MeasureSummary(
            name="days_since_login",
            unit="days",
            have=0.98,
            usual=4.0,
            bad=30.0,
            good=3.0,
            points=88.2,
        ),
        content.MeasureSummary(
            name="mood",
            unit="other",
            have=0.31,
            usual="fine",
            bad="leaving",
            good="great",
            points=61.4,
        ),
    )
    return content.DimensionSummary(name, weight, spread(middle, 18), lines)


def example() -> content.Report:
    """The report of a company with 500 accounts."""
    bands = (
        content.BandSummary("healthy", 75.0, None, 271, 13_950_000.0, 280),
        content.BandSummary("watch", 50.0, 75.0, 183, 5_260_000.0, 181),
        content.BandSummary("at_risk", 0.0, 50.0, 38, 1_920_000.0, 31),
        content.BandSummary("unknown", None, None, 8, 120_000.0, 8),
    )
    entries = tuple(entry(place) for place in range(10))
    moved = content.Movements(
        since=dt.date(2026, 10, 23),
        compared=True,
        mean=-1.24,
        fell=12,
        rose=7,
        falls=entries[:5],
        rises=(),
    )
    trend = tuple(
        content.TrendPoint(
            dt.date(2025 + (month + 10) // 12, (month + 10) % 12 + 1, 22),
            72.0 - month / 3,
            (300 - 3 * month, 150 + month, 20 + month, 6),
        )
        for month in range(13)
    )
    sources = (
        content.SourceState(
            name="logins", newest=dt.date(2026, 11, 21), age=1, fresh=3, read=210_344, rejected=0
        ),
        content.SourceState(
            name="tickets",
            newest=dt.date(2026, 11, 9),
            age=13,
            fresh=7,
            read=4_120,
            rejected=36,
            unknown_keys=True,
        ),
        content.SourceState(
            name="invoices", newest=dt.date(2026, 11, 20), age=2, fresh=None, read=6_000, rejected=0
        ),
        content.SourceState(name="pulse", newest=None, age=None, fresh=None),
    )
    return content.Report(
        name="acme",
        fingerprint="7f3a91c2",
        as_of=AS_OF,
        version="0.1.0",
        currency="EUR",
        valued=True,
        population=500,
        unvalued=3,
        bands=bands,
        spread=spread(72, 19),
        moved=moved,
        trend=trend,
        entries=entries,
        dimensions=(
            dimension("adoption", 0.3, 74),
            dimension("support", 0.15, 66),
            dimension("voice", 0.15, 58),
        ),
        sources=sources,
        coverage=0.91,
        min_coverage=0.5,
        today=("seats", "plan"),
    )
