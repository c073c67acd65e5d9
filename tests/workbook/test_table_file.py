"""Scores as CSV and Parquet."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.channels.export import write_scores_file
from salus.errors import UsageError
from tests.workbook.world import Portfolio, world

LABELS = ("=1+1", "+1", "-2", "@x", "\t=1", 'Ærø, "quoted"', None, "plain\nline")


def portfolio() -> Portfolio:
    return Portfolio.of(world(8, 3).scored(), LABELS)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_no_formulas_and_all_digits(tmp_path: Path) -> None:
    write_scores_file(portfolio(), tmp_path / "scores.csv")
    rows = lines(tmp_path / "scores.csv")
    assert [line["label"] for line in rows] == [
        "'=1+1",
        "'+1",
        "'-2",
        "'@x",
        "'\t=1",
        'Ærø, "quoted"',
        "",
        "plain\nline",
    ]
    scores = portfolio().scored
    assert [float(line["score"]) for line in rows] == scores.score.tolist()
    delays = scores.cells.values["delay"].data
    assert [float(line["value:delay"] or "nan") for line in rows] == pytest.approx(
        delays.tolist(), abs=0, nan_ok=True
    )
    assert any(line["value:delay"].startswith("-") for line in rows) == bool((delays < 0).any())


def test_parquet_holds_the_scores(tmp_path: Path) -> None:
    known = portfolio()
    write_scores_file(
        replace(known, order=tuple(reversed(known.order))), tmp_path / "scores.parquet"
    )
    table = pq.read_table(tmp_path / "scores.parquet")
    assert table["id"].to_pylist() == list(known.ids)[::-1]
    assert table["label"].to_pylist() == list(LABELS)[::-1]
    assert table["score"].to_pylist() == known.scored.score[::-1].tolist()
    assert table["dimension:voice"].to_pylist()[0] == known.scored.main.dimensions["voice"][-1]
    assert str(table.schema.field("as_of").type) == "date32[day]"
    assert not any(np.isnan(value) for value in table["value:nps"].to_pylist() if value is not None)


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_equal_scores_are_equal_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "other"):
        write_scores_file(portfolio(), tmp_path / f"{name}{ending}")
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"other{ending}").read_bytes()


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_a_failed_run_keeps_the_old_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"scores{ending}"
    path.write_bytes(b"kept")
    with pytest.raises((ValueError, IndexError)):
        write_scores_file(replace(portfolio(), labels=("too short",)), path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"kept"


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"scores\.txt: scores are written as \.parquet, \.csv, \.xlsx"
    ):
        write_scores_file(portfolio(), tmp_path / "scores.txt")
    assert not list(tmp_path.iterdir())
