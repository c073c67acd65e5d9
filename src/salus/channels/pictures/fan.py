"""A fan chart: the past as a line, and the forecast as a line with its interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salus.channels.pictures.grammar import ACCENT, INK, SOFT, clean_text, inline_data, layer_chart
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words

if TYPE_CHECKING:
    from altair import LayerChart, X

APART = 0.2  # of the width: two labelled dates that are nearer would overlap


@dataclass(frozen=True)
class FanSeries:
    """The values of a fan chart."""

    name: str  # the heading of the values in the table
    past: Sequence[tuple[dt.date, float]]  # date and value
    coming: Sequence[tuple[dt.date, float, float, float]]  # date, low end, forecast, high end
    level: float  # the share of cases that the interval covers


@dataclass(frozen=True)
class FanAxis:
    """The vertical axis of a fan chart."""

    title: str
    unit: float  # 1e6 if the axis counts in millions
    ends: tuple[float, float]  # lowest and highest value


def build_fan(series: FanSeries, axis: FanAxis, words: Words, *, title: str, says: str) -> Picture:
    """The picture of a series."""
    head = (
        words.text("picture.date"),
        series.name,
        words.text("picture.fan.interval", level=words.number(100 * series.level)),
    )
    rows = (
        *((words.date(day), words.number(value), "") for day, value in series.past),
        *(
            (words.date(day), words.number(middle), f"{words.number(low)} – {words.number(high)}")
            for day, low, middle, high in series.coming
        ),
    )
    return Picture(
        name="fan",
        title=title,
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(series, axis, words),
    )


def labelled_days(days: Sequence[dt.date], today: dt.date) -> list[dt.date]:
    """The days that the axis names: the first, today and the last, if they are far enough apart.

    >>> labelled_days([dt.date(2026, 1, 1), dt.date(2026, 12, 31)], dt.date(2026, 7, 1))
    [datetime.date(2026, 1, 1), datetime.date(2026, 7, 1), datetime.date(2026, 12, 31)]
    """
    first, last = days[0], days[-1]
    least = (last - first) * APART
    between = [today] if today - first >= least and last - today >= least else []
    return sorted({first, *between, last})


def _chart(series: FanSeries, axis: FanAxis, words: Words) -> LayerChart:
    import altair as alt

    unit = axis.unit
    was = [{"day": day.toordinal(), "value": value / unit} for day, value in series.past]
    ahead = [
        {"day": day.toordinal(), "low": low / unit, "value": middle / unit, "high": high / unit}
        for day, low, middle, high in series.coming
    ]
    joint = [{**was[-1], "low": was[-1]["value"], "high": was[-1]["value"]}] if was else []
    days = sorted({day for day, _ in series.past} | {day for day, *_ in series.coming})
    ticks = labelled_days(days, series.past[-1][0] if series.past else days[0])
    tick_label = (
        "".join(f"datum.value == {day.toordinal()} ? '{words.month(day)}' : " for day in ticks)
        + "''"
    )
    x = alt.X(
        "day:Q",
        scale=alt.Scale(domain=[days[0].toordinal(), days[-1].toordinal()], nice=False),
        axis=alt.Axis(
            title=None, grid=False, values=[day.toordinal() for day in ticks], labelExpr=tick_label
        ),
    )
    scale = alt.Scale(domain=[end / unit for end in axis.ends], zero=False, nice=False)
    y = alt.Y(
        "value:Q",
        scale=scale,
        axis=alt.Axis(title=clean_text(axis.title), tickCount=5, format=",~r"),
    )
    fanned = alt.Chart(inline_data([*joint, *ahead]))
    layers = [
        fanned.mark_area(fill=ACCENT, fillOpacity=0.22).encode(
            x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q"
        ),
        fanned.mark_line(color=ACCENT, strokeWidth=2, strokeDash=[5, 3]).encode(x=x, y=y),
        alt.Chart(inline_data(was)).mark_line(color=INK, strokeWidth=2).encode(x=x, y=y),
    ]
    return layer_chart([*_last_day(series, axis, x, words), *layers], words)


def _last_day(series: FanSeries, axis: FanAxis, x: X, words: Words) -> list[Any]:
    """A line at the last day of the past, with its date."""
    import altair as alt

    if not series.past:
        return []
    day, top = series.past[-1][0], axis.ends[1] / axis.unit
    row = {"day": day.toordinal(), "top": top, "label": words.date(day)}
    chart = alt.Chart(inline_data([row]))
    return [
        chart.mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x=x),
        chart.mark_text(align="right", baseline="top", dx=-5, dy=2, color=INK).encode(
            x=x, y="top:Q", text="label:N"
        ),
    ]
