"""Names, signatures and documentation of the public API."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path

import pytest
from scripts.python_page import api, examples, function_of, members, public_classes, signature

import salus

PINNED = Path(__file__).with_name("public_api.txt")
WITHOUT_EXAMPLE = {"draws", "require_pictures", "freeze"}


def test_names_and_signatures_are_pinned() -> None:
    """`make snapshots` rewrites the file; a change of it is a change of the API."""
    if os.environ.get("SALUS_REWRITE"):
        PINNED.write_text(api(), encoding="utf-8")
    assert PINNED.read_text(encoding="utf-8") == api()


def test_no_any_in_a_public_signature() -> None:
    lines = [line for line in api().splitlines() if re.search(r"\bAny\b", line)]
    assert lines == []


@pytest.mark.parametrize("name", sorted(public_classes()))
def test_every_public_name_is_documented(name: str) -> None:
    cls = public_classes()[name]
    assert "__doc__" in vars(cls) and not (cls.__doc__ or "").startswith(f"{name}(")
    for member_name, member in members(cls):
        assert inspect.getdoc(function_of(member)), f"{name}.{member_name}"
        assert "empty" not in signature(member_name, member), f"{name}.{member_name}"


def test_every_verb_has_an_example() -> None:
    verbs = {name for name in vars(salus.Project) if not name.startswith("_")}
    assert set(examples()) == verbs - WITHOUT_EXAMPLE
