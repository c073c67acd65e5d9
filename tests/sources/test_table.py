"""The warnings about a file that was read."""

from __future__ import annotations

import pytest

from salus.sources.table import FileReading


def reading(rejected: int, **more: object) -> FileReading:
    fields = {"table": "t", "file": "data/t.csv", "read": 100, "kept": 100 - rejected}
    return FileReading(**fields, rejected=rejected, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "warned"),
    [
        (reading(0), False),
        (reading(5), False),
        (reading(6), True),
        (reading(1, amounts=1), True),
        (reading(1, totals=(9,)), True),
    ],
)
def test_many_rejected_rows_an_amount_or_a_total_give_a_warning(
    of: FileReading, warned: bool
) -> None:
    assert (of.left_out is not None) is warned


def test_the_line_is_named_if_all_rejected_rows_are_totals() -> None:
    only = reading(2, totals=(9, 20)).left_out
    mixed = reading(3, totals=(9, 20)).left_out
    assert only is not None and only.line == 9
    assert mixed is not None and mixed.line is None


def test_the_warning_counts_rows_and_gives_an_example() -> None:
    problem = reading(6, example="line 5: amount: '50-' isn't a valid number").left_out
    assert problem is not None
    assert problem.what == (
        "6 of 100 rows are left out, such as line 5: amount: '50-' isn't a valid number"
    )
    assert problem.severity == "warning"


def test_columns_without_a_name_are_counted() -> None:
    assert reading(0).nameless is None
    single = reading(0, header=3, unnamed=(2,)).nameless
    assert single is not None
    assert (single.line, single.what) == (3, "column 2 has no name")
    many = reading(0, unnamed=tuple(range(1, 30))).nameless
    assert many is not None
    assert many.what.startswith("columns 1, 2, ") and many.what.endswith(", 20 have no names")


def test_a_file_without_rows_rejects_nothing() -> None:
    assert FileReading(table="t", file="t", read=0, kept=0, rejected=0).share_rejected == 0
