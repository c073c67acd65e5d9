"""Every finding that the package can return has words in every language."""

from __future__ import annotations

import ast
import datetime as dt
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import salus
from salus.channels.words import LANGUAGES, Words, load_words
from salus.channels.words.words import FORMATS
from salus.finding import Finding, Parameter

SAMPLES: dict[str, Parameter] = {
    "label": "open_tickets",
    "labels": ("open_tickets", "nps"),
    "name": "churned",
    "date": dt.date(2026, 7, 1),
    "": "tickets",
}
CLASSES = {"Finding", "DataWarning"}


def _findings() -> Iterator[tuple[str, set[str]]]:
    """The codes of findings in the source, with the names of their parameters."""
    for path in Path(salus.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"^from salus\.\S+ import .*\b(Finding|DataWarning)\b", text, re.M):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CLASSES:
                codes = _codes(node.args[0])
                assert codes, f"{path}:{node.lineno}: a literal code"
                names = {keyword.arg for keyword in node.keywords}
                assert None not in names, f"{path}:{node.lineno}: parameters by their names"
                yield from ((code, {name for name in names if name}) for code in codes)


def _codes(node: ast.expr) -> list[str]:
    """The code, or both codes of a conditional expression."""
    if isinstance(node, ast.IfExp):
        return _codes(node.body) + _codes(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


FOUND = sorted(dict(_findings()).items())


def _keys(language: str, code: str) -> list[str]:
    """The keys of a code: its sentence (singular and plural, if they differ) and its advice."""
    texts = FORMATS[language].findings
    ends = ("", ".one", ".many", ".fix", ".fix.one", ".fix.many")
    return [f"{code}{end}" for end in ends if f"{code}{end}" in texts]


def _sample(text: str, names: set[str]) -> dict[str, Parameter]:
    rules = {name: rule or "" for _, name, rule, _ in string.Formatter().parse(text) if name}
    return {name: SAMPLES.get(rules.get(name, ""), 12) for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "names"), FOUND)
def test_every_finding_has_words(language: str, code: str, names: set[str]) -> None:
    assert any(key in (code, f"{code}.one") for key in _keys(language, code))
    words = load_words(language, {"open_tickets": "Tickets"}, "customer")
    for key in _keys(language, code):
        text = FORMATS[language].findings[key]
        finding = Finding(code, **{"number": 2, **_sample(text, names)})
        render = Words.fix if ".fix" in key else Words.finding
        assert "{" not in render(words, finding)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_the_same_places_in_every_language(language: str) -> None:
    def places(language: str, key: str) -> set[str]:
        parts = string.Formatter().parse(FORMATS[language].findings[key])
        names = {name for _, name, _, _ in parts if name}
        return names - {"entity", "entities", "Entity", "Entities", "Entities_dative"}

    assert sorted(FORMATS[language].findings) == sorted(FORMATS["en"].findings)
    for key in FORMATS["en"].findings:
        assert places(language, key) == places("en", key), key


def test_every_sentence_belongs_to_a_finding() -> None:
    codes = {code for code, _ in FOUND}
    assert [
        key
        for key in FORMATS["en"].findings
        if key.removesuffix(".one").removesuffix(".many").removesuffix(".fix") not in codes
    ] == []


def test_a_code_without_words_and_a_missing_parameter_fail() -> None:
    with pytest.raises(KeyError):
        load_words().finding(Finding("nonsense"))
    with pytest.raises(KeyError):
        load_words().finding(Finding("limit.one_date"))


def test_a_finding_is_compared_by_code_and_parameters() -> None:
    day = dt.date(2026, 7, 1)
    assert Finding("a", day=day) == Finding("a", day=day) != Finding("a", day=None)
    assert Finding("a", day=day).as_dict() == {"code": "a", "day": "2026-07-01"}
