"""Flags: who has one of the values, and what the message says if nobody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import DataError
from salus.model.model import Model
from salus.model.read import read_text
from salus.outcomes.flagged import load_flags, matches
from salus.sources.folder import Folder

MODEL = """
version: 1
name: shop
entity: {name: customer, table: customers, key: id, attributes: [plan]}
sources: {visits: {table: visits, key: id, time: at}}
dimensions: {use: {measures: {often: {count: visits, within: 40d, bad: 0, good: 10}}}}
outcomes:
  left: {flag: status, is: %s%s}
"""


def connect(folder: Path, column: list[str]) -> Folder:
    data = folder / "data"
    data.mkdir()
    rows = [f"c{number},{value},gold" for number, value in enumerate(column)]
    (data / "customers.csv").write_text("\n".join(["id,status,plan", *rows]), encoding="utf-8")
    (data / "visits.csv").write_text("id,at\nc0,2025-01-01\n", encoding="utf-8")
    return Folder(data, folder / "cache", folder / "rejected", {}, None, "UTC")


def flags(model: Model, connection: Folder, ids: list[str]) -> list[bool]:
    return load_flags(model, connection, model.outcomes[0], ids).tolist()


def read(values: str, more: str = "") -> Model:
    return read_text(MODEL % (values, more))


def test_entities_with_a_value_have_the_flag(tmp_path: Path) -> None:
    connection = connect(tmp_path, ["gone", "here", "lost", "Gone"])
    assert flags(read("[gone, lost]"), connection, ["c0", "c1", "c2", "c3", "c9"]) == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_a_condition_leaves_out_other_rows(tmp_path: Path) -> None:
    connection = connect(tmp_path, ["gone", "gone"])
    model = read("gone", ", where: \"plan = 'silver'\"")
    with pytest.raises(DataError, match="it has no value"):
        flags(model, connection, ["c0", "c1"])
    assert flags(read("gone", ", where: \"plan = 'gold'\""), connection, ["c1"]) == [True]


def test_a_value_that_no_row_has_is_answered_with_examples(tmp_path: Path) -> None:
    connection = connect(tmp_path, ["a", "b", "c", "d", "e", "f", "g"])
    with pytest.raises(DataError, match=r"`status` = 'x' or 'y' .*'a'.* …") as caught:
        flags(read("[x, y]"), connection, ["c0"])
    assert "write the values under `is` exactly" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "wanted", "kind", "expected"),
    [
        (None, ["Yes"], "text", False),
        ("Yes", ["Yes"], "text", True),
        (True, ["ja"], "bool", False),
        (False, ["No"], "bool", True),
        (2, ["2"], "integer", True),
        (2.5, ["2"], "number", False),
        (float("nan"), ["2"], "number", False),
        (float("inf"), ["inf"], "number", False),
    ],
)
def test_a_value_matches_by_the_type_of_its_column(
    value: object, wanted: list[str], kind: str, expected: bool
) -> None:
    assert matches(value, wanted, kind) is expected  # type: ignore[arg-type]
