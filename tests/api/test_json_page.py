"""The page on JSON documents against the documents of every verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from scripts.json_page import KINDS, NULL, Key, json_page, places, verbs

from tests.api.documents import Run

pytestmark = pytest.mark.xdist_group("runs")
KEYS = verbs()
#: Keys that no small project has, and why.
RARE = {
    "check": {"outcomes[].returned"},  # only contracts say who came back
    # a warning about a source; only contracts say who came back
    "validate": {"warnings[].source", "departures"},
    "learn": {"curves.proposed"},  # new curves have to be clearly better
    # every entity has to wait equally long; a survey that no measure reads
    "metrics": {"{METRIC}.no_interval", "predictors.without"},
}


@pytest.mark.parametrize("verb", KEYS)
def test_every_key_of_a_document_is_described(verb: str, runs: list[Run]) -> None:
    keys = KEYS[verb]
    problems = []
    for path, value in found_places(verb, runs):
        own = [key for key in keys if key.fits(path)]
        if own and not any(key.accepts(value) for key in own):
            problems.append(f"{path}: {value!r} is not {own[0].kind}")
        is_holder = isinstance(value, dict | list) and any(key.is_below(path) for key in keys)
        if not own and not is_holder:
            problems.append(f"{path}: not described")
    assert sorted(set(problems)) == []


@pytest.mark.parametrize("verb", KEYS)
def test_every_key_that_is_described_occurs(verb: str, runs: list[Run]) -> None:
    """Also with a value: a key that is always null has no known kind."""
    values = [path for path, value in found_places(verb, runs) if value is not None]
    seen = set(values)
    missing = [
        key.path
        for key in KEYS[verb]
        if not any(key.fits(path) for path in seen)
        and not key.path.startswith(tuple(RARE.get(verb, ("-",))))
    ]
    assert missing == []


@pytest.mark.parametrize("verb", KEYS)
def test_a_star_marks_the_keys_that_an_object_may_lack(verb: str, runs: list[Run]) -> None:
    lacking = {key.path for key in KEYS[verb] if any(lacks(key, verb, runs))}
    starred = {key.path for key in KEYS[verb] if key.optional}
    assert lacking - starred == set()
    assert {path for path in starred - lacking if "{" not in path.split(".")[-1]} == set()


def test_every_type_is_known() -> None:
    """No `any`: a reader has to know what a program gets."""
    kinds = {key.kind.removesuffix(NULL) for keys in KEYS.values() for key in keys}
    assert kinds <= set(KINDS)


def test_the_page_has_a_line_per_key() -> None:
    lines = [line for line in json_page("").splitlines() if line.startswith("| `")]
    assert len(lines) == sum(len(keys) for keys in KEYS.values())


def found_places(verb: str, runs: list[Run]) -> Iterator[tuple[str, Any]]:
    for run in runs:
        if run.verb == verb:
            yield from places(run.document)


def lacks(key: Key, verb: str, runs: list[Run]) -> Iterator[bool]:
    """For each object that could hold the key, whether it doesn't."""
    holder, name = key.parts[:-1], key.parts[-1]
    if name in ("[]", "NAME") or "{" in name:
        return
    for run in runs:
        if run.verb == verb:
            for path, value in [("", run.document), *places(run.document)]:
                if isinstance(value, dict) and holder_fits(holder, path):
                    yield name not in value


def holder_fits(parts: list[str], path: str) -> bool:
    return not path if not parts else Key(join(parts), "object", "", False).fits(path)


def join(parts: list[str]) -> str:
    return "".join(part if part == "[]" or i == 0 else f".{part}" for i, part in enumerate(parts))
