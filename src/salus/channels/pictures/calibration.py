"""Calibration: predicted probabilities against observed rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salus.channels.pictures.figures import append_count, format_interval, format_range
from salus.channels.pictures.grammar import (
    ACCENT,
    SHEET,
    SOFT,
    axis_limit,
    inline_data,
    layer_chart,
)
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.statistics.calibration import Bin
from salus.insight.statistics.interval import Interval

if TYPE_CHECKING:
    from altair import LayerChart

FEWEST_GROUPS = 5  # fewer groups can lie on one side by chance
ONE_SIDED = 0.8  # from this share of the groups on one side, the text says so


def build_calibration(bins: Sequence[Bin], slope: Interval, words: Words) -> Picture:
    """A picture with one point for each group of rows. A group of too few rows has no point."""
    numbers = {
        "slope": words.number(slope.value, 2),
        "low": words.number(slope.low, 2),
        "high": words.number(slope.high, 2),
        "sided": words.number(_sided(bins)[1]),
        "parts": words.number(sum(group.observed is not None for group in bins)),
    }
    says = " ".join(
        [
            words.text(f"calibrated.{_finding(bins, slope)}", **numbers),
            words.text(
                "picture.calibration_parts",
                parts=words.number(len(bins)),
                rows=_group_sizes(bins, words),
            ),
            *_explain_none(bins, words),
        ]
    )
    head = tuple(
        words.text(key)
        for key in ("picture.predicted", "picture.observed", "picture.interval", "picture.rows")
    )
    rows = tuple(
        (
            words.percent(group.predicted, 1),
            *format_interval(group.observed, words),
            words.number(group.rows),
        )
        for group in bins
    )
    return Picture(
        name="calibration",
        title=words.text("picture.calibration"),
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(bins, words),
        legend=words.text("picture.calibration_legend"),
    )


def _finding(bins: Sequence[Bin], slope: Interval) -> str:
    """What the figures say: first about the slope, then about the side on which the groups lie."""
    if 1 not in slope:
        return "far" if slope.high < 1 else "near"
    side, groups = _sided(bins)
    known = sum(group.observed is not None for group in bins)
    return side if known >= FEWEST_GROUPS and groups >= ONE_SIDED * known else "right"


def _explain_none(bins: Sequence[Bin], words: Words) -> list[str]:
    """Why a group without the outcome has a wide interval: how much the rows of an entity resemble
    each other can't be estimated there.
    """
    without = any(group.observed is not None and group.observed.value == 0 for group in bins)
    return [words.text("picture.calibration_none")] if without else []


def _sided(bins: Sequence[Bin]) -> tuple[str, int]:
    """The side on which most groups lie, and how many: `rarer` than predicted, or `oftener`."""
    known = [(group.observed.value, group.predicted) for group in bins if group.observed]
    rarer = sum(observed < predicted for observed, predicted in known)
    oftener = sum(observed > predicted for observed, predicted in known)
    return ("rarer", rarer) if rarer >= oftener else ("oftener", oftener)


def _group_sizes(bins: Sequence[Bin], words: Words) -> str:
    sizes = [group.rows for group in bins]
    return format_range(min(sizes), max(sizes), words)


def _chart(bins: Sequence[Bin], words: Words) -> LayerChart:
    import altair as alt

    rows = [
        {
            "predicted": group.predicted,
            "observed": group.observed.value,
            "low": group.observed.low,
            "high": group.observed.high,
            "n": group.rows,
        }
        for group in bins
        if group.observed is not None
    ]
    most = axis_limit(
        max(
            [group.predicted for group in bins]
            + [group.observed.high for group in bins if group.observed is not None]
        )
    )
    scale, percent = alt.Scale(domain=[0, most], nice=False), "~%"
    x = alt.X(
        "predicted:Q",
        scale=scale,
        axis=alt.Axis(
            title=append_count(words.text("picture.predicted"), _group_sizes(bins, words)),
            format=percent,
            tickCount=5,
        ),
    )
    y = alt.Y(
        "observed:Q",
        scale=scale,
        axis=alt.Axis(title=words.text("picture.observed"), format=percent, tickCount=5),
    )
    diagonal = (
        alt.Chart(inline_data([{"predicted": end, "observed": end} for end in (0, most)]))
        .mark_line(color=SOFT, strokeWidth=1, strokeDash=[3, 3])
        .encode(x=x, y=y)
    )
    base = alt.Chart(inline_data(rows))
    spread = base.mark_rule(color=ACCENT, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    points = base.mark_point(filled=True, fill=ACCENT, stroke=SHEET, size=60, opacity=1).encode(
        x=x, y=y
    )
    return layer_chart([diagonal, spread, points], words)
