"""The fingerprint changes only with what affects scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.model.read import read_model, read_text
from tests.model.text import TINY, read, with_measure, with_top

BASE = read(TINY).fingerprint


def test_eight_hex_digits() -> None:
    assert len(BASE) == 8
    assert int(BASE, 16) >= 0


def test_it_never_changes() -> None:
    assert BASE == "2893dc1c"


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n" + TINY,
        TINY.replace("name: tiny", "name: other"),
        TINY.replace("bad: 30d", "bad: 30"),
        TINY.replace("bad: 30d, good: 3d", "good: 3d, bad: 30d"),
        TINY.replace("bad: 8, good: 0", "curve: [[0, 100], [8, 0]]"),
        TINY.replace("open: true", "open: true, if_missing: skip, weight: 1"),
        TINY.replace("attributes: [seats, plan]", "label: plan, attributes: [plan, seats]"),
        with_top(
            "min_coverage: 50%\nmissing_guard: 30d\nbands: {healthy: 75, watch: 50, at_risk: 0}"
        ),
        with_top("outcomes: {gone: {table: churn, key: id, time: at}}"),
        with_top("signals: {red: {when: \"band = 'at_risk'\"}}"),
        with_top("reference: 2026-01-31"),
    ],
)
def test_changes_that_keep_it(text: str) -> None:
    assert read(text).fingerprint == BASE


@pytest.mark.parametrize(
    "text",
    [
        TINY.replace("bad: 30d", "bad: 31d"),
        TINY.replace("time: at", 'time: at, where: "a = 1"'),
        TINY.replace("time: at", "time: at, fresh: 3d"),
        TINY.replace("table: events", "table: other"),
        TINY.replace("quiet:", "silence:"),
        TINY.replace("starts: since, ", ""),
        with_measure("more: {count: logins, bad: 0, good: 1}"),
        with_top("timezone: Europe/Berlin"),
        with_top("min_coverage: 60%"),
        with_top("missing_guard: 0d"),
        with_top("bands: {good: 75, watch: 50, at_risk: 0}"),
        with_top('caps: [{name: few, when: "seats < 1", at_most: 40}]'),
        with_top('segments: {small: {when: "seats < 5", weights: {adoption: 2}}}'),
        with_top("scores: {growth: {weights: {adoption: 1}}}"),
    ],
)
def test_changes_that_change_it(text: str) -> None:
    assert read(text).fingerprint != BASE


def test_spaces_in_conditions_do_not_count_but_order_does() -> None:
    def of(when: str) -> str:
        return read(with_top(f'caps: [{{name: few, when: "{when}", at_most: 40}}]')).fingerprint

    assert of("seats<1 AND plan='x'") == of("seats  < 1 and  (plan = 'x')")
    assert of("seats < 1 and plan = 'x'") != of("plan = 'x' and seats < 1")


def test_the_order_of_measures_counts_but_not_that_of_sources_and_inputs() -> None:
    lines = TINY.splitlines(keepends=True)
    measures = "".join([*lines[:9], lines[10], lines[9]])
    sources = "".join([*lines[:4], lines[5], lines[4], *lines[6:]])
    assert read(measures).fingerprint != BASE
    assert read(sources).fingerprint == BASE
    one, other = "  a: {count: logins}\n", "  b: {count: tickets}\n"
    assert (
        read(f"{TINY}inputs:\n{one}{other}").fingerprint
        == read(f"{TINY}inputs:\n{other}{one}").fingerprint
    )


def test_frozen_values_count() -> None:
    def of(number: int) -> str:
        return read(
            with_measure("m: {count: logins, bad: 0, good: p90}")
            + (f"reference: 2026-01-31\nfrozen: {{measures: {{m: {{p90: {number}}}}}}}\n")
        ).fingerprint

    assert of(8) != of(9)


def test_holidays_count_only_with_working_days(tmp_path: Path) -> None:
    def of(text: str, days: str) -> str:
        (tmp_path / "days.txt").write_text(days, encoding="utf-8")
        return read_text(text, folder=tmp_path).fingerprint

    calendar = with_top("holidays: days.txt")
    working = calendar.replace("days_since: logins", "days_since: logins, days: working")
    assert of(calendar, "2026-12-25") == of(calendar, "2026-12-26") == BASE
    assert of(working, "2026-12-25") != of(working, "2026-12-26")


def test_example_has_a_fingerprint() -> None:
    assert len(read_model(Path(__file__).parent / "example.yaml").fingerprint) == 8


def test_renamed_classes_keep_the_fingerprints_of_stored_models() -> None:
    """Both fingerprints are older than the names of these two classes."""
    growth = "scores: {growth: {weights: {adoption: 1}, bands: {ready: 70, not_yet: 0}}}"
    words = "tier: {value: plan, points: {basic: 20, pro: 80}}"
    assert read(with_top(growth)).fingerprint == "011465e7"
    assert read(with_measure(words)).fingerprint == "5b4bd4ed"
