"""The folder of kept scores: what is written, found, read and refused."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DataError
from salus.history.row import to_table
from salus.history.store import Store, shown_rows
from salus.scoring.score import score
from tests.scoring.cells import make_cells, read_model

DATE = dt.date(2024, 10, 4)
MODEL = read_model()
OTHER = read_model(replace={"weight: 3": "weight: 1"})
NONE, SOME = np.array([False, False]), np.array([False, True])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "history", tmp_path / "models")


def table() -> pa.Table:
    return to_table(score(MODEL, make_cells([10, 2], [20, 4], ["good", "bad"])), ("A", "B"))


def test_an_empty_folder_has_no_files(store: Store) -> None:
    assert store.all() == () and store.at(DATE) is None and store.on(DATE) == ()
    assert store.replay_files() == ()


def test_a_file_is_found_by_its_date_and_model(store: Store) -> None:
    path = store.keep(table(), MODEL, DATE)
    assert path.name == f"2024-10-04_{MODEL.fingerprint}.parquet"
    [file] = store.all()
    assert (file.as_of, file.fingerprint, file.path) == (DATE, MODEL.fingerprint, path)
    assert store.at(DATE, MODEL.fingerprint) == file
    assert store.at(DATE, OTHER.fingerprint) is None
    assert store.at(DATE + dt.timedelta(days=1)) is None
    about = json.loads(pq.read_schema(path).metadata[b"salus"])
    assert about == {"model": "small", "fingerprint": MODEL.fingerprint, "as_of": "2024-10-04"}


def test_other_files_are_ignored(store: Store) -> None:
    path = store.keep(table(), MODEL, DATE)
    (path.parent / "notes.txt").write_text("x", encoding="utf-8")
    assert len(store.all()) == 1


def test_the_file_written_last_comes_first(store: Store) -> None:
    first = store.keep(table(), MODEL, DATE)
    second = store.keep(table(), OTHER, DATE)
    os.utime(first, ns=(1, 1))
    os.utime(second, ns=(2, 2))
    assert [file.fingerprint for file in store.on(DATE)] == [OTHER.fingerprint, MODEL.fingerprint]
    os.utime(first, ns=(3, 3))
    last = store.at(DATE)
    assert last is not None and last.fingerprint == MODEL.fingerprint


def test_one_entity_can_be_read_alone(store: Store) -> None:
    store.keep(table(), MODEL, DATE)
    [file] = store.all()
    assert store.read(file)["entity"].to_pylist() == ["A", "B"]
    assert store.read(file, "B")["entity"].to_pylist() == ["B"]
    assert len(store.read(file, "C")) == 0


def test_without_a_second_model_all_rows_were_shown(store: Store) -> None:
    store.keep(table(), MODEL, DATE, np.array([True, True]))
    [file] = store.all()
    ids, mask = store.shown_mask(file)
    assert ids == ["A", "B"] and mask.tolist() == [True, True]
    assert "shown" not in store.read(file).column_names


def test_the_rows_of_a_part_are_marked(store: Store) -> None:
    store.keep(table(), MODEL, DATE, SOME)
    [file] = store.all()
    assert store.shown_mask(file)[1].tolist() == [False, True]
    assert shown_rows(store.read(file, "B")).tolist() == [True]


def test_the_rows_of_some_entities_that_were_shown(store: Store) -> None:
    path = store.keep(table(), MODEL, DATE, SOME)
    [file] = store.all()
    assert store.shown_places(file, ["B", "C", "A", "B"]).tolist() == [1, -1, -1, 1]
    assert store.shown_places(file, []).tolist() == []
    path.unlink()
    store.keep(table(), MODEL, DATE)
    assert store.shown_places(file, ["B", "C", "A"]).tolist() == [1, -1, 0]


def test_a_trial_does_not_overwrite_what_was_shown(store: Store) -> None:
    path = store.keep(table(), MODEL, DATE, SOME)
    before = path.read_bytes()
    store.keep(table(), MODEL, DATE, NONE)
    assert path.read_bytes() == before
    path.unlink()
    store.keep(table(), MODEL, DATE, NONE)
    store.keep(table(), MODEL, DATE, SOME)  # nothing was shown, so it may be replaced
    assert store.shown_mask(store.all()[0])[1].tolist() == [False, True]


@pytest.mark.parametrize("content", [b"", b"PAR1 damaged PAR1"])
def test_a_damaged_file_is_named_with_its_date(content: bytes, store: Store) -> None:
    path = store.keep(table(), MODEL, DATE)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"is damaged, so the scores shown on 2024-10-04 can't"):
        store.read(store.all()[0])


def test_a_file_of_something_else_is_damaged(store: Store) -> None:
    path = store.keep(table(), MODEL, DATE)
    pq.write_table(pa.table({"n": [1]}), path)
    with pytest.raises(DataError, match="is damaged"):
        store.shown_mask(store.all()[0])


def test_a_model_is_kept_once_with_its_text(store: Store) -> None:
    store.keep_model(MODEL)
    path = store.model_path(MODEL.fingerprint)
    assert path.read_text(encoding="utf-8") == MODEL.text
    path.write_text("edited", encoding="utf-8")
    store.keep_model(MODEL)
    assert path.read_text(encoding="utf-8") == "edited"


def test_a_model_that_is_missing_is_named(store: Store) -> None:
    with pytest.raises(DataError, match=r"models/12345678\.yaml is missing"):
        store.model_path("12345678")


def test_files_of_replays_are_those_that_are_complete(store: Store) -> None:
    replays = store.replays(MODEL, "state")
    assert replays.folder.name == f"{MODEL.fingerprint}-state"
    for name in ("2024-09-20.0000.parquet", "_making/x.parquet", ".hidden.parquet"):
        path = replays.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [path.name for path in store.replay_files()] == ["2024-09-20.0000.parquet"]
