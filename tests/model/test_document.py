"""The YAML tree: its places, and syntax that isn't allowed."""

from __future__ import annotations

import pytest

from salus.model.yaml.document import LARGEST, MappingNode, Scalar, parse
from salus.model.yaml.findings import Findings, Place


def tree(text: str) -> tuple[MappingNode | None, Findings]:
    findings = Findings("salus.yaml")
    return parse(text, findings), findings


def scalar(text: str) -> Scalar:
    root, _ = tree(text)
    assert root is not None
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    "text",
    [
        "key: a = 1 and HERE",
        'key: "a = 1 and HERE"',
        'key: "a = \\"1\\" and HERE"',
        "key: 'it''s ''so'' HERE'",
        "key: 'a = 1\n      and HERE'",
        "key: a = 1\n  and\n  HERE and more",
        "key: |\n  a = 1\n  and HERE",
        "key: >-\n\n  a = 1\n    and HERE",
        "{key: a HERE, b: 2}",
    ],
)
def test_place_of_a_word_within_a_value(text: str) -> None:
    value = scalar(text)
    place = value.place_at(value.text.index("HERE"))
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith("HERE")


def test_place_past_the_end() -> None:
    assert scalar("key: 'abc'").place_at(99) == Place(1, 10)


def test_an_empty_value_has_the_place_of_its_key() -> None:
    assert scalar("key:\nother: 1").place == Place(1, 1)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\na: 2", 2, "is here twice"),
        ("a: &x 1", 1, "is an anchor"),
        ("a: *x", 1, "refers to an anchor"),
        ("a: !!python/name:os.system x", 1, "is a tag"),
        ("a: !secret x", 1, "is a tag"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("[" * 13, 1, "nested levels"),
        ("? [a]\n: 1", 1, "a key must be a single word"),
        ("a:\n\tb: 1", 2, "tab"),
        ("a: {b: 1\nc: 2", 2, "isn't closed"),
        ('a: "b', 1, "not closed"),
        ("a: b: c", 1, "second `:`"),
        ("a: \x00", 1, "control character"),
        ("", 1, "empty"),
        ("# only a comment", 1, "empty"),
        ("- a", 1, "has no keys"),
        ("a" * (LARGEST + 1), 1, "larger than"),
        ("a: [" + "1," * 20_001 + "1]", 1, "values"),
    ],
)
def test_refuses(text: str, line: int, what: str) -> None:
    _, findings = tree(text)
    first = findings.in_order()[0]
    assert what in first.what
    assert first.line == line


def test_values_stay_text() -> None:
    root, _ = tree("a: 2026-01-31\nb: yes\nc: 010\nd: 1_000\ne: null\nf: 'null'")
    assert root is not None
    values = [value for _, value in root.entries if isinstance(value, Scalar)]
    assert [value.text for value in values] == ["2026-01-31", "yes", "010", "1_000", "null", "null"]
    assert [value.empty for value in values] == [False, False, False, False, True, False]
