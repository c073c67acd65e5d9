"""Keys by value, and the lines of a file that have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.sources.files.key_lines import find_key_lines
from salus.sources.folder import Folder
from salus.sources.key import plain_key
from tests.sources.reading import ZONE


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("17.0", "17"),
        ("-17.00", "-17"),
        ("0.0", "0"),
        ("17", "17"),
        ("007.0", "007.0"),
        ("1.50", "1.50"),
        ("-0.0", "-0.0"),
        ("17.0\n", "17.0\n"),
        ("A-1.0", "A-1.0"),
    ],
)
def test_a_whole_number_loses_the_zeros_after_its_point(text: str, key: str) -> None:
    assert plain_key(text) == key


def folder(path: Path) -> Folder:
    return Folder(path, path.parent / "cache", path.parent / "rejected", {}, None, ZONE)


def test_lines_are_found_by_the_compared_form_of_the_key(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "t.csv").write_text("id,n\n17.0,1\n18,2\n,3\n17,4\nNA,5\n", encoding="utf-8")
    rows = folder(data).file("t").rows
    assert find_key_lines(rows, "id", {"17"}) == [2, 5]
    assert find_key_lines(rows, "id", {None}) == [4]
    assert find_key_lines(rows, "id", {"NA", "18"}) == [3, 6]
    assert find_key_lines(rows, "id", set()) == []


def test_parquet_has_no_lines(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = tmp_path / "data"
    data.mkdir()
    pq.write_table(pa.table({"id": ["17"]}), data / "p.parquet")
    (data / "t.csv").write_text("id\n17\n", encoding="utf-8")
    assert folder(data).lines_of("p", "id", {"17"}) == []
    assert folder(data).lines_of("t", "id", {"17"}) == [2]
