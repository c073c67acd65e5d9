"""What was, and what is forecast with how much doubt: a line that opens into a fan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from salus.channels.pictures.grammar import ACCENT, INK, SOFT, clean_text, inline_data, layer_chart
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words

if TYPE_CHECKING:
    from altair import LayerChart

TICKS = 3  # dates that the axis names, at most


def build_fan(
    past: Sequence[tuple[dt.date, float]],
    coming: Sequence[tuple[dt.date, float, float, float]],
    what: str,
    level: float,
    words: Words,
    *,
    title: str,
    says: str,
    axis: tuple[str, float, tuple[float, float]],
) -> Picture:
    """`past`: date and value. `coming`: date, lower end, forecast and upper end of an interval that
    holds `level` (a share).

    `what` names the values. `axis`: what stands beside it, how much it counts as one, and where it
    begins and ends.
    """
    head = (
        words.text("picture.date"),
        what,
        words.text("picture.fan.interval", level=words.percent(level)),
    )
    rows = (
        *((words.date(day), words.number(value), "") for day, value in past),
        *(
            (words.date(day), words.number(middle), f"{words.number(low)} – {words.number(high)}")
            for day, low, middle, high in coming
        ),
    )
    return Picture("fan", title, says, head, rows, lambda: _chart(past, coming, axis, words))


def _chart(
    past: Sequence[tuple[dt.date, float]],
    coming: Sequence[tuple[dt.date, float, float, float]],
    axis: tuple[str, float, tuple[float, float]],
    words: Words,
) -> LayerChart:
    import altair as alt

    what, one, ends = axis
    was = [{"day": day.toordinal(), "value": value / one} for day, value in past]
    ahead = [
        {"day": day.toordinal(), "low": low / one, "value": middle / one, "high": high / one}
        for day, low, middle, high in coming
    ]
    joint = [{**was[-1], "low": was[-1]["value"], "high": was[-1]["value"]}] if was else []
    days = sorted({day for day, _ in past} | {day for day, *_ in coming})
    ticks = (
        [days[len(days) * place // TICKS] for place in range(TICKS)] if len(days) > TICKS else days
    )
    spoken = (
        "".join(f"datum.value == {day.toordinal()} ? '{words.month(day)}' : " for day in ticks)
        + "''"
    )
    x = alt.X(
        "day:Q",
        scale=alt.Scale(domain=[days[0].toordinal(), days[-1].toordinal()], nice=False),
        axis=alt.Axis(
            title=None, grid=False, values=[day.toordinal() for day in ticks], labelExpr=spoken
        ),
    )
    scale = alt.Scale(domain=[end / one for end in ends], zero=False, nice=False)
    y = alt.Y(
        "value:Q", scale=scale, axis=alt.Axis(title=clean_text(what), tickCount=5, format=",~r")
    )
    fanned = alt.Chart(inline_data([*joint, *ahead]))
    layers = [
        fanned.mark_area(fill=ACCENT, fillOpacity=0.22).encode(
            x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q"
        ),
        fanned.mark_line(color=ACCENT, strokeWidth=2, strokeDash=[5, 3]).encode(x=x, y=y),
        alt.Chart(inline_data(was)).mark_line(color=INK, strokeWidth=2).encode(x=x, y=y),
    ]
    now = alt.Chart(inline_data(joint)).mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x=x)
    return layer_chart([now, *layers], words)
