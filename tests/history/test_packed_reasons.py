"""Reasons are packed in files, and every reader gets the words that were there before."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.history.packed_reasons import (
    BITS,
    PER_COLUMN,
    pack_codes,
    pack_reasons,
    unpack_codes,
    unpack_reasons,
    unpack_some,
)
from salus.history.replays import BLOCK, ReplayPart, Replays
from salus.history.row import to_cells, to_table
from salus.history.store import Store
from salus.kernel.values import REASONS
from salus.periods.day import date_of
from salus.scoring.score import score
from tests.history.test_row import full_cells
from tests.scoring.cells import read_model

MODEL, IDS = read_model("missing_guard: 20d\n"), ("A", "B", "C")


def words_table(count: int, rows: int, seed: int) -> pa.Table:
    rng = random.Random(seed)
    columns: dict[str, pa.Array] = {"entity": pa.array([f"E{row}" for row in range(rows)])}
    for number in range(count):
        columns[f"value:m{number}"] = pa.array([rng.random() for _ in range(rows)])
        words = [rng.choice(REASONS) for _ in range(rows)]
        columns[f"missing:m{number}"] = pa.array(words, pa.string()).dictionary_encode()
    columns["cap:slow"] = pa.array([True] * rows)
    return pa.table(columns)


@pytest.mark.parametrize("count", [1, 2, PER_COLUMN - 1, PER_COLUMN, PER_COLUMN + 1, 62])
def test_words_come_back(count: int) -> None:
    table = words_table(count, 50, count)
    packed = pack_reasons(table)
    assert not any(name.startswith("missing:") for name in packed.column_names)
    assert packed.num_columns == 2 + count + -(-count // PER_COLUMN)
    again = unpack_reasons(packed)
    assert again.column_names == table.column_names
    assert again.to_pylist() == table.to_pylist()
    some = [f"missing:m{count - 1}", "entity", "missing:m0"]
    assert (
        unpack_some(packed, packed.column_names, some).to_pylist() == table.select(some).to_pylist()
    )


def test_every_reason_has_room() -> None:
    assert len(REASONS) <= 2**BITS
    assert BITS * PER_COLUMN < 64


def test_an_unknown_code_is_no_reason() -> None:
    table = pa.table({"reasons:0": pa.array([15, 3, -1], pa.int64())})
    assert unpack_codes(table, "users", ["users"]).tolist() == [0, 3, 0]


def test_tables_without_words_or_measures_stay() -> None:
    assert pack_codes({}) == {}
    for table in (pa.table({"entity": ["A"]}), pa.table({"value:users": [1.0]})):
        assert pack_reasons(table) == table
        assert unpack_reasons(table) == table


def test_cells_are_the_same_from_words_and_from_packed_columns() -> None:
    scored = score(MODEL, full_cells())
    words, packed = to_table(scored, IDS), to_table(scored, IDS, packed=True)
    assert pack_reasons(words).select(packed.column_names).to_pylist() == packed.to_pylist()
    for one, other in zip(
        to_cells(words, MODEL).values.values(),
        to_cells(packed, MODEL).values.values(),
        strict=True,
    ):
        assert np.array_equal(one.data, other.data, equal_nan=True)
        assert np.array_equal(one.reason, other.reason)
        assert one.reason.dtype == other.reason.dtype


def test_scores_of_an_older_file_are_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "history", tmp_path / "models")
    words = to_table(score(MODEL, full_cells()), IDS)
    path = store.keep(words, MODEL, date_of(20_000))
    kept = to_cells(store.read(store.all()[0]), MODEL)
    assert "reasons:0" in pq.read_schema(path).names
    pq.write_table(words, path)  # as it was before
    again = to_cells(store.read(store.all()[0]), MODEL)
    assert to_table(score(MODEL, kept), IDS).to_pylist() == words.to_pylist()
    assert to_table(score(MODEL, again), IDS).to_pylist() == words.to_pylist()


@pytest.mark.parametrize("packed", [True, False])
def test_replays_are_read_with_words(tmp_path: Path, packed: bool) -> None:
    words = words_table(20, 6, 1)
    first = BLOCK * 660
    part = ReplayPart(first, 0, frozenset([first]))
    replays = Replays(tmp_path / "replay", "12345678")
    with replays.open_writer([part]) as writer:
        writer.add(part, pack_reasons(words) if packed else words)
    assert [table.to_pylist() for table in replays.read()] == [words.to_pylist()]
    for some in (["missing:m17", "entity"], ["value:m3", "missing:m3"], ["entity"]):
        (read,) = replays.read(some)
        assert read.column_names == some
        assert read.to_pylist() == words.select(some).to_pylist()
