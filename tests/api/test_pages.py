"""Names, signatures and documentation of the public API."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.python_page import api, examples

import salus

PINNED = Path(__file__).with_name("public_api.txt")
WITHOUT_EXAMPLE = {"draws", "require_pictures", "freeze"}


def test_names_and_signatures_are_pinned() -> None:
    """`make snapshots` rewrites the file; a change of it is a change of the API."""
    if os.environ.get("SALUS_REWRITE"):
        PINNED.write_text(api(), encoding="utf-8")
    assert PINNED.read_text(encoding="utf-8") == api()


def test_every_verb_has_an_example() -> None:
    verbs = {name for name in vars(salus.Project) if not name.startswith("_")}
    assert set(examples()) == verbs - WITHOUT_EXAMPLE
