"""The pictures of docs/ are those that their script makes."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from scripts.draw_pictures import CHARTS, FOLDER, render_svgs, to_json

pytest.importorskip("altair", reason="the extra `pictures` isn't installed")
pytest.importorskip("vl_convert", reason="the extra `pictures` isn't installed")


PLACES = ("x", "y", "width", "height", "transform", "d", "viewBox")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FONTS = 3.0  # pixels by which other fonts of a machine may move a legend


def test_the_svgs_are_those_of_the_kept_charts() -> None:
    """`make pictures` writes both. A test in prove/ checks that the charts are those of the demo. Fonts
    differ between machines.
    """
    text = CHARTS.read_text(encoding="utf-8")
    charts = json.loads(text)
    assert text == to_json(charts)
    kept, drawn = (
        {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")},
        render_svgs(charts),
    )
    assert kept.keys() == drawn.keys()
    for name, svg in kept.items():
        assert differences(svg, drawn[name]) == [], name


def differences(first: str, second: str) -> list[str]:
    """The differences of two SVGs in elements, texts and colours, and in places if they are larger than
    fonts explain.
    """
    result = []
    pairs = zip(
        ElementTree.fromstring(first).iter(), ElementTree.fromstring(second).iter(), strict=True
    )
    for mine, theirs in pairs:
        if (mine.tag, mine.text, mine.attrib.keys()) != (
            theirs.tag,
            theirs.text,
            theirs.attrib.keys(),
        ):
            result.append(f"{mine.tag} {mine.text}: {theirs.tag} {theirs.text}")
        result += [
            f"{mine.tag} {name}: {mine.get(name)} {theirs.get(name)}"
            for name in mine.attrib.keys() & theirs.attrib.keys()
            if mine.get(name) != theirs.get(name)
            and (name not in PLACES or moved(mine.attrib[name], theirs.attrib[name]))
        ]
    return result


def moved(first: str, second: str) -> bool:
    numbers = zip(NUMBER.findall(first), NUMBER.findall(second), strict=True)
    return NUMBER.sub("", first) != NUMBER.sub("", second) or any(
        abs(float(mine) - float(theirs)) > FONTS for mine, theirs in numbers
    )


def test_another_text_colour_or_place_is_a_difference() -> None:
    svg = '<svg xmlns="s"><text x="10.5" fill="#fff">80</text></svg>'
    assert differences(svg, svg.replace("10.5", "11.5")) == []
    assert all(
        differences(svg, svg.replace(*change))
        for change in (("80", "81"), ("10.5", "14"), ("fff", "ffe"), ("text", "path"))
    )


def test_every_picture_is_shown_on_a_page_with_words_for_it() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.md"))
    pictures = dict(re.findall(r"!\[([^\]]*)\]\([./]*pictures/([a-z]+\.svg)\)", pages))
    assert set(pictures.values()) == {path.name for path in FOLDER.glob("*.svg")}
    assert all(len(words) > 20 for words in pictures)
