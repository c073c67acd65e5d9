"""The lists of entities: those to look at first, and those with the biggest changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.markup import (
    Child,
    Markup,
    element,
    render_address,
    render_code,
    render_foreign_text,
)
from salus.channels.report.band_marks import draw_mark, render_band
from salus.channels.report.charts import draw_sparkline
from salus.channels.report.content import ListedEntity, Report
from salus.channels.report.header import has_usual_worst_band
from salus.channels.report.reasons import render_cause, render_reasons
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.values import format_change
from salus.channels.words import Words


def render_attention_list(report: Report, words: Words) -> Markup:
    """The section of the entities to look at first."""
    head = element("h2", words.text("attention"))
    if not report.entries:
        return element("section", head, element("p", words.text("attention.none")), id="attention")
    return element(
        "section",
        head,
        element("p", _order(report, words), class_="note"),
        _table(report, words),
        [element("p", render_code(line), class_="soft more") for line in _more(report, words)],
        id="attention",
    )


def _order(report: Report, words: Words) -> str:
    """The sentence that explains the order of the list."""
    band = words.label(report.bands[report.worst].name)
    usual = has_usual_worst_band(report, words)
    first = words.text("attention.first_at_risk" if usual else "attention.first_band", band=band)
    if not report.valued:
        order = words.text("attention.order_score", first=first)
    elif report.soon is None:
        order = words.text("attention.order", first=first)
    else:
        order = words.text("attention.order_soon", first=first, n=words.number(report.soon))
    if report.valued and any(entry.band != report.worst for entry in report.entries):
        order += f" {words.text('attention.order_others')}"
    if report.window and any(entry.steps for entry in report.entries):
        order += f" {words.text('attention.settles', n=words.number(report.window, 0))}"
    return order


def _more(report: Report, words: Words) -> Iterator[str]:
    """The number of entities that the list leaves out."""
    if report.more_at_risk:
        usual = has_usual_worst_band(report, words)
        yield words.counted(
            "attention.more_at_risk" if usual else "attention.more_band",
            report.more_at_risk,
            band=words.label(report.bands[report.worst].name),
        )
    if report.more:
        yield words.counted("attention.more", report.more)


def _table(report: Report, words: Words) -> Markup:
    columns = [ReportColumn(words.text("attention.who"), class_="who")]
    if report.valued:
        head = (
            words.text("bands.money_in", currency=report.currency)
            if report.currency
            else words.text("bands.money")
        )
        columns.append(ReportColumn(head, number=True, class_="money"))
    columns.append(ReportColumn(words.text("attention.score"), class_="score"))
    if report.moved.compared:
        columns.append(
            ReportColumn(
                words.text("attention.change", days=report.days), number=True, class_="change"
            )
        )
    lined = len(report.trend) > 1
    columns += (
        [ReportColumn(words.text("attention.line", n=len(report.trend) - 1), class_="line")]
        if lined
        else []
    )
    columns.append(ReportColumn(words.text("attention.reason"), class_="reason"))
    rows = [_row(report, words, place, entry) for place, entry in enumerate(report.entries, 1)]
    return render_table(
        words.text("attention.caption", n=words.number(len(rows))),
        columns,
        rows,
        class_="cards attention",
    )


def _row(report: Report, words: Words, place: int, entry: ListedEntity) -> list[Child]:
    row: list[Child] = [render_name(words, entry)]
    row += [words.number(entry.money, 0)] if report.valued else []
    row.append(render_score(report, words, entry))
    row += (
        [render_change(words, entry.change, rising=not entry.by_loss)]
        if report.moved.compared
        else []
    )
    if len(report.trend) > 1:
        row.append(draw_sparkline(f"spark-{place}", _line_text(words, entry.line), entry.line))
    return [*row, render_reasons(report, words, entry)]


def _line_text(words: Words, line: Sequence[float | None]) -> str:
    """The first and last score of a line with a score for each month, or None for a gap."""
    known = [(month, value) for month, value in enumerate(line) if value is not None]
    if not known:
        return words.number(None)
    first, last = words.number(known[0][1], 0), words.number(known[-1][1], 0)
    months = known[-1][0] - known[0][0]
    if first == last and months:
        return words.counted("attention.line_same", months, last=last)
    return words.text("attention.line_text", first=first, last=last)


def render_name(words: Words, entry: ListedEntity) -> list[Markup]:
    """The name, the days to a decision, and the owner."""
    name = element("span", render_foreign_text(entry.name), class_="name")
    parts = [name]
    if entry.ending is not None:
        parts.append(
            element("span", words.counted("attention.ending", entry.ending), class_="owner")
        )
    elif entry.decision is not None:
        parts.append(
            element("span", words.counted("attention.decision", entry.decision), class_="owner")
        )
    if not entry.owner:
        return parts
    return [
        *parts,
        element(
            "span",
            element("span", f"{words.text('attention.owner')} ", class_="unseen"),
            render_address(entry.owner),
            class_="owner",
        ),
    ]


def render_score(report: Report, words: Words, entry: ListedEntity) -> Markup:
    """The score with its band. In the unknown band also the share of the data that is known."""
    band = report.bands[entry.band]
    covered = words.text("attention.unknown", share=words.percent(entry.coverage))
    return element(
        "span",
        element("b", words.number(entry.score, 0), class_="big"),
        " ",
        render_band(words, entry.band, band.name, len(report.bands) - 1),
        element("span", covered, class_="owner") if entry.band < 0 else None,
        class_="standing",
    )


def render_change(words: Words, change: float | None, *, rising: bool = True) -> Markup:
    """A change with an arrow. `rising` False: a higher score isn't a rise and gets no arrow."""
    if change is None or abs(change) < 0.05 or (change > 0 and not rising):
        text = words.number(None) if change is None else format_change(words, change)
        return element("span", text, class_="soft")
    arrow = element("span", "↓" if change < 0 else "↑", aria_hidden="true", class_="arrow")
    return element(
        "span", arrow, format_change(words, change), class_="fall" if change < 0 else "rise"
    )


def render_movements(report: Report, words: Words) -> Markup:
    """The section of the biggest changes."""
    head, since = element("h2", words.text("moved")), words.long_date(report.moved.since)
    if not report.moved.compared:
        return element(
            "section", head, element("p", words.text("moved.no_past", date=since)), id="moved"
        )
    lists = [
        _moves(report, words, kind, entries)
        for kind, entries in (("falls", report.moved.falls), ("rises", report.moved.rises))
    ]
    return element("section", head, lists, id="moved")


def _moves(report: Report, words: Words, kind: str, entries: Sequence[ListedEntity]) -> Markup:
    head = element("h3", words.text(f"moved.{kind}"))
    if not entries:
        return element(
            "div", head, element("p", words.text(f"moved.no_{kind}"), class_="soft"), class_="list"
        )
    columns = [
        ReportColumn(words.text("attention.who"), class_="who"),
        ReportColumn(words.text("moved.from_to"), class_="score"),
        ReportColumn(words.text("moved.change"), number=True, class_="change"),
        ReportColumn(words.text("attention.reason"), class_="reason"),
    ]
    rows: list[list[Child]] = [
        [
            render_name(words, entry),
            _way(report, words, entry),
            render_change(words, entry.change),
            render_cause(words, entry.cause),
        ]
        for entry in entries
    ]
    caption = words.text(f"moved.caption_{kind}", date=words.long_date(report.moved.since))
    return element(
        "div", head, render_table(caption, columns, rows, class_="cards moves"), class_="list"
    )


def _way(report: Report, words: Words, entry: ListedEntity) -> Markup:
    """The earlier and the later score with their bands. Screen readers read the bands' names."""
    parts: list[Child] = []
    for score, band in ((entry.before, entry.band_before), (entry.score, entry.band)):
        position = -1 if band is None else band
        name = words.label(report.bands[position].name)
        parts.append(
            element(
                "span",
                draw_mark(position, len(report.bands) - 1),
                " ",
                words.number(score, 1),
                element("span", f" {name}", class_="unseen"),
                class_="stop",
                title=name,
            )
        )
    return element("span", parts[0], element("span", " → ", class_="soft"), parts[1], class_="way")
