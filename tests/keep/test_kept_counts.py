"""Kept counts equal those that are counted again, whatever happened to the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salus.facts.cache import kept_counts
from salus.facts.cache.recording_stats import count_recordings
from salus.workspace.workspace import Workspace

MODEL = """
version: 1
name: shop
entity: {name: firm, table: firms, key: id}
sources:
  visits: {table: visits, id: visit, key: firm, time: day, recorded: written}
dimensions:
  use:
    measures:
      often: {count: visits, within: 30d, bad: 0, good: 9}
"""
ROWS = ["1,f1,2026-01-01,2026-01-01", "2,f1,2026-01-02,2026-03-09", "2,f2,2026-01-02,2026-03-10"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "salus.yaml").write_text(MODEL, "utf-8")
    (tmp_path / "salus.toml").write_text('[data]\nurl = "data/"\n', "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "firms.csv").write_text("id\nf1\nf2\n", "utf-8")
    write_visits(tmp_path, ROWS)
    return Workspace(tmp_path)


def write_visits(folder: Path, rows: list[str]) -> None:
    text = "\n".join(["visit,firm,day,written", *rows]) + "\n"
    (folder / "data" / "visits.csv").write_text(text, "utf-8")


def assert_equal(workspace: Workspace) -> None:
    with workspace.connected() as connection:
        again = count_recordings(workspace.model, connection, "visits")
        for _ in range(2):
            kept = workspace.recordings.load(workspace.model, connection, "visits")
            assert kept == again


def test_counts_follow_the_data(workspace: Workspace) -> None:
    assert_equal(workspace)
    for rows in (ROWS[:2], [*ROWS, "3,f2,2026-01-03,2026-01-03"], ROWS[:1], ROWS):
        write_visits(workspace.folder, rows)
        assert_equal(workspace)


def test_nothing_is_counted_twice(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_equal(workspace)
    monkeypatch.setattr(kept_counts, "count_recordings", None)
    assert_equal(workspace)


@pytest.mark.parametrize("damage", ["", "[]", "3", '{"visits": 3}', '{"visits": {"state": "a"}}'])
def test_a_damaged_file_is_made_again(workspace: Workspace, damage: str) -> None:
    assert_equal(workspace)
    file = workspace.recordings.file
    whole = file.read_text("utf-8")
    file.write_text(damage, "utf-8")
    assert_equal(workspace)
    assert json.loads(file.read_text("utf-8")) == json.loads(whole)


def test_a_number_that_is_a_text_is_not_believed(workspace: Workspace) -> None:
    assert_equal(workspace)
    file = workspace.recordings.file
    file.write_text(file.read_text("utf-8").replace('"facts": 3', '"facts": "3"'), "utf-8")
    assert_equal(workspace)


def test_another_definition_is_counted(workspace: Workspace) -> None:
    assert_equal(workspace)
    text = MODEL.replace("written}", "written, where: \"firm = 'f1'\"}")
    (workspace.folder / "salus.yaml").write_text(text, "utf-8")
    assert_equal(Workspace(workspace.folder))
