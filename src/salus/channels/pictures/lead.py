"""How early the score warned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from salus.channels.pictures.figures import append_count, format_interval
from salus.channels.pictures.grammar import ACCENT, INK, inline_data, layer_chart
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import FEWEST, jeffreys

if TYPE_CHECKING:
    from altair import LayerChart

HORIZONS = (1, 30, 60, 90, 180, 365)
YEAR = 365
MARK = 90


def build_lead_time(days: Sequence[int], until: dt.date, band: str, words: Words) -> Picture | None:
    """The picture; None for fewer than 20 entities, because a share of so few says nothing.

    `days`: for each entity with the outcome, the days from its first date in the worst band to the
    outcome; 0 if it was never in that band. `until`: the last day of an outcome that counts.
    """
    if len(days) < FEWEST:
        return None
    share = _share(days, MARK)
    says = words.text(
        "picture.lead.says",
        n=words.number(len(days)),
        date=words.long_date(until),
        share=words.percent(share.value, 1),
        band=band,
        days=words.number(MARK),
        low=words.percent(share.low, 1),
        high=words.percent(share.high, 1),
        never=words.percent(1 - _share(days, 1).value, 1),
    )
    head = tuple(
        words.text(key)
        for key in (
            "picture.lead.days",
            "picture.lead.share",
            "picture.interval",
            "picture.entities",
        )
    )
    rows = tuple(
        (
            words.days(horizon),
            *format_interval(_share(days, horizon), words),
            words.number(sum(day >= horizon for day in days)),
        )
        for horizon in HORIZONS
    )
    return Picture(
        name="lead",
        title=words.text("picture.lead"),
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(days, words),
    )


def _share(days: Sequence[int], least: float) -> Interval:
    return jeffreys(sum(day >= least for day in days), len(days))


def warned_shares(days: Sequence[int]) -> list[dict[str, float]]:
    """The points at which the share with an earlier warning changes, with the interval. They start
    a year before the outcome. The outcome is at day 0, so days before it are negative.
    """
    changes = sorted((int(day) for day in np.unique(days) if 0 < day < YEAR), reverse=True)
    at = [YEAR, *changes, 0]
    shares = [_share(days, max(day, 1)) for day in at]
    return [
        {"days": -day, "share": share.value, "low": share.low, "high": share.high}
        for day, share in zip(at, shares, strict=True)
    ]


def _chart(days: Sequence[int], words: Words) -> LayerChart:
    import altair as alt

    base, share = alt.Chart(inline_data(warned_shares(days))), _share(days, MARK)
    x = alt.X(
        "days:Q",
        scale=alt.Scale(domain=[-YEAR, 0], nice=False),
        axis=alt.Axis(
            title=append_count(words.text("picture.lead.days"), words.number(len(days))),
            values=[-360, -270, -180, -90, 0],
            labelExpr="-datum.value",
            grid=False,
        ),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=words.text("picture.lead.share"), format="~%", tickCount=5),
    )
    mark = alt.Chart(
        inline_data(
            [
                {
                    "days": -MARK,
                    "share": share.value,
                    "label": words.text(
                        "picture.lead.mark",
                        days=words.days(MARK),
                        share=words.percent(share.value, 1),
                    ),
                }
            ]
        )
    )
    return layer_chart(
        [
            base.mark_area(fill=ACCENT, fillOpacity=0.22, interpolate="step-after").encode(
                x=x, y=alt.Y("low:Q"), y2="high:Q"
            ),
            base.mark_line(color=ACCENT, strokeWidth=2.5, interpolate="step-after").encode(
                x=x, y=y
            ),
            mark.mark_rule(color=INK, strokeDash=[3, 3]).encode(x="days:Q"),
            mark.mark_text(align="right", baseline="top", dx=-5, dy=2, color=INK).encode(
                x="days:Q", y=alt.datum(1), text="label:N"
            ),
        ],
        words,
    )
