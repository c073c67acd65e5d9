"""Damage in Parquet files is found by their state, or by reading them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.sources.file_states import FileStates
from salus.sources.parquet_check import find_damaged


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"n": list(range(5000))}), path, write_page_checksum=True)
    return path


def states(file: Path) -> FileStates:
    return FileStates(file.parent, file.parent / "states.json", read=True)


def test_a_file_without_a_state_is_read(file: Path) -> None:
    assert find_damaged([file], states(file)) == []
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)
    assert find_damaged([file], states(file)) == [file]
    file.write_bytes(b"PAR1")
    assert find_damaged([file], states(file)) == [file]


def test_a_file_with_a_state_is_compared_with_it(file: Path) -> None:
    states(file).remember([file])
    assert find_damaged([file], states(file)) == []
    pq.write_table(pa.table({"n": [1]}), file)  # readable, but not what was written
    assert find_damaged([file], states(file)) == [file]
