"""The section that shows whether the score predicts an outcome: the verdict, the pictures with their
figures, and the outcomes that the score missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.markup import Child, Markup, element, render_code, render_foreign_text, shorten
from salus.channels.pictures import Picture, build_outlook, build_pictures, draw_picture, is_missing
from salus.channels.report.band_marks import render_band
from salus.channels.report.content import Report
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.words import Words
from salus.channels.words.verdict import verdict_findings
from salus.insight.statistics.rates import FEWEST as LEAST_ROWS
from salus.insight.validation.misses import BEFORE, Miss, PriorScore
from salus.insight.validation.validation import Validation
from salus.periods.day import date_of

MOST = 20  # at most so many misses are listed


def write_heading(validation: Validation, words: Words) -> str:
    """The heading of the section: a question."""
    if validation.question.score != "score":
        return words.text(
            "proof.further",
            score=shorten(words.label(validation.question.score)),
            **_outcome(validation, words),
        )
    return words.text("proof", **_outcome(validation, words))


def _outcome(validation: Validation, words: Words) -> dict[str, str]:
    """The outcome's label and its forms for a sentence."""
    return words.outcome_words(validation.question.outcome, shorten)


def render_proof(report: Report, words: Words) -> Markup | None:
    """The section; None if no outcome was chosen."""
    validation = report.proof
    if validation is None:
        return None
    drawable = not is_missing()
    limits = words.paragraph(validation.limits, shorten)
    verdict = words.paragraph(verdict_findings(validation)[len(validation.limits) :], shorten)
    lead = " ".join([verdict, *_missed_most(report, validation, words)])
    figures = [_figure(picture, words, drawable=drawable) for picture in _pictures(report, words)]
    return element(
        "section",
        element("h2", write_heading(validation, words)),
        element("p", limits, class_="limits") if limits else None,
        element("p", lead, class_="lead"),
        element("p", render_code(" ".join(_basis(validation, words))), class_="note"),
        None
        if drawable
        else element("p", render_code(words.text("proof.no_pictures")), class_="note"),
        element("div", figures, class_="pictures"),
        _register(report, validation, words),
        id="proof",
    )


def _pictures(report: Report, words: Words) -> Iterator[Picture]:
    if report.proof is not None:
        bands = [band.name for band in report.bands[:-1]]
        yield from build_pictures(report.proof, bands, words)
    if report.outlook is not None:
        yield build_outlook(report.outlook, words, valued=report.valued, currency=report.currency)


def _missed_most(report: Report, validation: Validation, words: Words) -> Iterator[str]:
    """If the worst band missed most outcomes: how many, and how many another limit would catch."""
    missed = validation.missed
    if missed is None or 2 * missed.missed <= missed.all:
        return
    yield words.text(
        "proof.missed",
        band=words.label(report.bands[report.worst].name),
        missed=words.number(missed.missed),
        all=words.number(missed.all),
        **_outcome(validation, words),
    )
    worst = report.bands[report.worst]
    if missed.limit is not None and worst.high is not None:
        yield words.text(
            "proof.limit",
            band=words.label(worst.name),
            limit=words.number(missed.limit, 0),
            now=words.number(worst.high),
            missed=words.number(missed.missed),
            caught=words.number(missed.caught),
        )


def _basis(validation: Validation, words: Words) -> Iterator[str]:
    """The data that the verdict is based on."""
    first, last = (
        words.long_date(date_of(validation.days[place])) if validation.days else words.number(None)
        for place in (0, -1)
    )
    yield words.text(
        "proof.rows",
        rows=words.number(validation.rows),
        all=words.number(validation.entities),
        first=first,
        last=last,
        dates=words.number(len(validation.days)),
        events=words.number(validation.events),
        days=words.number(validation.question.horizon),
        least=words.number(LEAST_ROWS),
        **_outcome(validation, words),
    )
    if validation.question.notice is not None:
        yield words.text("proof.decided")
    if validation.warnings:
        yield words.counted("proof.warned", len(validation.warnings))


def _figure(picture: Picture, words: Words, *, drawable: bool) -> Markup:
    """The picture with its title, its sentence and its table. The table is folded if the picture is
    drawn.
    """
    columns = [ReportColumn(head, number=place > 0) for place, head in enumerate(picture.head)]
    figures = element(
        "div",
        render_table(picture.title, columns, picture.rows, class_="plain"),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=picture.title,
    )
    if not drawable:
        caption = element("figcaption", picture.says)
        return element("figure", element("h3", picture.title), caption, figures)
    return element(
        "figure",
        element("h3", picture.title),
        draw_picture(picture, alone=False),
        element("figcaption", picture.caption),
        element("details", element("summary", words.text("trend.numbers")), figures),
        class_=picture.name,
    )


def _register(report: Report, validation: Validation, words: Words) -> Markup | None:
    """The latest entities whose outcome came without a warning; None if there is no register."""
    if not validation.misses:
        return None
    missed = [miss for miss in validation.misses if miss.missed]
    names = {
        **_outcome(validation, words),
        "band": words.label(report.bands[report.worst].name),
    }
    head = element("h3", words.text("proof.register"))
    if not missed:
        return element(
            "div",
            head,
            element("p", words.text("proof.register_none", **names), class_="note"),
            class_="register",
        )
    latest = missed[:MOST]
    note = words.text(
        "proof.register_note",
        missed=words.number(len(missed)),
        all=words.number(len(validation.misses)),
        n=words.number(len(latest)),
        **names,
    )
    columns = [
        ReportColumn(words.text("attention.who"), class_="who"),
        ReportColumn(words.text("proof.on"), number=True, class_="on"),
        *(
            ReportColumn(words.text("proof.before", days=words.days(back)), number=True)
            for back in BEFORE
        ),
        ReportColumn(words.text("proof.lowest"), class_="reason"),
    ]
    rows = [_miss_row(report, miss, words) for miss in latest]
    return element(
        "div",
        head,
        element("p", note, class_="note"),
        render_table(words.text("proof.register"), columns, rows, class_="cards misses"),
        class_="register",
    )


def _miss_row(report: Report, miss: Miss, words: Words) -> Sequence[Child]:
    lowest = (
        words.number(None)
        if miss.lowest is None or miss.points is None
        else words.text(
            "proof.points",
            measure=shorten(words.label(miss.lowest)),
            points=words.number(miss.points, 0),
        )
    )
    return [
        element("span", render_foreign_text(miss.label or miss.id), class_="name"),
        words.date(date_of(miss.day)),
        *(_prior_score(report, prior, words) for prior in miss.prior_scores),
        lowest,
    ]


def _prior_score(report: Report, prior: PriorScore, words: Words) -> Child:
    """The score and band of a day; a dash if the entity wasn't scored."""
    if prior.band is None:
        return words.number(None)
    names = [band.name for band in report.bands]
    position = names.index(prior.band) if prior.band in names[:-1] else -1
    return element(
        "span",
        words.number(prior.score, 0),
        " ",
        render_band(words, position, prior.band, len(names) - 1),
    )
