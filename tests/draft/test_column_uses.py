"""Times since 1970 and durations are found by header and values, in files only."""

from __future__ import annotations

import datetime as dt
import warnings
from contextlib import closing
from pathlib import Path

import pytest

from salus.draft import open_folder

DAYS = [dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=day) for day in range(20)]


def types(tmp_path: Path, header: str, values: list[str]) -> tuple[str, list[object]]:
    data = tmp_path / "data"
    data.mkdir()
    rows = "".join(f"{place},{value}\n" for place, value in enumerate(values))
    (data / "t.csv").write_text(f"n,{header}\n{rows}", encoding="utf-8")
    opened = open_folder(data, tmp_path / "scratch")
    with closing(opened.connection) as connection:
        kind = {column.name: str(column.type) for column in connection.columns("t")}[header]
        from sqlglot import exp

        select = exp.select(exp.column(header, quoted=True)).from_(connection.table("t"))
        return kind, [row[header] for row in connection.query(select).to_pylist()]


@pytest.mark.parametrize("scale", [1, 1_000, 1_000_000])
@pytest.mark.parametrize("header", ["time", "created_at", "server timestamp", "Zeitpunkt", "$ts"])
def test_numbers_since_1970_are_times(tmp_path: Path, header: str, scale: int) -> None:
    kind, values = types(tmp_path, header, [str(int(day.timestamp()) * scale) for day in DAYS])
    assert kind == "instant" and sorted(map(str, values)) == sorted(map(str, DAYS))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("phone", ["1700000000", "1700000001"]),  # no time by its name
        ("Contact ID", ["1700000000000", "1700000000001"]),
        ("time", ["5", "1700000000"]),  # not all are times
        ("Last time", ["12", "15"]),
    ],
)
def test_other_numbers_stay_numbers(tmp_path: Path, header: str, values: list[str]) -> None:
    assert types(tmp_path, header, values)[0] == "integer"


def test_durations_are_hours(tmp_path: Path) -> None:
    kind, values = types(tmp_path, "First response time (in hrs)", ["53:12:00", "", "0:30:00"])
    assert kind == "number" and sorted(filter(None, values)) == [0.5, 53.2]  # type: ignore[type-var]


@pytest.mark.parametrize("values", [["12:30", "13:00"], ["1:00:00", "soon", "2:00:00"]])
def test_other_texts_stay_texts(tmp_path: Path, values: list[str]) -> None:
    assert types(tmp_path, "Resolution time", values)[0] == "text"


def test_first_rows_that_mislead_lose_no_row(tmp_path: Path) -> None:
    """The first rows are times, and later ones aren't: all rows are kept as they are written."""
    values = [str(1_770_000_000 + number) for number in range(6_000)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # no row is said to be left out
        kind, read = types(tmp_path, "time", [*values, *["5"] * 4_000])
    assert kind == "integer" and len(read) == 10_000
    assert read.count(5) == 4_000
