"""Records of a text file: quotes, broken records, and the fast way for plain lines."""

from __future__ import annotations

import pytest

from salus.sources.files import records as module
from salus.sources.files.records import Records


def read(text: str, width: int | None = None) -> list[tuple[int, list[str], str | None]]:
    lines = iter(text.splitlines(keepends=True))
    return [
        (record.line, record.cells, record.reason) for record in Records(lines, ",", width=width)
    ]


def test_a_quoted_cell_may_have_several_lines() -> None:
    assert read('a,"b\nc"\nd,e\n') == [(1, ["a", "b\nc"], None), (3, ["d", "e"], None)]


def test_a_quote_that_is_never_closed_costs_one_line() -> None:
    assert read('a,"b\nc,d\n') == [
        (1, [], "a quote is never closed"),
        (2, ["c", "d"], None),
    ]


def test_a_record_that_swallowed_lines_costs_its_first_line() -> None:
    assert read('1,x,"a\n2,b\n3,c"\n', width=2) == [
        (1, [], "a quote is never closed"),
        (2, ["2", "b"], None),
        (3, ["3", 'c"'], None),
    ]


def test_a_long_record_of_the_right_width_is_kept() -> None:
    assert read('1,"a\nb\nc"\n2,d\n', width=2) == [
        (1, ["1", "a\nb\nc"], None),
        (4, ["2", "d"], None),
    ]
    # lines of another width inside the quotes are no rows
    assert read('"a\nb"\n', width=2) == [(1, ["a\nb"], None)]


def test_text_after_a_closing_quote_is_named() -> None:
    assert read('"a"b,c\n')[0][2] == "text after a closing quote"


def test_the_search_for_the_end_of_a_quote_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", 3)
    monkeypatch.setattr(module, "MOST_SEARCHES", 2)
    lines = ['"a\n', "b\n", "c\n", '"d\n', "e\n", "f\n", '"g\n', 'h"\n']
    records = [(each.line, each.reason) for each in Records(iter(lines), ",")]
    assert [line for line, _ in records] == [1, 2, 3, 4, 5, 6, 7, 8]
    # the third quote is closed in the next line, but the search has ended
    assert [line for line, reason in records if reason == "a quote is never closed"] == [1, 4, 7]


def test_plain_lines_are_read_at_once_and_others_come_back() -> None:
    lines = ["a,b\n", "c,d\n", 'e,"f\n', 'g"\n']
    records = Records(iter(lines), ",", width=2)
    plain = records.plain(2)
    assert plain is not None
    assert (plain.line, plain.rows, plain.size) == (1, [["a", "b"], ["c", "d"]], 8)
    assert records.plain(2) is None
    assert [(record.line, record.cells) for record in records] == [(3, ["e", "f\ng"])]
