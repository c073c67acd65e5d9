"""The glossary defines every public class."""

from __future__ import annotations

import re

from scripts import write_glossary


def test_the_glossary_lists_every_public_class() -> None:
    """`make docs` writes the list."""
    text = write_glossary.PAGE.read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", text, re.MULTILINE))
    assert listed == {(name, module) for module, name, _ in write_glossary.classes()}


def test_a_meaning_is_one_line_of_a_table() -> None:
    assert write_glossary.sentence("One a|b\nof c. More.\n\nAnd more.") == "One a\\|b of c"
