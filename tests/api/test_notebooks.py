"""Results in loops and notebooks: rows, one line of `repr`, tables of HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from salus.channels.result import RowResult
from salus.channels.text.notebook import flatten, html_rows, html_values
from tests.api.documents import Run

pytestmark = pytest.mark.xdist_group("runs")
WITHOUT_ROWS = {"adopt", "report"}


class Tags(HTMLParser):
    """The tags of a page, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.names.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_result_is_one_short_line(runs: list[Run]) -> None:
    for run in runs:
        text = repr(run.result)
        assert "\n" not in text and len(text) < 120, text
        assert text.startswith(f"<{type(run.result).__name__}"), text


def test_a_notebook_shows_tables(runs: list[Run]) -> None:
    for run in runs:
        tags = Tags(run.result._repr_html_())
        assert tags.open == [], run.verb
        assert "table" in tags.names and "pre" not in tags.names, run.verb


def test_a_result_has_its_rows(runs: list[Run]) -> None:
    for run in runs:
        if run.verb in WITHOUT_ROWS:
            continue
        assert isinstance(run.result, RowResult), run.verb
        rows = list(run.result)
        assert len(rows) == len(run.result), run.verb
        assert rows == list(run.result.rows), run.verb
        assert all(row.as_dict() for row in rows), run.verb
        assert bool(run.result), run.verb


def test_rows_are_those_of_the_document(runs: list[Run]) -> None:
    lists = {
        "score": lambda document: [row["id"] for row in document["entities"]],
        "replay": lambda document: [row["as_of"] for row in document["dates"]],
        "explain": lambda document: [row["name"] for row in document["measures"]],
        "history": lambda document: [row["as_of"] for row in document["points"]],
        "compare": lambda document: [row["id"] for row in document["entities"]],
        "plan": lambda document: [row["id"] for row in document["entities"]],
        "validate": lambda document: [row["name"] for row in document["comparisons"]],
        "learn": lambda document: list(document["weights"]),
        "forecast": lambda document: [row["id"] for row in document["renewals"]],
        "check": lambda document: [row["what"] for row in document["problems"]],
    }
    names = {"replay": "as_of", "history": "as_of", "explain": "name", "validate": "name"}
    names |= {"learn": "measure", "check": "what"}
    for run in runs:
        if run.verb in lists:
            rows = [row.as_dict()[names.get(run.verb, "id")] for row in run.result]
            assert rows == lists[run.verb](run.document), run.verb


def test_names_from_the_data_are_escaped() -> None:
    text = html_rows("<b>", [{"<i>": "<script>alert(1)</script>"}], 1)
    text += html_values("<b>", {"<i>": "<script>alert(1)</script>"})
    assert set(Tags(text).names) == {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_an_object_is_shown_by_its_parts_and_a_list_is_left_out() -> None:
    row = {"a": {"b": 1.5, "c": None}, "d": [1, 2], "e_ci": [0.25, 0.5], "f": True}
    assert flatten(row) == {"a.b": 1.5, "a.c": None, "e_ci": "0.250 to 0.500", "f": True}


def test_a_long_result_says_how_many_rows_follow() -> None:
    assert "<p>1,980 more rows</p>" in html_rows("x", [{"a": 1}] * 20, 2000)
