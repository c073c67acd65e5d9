"""The pictures of docs/ are what their script makes."""

from __future__ import annotations

import json
import re

import pytest
from scripts.draw_pictures import CHARTS, FOLDER, svgs, written

pytest.importorskip("altair", reason="the extra `pictures` isn't installed")
pytest.importorskip("vl_convert", reason="the extra `pictures` isn't installed")


def test_the_svgs_are_those_of_the_kept_charts() -> None:
    """`make pictures` writes both anew; that the charts are the demo's is proven in prove/."""
    text = CHARTS.read_text(encoding="utf-8")
    found = json.loads(text)
    assert text == written(found)
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")} == svgs(found)


def test_every_picture_is_shown_on_a_page_with_words_for_it() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.md"))
    shown = dict(re.findall(r"!\[([^\]]*)\]\([./]*pictures/([a-z]+\.svg)\)", pages))
    assert set(shown.values()) == {path.name for path in FOLDER.glob("*.svg")}
    assert all(len(words) > 20 for words in shown)
