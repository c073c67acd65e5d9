"""Texts, numbers, dates and money in three languages."""

from __future__ import annotations

import datetime as dt
import re
import string
from pathlib import Path

import pytest

import salus.channels.report
from salus.channels.words import LANGUAGES, load_words
from salus.channels.words.words import FORMATS
from salus.errors import UsageError

KEYS = sorted(FORMATS["en"].texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    assert sorted(FORMATS[language].texts) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_text_has_the_same_places_in_every_language(key: str) -> None:
    always = {"entity", "entities", "Entity", "Entities", "Entities_dative", "amount", "Amount"}
    places = [
        {name for _, name, _, _ in string.Formatter().parse(FORMATS[language].texts[key]) if name}
        - always
        for language in LANGUAGES
    ]
    assert places[0] == places[1] == places[2]


def test_every_text_is_used() -> None:
    """A key stands in the source, whole or as what comes before a place: f"reading.{name}", ".one"
    and ".many".
    """
    folder = Path(salus.channels.report.__file__).parent
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *folder.rglob("*.py"),
            *(folder.parent / "pictures").rglob("*.py"),
            *(folder.parent / "folder").rglob("*.py"),
            Path(salus.__file__).parent / "verbs/init/question.py",
            folder.parent / "values.py",
            folder.parent / "words/words.py",
            folder.parent / "words/measure_labels.py",
            folder.parent / "words/key_terms.py",
        )
    )
    written = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)*)["']""", source))
    begun = tuple(re.findall(r"""f["']((?:[a-z_]+\.)+)\{""", source))
    assert [
        key
        for key in KEYS
        if not {key, re.sub(r"\.(one|many)$", "", key)} & written and not key.startswith(begun)
    ] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "1,234.5",
                "−1,234",
                "42%",
                "22 Nov 2026",
                "22 November 2026",
                "1.92\u00a0M\u00a0EUR",
                "384,200\u00a0EUR",
            ),
        ),
        (
            "de",
            (
                "1.234,5",
                "−1.234",
                "42\u00a0%",
                "22.11.2026",
                "22. November 2026",
                "1,92\u00a0Mio.\u00a0EUR",
                "384.200\u00a0EUR",
            ),
        ),
        (
            "da",
            (
                "1.234,5",
                "−1.234",
                "42\u00a0%",
                "22.11.2026",
                "22. november 2026",
                "1,92\u00a0mio.\u00a0EUR",
                "384.200\u00a0EUR",
            ),
        ),
    ],
)
def test_numbers_and_dates_follow_the_language(language: str, expected: tuple[str, ...]) -> None:
    words, day = load_words(language), dt.date(2026, 11, 22)
    assert (
        words.number(1234.5, 1),
        words.number(-1234),
        words.percent(0.42),
        words.date(day),
        words.long_date(day),
        words.money(1_921_000, "EUR"),
        words.money(384_200, "EUR"),
    ) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (999_499, "999,499"),
        (999_499.6, "999,500"),
        (999_600, "1.00 M"),
        (12_345_678, "12.3 M"),
        (999_940_000, "1.00 bn"),
        (123_000_000, "123 M"),
        (-2_500_000, "−2.50 M"),
        (0, "0"),
    ],
)
def test_money_keeps_three_figures_on_either_side_of_a_step(amount: float, expected: str) -> None:
    assert load_words("en").money(amount, None) == expected.replace(" ", "\u00a0")


@pytest.mark.parametrize("value", [-0.0, -0.04, 0.04])
def test_zero_has_no_sign(value: float) -> None:
    assert load_words("en").number(value, 1, sign=True) == "0.0"


def test_a_name_without_a_label_is_shown_as_spelt() -> None:
    assert load_words("de", {"nps": "Empfehlung"}).label("nps") == "Empfehlung"
    assert load_words("de").label("open_tickets") == "Open tickets"
    assert load_words("de").label("at_risk") == "Gefährdet"


def test_the_model_s_own_labels_come_before_the_language_s() -> None:
    assert load_words("de", {"at_risk": "Rot"}).label("at_risk") == "Rot"


@pytest.mark.parametrize(
    ("language", "labels", "expected"),
    [
        ("en", {}, "2 companies"),
        ("de", {"company": "Firma", "companies": "Firmen"}, "2 Firmen"),
        ("de", {"company": "Kunde"}, "2 Kunden"),
        ("da", {"company": "kunde"}, "2 kunder"),
    ],
)
def test_singular_and_plural_of_the_entity(
    language: str, labels: dict[str, str], expected: str
) -> None:
    assert load_words(language, labels, "company").counted("population", 2) == expected


def test_german_plurals_have_a_dative() -> None:
    words = load_words("de", {"household": "Haushalt", "households": "Haushalte"}, "household")
    assert words.counted("lead.at_risk", 3, all="20") == "3 von 20 Haushalten sind gefährdet."


def test_braces_in_values_are_not_places() -> None:
    assert "{entity} {0}" in load_words("en").text("lead.none", all="3", band="{entity} {0}")


def test_an_unknown_language_is_refused_with_the_supported_ones() -> None:
    with pytest.raises(UsageError, match="en, de, da"):
        load_words("fr")
