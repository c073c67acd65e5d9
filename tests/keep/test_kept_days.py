"""Kept days equal those that are asked anew, whatever happened to the data; only what changed is
asked again.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.facts.cache import kept_days
from salus.facts.data_end import load_days
from salus.workspace.workspace import Workspace

DAY = dt.date(2026, 1, 1)
MODEL = """
version: 1
name: shop
entity: {name: firm, table: firms, key: id}
sources:
  visits: {table: visits, key: firm, time: day}
  bills: {table: bills, key: firm, time: due, until: paid}
dimensions:
  use:
    measures:
      often: {count: visits, within: 30d, bad: 0, good: 9}
      unpaid: {count: bills, open: true, bad: 2, good: 0}
"""


def write_visits(folder: Path, month: int, days: list[int]) -> None:
    """A file of visits, as old as one that nobody writes any more."""
    (folder / "visits").mkdir(exist_ok=True)
    file = folder / "visits" / f"{month:02}.parquet"
    times = pa.array([DAY + dt.timedelta(days=31 * month + day) for day in days], pa.date32())
    pq.write_table(
        pa.table({"firm": pa.array(["f1"] * len(days), pa.string()), "day": times}), file
    )


def write_bills(folder: Path, rows: list[tuple[int, int | None]]) -> None:
    lines = [
        f"f1,{DAY + dt.timedelta(days=due)},"
        + ("" if paid is None else str(DAY + dt.timedelta(days=paid)))
        for due, paid in rows
    ]
    (folder / "bills.csv").write_text("\n".join(["firm,due,paid", *lines]) + "\n", "utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "salus.yaml").write_text(MODEL, "utf-8")
    (tmp_path / "salus.toml").write_text('[data]\nurl = "data/"\n', "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "firms.csv").write_text("id\nf1\n", "utf-8")
    write_visits(data, 0, [1, 1, 5])
    write_visits(data, 1, [2])
    write_bills(data, [(3, 20), (9, None)])
    return Workspace(tmp_path, today=dt.date(2026, 6, 1))


def assert_equal(workspace: Workspace) -> None:
    with workspace.connected() as connection:
        model = workspace.model
        anew = load_days(model, connection)
        kept = workspace.source_days.load(model, connection, model.sources)
        assert kept == anew
        assert [list(days.facts) for days in kept] == [list(days.facts) for days in anew]


def test_kept_days_equal_those_asked_anew_after_any_change(workspace: Workspace) -> None:
    draw, data = random.Random(4), workspace.folder / "data"
    for _ in range(25):
        change = draw.randrange(4)
        if change == 0:
            days = [draw.randrange(31) for _ in range(draw.randrange(4))]
            write_visits(data, draw.randrange(4), days)
        elif change == 1:
            write_bills(
                data,
                [
                    (draw.randrange(60), draw.choice([None, 70, 80]))
                    for _ in range(draw.randrange(5))
                ],
            )
        elif change == 2 and len(files := sorted((data / "visits").iterdir())) > 1:
            draw.choice(files).unlink()
        assert_equal(workspace)


def test_only_files_in_another_state_are_asked(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    ask = kept_days._ask
    monkeypatch.setattr(
        kept_days,
        "_ask",
        lambda origin, files: asked.append([Path(f).name for f in files]) or ask(origin, files),
    )
    assert_equal(workspace)
    assert asked == [["00.parquet", "01.parquet"], [""]]
    write_visits(workspace.folder / "data", 2, [7])
    asked.clear()
    assert_equal(workspace)
    assert asked == [["02.parquet"]]
    asked.clear()
    assert_equal(workspace)
    assert asked == []


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "3",
        '{"visits x": 3}',
        '{"a": {"b": {"state": 1, "facts": {}, "ended": null}}}',
    ],
)
def test_a_damaged_file_is_made_anew(workspace: Workspace, damage: str) -> None:
    assert_equal(workspace)
    file = workspace.source_days.file
    assert file is not None
    whole = file.read_text("utf-8")
    file.write_text(damage, "utf-8")
    assert_equal(workspace)
    assert json.loads(file.read_text("utf-8")) == json.loads(whole)


def test_values_of_a_wrong_kind_are_not_believed(workspace: Workspace) -> None:
    assert_equal(workspace)
    file = workspace.source_days.file
    assert file is not None
    kept = json.loads(file.read_text("utf-8"))
    for pieces in kept.values():
        for piece in pieces.values():
            piece["facts"] = {"2026-13-01": 4}
    file.write_text(json.dumps(kept), "utf-8")
    assert_equal(workspace)


def test_another_definition_of_a_source_is_asked_anew(workspace: Workspace) -> None:
    assert_equal(workspace)
    text = MODEL.replace("time: day}", "time: day, where: \"day >= '2026-01-04'\"}")
    (workspace.folder / "salus.yaml").write_text(text, "utf-8")
    assert_equal(Workspace(workspace.folder, today=workspace.today))


def test_old_definitions_are_left_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_days, "MOST_SOURCES", 3)
    assert_equal(workspace)
    for day in range(4, 9):
        text = MODEL.replace("time: day}", f"time: day, where: \"day >= '2026-01-0{day}'\"}}")
        (workspace.folder / "salus.yaml").write_text(text, "utf-8")
        assert_equal(Workspace(workspace.folder, today=workspace.today))
    file = workspace.source_days.file
    assert file is not None
    assert len(json.loads(file.read_text("utf-8"))) == 3


def test_days_that_cannot_be_written_are_asked_again(workspace: Workspace) -> None:
    nowhere = kept_days.KeptDays(workspace.folder / "salus.yaml" / "days.json")
    with workspace.connected() as connection:
        model = workspace.model
        for _ in range(2):
            kept = nowhere.load(model, connection, model.sources)
            assert kept == load_days(model, connection)


def test_the_end_of_the_data_moves_with_new_facts(workspace: Workspace) -> None:
    before = workspace.data_end().day
    write_visits(workspace.folder / "data", 1, [2, 9])
    after = workspace.data_end().day
    assert before == DAY + dt.timedelta(days=33)
    assert after == DAY + dt.timedelta(days=40)
