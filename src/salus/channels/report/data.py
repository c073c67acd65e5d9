"""The section about the data: how fresh and complete it is, and what to be careful about."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.markup import Child, Markup, element, render_code, shorten
from salus.channels.report.content import Report, SourceState
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.words import Words

THIN = 0.5  # a measure with values for a smaller share of the entities says little
STATES = {
    "fresh_yes": "M1.2 6.4L4.6 9.8L11 2.6",
    "fresh_no": "M2 2L10 10M10 2L2 10",
    "fresh_open": "M2 6h8",
    "fresh_none": "M2 2L10 10M10 2L2 10",
}


def render_data(report: Report, words: Words) -> Markup:
    """The section."""
    below = report.bands[-1].number
    coverage = [words.text("data.coverage", share=words.percent(report.coverage))]
    if below:
        coverage.append(
            words.counted("data.covered", below, least=words.percent(report.min_coverage))
        )
    doubts = list_doubts(report, words)
    advice = (
        element("ul", [element("li", render_code(doubt)) for doubt in doubts])
        if doubts
        else element("p", words.text("data.no_doubt"))
    )
    return element(
        "section",
        element("h2", words.text("data")),
        element("p", " ".join(coverage), class_="note"),
        _table(report, words) if report.sources else None,
        _uncounted(report, words),
        element("h3", words.text("data.doubt")),
        advice,
        id="data",
    )


def _uncounted(report: Report, words: Words) -> Markup | None:
    """What a dash means, if the rows of only some sources are counted."""
    counted = {source.read is not None for source in report.sources}
    return element("p", words.text("data.uncounted"), class_="small") if len(counted) == 2 else None


def list_doubts(report: Report, words: Words) -> list[str]:
    """Every reason for doubt, one sentence each."""
    doubts = []
    for source in report.sources:
        doubts += _source_doubts(words, source)
    doubts += [words.text("doubt.linked")] if report.linked else []
    doubts += [
        words.text("doubt.thin", measure=words.label(line.name), share=words.percent(line.have, 0))
        for dimension in report.dimensions
        for line in dimension.measures
        if line.have < THIN and not line.good_without
    ]
    if _are_ids([entry.owner for entry in report.entries]):
        doubts.append(words.text("doubt.owners"))
    if report.valued and report.unvalued:
        doubts.append(words.counted("doubt.no_value", report.unvalued))
    if report.today and len(report.trend) > 1:
        names = [words.quoted(words.label(name)) for name in report.today]
        doubts.append(words.text("doubt.today", names=words.listed(names)))
    if len(report.trend) > 1:
        doubts += [
            words.counted(key, number)
            for key, number in (
                ("doubt.links", report.links_today),
                ("doubt.lookups", report.lookups_today),
            )
            if number
        ]
    return doubts


def _are_ids(owners: Sequence[str | None]) -> bool:
    """Whether people are shown by ids: every one has a digit, and neither blanks nor `@`."""
    known = [owner for owner in owners if owner]
    return bool(known) and all(
        any(map(str.isdigit, owner)) and not {" ", "@"} & set(owner) for owner in known
    )


def _source_doubts(words: Words, source: SourceState) -> list[str]:
    name, doubts = f"`{shorten(source.name)}`", []
    if source.age is None:
        doubts.append(words.text("doubt.empty", source=name))
    elif source.stale and source.fresh is not None:
        doubts.append(
            words.text(
                "doubt.stale",
                source=name,
                age=words.days(source.age),
                fresh=words.days(source.fresh),
            )
        )
    if source.rejected and source.read:
        doubts.append(
            words.counted(
                "doubt.rejected",
                source.rejected,
                source=name,
                share=words.percent(source.rejected / source.read),
            )
        )
    if source.unknown_keys:
        doubts.append(words.text("doubt.unknown_keys", source=name))
    return doubts


def _table(report: Report, words: Words) -> Markup:
    columns = [
        ReportColumn(words.text("data.source"), class_="who"),
        ReportColumn(words.text("data.state"), class_="state"),
        ReportColumn(words.text("data.newest"), number=True),
        ReportColumn(words.text("data.age"), number=True),
        ReportColumn(words.text("data.fresh"), number=True),
    ]
    counted = any(source.read is not None for source in report.sources)
    if counted:
        columns += [
            ReportColumn(words.text("data.rows"), number=True),
            ReportColumn(words.text("data.rejected"), number=True),
        ]
    return render_table(
        words.text("data.caption"),
        columns,
        [_row(words, source, counted=counted) for source in report.sources],
        class_="cards sources",
    )


def _row(words: Words, source: SourceState, *, counted: bool) -> list[Child]:
    row: list[Child] = [
        element("code", shorten(source.name)),
        _state(words, source),
        words.date(source.newest),
        words.number(None) if source.age is None else words.days(source.age),
        words.number(None) if source.fresh is None else words.days(source.fresh),
    ]
    return row + (
        [words.number(source.read, 0), words.number(source.rejected, 0)] if counted else []
    )


def _state(words: Words, source: SourceState) -> Markup:
    """The mark and the word for a source's state."""
    if source.age is None:
        state = "fresh_none"
    elif source.fresh is None:
        state = "fresh_open"
    else:
        state = "fresh_no" if source.stale else "fresh_yes"
    tone = {"fresh_yes": "good", "fresh_open": "even"}.get(state, "bad")
    path = element("path", d=STATES[state])
    sign = element("svg", path, class_="sign", viewBox="0 0 12 12", aria_hidden="true")
    return element("span", sign, " ", words.text(f"data.{state}"), class_=f"band {tone}")
