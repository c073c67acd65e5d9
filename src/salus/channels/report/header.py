"""The top of the page: the title, a summary in a few sentences, and four figures."""

from __future__ import annotations

from salus.channels.markup import Markup, element, render_foreign_text
from salus.channels.report.band_marks import draw_mark
from salus.channels.report.content import Report
from salus.channels.values import format_change
from salus.channels.words import Words


def render_header(report: Report, words: Words) -> Markup:
    """The name, the date, the summary and the figures."""
    above = element(
        "p",
        render_foreign_text(report.name),
        " · ",
        words.text("as_of", date=words.long_date(report.as_of)),
        class_="above",
    )
    details = [
        words.counted("population", report.population),
        words.text("model", name=report.name, fingerprint=report.fingerprint),
    ]
    if report.beside is not None:
        details.append(
            words.text(
                "beside", n=words.number(report.beside.number), other=report.beside.fingerprint
            )
        )
    if report.moved.compared:
        details.append(words.text("since", date=words.long_date(report.moved.since)))
    return element(
        "header",
        above,
        element("h1", write_title(words)),
        element("p", write_headline(report, words), class_="lead"),
        render_figures(report, words),
        element("p", " · ".join(details), class_="small"),
    )


def write_title(words: Words) -> str:
    """The title of the page. Languages that join words have titles for some entities."""
    own = f"title.{words.entity}"
    return words.text(own if words.has(own) else "title")


def write_headline(report: Report, words: Words) -> str:
    """The summary in plain words."""
    parts = [_worst(report, words)]
    if report.moved.compared:
        parts.append(
            words.text(
                "lead.moved",
                days=report.days,
                fell=words.number(report.moved.fell),
                rose=words.number(report.moved.rose),
            )
        )
    parts += (
        [words.counted("lead.by_model", report.moved.by_model)] if report.moved.by_model else []
    )
    unknown = report.bands[-1].number
    stale = sum(source.stale for source in report.sources)
    parts += [words.counted("lead.unknown", unknown)] if unknown else []
    parts += [words.counted("lead.stale", stale)] if stale else []
    return " ".join(parts)


def _worst(report: Report, words: Words) -> str:
    band = report.bands[report.worst]
    values = {"all": words.number(report.population), "band": words.label(band.name)}
    if band.number == 0:
        return words.text("lead.none", **values)
    kind = "at_risk" if has_usual_worst_band(report, words) else "band"
    if report.valued:
        values |= {
            "money": words.money(band.money, report.currency),
            "total": words.money(report.money, report.currency),
        }
        kind += "_money"
    return words.counted(f"lead.{kind}", band.number, **values)


def render_figures(report: Report, words: Words) -> Markup:
    """The four most important figures."""
    figures = [_mean(report, words), _number(report, words)]
    figures += [_money(report, words)] if report.valued else []
    figures += [_moved(report, words)] if report.moved.compared else []
    return element("dl", figures, class_="figures")


def _figure(head: Markup | str, number: str, note: str) -> Markup:
    return element(
        "div", element("dt", head), element("dd", element("strong", number), element("span", note))
    )


def _mean(report: Report, words: Words) -> Markup:
    mean = report.spread.mean
    if mean is None:
        note = words.text("figure.no_score")
    elif report.moved.mean is None:
        note = words.text("figure.no_past")
    else:
        note = words.text(
            "figure.change", change=format_change(words, report.moved.mean), days=report.days
        )
    return _figure(words.text("figure.mean"), words.number(mean, 1), note)


def _number(report: Report, words: Words) -> Markup:
    band = report.bands[report.worst]
    share = words.text("figure.share", share=words.percent(band.number / report.population))
    return _figure(_head(report, words), words.number(band.number), share)


def _money(report: Report, words: Words) -> Markup:
    money, total = report.bands[report.worst].money or 0.0, report.money
    note = words.text(
        "figure.money_share",
        share=words.percent(money / total) if total else words.percent(None),
        total=words.money(total, report.currency),
    )
    head = words.text(
        "figure.money_at_risk" if has_usual_worst_band(report, words) else "figure.money"
    )
    return _figure(head, words.money(money, report.currency), note)


def _moved(report: Report, words: Words) -> Markup:
    moved = report.moved
    return _figure(
        words.text("figure.moved"),
        words.number(moved.fell + moved.rose),
        words.text(
            "figure.moved_text", fell=words.number(moved.fell), rose=words.number(moved.rose)
        ),
    )


def _head(report: Report, words: Words) -> Markup:
    return element(
        "span",
        draw_mark(report.worst, len(report.bands) - 1),
        " ",
        words.label(report.bands[report.worst].name),
        class_="band",
    )


def has_usual_worst_band(report: Report, words: Words) -> bool:
    """Whether the worst band has its usual name, which the texts contain."""
    name = report.bands[report.worst].name
    return name == "at_risk" and name not in words.labels
