"""The rate of the outcome in each tenth of the scores, and the score at which it changes sharply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salus.channels.pictures.figures import append_count, format_interval, format_range
from salus.channels.pictures.grammar import ACCENT, INK, SOFT, axis_limit, inline_data, layer_chart
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.statistics.interval import Interval
from salus.insight.validation.deciles import Break, Level

if TYPE_CHECKING:
    from altair import LayerChart

LEAST = 1.0  # points; a group of equal scores is drawn this wide


def build_deciles(
    levels: Sequence[Level],
    base: Interval,
    breaks: Break | None,
    words: Words,
    *,
    sought: bool = True,
) -> Picture:
    """A picture with a line for the rate of each group of scores and an area for its interval. A
    group of too few rows has no line.

    `sought`: whether a sharp change was looked for. Then `breaks` None means that there is none.
    """
    says = [
        words.text(
            "picture.deciles_parts",
            parts=words.number(len(levels)),
            rows=_rows(levels, words),
            base=words.percent(base.value, 1),
        )
    ]
    if breaks is None and sought:
        says.append(words.text("picture.deciles_no_break"))
    if breaks is not None:
        score = breaks.score
        says.append(
            words.text(
                "picture.deciles_break",
                score=words.number(score.value, 0),
                low=words.number(score.low, 0),
                high=words.number(score.high, 0),
                below=words.percent(breaks.below, 1),
                above=words.percent(breaks.above, 1),
            )
        )
    head = tuple(
        words.text(key)
        for key in ("picture.score", "picture.rate", "picture.interval", "picture.rows")
    )
    rows = tuple(
        (
            format_range(level.low, level.high, words, 1),
            *format_interval(level.rate, words),
            words.number(level.rows),
        )
        for level in levels
    )
    return Picture(
        name="deciles",
        title=words.text("picture.deciles"),
        says=" ".join(says),
        head=head,
        rows=rows,
        draw=lambda: _chart(levels, base, breaks, words),
    )


def _rows(levels: Sequence[Level], words: Words) -> str:
    sizes = [level.rows for level in levels]
    return format_range(min(sizes), max(sizes), words)


def _chart(
    levels: Sequence[Level], base: Interval, breaks: Break | None, words: Words
) -> LayerChart:
    import altair as alt

    rows = [
        {
            "from": min(level.low, 100 - LEAST),
            "to": max(level.high, level.low + LEAST),
            "rate": level.rate.value,
            "low": level.rate.low,
            "high": level.rate.high,
            "n": level.rows,
        }
        for level in levels
        if level.rate is not None
    ]
    highest = [level.rate.high for level in levels if level.rate is not None]
    most = axis_limit(max([base.high, *highest]))
    scale = alt.Scale(domain=[0, most], nice=False)
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(
            title=append_count(words.text("picture.score"), _rows(levels, words)),
            grid=False,
            tickCount=5,
        ),
    )
    y = alt.Y(
        "low:Q",
        scale=scale,
        axis=alt.Axis(title=words.text("picture.rate"), format="~%", tickCount=5),
    )
    parts = alt.Chart(inline_data(rows))
    spread = parts.mark_rect(fill=ACCENT, fillOpacity=0.22).encode(x=x, x2="to:Q", y=y, y2="high:Q")
    rates = parts.mark_rule(color=ACCENT, strokeWidth=2.5).encode(x=x, x2="to:Q", y="rate:Q")
    usual = alt.Chart(
        inline_data(
            [
                {
                    "rate": base.value,
                    "label": words.text("picture.all", share=words.percent(base.value, 1)),
                }
            ]
        )
    )
    layers: list[Any] = [] if breaks is None else _break(breaks, most, words)
    return layer_chart(
        [
            *layers,
            usual.mark_rule(color=SOFT, strokeDash=[3, 3]).encode(y="rate:Q"),
            spread,
            rates,
            usual.mark_text(align="left", baseline="bottom", dx=3, dy=-3, color=SOFT).encode(
                x=alt.datum(0), y="rate:Q", text="label:N"
            ),
        ],
        words,
    )


def _break(breaks: Break, most: float, words: Words) -> list[Any]:
    import altair as alt

    score = breaks.score
    row = {
        "from": score.low,
        "to": max(score.high, score.low + 0.4),
        "at": score.value,
        "most": most,
        "zero": 0,
        "label": words.text("picture.break", score=words.number(score.value, 0)),
    }
    chart, right = alt.Chart(inline_data([row])), score.value > 60
    return [
        chart.mark_rect(fill=SOFT, fillOpacity=0.14).encode(
            x="from:Q", x2="to:Q", y="zero:Q", y2="most:Q"
        ),
        chart.mark_rule(color=INK, strokeWidth=1.5).encode(x="at:Q"),
        chart.mark_text(
            align="right" if right else "left",
            baseline="top",
            dx=-5 if right else 5,
            dy=2,
            color=INK,
        ).encode(x="at:Q", y="most:Q", text="label:N"),
    ]
