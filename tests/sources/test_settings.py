"""Settings of files: which apply to a file, and which values are refused."""

from __future__ import annotations

import pytest

from salus.sources.files.settings import (
    FileSettings,
    read_settings,
    settings_for,
    zone_named,
)


def problems(section: object) -> list[tuple[str, str | None]]:
    return [(problem.what, problem.fix) for problem in read_settings(section)[1]]


def test_a_later_pattern_overrides_an_earlier_one() -> None:
    patterns = {
        "*.csv": FileSettings(locale="en", separator=";"),
        "bills*": FileSettings(locale="de"),
        "*.txt": FileSettings(locale="ch"),
    }
    assert settings_for("bills.csv", patterns) == FileSettings(locale="de", separator=";")
    assert settings_for("other.xlsx", patterns) == FileSettings()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("locale", "da"),
        ("encoding", "latin-1"),
        ("separator", "|"),
        ("dates", "ymd"),
        ("timezone", "Europe/Copenhagen"),
        ("timezone_column", "zone"),
        ("header_row", 3),
    ],
)
def test_each_setting_is_read(key: str, value: object) -> None:
    settings, result = read_settings({"*.csv": {key: value}})
    assert result == []
    assert getattr(settings["*.csv"], key) == value


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("locale", "fr", "one of"),
        ("encoding", "utf-7", "one of"),
        ("encoding", "nonsense", "one of"),
        ("encoding", 8, "one of"),
        ("separator", "ab", "one character"),
        ("separator", "a", "one character"),
        ("separator", '"', "one character"),
        ("separator", 1, "one character"),
        ("dates", "dym", "one of"),
        ("timezone", "Mars/Olympus", "an IANA name"),
        ("timezone", 1, "an IANA name"),
        ("timezone_column", " ", "the name of a column"),
        ("timezone_column", 1, "the name of a column"),
        ("header_row", 0, "the number of the line"),
        ("header_row", True, "the number of the line"),
        ("header_row", "1", "the number of the line"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(key: str, value: object, fix: str) -> None:
    [(what, advice)] = problems({"*.csv": {key: value}})
    assert what == f'`{key}` in [files."*.csv"] can\'t be {value!r}'
    assert advice is not None and advice.startswith(fix)


def test_an_unknown_setting_is_answered_with_a_similar_one() -> None:
    assert problems({"*.csv": {"local": "de"}}) == [
        ('`local` isn\'t a setting of [files."*.csv"]', "did you mean `locale`?")
    ]
    [(_, fix)] = problems({"*.csv": {"xyz": 1}})
    assert fix is not None and fix.startswith("the settings are locale, encoding")


def test_a_section_must_be_a_section() -> None:
    assert problems("de")[0][0] == "`files` must be a section"
    assert problems({"*.csv": "de"})[0][0] == "`*.csv` under [files] must be a section"


def test_all_problems_are_found_and_good_settings_are_kept() -> None:
    settings, result = read_settings({"a": {"locale": "de", "dates": 1}, "b": {"header_row": -1}})
    assert len(result) == 2
    assert settings["a"] == FileSettings(locale="de")


def test_zones_are_found_by_their_name_only() -> None:
    zone = zone_named("Europe/Berlin")
    assert zone is not None and zone.key == "Europe/Berlin"
    assert [zone_named(name) for name in ("", "Europe", "/etc/passwd", "X/Y")] == [None] * 4
