"""The section of the dimensions: each with its spread and its measures."""

from __future__ import annotations

from salus.channels.markup import Child, Markup, element
from salus.channels.report.charts import draw_meter, draw_strip
from salus.channels.report.content import DimensionSummary, MeasureSummary, Report
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.values import format_measure
from salus.channels.words import Words
from salus.channels.words.format import FIXED


def render_dimensions(report: Report, words: Words) -> Markup:
    """The section."""
    return element(
        "section",
        element("h2", words.text("dimensions")),
        [_dimension(words, place, each) for place, each in enumerate(report.dimensions, 1)],
        id="dimensions",
    )


def _dimension(words: Words, place: int, dimension: DimensionSummary) -> Markup:
    name, spread = words.label(dimension.name), dimension.spread
    weight = words.text("dimensions.weight", share=words.percent(dimension.weight, 0))
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
        figure = draw_strip(
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
    return element("div", head, _measures(words, dimension), class_="dimension")


def _measures(words: Words, dimension: DimensionSummary) -> Markup:
    columns = [
        ReportColumn(words.text("dimensions.measure"), class_="who"),
        ReportColumn(words.text("dimensions.have"), number=True),
        ReportColumn(words.text("dimensions.usual"), number=True),
        ReportColumn(words.text("dimensions.anchors"), number=True, class_="anchors"),
        ReportColumn(words.text("dimensions.points"), number=True, class_="points"),
    ]
    caption = words.text("dimensions.caption", dimension=words.label(dimension.name))
    rows = [_row(words, measure) for measure in dimension.measures]
    return render_table(caption, columns, rows, class_="cards measures")


def _row(words: Words, line: MeasureSummary) -> list[Child]:
    bad, good, usual = (
        format_measure(words, line.name, value, line.unit)
        for value in (line.bad, line.good, line.usual)
    )
    points = element(
        "span",
        words.number(line.points, 0),
        draw_meter(line.points) if line.points is not None else None,
        class_="metered",
    )
    about = words.tells.get(line.name)
    name = [words.label(line.name), element("span", about, class_="owner") if about else None]
    return [
        name,
        _have(words, line),
        usual,
        f"{bad}{FIXED}→ {good}",
        points,
    ]


def _have(words: Words, line: MeasureSummary) -> Child:
    """The share with data; if the others count as good, a line says so."""
    share = words.percent(line.have, 0)
    if not line.good_without or line.have == 1:
        return share
    return element(
        "span", share, element("span", words.text("dimensions.have_good"), class_="owner")
    )
