"""Kept files are the same whether the rows of many months come at once or piece by piece."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from salus.errors import UsageError
from salus.facts import build
from salus.facts.cache import partitions
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.partials.rows import RowsInMemory
from salus.facts.sql.columns import ENTITY
from salus.history.row import to_table
from salus.model.model import Model
from salus.scores.compute import compute_scores
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.session import Session
from tests.engine.bytes import table_bytes
from tests.engine.product import read_model, write
from tests.engine.worlds import World, world
from tests.keep.test_same import scored


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file that holds facts."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
        if not path.parent.name.startswith("marks-")
    }


def test_pieces_hold_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = 0

    def counted(session: Session, *arguments: object) -> object:
        nonlocal pieces
        pieces += 1
        return query_parts(session, *arguments)  # type: ignore[arg-type]

    query_parts = Session.query_parts
    monkeypatch.setattr(Session, "query_parts", counted)
    for seed in range(12):
        case = world(Random(seed), entities=12)
        model = read_model(case.model, case.holidays)
        connection = DuckDBFile(write(case.tables, tmp_path / f"{seed}.duckdb"))
        kept = {}
        for most in (partitions.MOST, -1):
            folder = tmp_path / f"{seed} {most}"
            with monkeypatch.context() as patched:
                patched.setattr(partitions, "MOST", most)
                scored(model, connection, case.dates, PartialCache(folder))
            kept[most] = files(folder)
        connection.close()
        whole, divided = kept.values()
        assert divided == whole
    assert pieces >= 12


def arrow_bytes(
    case: World, connection: DuckDBFile, model: Model, cache: PartialCache | None
) -> bytes:
    """The bytes of the scores of the last date, or the text of the error."""
    try:
        scores = compute_scores(model, connection, max(case.dates), cache)
    except UsageError as error:
        return str(error).encode()
    return table_bytes(scores.to_arrow()) + table_bytes(to_table(scores.scored, scores.ids))


@pytest.mark.parametrize("seed", range(8))
def test_ranges_of_few_rows_give_the_same_scores(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = world(Random(seed), entities=12)
    model = read_model(case.model, case.holidays)
    connection = DuckDBFile(write(case.tables, tmp_path / "world.duckdb"))
    try:
        whole = arrow_bytes(case, connection, model, None)
        monkeypatch.setattr(build, "MOST_ROWS", 0)
        monkeypatch.setattr(build, "LEAST", 5)
        for cache in (None, PartialCache(tmp_path / "kept")):
            assert arrow_bytes(case, connection, model, cache) == whole
    finally:
        connection.close()


def test_rows_in_memory_are_cut_by_entity() -> None:
    keys = ["b", None, "ä", "a", "b", "B"]
    rows = RowsInMemory(pa.table({ENTITY: keys, "n": range(6)}))

    def between(low: str | None, high: str | None) -> list[int]:
        return sorted(rows.between(low, high)["n"].to_pylist())

    assert between(None, None) == [0, 1, 2, 3, 4, 5]
    assert between(None, "b") == [3, 5] and between("b", None) == [0, 2, 4]
    assert between("aa", "c") == [0, 4] and between("x", "y") == []
    assert rows.between("b", None)[ENTITY].to_pylist() == ["b", "b", "ä"]
    assert rows.of(pa.array(["b"]))["n"].to_pylist() == [0, 4]
