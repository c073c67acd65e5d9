"""What the score is made of: each dimension with its spread and its measures."""

from __future__ import annotations

from salus.channels.report.charts import meter, strip
from salus.channels.report.content import Dimension, MeasureLine, Report
from salus.channels.report.markup import Child, Markup, element
from salus.channels.report.table import Column, table
from salus.channels.report.values import told
from salus.channels.words import Words


def dimensions(report: Report, words: Words) -> Markup:
    """The section."""
    return element(
        "section",
        element("h2", words.text("dimensions")),
        [_dimension(words, place, one) for place, one in enumerate(report.dimensions, 1)],
        id="dimensions",
    )


def _dimension(words: Words, place: int, one: Dimension) -> Markup:
    name, spread = words.label(one.name), one.spread
    weight = words.text("dimensions.weight", share=words.percent(one.weight, 0))
    if spread.median is None:
        figure: Child = element("p", words.text("dimensions.nobody"), class_="note")
        mean = words.number(None)
    else:
        text = words.text(
            "dimensions.spread",
            low=words.number(spread.low, 0),
            high=words.number(spread.high, 0),
            median=words.number(spread.median, 0),
        )
        figure = strip(
            f"strip-{place}", words.text("dimensions.strip", dimension=name), text, spread
        )
        mean = words.number(spread.mean, 0)
    about = element("span", f"{words.text('dimensions.mean')} · {weight}", class_="soft")
    head = element(
        "div",
        element("h3", name),
        element("p", element("b", mean, class_="big"), " ", about),
        figure,
        class_="summary",
    )
    return element("div", head, _measures(words, one), class_="dimension")


def _measures(words: Words, one: Dimension) -> Markup:
    columns = [
        Column(words.text("dimensions.measure"), class_="who"),
        Column(words.text("dimensions.have"), number=True),
        Column(words.text("dimensions.usual"), number=True),
        Column(words.text("dimensions.anchors"), number=True, class_="anchors"),
        Column(words.text("dimensions.points"), number=True, class_="points"),
    ]
    caption = words.text("dimensions.caption", dimension=words.label(one.name))
    return table(
        caption, columns, [_row(words, line) for line in one.measures], class_="cards measures"
    )


def _row(words: Words, line: MeasureLine) -> list[Child]:
    ends = f"{told(words, line.bad, line.unit)} → {told(words, line.good, line.unit)}"
    points = element(
        "span",
        words.number(line.points, 0),
        meter(line.points) if line.points is not None else None,
        class_="metered",
    )
    told_by = words.tells.get(line.name)
    name = [words.label(line.name), element("span", told_by, class_="owner") if told_by else None]
    return [name, words.percent(line.have, 0), told(words, line.usual, line.unit), ends, points]
