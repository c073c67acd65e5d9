"""The section of the bands: shares, the spread of the scores, and both month by month."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.markup import Child, Markup, element
from salus.channels.report.band_marks import render_band
from salus.channels.report.charts import (
    draw_band_shares,
    draw_histogram,
    draw_mean_scores,
    draw_stacked_bar,
)
from salus.channels.report.content import BandSummary, Report, TrendPoint
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.words import Words

DIP = 5.0  # points below both ends from which on the lowest point is named


def render_bands(report: Report, words: Words) -> Markup:
    """The section."""
    left = element("div", _bars(report, words), _table(report, words), _zone(report, words))
    return element(
        "section",
        element("h2", words.text("bands")),
        element("div", left, _spread(report, words), class_="two"),
        _trend(report, words),
        id="bands",
    )


def _bars(report: Report, words: Words) -> list[Markup]:
    by_number = element(
        "figure",
        element("figcaption", words.text("bands.by_number")),
        draw_stacked_bar(
            "by-number",
            words.text("bands.bar"),
            words,
            report.bands,
            [band.number for band in report.bands],
        ),
    )
    if not report.money:
        return [by_number]
    by_money = element(
        "figure",
        element("figcaption", words.text("bands.by_money")),
        draw_stacked_bar(
            "by-money",
            words.text("bands.money_bar"),
            words,
            report.bands,
            [band.money or 0.0 for band in report.bands],
        ),
    )
    return [by_number, by_money]


def _table(report: Report, words: Words) -> Markup:
    columns = [
        ReportColumn(words.text("bands.band")),
        ReportColumn(words.text("bands.range"), class_="range"),
        ReportColumn(words.text("bands.number"), number=True),
        ReportColumn(words.text("bands.share"), number=True, class_="share"),
    ]
    if report.valued:
        head = (
            words.text("bands.money_in", currency=report.currency)
            if report.currency
            else words.text("bands.money")
        )
        columns.append(ReportColumn(head, number=True))
    if report.moved.compared:
        columns.append(ReportColumn(words.text("bands.change", days=report.days), number=True))
    rows = [_row(report, words, place, band) for place, band in enumerate(report.bands)]
    return render_table(words.text("bands.caption"), columns, rows, class_="plain")


def _zone(report: Report, words: Words) -> Markup | None:
    """Why a score can lie outside the limits of its band; None if the model has no dead zone."""
    zone, worst = report.dead_zone, report.bands[report.worst]
    if not zone:
        return None
    text = words.text("bands.zone", points=words.number(zone))
    if zone >= 2 and worst.high is not None:
        score, band = words.number(worst.high + zone - 1), words.label(worst.name)
        text += f" {words.text('bands.zone_example', score=score, band=band)}"
    return element("p", text, class_="small soft zone")


def _row(report: Report, words: Words, place: int, band: BandSummary) -> list[Child]:
    position = -1 if band.low is None else place
    row: list[Child] = [
        render_band(words, position, band.name, len(report.bands) - 1),
        _range(words, band),
        words.number(band.number),
        words.percent(band.number / report.population),
    ]
    row += [words.number(band.money, 0)] if report.valued else []
    if report.moved.compared:
        row.append(
            words.number(None if band.before is None else band.number - band.before, 0, sign=True)
        )
    return row


def _range(words: Words, band: BandSummary) -> str:
    if band.low is None:
        return words.text("bands.unknown")
    if band.high is None:
        return words.text("bands.from", low=words.number(band.low))
    if band.low == 0:
        return words.text("bands.below", high=words.number(band.high))
    return words.text("bands.between", low=words.number(band.low), high=words.number(band.high))


def _spread(report: Report, words: Words) -> Markup:
    spread = report.spread
    if spread.median is None:
        conclusion = words.text("histogram.none")
    else:
        conclusion = words.text(
            "histogram.conclusion",
            low=words.number(spread.low, 0),
            high=words.number(spread.high, 0),
            median=words.number(spread.median, 0),
            most=words.counted("population", max(spread.steps)),
        )
    return element(
        "figure",
        element("h3", words.text("histogram")),
        draw_histogram(words, spread, report.bands, conclusion),
        element("figcaption", conclusion),
    )


def _trend(report: Report, words: Words) -> Markup | None:
    """Two charts and their numbers; None for fewer than two dates."""
    trend = report.trend
    if len(trend) < 2:
        return None
    conclusion = _conclusion(words, trend)
    charts = element(
        "div",
        element(
            "figure",
            element("figcaption", words.text("trend.bands")),
            draw_band_shares(words, trend, report.bands, _share_changes(report, words)),
        ),
        element(
            "figure",
            element("figcaption", words.text("trend.mean")),
            draw_mean_scores(words, trend, conclusion),
        ),
        class_="two",
    )
    numbers = element(
        "details", element("summary", words.text("trend.numbers")), _numbers(report, words)
    )
    return element(
        "div",
        element("h3", words.text("trend")),
        element("p", f"{conclusion} {words.text('trend.as_it_was')}", class_="note"),
        charts,
        numbers,
        class_="trend",
    )


def _conclusion(words: Words, trend: Sequence[TrendPoint]) -> str:
    """How the average changed from end to end, and its lowest point if that is far below both."""
    first = next((moment.mean for moment in trend if moment.mean is not None), 0.0)
    last = next((moment.mean for moment in reversed(trend) if moment.mean is not None), 0.0)
    change = round(last, 1) - round(first, 1)
    key = "trend.same" if change == 0 else "trend.up" if change > 0 else "trend.down"
    conclusion = words.text(
        key, months=len(trend) - 1, first=words.number(first, 1), last=words.number(last, 1)
    )
    known = [(moment.mean, moment.as_of) for moment in trend if moment.mean is not None]
    low, date = min(known, default=(last, trend[-1].as_of))
    if min(first, last) - low < DIP:
        return conclusion
    lowest = words.text("trend.lowest", low=words.number(low, 1), date=words.date(date))
    return f"{conclusion} {lowest}"


def _share_changes(report: Report, words: Words) -> str:
    """The share of each band at the first and the last date."""
    ends = (report.trend[0].bands, report.trend[-1].bands)
    shares = [[words.percent(n / (sum(counts) or 1)) for n in counts] for counts in ends]
    return "; ".join(
        words.text(
            "trend.share_same" if first == last else "trend.share",
            band=words.label(band.name),
            first=first,
            last=last,
        )
        for band, first, last in zip(report.bands, *shares, strict=True)
    )


def _numbers(report: Report, words: Words) -> Markup:
    columns = [
        ReportColumn(words.text("trend.month")),
        ReportColumn(words.text("trend.mean"), number=True),
    ]
    columns += [ReportColumn(words.label(band.name), number=True) for band in report.bands]
    rows = [
        [
            words.date(moment.as_of),
            words.number(moment.mean, 1),
            *(words.number(n) for n in moment.bands),
        ]
        for moment in report.trend
    ]
    return element(
        "div",
        render_table(words.text("trend"), columns, rows, class_="plain"),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=words.text("trend"),
    )
