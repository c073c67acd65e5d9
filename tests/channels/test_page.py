"""Every page is one file, escaped, well formed, and clear in a screen reader."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Literal

import pytest

from salus.channels.report.content import (
    BandSummary,
    ChangeCause,
    Movements,
    NextBandStep,
    Report,
    ScoreSpread,
)
from salus.channels.report.page import render_page
from salus.channels.words import LANGUAGES, load_words
from salus.channels.words.pack_labels import load_labels
from tests.channels.example import entry, example
from tests.channels.html_tree import Element, parse_html
from tests.channels.proof import validation

HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=y>\u202e\x00 שלום & Söhne"


def parse_page(
    report: Report, language: str = "en", labels: dict[str, str] | None = None
) -> Element:
    """The page of a report, parsed."""
    return parse_html(render_page(report, load_words(language, labels or {}, "account")))


@pytest.fixture(scope="module", params=LANGUAGES)
def root(request: pytest.FixtureRequest) -> Element:
    return parse_page(dataclasses.replace(example(), proof=validation()), request.param)


def test_nothing_is_loaded_from_the_network(root: Element) -> None:
    for element in root.all():
        for name in (
            "src",
            "href",
            "srcset",
            "action",
            "poster",
            "data",
            "xlink:href",
            "background",
        ):
            assert element.attributes.get(name, "#").startswith(("#", "data:,")), element
    style = next(element.text for element in root.all("style"))
    assert not re.search(r"@import|@font-face|url\((?!#)|https?:", style)


def test_the_policy_forbids_everything_but_the_page_itself(root: Element) -> None:
    policies = [
        element.attributes["content"]
        for element in root.all("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_there_is_no_script(root: Element) -> None:
    assert root.all("script", "iframe", "object", "embed", "form", "foreignobject") == []
    assert not [
        name
        for element in root.all()
        for name in element.attributes
        if name.startswith("on") or name == "style"
    ]


def test_the_language_is_named() -> None:
    for language in LANGUAGES:
        assert parse_page(example(), language).all("html")[0].attributes["lang"] == language


def test_headings_go_down_step_by_step(root: Element) -> None:
    levels = [int(heading.tag[1]) for heading in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_table_has_a_caption_and_scoped_heads(root: Element) -> None:
    tables = root.all("table")
    assert len(tables) >= 7
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text
        assert {cell.attributes.get("scope") for cell in table.all("th")} == {"col", "row"}
        widths = {len(row.children) for row in table.all("tr")}
        assert len(widths) == 1


def test_every_picture_has_a_title_or_is_decoration(root: Element) -> None:
    for svg in root.all("svg"):
        if svg.inside("svg") or svg.attributes.get("aria-hidden") == "true":
            continue
        assert svg.attributes["role"] == "img"
        assert svg.children[0].tag == "title"
        assert svg.children[0].text
        assert svg.attributes["aria-labelledby"] == svg.children[0].attributes["id"]


def test_big_charts_are_described(root: Element) -> None:
    described = {
        svg.attributes["aria-labelledby"]: svg.children[1].text
        for svg in root.all("svg")
        if svg.attributes.get("aria-describedby")
    }
    assert {
        "by-number-title",
        "by-money-title",
        "histogram-title",
        "shares-title",
        "means-title",
    } <= set(described)
    assert all(described.values())


def test_names_of_elements_are_used_once_and_found(root: Element) -> None:
    names = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(set(names)) == len(names)
    wanted = [
        element.attributes[name]
        for element in root.all()
        for name in ("aria-labelledby", "aria-describedby")
        if name in element.attributes
    ]
    wanted += [element.attributes["href"][1:] for element in root.all("a")]
    wanted += re.findall(
        r"url\(#([^)]+)\)",
        " ".join(element.attributes.get("fill", "") for element in root.all("rect")),
    )
    assert set(wanted) <= set(names)


def test_a_band_has_a_shape_and_a_word() -> None:
    bands = [
        element
        for element in parse_page(example()).all("span")
        if element.attributes.get("class") == "band" and element.all("svg")
    ]
    shapes = {element.text.strip(): element.all("path")[0].attributes["d"] for element in bands}
    assert set(shapes) == {"Healthy", "Watch", "At risk", "Unknown"}
    assert len(set(shapes.values())) == 4


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 8])
def test_any_number_of_bands_has_shapes_and_hatches_of_its_own(count: int) -> None:
    names = [f"band_{place}" for place in range(count)]
    limits = [100 - 100 * (place + 1) / count for place in range(count)]
    bands = [
        BandSummary(name, limit, None if place == 0 else limits[place - 1], 10, 100.0, 9)
        for place, (name, limit) in enumerate(zip(names, limits, strict=True))
    ]
    report = dataclasses.replace(
        example(),
        bands=(*bands, BandSummary("unknown", None, None, 0, 0.0, 0)),
        trend=(),
        entries=(dataclasses.replace(entry(0), band=count - 1, band_before=0),),
        moved=dataclasses.replace(example().moved, falls=()),
    )
    root = parse_page(report)
    assert f"Band {count - 1}" in root.all("header")[0].text
    assert len(root.all("pattern")) == count + 1
    best, worst = (
        next(
            row.all("path")[0].attributes["d"]
            for row in root.all("tr")
            if f"Band {place}" in row.text
        )
        for place in (0, count - 1)
    )
    assert best != worst or count == 1


def test_the_summary_says_how_things_stand() -> None:
    text = parse_page(example()).all("header")[0].text
    assert (
        "38 of 500 accounts are at risk. They make up 1.92\u00a0M\u00a0EUR of the total value of "
        "21.2\u00a0M\u00a0EUR." in text
    )
    assert "In the last 30 days, 12 fell to a worse band and 7 rose to a better one." in text
    assert "8 have too little data for a band. 1 source has no recent data" in text


def test_one_account_is_singular() -> None:
    bands = list(example().bands)
    bands[2] = dataclasses.replace(bands[2], number=1)
    assert (
        "1 of 500 accounts is at risk"
        in parse_page(dataclasses.replace(example(), bands=tuple(bands))).text
    )


def test_text_from_the_data_stays_text_everywhere() -> None:
    """Names of entities, owners, the model, bands, measures, caps, words and sources come from data."""
    report = _poisoned(example())
    root = parse_page(report)
    assert root.all("script", "img") == []
    text = root.all("body")[0].text
    assert text.count("<script>alert('x')</script>") > 30
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "<script>" in root.all("title")[0].text


def _poisoned(value: object) -> object:
    """The same value with every text replaced, at any depth, except a few known words."""
    if isinstance(value, str):
        return value if value in KNOWN else HOSTILE
    if isinstance(value, tuple):
        return tuple(_poisoned(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value,
            **{
                field.name: _poisoned(getattr(value, field.name))
                for field in dataclasses.fields(value)
            },
        )
    return value


KNOWN = {
    "number",
    "percent",
    "days",
    "other",
    "measure",
    "weight",
    "lost",
    "gained",
    "cap_on",
    "cap_off",
    "model",
}


def test_names_cannot_change_the_direction_of_text() -> None:
    names = [element.text for element in parse_page(example()).all("bdi")]
    assert {"Nordwind Logistik GmbH", "csm0", "acme"} <= set(names)


def test_a_label_of_the_model_comes_first() -> None:
    root = parse_page(
        example(), "de", {"account": "Kunde", "adoption": "Nutzung", "at_risk": "Rot"}
    )
    assert "Kundengesundheit" in root.text
    assert "Nutzung" in root.text
    assert "sind in der Stufe „Rot“" in root.text


def test_without_a_value_no_money_is_shown() -> None:
    bands = tuple(dataclasses.replace(band, money=None) for band in example().bands)
    report = dataclasses.replace(
        example(),
        valued=False,
        currency=None,
        bands=bands,
        entries=tuple(dataclasses.replace(listed, money=None) for listed in example().entries),
    )
    text = parse_page(report).all("body")[0].text
    assert "EUR" not in text
    assert "Money" not in text
    assert "lowest score first, then the others. The model has no column for their value" in text


def test_without_a_past_nothing_is_compared() -> None:
    report = dataclasses.replace(
        example(),
        trend=example().trend[-1:],
        moved=Movements(
            since=example().moved.since,
            compared=False,
            mean=None,
            fell=0,
            rose=0,
            falls=(),
            rises=(),
        ),
    )
    text = parse_page(report).all("body")[0].text
    assert "There is no earlier date to compare with" in text
    assert "30 days" not in text
    assert "Month by month" not in text


def test_nobody_with_a_score() -> None:
    empty = ScoreSpread((0,) * 20, None, None, None, None)
    report = dataclasses.replace(
        example(),
        spread=empty,
        entries=(),
        trend=example().trend[-1:],
        coverage=0.1,
        moved=dataclasses.replace(example().moved, falls=(), rises=(), mean=None),
        dimensions=tuple(
            dataclasses.replace(dimension, spread=empty) for dimension in example().dimensions
        ),
    )
    text = parse_page(report).all("body")[0].text
    assert "No account has a score." in text
    assert "no account has a score" in text


def test_every_doubt_is_listed() -> None:
    doubts = [element.text for element in parse_page(example()).all("li")]
    assert (
        "tickets: the newest data is 13\u00a0days old, but the limit is 7\u00a0days. Its measures are left out."
        in doubts
    )
    assert "pulse: there is no data before this date." in doubts
    assert "tickets: 36 rows could not be read (0.9%)." in doubts
    assert "Mood: only 31% of accounts have data." in doubts
    assert (
        "For earlier dates, some of today’s values are used in “Seats” and “Plan”, because their history isn’t known."
        in doubts
    )


def test_links_and_look_ups_of_today_are_doubts_of_earlier_dates() -> None:
    report = dataclasses.replace(example(), linked=True, links_today=15, lookups_today=1)
    doubts = [element.text for element in parse_page(report).all("li")]
    assert (
        "On every date, names lead to the same accounts as today, because 15 links have no time."
        in doubts
    )
    assert (
        "Today’s rows of 1 table that is looked up without a date are used for every date."
        in doubts
    )
    assert (
        "Rows whose names lead to no known account, or to several, are left out; salus check counts"
        " them."
    ) in doubts
    alone = dataclasses.replace(report, trend=report.trend[-1:])
    text = parse_page(alone).all("body")[0].text
    assert "15 links" not in text and "looked up" not in text


@pytest.mark.parametrize(
    ("means", "lowest"),
    [
        ((74.3, 65.7, 63.84, 73.3), "At its lowest it was 63.8, on"),
        ((74.3, 68.4, 73.3), None),
        ((74.3, 80.0, 60.0), None),
        ((60.0, None, 60.0), None),
    ],
)
def test_a_line_that_dips_far_below_its_ends_names_the_lowest_point(
    means: tuple[float | None, ...], lowest: str | None
) -> None:
    first = example().trend[0]
    trend = tuple(
        dataclasses.replace(first, mean=mean, as_of=dt.date(2026, 1 + place, 1))
        for place, mean in enumerate(means)
    )
    text = parse_page(dataclasses.replace(example(), trend=trend)).all("body")[0].text
    assert ("At its lowest" in text) == (lowest is not None)
    if lowest:
        assert f"{lowest} 1 Mar 2026." in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("owner", "ids"),
    [("0057Q0000tmmb2HQAQ", True), ("Mia Holm", False), ("m2@firm.example", False), ("mia", False)],
)
def test_owners_that_are_ids_are_a_caveat(owner: str, ids: bool) -> None:
    entries = tuple(dataclasses.replace(entry, owner=owner) for entry in example().entries)
    text = parse_page(dataclasses.replace(example(), entries=entries)).all("body")[0].text
    assert ("Owners are shown by ids" in text) == ids


def test_an_earlier_band_of_another_model_is_unknown_not_an_error() -> None:
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, falls=(dataclasses.replace(entry(0), band_before=None),)
        ),
    )
    falls = next(
        table
        for table in parse_page(report).all("table")
        if table.children[0].text.startswith("Biggest falls")
    )
    assert "Unknown" in falls.all("tr")[1].text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("measure", "Open tickets from 1 to 9"),
        ("lost", "“Open tickets” no longer has a value"),
        ("gained", "“Open tickets” has a value again: 9"),
        ("weight", "“Open tickets” has a different weight than before"),
        ("model", "Other weights apply because the segment changed"),
    ],
)
def test_every_kind_of_cause_has_a_sentence(
    kind: Literal["measure", "lost", "gained", "weight", "model"], sentence: str
) -> None:
    cause = ChangeCause(kind, "open_tickets", 1.0, 9.0, "number", -8.0)
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, falls=(dataclasses.replace(entry(0), cause=cause),)
        ),
    )
    assert f"{sentence} (−8.0\u00a0points)" in parse_page(report).text


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("cap_on", "now limits the score"), ("cap_off", "no longer limits the score")],
)
def test_a_rule_that_begins_or_ends_is_a_cause(
    kind: Literal["cap_on", "cap_off"], ending: str
) -> None:
    cause = ChangeCause(kind, "60 days overdue", None, None, "other", 12.0)
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, rises=(dataclasses.replace(entry(0), cause=cause),)
        ),
    )
    assert f"The rule “60 days overdue” {ending} (+12.0\u00a0points)" in parse_page(report).text


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        (8.0, "Older, weaker days count less in the smoothed score (+8.0\u00a0points)"),
        (-8.0, "Older, stronger days count less in the smoothed score (−8.0\u00a0points)"),
    ],
)
def test_smoothing_is_a_cause_in_both_directions(effect: float, sentence: str) -> None:
    cause = ChangeCause("smoothing", "", None, None, "other", effect)
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, rises=(dataclasses.replace(entry(0), cause=cause),)
        ),
    )
    assert sentence in parse_page(report).text


def test_the_bands_table_explains_a_score_past_the_limit() -> None:
    report = dataclasses.replace(example(), dead_zone=3.0)
    worst = report.bands[report.worst]
    assert worst.high is not None
    text = parse_page(report).text
    assert "The band changes only when the score is 3 points past the limit." in text
    assert f"So {worst.high + 2:g} can still be “At risk”." in text
    assert "past the limit" not in parse_page(dataclasses.replace(example(), dead_zone=0.0)).text


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (NextBandStep("sponsor_left", 1.0, 0.0, "number"), "“Sponsor left” must be “no”"),
        (NextBandStep("overdue", 658.0, 60.0, "days"), "overdue at most 60\u00a0days (now 658)"),
        (NextBandStep("urgent", 9.0, 1.0, "workdays"), "urgent at most 1\u00a0working day (now 9)"),
        (NextBandStep("reply", 4.0, 0.5, "times"), "reply from 4× to 0.5×"),
        (NextBandStep("logins", 2.0, 9.0, "number"), "logins from 2 to 9"),
    ],
)
def test_a_step_to_the_next_band_says_its_unit(step: NextBandStep, text: str) -> None:
    report = dataclasses.replace(
        example(), entries=(dataclasses.replace(entry(0), band=2, steps=(step,)),)
    )
    words = load_words("en", {}, "account", units={"sponsor_left": "truth"})
    assert f": {text}" in parse_html(render_page(report, words)).text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "oldest urgent ticket open for at most 1\u00a0working day (now 9)"),
        ("de", "ältestes dringendes Ticket höchstens 1\u00a0Arbeitstag offen (heute 9)"),
        ("da", "ældste hastesag højst åben i 1\u00a0arbejdsdag (nu 9)"),
    ],
)
def test_a_step_of_days_says_what_lasts(language: str, text: str) -> None:
    report = dataclasses.replace(
        example(),
        entries=(
            dataclasses.replace(
                entry(0), band=2, steps=(NextBandStep("open_urgent_age", 9.0, 1.0, "workdays"),)
            ),
        ),
    )
    labels = load_labels(language)
    words = dataclasses.replace(load_words(language, labels.names, "account"), steps=labels.steps)
    assert f": {text}" in parse_html(render_page(report, words)).text


def test_a_score_without_change_says_how_long_ago_it_was_the_same() -> None:
    line = (None, 48.2, 41.0, 47.9)
    report = dataclasses.replace(
        example(), entries=(dataclasses.replace(entry(0), line=line),), trend=example().trend[:4]
    )
    assert "Score: 48, the same as 2 months ago" in parse_page(report).text


def test_a_change_counts_fully_after_the_days_that_the_score_averages() -> None:
    smoothed = dataclasses.replace(example(), half_life=28)
    assert "counts fully only after 112 days" in parse_page(smoothed).text
    assert "counts fully" not in parse_page(dataclasses.replace(smoothed, half_life=None)).text


def test_a_measure_is_explained_below_its_name() -> None:
    told = load_words("en", {}, "account", {"mood": "How the owner sees it."})
    assert "How the owner sees it." in parse_html(render_page(example(), told)).text
