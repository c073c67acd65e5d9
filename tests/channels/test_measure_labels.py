"""The labels of a proposed model's measures, and labels that a model gives itself."""

from __future__ import annotations

from itertools import product

import pytest

from salus.channels.text.labels import format_label
from salus.channels.words import LANGUAGES
from salus.channels.words.labels import words_for
from salus.channels.words.measure_labels import label_measures
from salus.channels.words.pack_labels import load_labels
from salus.channels.words.translation import translate_label
from salus.finding import Finding
from salus.model.model import Model
from salus.model.read import read_text

MODEL = """\
version: 1
name: labels
entity: {{name: account, key: account_id, population: active}}
sources:
  log: {{table: log, key: account_id, time: day}}
dimensions:
  usage:
    weight: 1
    measures:
      usage_trend: {{{label}count: log, within: 28d, bad: 0, good: 9}}
"""


def code(base: str, table: str = "log", tool: str | None = None, days: int | None = 28) -> Finding:
    return Finding("measure.label", base=base, table=table, tool=tool, days=days, column=None)


def read(label: str = "") -> Model:
    text = MODEL.format(label=label).replace(", population: active", "")
    return read_text(text)


@pytest.mark.parametrize(
    ("language", "trend", "year"),
    [
        ("en", "Change in use over 28 days", "Extra deals won in a year"),
        ("de", "Veränderung der Nutzung in 28 Tagen", "Zusatzgeschäfte in einem Jahr"),
        ("da", "Ændring i brug over 28 dage", "Ekstra handler vundet på et år"),
    ],
)
def test_labels_name_the_window(language: str, trend: str, year: str) -> None:
    codes = {"t": code("usage_trend"), "b": code("bought_more", days=364)}
    assert label_measures(codes, language) == {"t": trend, "b": year}


def test_measures_that_say_the_same_name_their_tool_or_else_their_table() -> None:
    codes = {
        "a": code("last_active_days", "app", "amplitude"),
        "b": code("last_active_days", "web", "hubspot"),
        "c": code("open_tickets", "Case", "salesforce"),
        "d": code("open_tickets", "mails", None),
        "e": code("seats_level", "x"),
    }
    assert label_measures(codes, "en") == {
        "a": "Days since last use (Amplitude)",
        "b": "Days since last use (HubSpot)",
        "c": "Open tickets (Case)",
        "d": "Open tickets (mails)",
        "e": "Seats level",
    }


def test_no_two_labels_are_equal_whatever_the_tables_are_called() -> None:
    bases = [*load_labels("en").names, "own", "Own"]
    tables = product(bases, ["log", "LOG", "a\nb", ""], ["stripe", None])
    codes = {f"m{n}": code(base, table, tool) for n, (base, table, tool) in enumerate(tables)}
    for language in LANGUAGES:
        labels = label_measures(codes, language)
        assert len({label.casefold() for label in labels.values()}) == len(codes)
        assert all(0 < len(label) <= 300 and "\n" not in label for label in labels.values())


def test_a_label_of_the_model_is_read_everywhere_and_changes_no_score() -> None:
    plain, own = read(), read("label: Clicks by day, ")
    assert own.fingerprint == plain.fingerprint
    assert [words_for(own, language).label("usage_trend") for language in LANGUAGES] == [
        "Clicks by day"
    ] * len(LANGUAGES)
    assert format_label("usage_trend", own) == "Clicks by day"
    assert format_label("usage_trend", plain) == format_label("usage_trend") == "Usage trend"


def test_a_label_of_the_packs_is_read_in_the_language_of_the_reader() -> None:
    model = read("label: Nutzungstrend, ")
    assert words_for(model, "da").label("usage_trend") == "Udvikling i brugen"
    assert format_label("usage_trend", model) == "Usage trend"


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_that_salus_wrote_are_read_in_every_language(language: str) -> None:
    """Written in one language and translated into another, they are those written in the other."""
    bases = ("usage_trend", "bought_more", "licence_utilisation", "problem_share", "arr_growth")
    for days in (7, 28, 182, 364):
        codes = {base: code(base, days=days) for base in bases}
        codes |= {f"{base}_2": code(base, "mails", days=days) for base in bases}
        written = label_measures(codes, language)
        for other in LANGUAGES:
            expected = label_measures(codes, other)
            assert {name: translate_label(written[name], other) for name in codes} == expected


def test_windows_of_another_length_name_the_tool_too() -> None:
    codes = {
        "a": code("usage_trend", "app", "amplitude", days=56),
        "b": code("usage_trend", "web", "mixpanel"),
    }
    assert label_measures(codes, "en") == {
        "a": "Change in use over 56 days (Amplitude)",
        "b": "Change in use over 28 days (Mixpanel)",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_has_the_days_of_the_model(language: str) -> None:
    text = MODEL.format(label="").replace(", population: active", "")
    other = text.replace(
        "usage_trend: {count: log, within: 28d",
        "licence_utilisation: {count_distinct: log.user, within: 56d",
    )
    assert " 56 " in words_for(read_text(other), language).tells["licence_utilisation"]
