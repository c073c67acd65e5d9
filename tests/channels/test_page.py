"""What every page must be: one file, escaped, well formed, and clear to those who hear it."""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

import pytest

from salus.channels.report.content import BandSummary, ChangeCause, Movements, Report, ScoreSpread
from salus.channels.report.page import render_page
from salus.channels.words import LANGUAGES, load_words
from tests.channels.example import entry, example
from tests.channels.proof import validation
from tests.channels.seen import Element, seen

HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=y>\u202e\x00 שלום & Söhne"


def shown(report: Report, language: str = "en", labels: dict[str, str] | None = None) -> Element:
    """The page of a report, parsed."""
    return seen(render_page(report, load_words(language, labels or {}, "account")))


@pytest.fixture(scope="module", params=LANGUAGES)
def root(request: pytest.FixtureRequest) -> Element:
    return shown(dataclasses.replace(example(), proof=validation()), request.param)


def test_nothing_is_asked_of_the_network(root: Element) -> None:
    for one in root.all():
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
            assert one.attributes.get(name, "#").startswith(("#", "data:,")), one
    style = next(one.text for one in root.all("style"))
    assert not re.search(r"@import|@font-face|url\((?!#)|https?:", style)


def test_the_policy_forbids_everything_but_the_page_itself(root: Element) -> None:
    policies = [
        one.attributes["content"]
        for one in root.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_there_is_no_script(root: Element) -> None:
    assert root.all("script", "iframe", "object", "embed", "form", "foreignobject") == []
    assert not [
        name
        for one in root.all()
        for name in one.attributes
        if name.startswith("on") or name == "style"
    ]


def test_the_language_is_named() -> None:
    for language in LANGUAGES:
        assert shown(example(), language).all("html")[0].attributes["lang"] == language


def test_headings_go_down_step_by_step(root: Element) -> None:
    levels = [int(one.tag[1]) for one in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_table_has_a_caption_and_scoped_heads(root: Element) -> None:
    tables = root.all("table")
    assert len(tables) >= 7
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text
        assert {one.attributes.get("scope") for one in table.all("th")} == {"col", "row"}
        widths = {len(row.children) for row in table.all("tr")}
        assert len(widths) == 1


def test_every_picture_tells_what_it_shows_or_is_decoration(root: Element) -> None:
    for one in root.all("svg"):
        if one.inside("svg") or one.attributes.get("aria-hidden") == "true":
            continue
        assert one.attributes["role"] == "img"
        assert one.children[0].tag == "title"
        assert one.children[0].text
        assert one.attributes["aria-labelledby"] == one.children[0].attributes["id"]


def test_big_charts_are_described(root: Element) -> None:
    described = {
        one.attributes["aria-labelledby"]: one.children[1].text
        for one in root.all("svg")
        if one.attributes.get("aria-describedby")
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
    names = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(set(names)) == len(names)
    wanted = [
        one.attributes[name]
        for one in root.all()
        for name in ("aria-labelledby", "aria-describedby")
        if name in one.attributes
    ]
    wanted += [one.attributes["href"][1:] for one in root.all("a")]
    wanted += re.findall(
        r"url\(#([^)]+)\)", " ".join(one.attributes.get("fill", "") for one in root.all("rect"))
    )
    assert set(wanted) <= set(names)


def test_a_band_is_told_by_shape_and_word() -> None:
    told = [
        one
        for one in shown(example()).all("span")
        if one.attributes.get("class") == "band" and one.all("svg")
    ]
    shapes = {one.text.strip(): one.all("path")[0].attributes["d"] for one in told}
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
    root = shown(report)
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


def test_the_sentence_says_the_state() -> None:
    text = shown(example()).all("header")[0].text
    assert (
        "38 of 500 accounts are at risk, worth 1.92\u00a0M\u00a0EUR of 21.2\u00a0M\u00a0EUR."
        in text
    )
    assert "In the last 30 days, 12 fell to a worse band and 7 rose to a better one." in text
    assert "8 have too little data for a band. 1 source has no recent data" in text


def test_one_is_not_many() -> None:
    bands = list(example().bands)
    bands[2] = dataclasses.replace(bands[2], number=1)
    assert (
        "1 of 500 accounts is at risk"
        in shown(dataclasses.replace(example(), bands=tuple(bands))).text
    )


def test_outside_text_stays_text_wherever_it_stands() -> None:
    """Names of entities, owners, the model, bands, measures, caps, words and sources are all
    somebody else's.
    """
    report = _poisoned(example())
    root = shown(report)
    assert root.all("script", "img") == []
    text = root.all("body")[0].text
    assert text.count("<script>alert('x')</script>") > 30
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "<script>" in root.all("title")[0].text


def _poisoned(value: object) -> object:
    """The same with every text, however deep, that isn't one of a few known words replaced."""
    if isinstance(value, str):
        return value if value in KNOWN else HOSTILE
    if isinstance(value, tuple):
        return tuple(_poisoned(one) for one in value)
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


def test_names_have_a_direction_of_their_own() -> None:
    names = [one.text for one in shown(example()).all("bdi")]
    assert {"Nordwind Logistik GmbH", "csm0@acme.example", "acme"} <= set(names)


def test_a_label_of_the_model_comes_first() -> None:
    root = shown(example(), "de", {"account": "Kunde", "adoption": "Nutzung", "at_risk": "Rot"})
    assert "Gesundheit der Kunden" in root.text
    assert "Nutzung" in root.text
    assert "liegen im Band „Rot“" in root.text


def test_without_a_value_no_money_is_told() -> None:
    bands = tuple(dataclasses.replace(band, money=None) for band in example().bands)
    report = dataclasses.replace(
        example(),
        valued=False,
        currency=None,
        bands=bands,
        entries=tuple(dataclasses.replace(one, money=None) for one in example().entries),
    )
    text = shown(report).all("body")[0].text
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
    text = shown(report).all("body")[0].text
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
        dimensions=tuple(dataclasses.replace(one, spread=empty) for one in example().dimensions),
    )
    text = shown(report).all("body")[0].text
    assert "No account has a score." in text
    assert "no account has a score" in text


def test_doubts_are_told_one_by_one() -> None:
    told = [one.text for one in shown(example()).all("li")]
    assert (
        "Tickets: the newest data is 13\u00a0days old, but the limit is 7\u00a0days. Its measures are left out."
        in told
    )
    assert "Pulse: there is no data before this date." in told
    assert "Tickets: 36 rows could not be read (0.9%)." in told
    assert "Mood: only 31% of accounts have a value." in told
    assert (
        "For earlier dates, today’s values of Seats and Plan are used because their history isn’t known."
        in told
    )


def test_an_earlier_band_of_another_model_is_unknown_not_an_error() -> None:
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, falls=(dataclasses.replace(entry(0), band_before=None),)
        ),
    )
    falls = next(
        one
        for one in shown(report).all("table")
        if one.children[0].text.startswith("Biggest falls")
    )
    assert "Unknown" in falls.all("tr")[1].text


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("measure", "Open tickets from 1 to 9"),
        ("lost", "Open tickets no longer has a value"),
        ("gained", "Open tickets has a value again: 9"),
        ("weight", "Open tickets has a different weight than before"),
        ("model", "Other weights apply because the segment changed"),
    ],
)
def test_every_kind_of_cause_is_told(
    kind: Literal["measure", "lost", "gained", "weight", "model"], told: str
) -> None:
    cause = ChangeCause(kind, "open_tickets", 1.0, 9.0, "number", -8.0)
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, falls=(dataclasses.replace(entry(0), cause=cause),)
        ),
    )
    assert f"{told} (−8.0 points)" in shown(report).text


@pytest.mark.parametrize(
    ("kind", "told"),
    [("cap_on", "now limits the score"), ("cap_off", "no longer limits the score")],
)
def test_a_rule_that_begins_or_ends_is_a_cause(
    kind: Literal["cap_on", "cap_off"], told: str
) -> None:
    cause = ChangeCause(kind, "60 days overdue", None, None, "other", 12.0)
    report = dataclasses.replace(
        example(),
        moved=dataclasses.replace(
            example().moved, rises=(dataclasses.replace(entry(0), cause=cause),)
        ),
    )
    assert f"The rule “60 days overdue” {told} (+12.0 points)" in shown(report).text


def test_what_a_measure_tells_stands_below_its_name() -> None:
    told = load_words("en", {}, "account", {"mood": "How the owner sees it."})
    assert "How the owner sees it." in seen(render_page(example(), told)).text
