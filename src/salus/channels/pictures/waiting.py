"""How soon the outcome occurred in each band, counted from one date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from salus.channels.pictures.figures import format_interval
from salus.channels.pictures.grammar import (
    SHEET,
    axis_limit,
    band_colour,
    band_shape,
    clean_text,
    inline_data,
    layer_chart,
    legend_columns,
)
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import Survival
from salus.insight.validation.band_followup import BandFollowup
from salus.periods.day import date_of

if TYPE_CHECKING:
    from altair import LayerChart

MARKS = 90  # days between the marks on a line


def build_waiting(followup: BandFollowup, bands: Sequence[str], words: Words) -> Picture | None:
    """The picture; None if no band has 20 entities. The share with the outcome is 1 minus the
    Kaplan–Meier estimate.
    """
    if not followup.waiting:
        return None
    names = {
        place: words.label(bands[place] if place >= 0 else "unknown") for place in followup.waiting
    }
    shares = {place: outcome_share(line, followup.days) for place, line in followup.waiting.items()}
    worst, best = max(shares), min((place for place in shares if place >= 0), default=max(shares))
    says = words.text(
        "picture.waiting.says",
        date=words.long_date(date_of(followup.day)),
        days=words.number(followup.days),
        worst=names[worst],
        best=names[best],
        n_worst=words.number(followup.sizes[worst]),
        n_best=words.number(followup.sizes[best]),
        of_worst=words.percent(shares[worst].value, 1),
        of_best=words.percent(shares[best].value, 1),
    )
    head = tuple(
        words.text(key)
        for key in ("picture.band", "picture.entities", "picture.rate", "picture.interval")
    )
    rows = tuple(
        (names[place], words.number(followup.sizes[place]), *format_interval(share, words))
        for place, share in shares.items()
    )
    labels = {
        place: f"{clean_text(name)} {words.number(followup.sizes[place])}"
        for place, name in names.items()
    }
    return Picture(
        name="waiting",
        title=words.text("picture.waiting"),
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(followup, labels, len(bands), words),
    )


def outcome_share(line: Survival, days: float) -> Interval:
    """The share with the outcome within so many days."""
    before = [place for place, time in enumerate(line.time) if time <= days]
    if not before:
        return Interval(0.0, 0.0, 0.0)
    last = before[-1]
    return Interval(
        float(1 - line.share[last]), float(1 - line.high[last]), float(1 - line.low[last])
    )


def outcome_curve(line: Survival, days: int) -> list[dict[str, object]]:
    """The points at which that share changes, from day 0 to the last day, with its interval."""
    changes = [float(time) for time in line.time if 0 < time < days]
    shares = [(day, outcome_share(line, day)) for day in (0.0, *changes, float(days))]
    return [
        {"x": day, "share": share.value, "low": share.low, "high": share.high}
        for day, share in shares
    ]


def _rows(
    followup: BandFollowup, names: Mapping[int, str]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    lines: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    for place, line in followup.waiting.items():
        name = names[place]
        lines += [{**point, "band": name} for point in outcome_curve(line, followup.days)]
        marks += [
            {"x": day, "share": outcome_share(line, day).value, "band": name}
            for day in range(MARKS, followup.days + 1, MARKS)
        ]
    return lines, marks


def _chart(
    followup: BandFollowup, names: Mapping[int, str], bands: int, words: Words
) -> LayerChart:
    import altair as alt

    lines, marks = _rows(followup, names)
    domain = list(names.values())
    colour = alt.Scale(domain=domain, range=[band_colour(place, bands) for place in names])
    shapes = alt.Scale(domain=domain, range=[band_shape(place, bands) for place in names])
    shares = [outcome_share(line, followup.days) for line in followup.waiting.values()]
    most = axis_limit(max(share.high for share in shares))
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, followup.days], nice=False),
        axis=alt.Axis(
            title=words.text("picture.waiting.days"),
            values=list(range(0, followup.days + 1, MARKS)),
            grid=False,
        ),
    )
    title = alt.Axis(title=words.text("picture.waiting.share"), format="~%", tickCount=5)
    scale = alt.Scale(domain=[0, most], nice=False)
    legend = alt.Legend(columns=legend_columns(domain))
    base = alt.Chart(inline_data(lines))
    return layer_chart(
        [
            base.mark_area(fillOpacity=0.14, interpolate="step-after").encode(
                x=x,
                y=alt.Y("low:Q", scale=scale, axis=title),
                y2="high:Q",
                fill=alt.Fill("band:N", scale=colour, legend=legend),
            ),
            base.mark_line(strokeWidth=2, interpolate="step-after").encode(
                x=x,
                y=alt.Y("share:Q", scale=scale),
                stroke=alt.Stroke("band:N", scale=colour, legend=legend),
            ),
            alt.Chart(inline_data(marks))
            .mark_point(size=60, opacity=1, stroke=SHEET, strokeWidth=1)
            .encode(
                x=x,
                y="share:Q",
                fill=alt.Fill("band:N", scale=colour, legend=legend),
                shape=alt.Shape("band:N", scale=shapes, legend=legend),
            ),
        ],
        words,
    )
