"""Whether the score predicts an outcome: the verdict, its pictures with their figures, and the
register of misses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.markup import Child, Markup, element, render_foreign_text, shorten
from salus.channels.pictures import Picture, build_outlook, build_pictures, draw_picture, is_missing
from salus.channels.report.band_marks import render_band
from salus.channels.report.content import Report
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.words import Words
from salus.channels.words.verdict import write_verdict
from salus.insight.statistics.rates import FEWEST as LEAST_ROWS
from salus.insight.validation.misses import BEFORE, Miss, PriorScore
from salus.insight.validation.validation import Validation
from salus.periods.day import date_of

MOST = 20  # of the register


def write_heading(found: Validation, words: Words) -> str:
    """The question."""
    if found.question.score != "score":
        return words.text(
            "proof.further",
            score=shorten(words.label(found.question.score)),
            outcome=outcome_label(found, words),
        )
    return words.text("proof", outcome=outcome_label(found, words))


def outcome_label(found: Validation, words: Words) -> str:
    """The outcome, as the model or its labels spell it: it stands in quotes."""
    name = found.question.outcome
    return shorten(words.labels.get(name) or name.replace("_", " "))


def render_proof(report: Report, words: Words) -> Markup | None:
    """The section; none where nothing was asked."""
    found = report.proof
    if found is None:
        return None
    bands = [band.name for band in report.bands[:-1]]
    several = build_pictures(found, bands, words)
    if report.outlook is not None:
        several = (
            *several,
            build_outlook(report.outlook, words, valued=report.valued, currency=report.currency),
        )
    drawable = not is_missing()
    lead = " ".join(
        [
            write_verdict(found, words, shorten),
            *_missed_most(report, found, words),
        ]
    )
    return element(
        "section",
        element("h2", write_heading(found, words)),
        element("p", lead, class_="lead"),
        element("p", " ".join(_basis(found, words)), class_="note"),
        None if drawable else element("p", words.text("proof.no_pictures"), class_="note"),
        element(
            "div", [_figure(one, words, drawable=drawable) for one in several], class_="pictures"
        ),
        _register(report, found, words),
        id="proof",
    )


def _missed_most(report: Report, found: Validation, words: Words) -> Iterator[str]:
    """That the worst band missed most of them, and what another limit would have done."""
    told = found.missed
    if told is None or 2 * told.missed <= told.all:
        return
    yield words.text(
        "proof.missed",
        band=words.label(report.bands[report.worst].name),
        missed=words.number(told.missed),
        all=words.number(told.all),
        outcome=outcome_label(found, words),
    )
    if told.limit is not None:
        yield words.text(
            "proof.limit", limit=words.number(told.limit, 0), caught=words.number(told.caught)
        )


def _basis(found: Validation, words: Words) -> Iterator[str]:
    first, last = (
        words.long_date(date_of(found.days[place])) if found.days else words.number(None)
        for place in (0, -1)
    )
    yield words.text(
        "proof.rows",
        rows=words.number(found.rows),
        all=words.number(found.entities),
        first=first,
        last=last,
        dates=words.number(len(found.days)),
        events=words.number(found.events),
        days=words.number(found.question.horizon),
        least=words.number(LEAST_ROWS),
        outcome=outcome_label(found, words),
    )
    if found.warnings:
        yield words.counted("proof.warned", len(found.warnings))


def _figure(picture: Picture, words: Words, *, drawable: bool) -> Markup:
    """Title, picture, sentence, and the figures as a table: folded away beside the picture, open
    without it.
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
    told = element("figcaption", picture.says)
    if not drawable:
        return element("figure", element("h3", picture.title), told, figures)
    return element(
        "figure",
        element("h3", picture.title),
        draw_picture(picture, alone=False),
        told,
        element("details", element("summary", words.text("trend.numbers")), figures),
    )


def _register(report: Report, found: Validation, words: Words) -> Markup | None:
    """The latest of those on whom nothing warned; none for scores that say chance."""
    if not found.misses:
        return None
    missed = [one for one in found.misses if one.missed]
    told = {
        "outcome": outcome_label(found, words),
        "band": words.label(report.bands[report.worst].name),
    }
    head = element("h3", words.text("proof.register"))
    if not missed:
        return element(
            "div",
            head,
            element("p", words.text("proof.register_none", **told), class_="note"),
            class_="register",
        )
    shown = missed[:MOST]
    note = words.text(
        "proof.register_note",
        missed=words.number(len(missed)),
        all=words.number(len(found.misses)),
        n=words.number(len(shown)),
        **told,
    )
    columns = [
        ReportColumn(words.text("look.who"), class_="who"),
        ReportColumn(words.text("proof.on"), number=True, class_="on"),
        *(
            ReportColumn(words.text("proof.before", days=words.days(back)), number=True)
            for back in BEFORE
        ),
        ReportColumn(words.text("proof.lowest"), class_="reason"),
    ]
    rows = [_missed(report, one, words) for one in shown]
    return element(
        "div",
        head,
        element("p", note, class_="note"),
        render_table(words.text("proof.register"), columns, rows, class_="cards misses"),
        class_="register",
    )


def _missed(report: Report, one: Miss, words: Words) -> Sequence[Child]:
    lowest = (
        words.number(None)
        if one.lowest is None or one.points is None
        else words.text(
            "proof.points",
            measure=shorten(words.label(one.lowest)),
            points=words.number(one.points, 0),
        )
    )
    return [
        element("span", render_foreign_text(one.label or one.id), class_="name"),
        words.date(date_of(one.day)),
        *(_prior_score(report, prior, words) for prior in one.prior_scores),
        lowest,
    ]


def _prior_score(report: Report, said: PriorScore, words: Words) -> Child:
    """Score and band of a day; a dash where the entity wasn't scored."""
    if said.band is None:
        return words.number(None)
    names = [band.name for band in report.bands]
    position = names.index(said.band) if said.band in names[:-1] else -1
    return element(
        "span",
        words.number(said.score, 0),
        " ",
        render_band(words, position, said.band, len(names) - 1),
    )
