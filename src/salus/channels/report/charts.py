"""The charts of the page: stacked bars, a histogram, a trend, strips and sparks. Nothing is told by
colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.report.content import Band, Moment, Spread
from salus.channels.report.drawing import (
    box,
    drawing,
    level,
    per_cent,
    polyline,
    runs,
    upright,
    writing,
)
from salus.channels.report.marks import fill, placed
from salus.channels.report.markup import Markup, element
from salus.channels.words import Words


def stacked(
    name: str, title: str, words: Words, bands: Sequence[Band], sizes: Sequence[float]
) -> Markup:
    """One bar, cut into the bands in their order."""
    whole = sum(sizes) or 1.0
    told = [
        words.text("bands.part", band=words.label(band.name), share=words.percent(size / whole))
        for band, size in zip(bands, sizes, strict=True)
    ]
    parts, left = [], 0.0
    for place, (size, text) in enumerate(zip(sizes, told, strict=True)):
        width = 100 * size / whole
        if size > 0:
            parts.append(
                box(
                    left,
                    width,
                    0,
                    26,
                    fill=fill(_position(place, bands)),
                    class_="part",
                    title=text,
                )
            )
        left += width
    return drawing(name, title, "; ".join(told), 26, parts, class_="bar")


def histogram(words: Words, spread: Spread, bands: Sequence[Band], conclusion: str) -> Markup:
    """How many score how much, with the limits of the bands below."""
    height, top = 150.0, max(1, *spread.steps)
    bars = [
        box(
            5 * i + 0.35,
            4.3,
            height - height * n / top,
            height * n / top,
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
        strips.append(box(low, high - low, height + 3, 8, fill=fill(place), class_="part"))
        marks.append(placed(place, len(scored), per_cent((low + high) / 2), height + 17))
        if low > 0:
            limits += [
                upright(low, 0, height + 11, "limit"),
                writing(low, height + 27, words.number(low)),
            ]
    ends = [writing(0, height + 27, "0"), writing(100, height + 27, "100")]
    median = [] if spread.median is None else [upright(spread.median, 0, height, "median")]
    return drawing(
        "histogram",
        words.text("histogram"),
        conclusion,
        height + 32,
        level(height, "axis"),
        bars,
        limits,
        median,
        strips,
        marks,
        ends,
    )


def shares(words: Words, trend: Sequence[Moment], bands: Sequence[Band], conclusion: str) -> Markup:
    """One column a month: the bands, worst at the bottom."""
    height, width = 120.0, 100 / len(trend)
    columns = []
    for month, moment in enumerate(trend):
        whole, bottom = sum(moment.bands) or 1, height
        for place in [*range(len(bands) - 2, -1, -1), len(bands) - 1]:
            part = height * moment.bands[place] / whole
            bottom -= part
            if part > 0:
                columns.append(
                    box(
                        width * (month + 0.1),
                        width * 0.8,
                        bottom,
                        part,
                        class_="part",
                        fill=fill(_position(place, bands)),
                        title=f"{words.date(moment.as_of)}, {words.label(bands[place].name)}: "
                        f"{words.percent(moment.bands[place] / whole)}",
                    )
                )
    return drawing(
        "shares",
        words.text("trend.bands"),
        conclusion,
        height + 22,
        columns,
        _months(words, trend, height),
    )


def means(words: Words, trend: Sequence[Moment], conclusion: str) -> Markup:
    """The mean score month by month, on a scale of its own whose ends are told."""
    height, values = 120.0, [moment.mean for moment in trend]
    low, high = _ends([value for value in values if value is not None])
    left = 6.0
    width = (100 - left) / len(trend)

    def place(month: int, value: float) -> tuple[float, float]:
        return left + width * (month + 0.5), 10 + (height - 20) * (high - value) / (high - low)

    lines = [
        polyline([place(*point) for point in run], 100, height, "curve") for run in runs(values)
    ]
    dots = [
        element(
            "circle",
            element("title", f"{words.date(moment.as_of)}: {words.number(value, 1)}"),
            cx=per_cent(place(month, value)[0]),
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
            level(place(0, value)[1], "grid"),
            writing(0, place(0, value)[1] - 3, words.number(value)),
        )
    ]
    return drawing(
        "means",
        words.text("trend.mean"),
        conclusion,
        height + 22,
        grid,
        lines,
        dots,
        _months(words, trend, height, left),
    )


def strip(name: str, title: str, description: str, spread: Spread) -> Markup:
    """A small histogram with the middle half and the median below it."""
    height, top = 30.0, max(1, *spread.steps)
    bars = [
        box(5 * i + 0.4, 4.2, height - height * n / top, height * n / top, class_="column")
        for i, n in enumerate(spread.steps)
        if n
    ]
    middle = []
    if spread.low is not None and spread.high is not None and spread.median is not None:
        middle = [
            box(spread.low, max(spread.high - spread.low, 0.5), height + 5, 3, class_="half"),
            box(spread.median - 0.5, 1, height + 2, 9, class_="middle"),
        ]
    return drawing(
        name,
        title,
        description,
        height + 26,
        level(height, "axis"),
        bars,
        middle,
        writing(0, height + 24, "0"),
        writing(100, height + 24, "100"),
    )


def spark(name: str, title: str, line: Sequence[float | None]) -> Markup:
    """The way of one score between 0 and 100, the last date marked."""
    wide, height = 92.0, 26.0
    width = (wide - 8) / max(len(line) - 1, 1)
    at = [
        [(4 + width * place, 3 + (height - 6) * (100 - value) / 100) for place, value in run]
        for run in runs(line)
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
        level(height - 3, "grid"),
        level(3, "grid"),
        curves,
        end,
        role="img",
        aria_labelledby=f"{name}-title",
        class_="spark",
        width=f"{wide:g}",
        height=f"{height:g}",
        viewBox=f"0 0 {wide:g} {height:g}",
    )


def meter(points: float) -> Markup:
    """A thin bar from 0 to 100, for the eye only: the number stands beside it."""
    return element(
        "svg",
        box(0, 100, 0, 5, class_="rail"),
        box(0, points, 0, 5, class_="column"),
        class_="meter",
        width="100%",
        height="5",
        aria_hidden="true",
    )


def _position(place: int, bands: Sequence[Band]) -> int:
    return -1 if bands[place].low is None else place


def _months(words: Words, trend: Sequence[Moment], height: float, left: float = 0) -> list[Markup]:
    """The first and the last date, and every third between on wide screens."""
    width, last = (100 - left) / len(trend), len(trend) - 1
    told = [writing(left, height + 16, words.month(trend[0].as_of), anchor="start")]
    told += [
        writing(
            left + width * (month + 0.5),
            height + 16,
            words.month(trend[month].as_of),
            class_="wide",
        )
        for month in range(3, last - 2, 3)
    ]
    return told + (
        [writing(100, height + 16, words.month(trend[last].as_of), anchor="end")] if last else []
    )


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Whole tens around the values, at least ten apart.

    >>> _ends([61.0, 68.5])
    (60.0, 70.0)
    """
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    bottom, top = 10.0 * (low // 10), -10.0 * (-high // 10)
    return (bottom, top) if top > bottom else (max(bottom - 10, 0.0), max(bottom - 10, 0.0) + 20)
