"""Rows of history: what is written is read again, and scores the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from salus.history.row import to_cells, to_table
from salus.kernel.cells import Cells, LastValue, SmoothingState
from salus.kernel.values import NO_FACTS, MeasureValues
from salus.scoring.score import score
from tests.scoring.cells import last_value, make_cells, read_model

IDS = ("A", "B", "C")
HOLD = {"good: 20}": "good: 20, if_missing: hold 9d}"}


def full_cells() -> Cells:
    """Three cells with values of each kind, missing and held ones."""
    cells = make_cells(
        [10, None, 3], [None, 5, None], ["good", None, "bad"], [0, 40, None], segment=[-1, 0, -1]
    )
    data = np.array([1.0, 0.0, np.nan])
    more = {
        "flag": MeasureValues.of(data, NO_FACTS, "bool"),
        "signed": MeasureValues.of(data * 0.5 + 20_000, NO_FACTS, "date"),
    }
    return replace(
        cells,
        values={**cells.values, **more},
        held={"users": last_value([7, None, None])},
        last={"mood": LastValue(np.array([np.nan, 1.0, np.nan]), np.full(3, 19_990, np.int32))},
    )


def test_rows_score_the_same_as_the_cells() -> None:
    model = read_model("missing_guard: 20d\n", HOLD)
    scored = score(model, full_cells())
    table = to_table(scored, IDS)
    again = score(model, to_cells(table, model))
    assert np.array_equal(again.score, scored.score, equal_nan=True)
    assert again.band.tolist() == scored.band.tolist()
    assert again.cap.tolist() == scored.cap.tolist()
    assert to_table(again, IDS).to_pylist() == table.to_pylist()


def test_a_row_holds_values_reasons_and_what_stands_in() -> None:
    model = read_model("missing_guard: 20d\n", HOLD)
    rows = to_table(score(model, full_cells()), IDS).to_pylist()
    first, second, third = rows
    assert (first["entity"], first["segment"], first["band"]) == ("A", None, "healthy")
    assert (first["value:users"], first["missing:users"]) == (None, "no facts")
    assert (first["held:users"], str(first["held_on:users"])) == (7, "2024-10-01")
    assert (second["segment"], second["last:mood"]) == ("new", "good")
    assert (second["held:users"], second["held_on:users"]) == (None, None)
    assert (first["value:flag"], second["value:flag"], third["value:flag"]) == (True, False, None)
    assert str(first["value:signed"]) == "2024-10-04 12:00:00"
    assert (first["cap:slow"], second["cap:slow"]) == (False, True)
    assert first["band:activity"] == "watch"  # (100 + 35) / 2


def test_missing_is_null_and_never_nan() -> None:
    table = to_table(score(read_model(), make_cells([None], [None], [None], [None])), ("A",))
    for name in table.column_names:
        if pa.types.is_floating(table[name].type):
            assert table[name].null_count == 1 or table[name].to_pylist() == [0.0], name


def test_some_rows_are_written_in_their_order() -> None:
    scored = score(read_model(), make_cells([10, 0, 5], [20, 0, 10], ["good"] * 3))
    table = to_table(scored, IDS, np.array([2, 0]))
    assert table["entity"].to_pylist() == ["C", "A"]
    assert table["value:logins"].to_pylist() == [5, 10]


def test_columns_list_all_words_so_that_equal_rows_are_equal_bytes() -> None:
    def words(mood: str) -> list[str]:
        table = to_table(score(read_model(), make_cells([1], [1], [mood])), ("A",))
        return list(table["band"].chunk(0).dictionary.to_pylist())

    assert words("good") == words("bad") == ["healthy", "watch", "at_risk", "unknown"]


@pytest.mark.parametrize(
    ("more", "columns"),
    [
        ("smooth: {half_life: 1w}\n", {"past:total", "past:weight"}),
        ("dead_zone: 3\n", {"past:band"}),
        ("smooth: {half_life: 1w}\ndead_zone: 3\n", {"past:total", "past:weight", "past:band"}),
    ],
)
def test_the_past_of_a_smoothed_score_is_kept(more: str, columns: set[str]) -> None:
    model = read_model(more)
    past = SmoothingState(
        np.array([40.0, 0.0]), np.array([1.0, 0.0]), np.array([1, -1], dtype=np.int8)
    )
    cells = replace(make_cells([10, 10], [9, 9], ["good", "good"]), past=past)
    scored = score(model, cells)
    table = to_table(scored, ("A", "B"))
    assert {name for name in table.column_names if name.startswith("past:")} == columns
    again = score(model, to_cells(table, model))
    assert again.score.tolist() == scored.score.tolist()
    assert again.band.tolist() == scored.band.tolist()


def test_without_a_past_there_are_no_columns_for_it() -> None:
    model = read_model("dead_zone: 3\n")
    cells = make_cells([1], [1], ["good"])
    plain = score(read_model(), cells)
    table = to_table(replace(plain, model=model), ("A",))
    assert not any(name.startswith("past:") for name in table.column_names)


def test_texts_of_a_value_and_its_stand_in_share_their_words() -> None:
    model = read_model("missing_guard: 20d\n")
    cells = make_cells([1, 1], [1, 1], ["bad", None])
    cells = replace(
        cells, last={"mood": LastValue(np.array([np.nan, 1.0]), np.full(2, 19_990, np.int32))}
    )
    read = to_cells(to_table(score(model, cells), ("A", "B")), model)
    vocabulary = read.values["mood"].words
    assert vocabulary == ("bad", "good")
    assert vocabulary[int(read.values["mood"].data[0])] == "bad"
    assert vocabulary[int(read.last["mood"].data[1])] == "good"


def test_words_of_several_row_groups_and_kinds_of_columns_are_read_alike() -> None:
    model = read_model("missing_guard: 20d\n", HOLD)
    table = to_table(score(model, full_cells()), IDS)
    plain = pa.table(
        {
            name: column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
    )
    groups = pa.concat_tables([table.slice(0, 1), table.slice(2, 1), table.slice(1, 1)])
    order = np.array([0, 2, 1])
    whole = to_cells(table, model)
    for name, values in whole.values.items():
        assert to_cells(plain, model).values[name].reason.tolist() == values.reason.tolist()
        assert to_cells(groups, model).values[name].reason.tolist() == values.reason[order].tolist()
    assert to_cells(groups, model).segment.tolist() == whole.segment[order].tolist()
    assert to_cells(table.slice(0, 0), model).segment.tolist() == []


def test_chunks_with_words_of_their_own_are_read() -> None:
    """As in a file of several row groups, each with a dictionary."""
    model = read_model("missing_guard: 20d\n", HOLD)
    scored = score(model, full_cells())
    whole = to_table(scored, IDS)
    parts = []
    for row in range(3):
        part = whole.slice(row, 1)
        columns = {
            name: part[name].cast(part[name].type.value_type).dictionary_encode()
            if pa.types.is_dictionary(part[name].type)
            else part[name]
            for name in part.column_names
        }
        parts.append(pa.table(columns))
    again = score(model, to_cells(pa.concat_tables(parts), model))
    assert to_table(again, IDS).to_pylist() == whole.to_pylist()
