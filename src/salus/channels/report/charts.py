"""The charts of the page: stacked bars, a histogram, trends, strips and sparklines. All of them can
be read without colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.markup import Markup, element
from salus.channels.report.band_marks import hatch_fill, place_mark
from salus.channels.report.content import BandSummary, ScoreSpread, TrendPoint
from salus.channels.report.drawing import (
    Box,
    draw_svg,
    format_percent,
    horizontal_line,
    split_runs,
    svg_box,
    svg_polyline,
    svg_text,
    vertical_line,
)
from salus.channels.words import Words

LABELLED = 8  # per cent; a narrower part of a bar has no room for its share


def draw_stacked_bar(
    name: str, title: str, words: Words, bands: Sequence[BandSummary], sizes: Sequence[float]
) -> Markup:
    """One bar, divided into the bands in their order, with the shares below it."""
    whole = sum(sizes) or 1.0
    texts = [
        words.text("bands.part", band=words.label(band.name), share=words.percent(size / whole))
        for band, size in zip(bands, sizes, strict=True)
    ]
    parts, left = [], 0.0
    for place, (size, text) in enumerate(zip(sizes, texts, strict=True)):
        width = 100 * size / whole
        if size > 0:
            fill = hatch_fill(_position(place, bands))
            parts.append(svg_box(Box(left, width, 0, 26), fill=fill, class_="part", title=text))
            if width >= LABELLED:
                parts.append(svg_text(left + width / 2, 41, words.percent(size / whole)))
        left += width
    return draw_svg(name, title, "; ".join(texts), 46, parts, class_="bar")


def draw_histogram(
    words: Words, spread: ScoreSpread, bands: Sequence[BandSummary], conclusion: str
) -> Markup:
    """The number of entities in each step of 5 points, with the limits of the bands below."""
    height, top = 220.0, max(1, *spread.steps)
    bars = [
        svg_box(
            Box(5 * i + 0.35, 4.3, height - height * n / top, height * n / top),
            class_="column",
            title=words.text("histogram.bin", low=5 * i, high=5 * i + 5, n=words.number(n)),
        )
        for i, n in enumerate(spread.steps)
        if n
    ]
    scored = [(place, band) for place, band in enumerate(bands) if band.low is not None]
    strips, marks, limits = [], [], []
    for place, band in scored:
        low, high = band.low or 0.0, band.high if band.high is not None else 100.0
        strips.append(
            svg_box(Box(low, high - low, height + 3, 8), fill=hatch_fill(place), class_="part")
        )
        marks.append(place_mark(place, len(scored), format_percent((low + high) / 2), height + 17))
        if low > 0:
            limits += [
                vertical_line(low, 0, height + 11, "limit"),
                svg_text(low, height + 27, words.number(low)),
            ]
    ends = [svg_text(0, height + 27, "0"), svg_text(100, height + 27, "100")]
    median = [] if spread.median is None else [vertical_line(spread.median, 0, height, "median")]
    return draw_svg(
        "histogram",
        words.text("histogram"),
        conclusion,
        height + 32,
        horizontal_line(height, "axis"),
        bars,
        limits,
        median,
        strips,
        marks,
        ends,
    )


def draw_band_shares(
    words: Words, trend: Sequence[TrendPoint], bands: Sequence[BandSummary], description: str
) -> Markup:
    """One column per month, divided into the bands, with the worst band at the bottom."""
    height, width = 120.0, 100 / len(trend)
    columns = []
    for month, moment in enumerate(trend):
        whole, bottom = sum(moment.bands) or 1, height
        for place in [*range(len(bands) - 2, -1, -1), len(bands) - 1]:
            part = height * moment.bands[place] / whole
            bottom -= part
            if part > 0:
                columns.append(
                    svg_box(
                        Box(width * (month + 0.1), width * 0.8, bottom, part),
                        class_="part",
                        fill=hatch_fill(_position(place, bands)),
                        title=f"{words.date(moment.as_of)}, {words.label(bands[place].name)}: "
                        f"{words.percent(moment.bands[place] / whole)}",
                    )
                )
    return draw_svg(
        "shares",
        words.text("trend.bands"),
        description,
        height + 22,
        columns,
        _months(words, trend, height),
    )


def draw_mean_scores(words: Words, trend: Sequence[TrendPoint], conclusion: str) -> Markup:
    """The mean score month by month. The scale fits the values, and its ends are labelled."""
    height, values = 120.0, [moment.mean for moment in trend]
    low, high = _ends([value for value in values if value is not None])
    left = 6.0
    width = (100 - left) / len(trend)

    def place(month: int, value: float) -> tuple[float, float]:
        return left + width * (month + 0.5), 10 + (height - 20) * (high - value) / (high - low)

    lines = [
        svg_polyline([place(*point) for point in run], 100, height, "curve")
        for run in split_runs(values)
    ]
    dots = [
        element(
            "circle",
            element("title", f"{words.date(moment.as_of)}: {words.number(value, 1)}"),
            cx=format_percent(place(month, value)[0]),
            cy=f"{place(month, value)[1]:.2f}",
            r="3.5",
            class_="dot",
        )
        for month, (moment, value) in enumerate(zip(trend, values, strict=True))
        if value is not None
    ]
    grid = [
        mark
        for value in (low, (low + high) / 2, high)
        for mark in (
            horizontal_line(place(0, value)[1], "grid"),
            svg_text(0, place(0, value)[1] - 3, words.number(value)),
        )
    ]
    return draw_svg(
        "means",
        words.text("trend.mean"),
        conclusion,
        height + 22,
        grid,
        lines,
        dots,
        _months(words, trend, height, left),
    )


def draw_strip(name: str, title: str, description: str, spread: ScoreSpread) -> Markup:
    """A small histogram with the middle half and the median below it."""
    height, top = 30.0, max(1, *spread.steps)
    bars = [
        svg_box(Box(5 * i + 0.4, 4.2, height - height * n / top, height * n / top), class_="column")
        for i, n in enumerate(spread.steps)
        if n
    ]
    middle = []
    if spread.low is not None and spread.high is not None and spread.median is not None:
        middle = [
            svg_box(
                Box(spread.low, max(spread.high - spread.low, 0.5), height + 5, 3), class_="half"
            ),
            svg_box(Box(spread.median - 0.5, 1, height + 2, 9), class_="middle"),
        ]
    return draw_svg(
        name,
        title,
        description,
        height + 26,
        horizontal_line(height, "axis"),
        bars,
        middle,
        svg_text(0, height + 24, "0"),
        svg_text(100, height + 24, "100"),
    )


def draw_sparkline(name: str, title: str, line: Sequence[float | None]) -> Markup:
    """A small line of one score between 0 and 100. A dot marks the last date."""
    wide, height = 92.0, 48.0
    width = (wide - 8) / max(len(line) - 1, 1)
    at = [
        [(4 + width * place, 3 + (height - 6) * (100 - value) / 100) for place, value in run]
        for run in split_runs(line)
    ]
    curves = [
        element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run), class_="curve")
        for run in at
    ]
    end = (
        element("circle", cx=f"{at[-1][-1][0]:.1f}", cy=f"{at[-1][-1][1]:.1f}", r="3", class_="dot")
        if at
        else None
    )
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        horizontal_line(height - 3, "grid"),
        horizontal_line(3, "grid"),
        curves,
        end,
        role="img",
        aria_labelledby=f"{name}-title",
        class_="spark",
        width=f"{wide:g}",
        height=f"{height:g}",
        viewBox=f"0 0 {wide:g} {height:g}",
    )


def draw_meter(points: float) -> Markup:
    """A thin bar from 0 to 100. Screen readers skip it, because the number is next to it."""
    return element(
        "svg",
        svg_box(Box(0, 100, 0, 5), class_="rail"),
        svg_box(Box(0, points, 0, 5), class_="column"),
        class_="meter",
        width="100%",
        height="5",
        aria_hidden="true",
    )


def _position(place: int, bands: Sequence[BandSummary]) -> int:
    return -1 if bands[place].low is None else place


def _months(
    words: Words, trend: Sequence[TrendPoint], height: float, left: float = 0
) -> list[Markup]:
    """The labels of the first and last month; wide screens also show every third month between."""
    width, last = (100 - left) / len(trend), len(trend) - 1
    labels = [svg_text(left, height + 16, words.month(trend[0].as_of), anchor="start")]
    labels += [
        svg_text(
            left + width * (month + 0.5),
            height + 16,
            words.month(trend[month].as_of),
            class_="wide",
        )
        for month in range(3, last - 2, 3)
    ]
    if last:
        labels.append(svg_text(100, height + 16, words.month(trend[last].as_of), anchor="end"))
    return labels


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The multiples of ten around the values, at least ten apart.

    >>> _ends([61.0, 68.5])
    (60.0, 70.0)
    """
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    bottom, top = 10.0 * (low // 10), -10.0 * (-high // 10)
    return (bottom, top) if top > bottom else (max(bottom - 10, 0.0), max(bottom - 10, 0.0) + 20)
