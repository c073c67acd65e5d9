"""Scores are the same whether a connection keeps the rows of a source or queries them each time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from salus.facts.sql import origin
from salus.sources import session
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.product import compute, read_model, write
from tests.engine.worlds import world


def scores(path: Path, seed: int) -> tuple[object, list[str]]:
    """The scores of a random world, and the SQL texts that were run."""
    case = world(Random(seed), 30)
    connection = DuckDBFile(path)
    try:
        result = compute(read_model(case.model, case.holidays), connection, case.dates)
        return result and result.table.to_pylist(), connection.audit
    finally:
        connection.close()


def uses_kept(texts: list[str]) -> bool:
    """Whether a query reads rows that the connection keeps."""
    return any("salus_remembered" in text for text in texts if text.startswith('SELECT "salus'))


def test_kept_rows_give_the_same_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows of a small table; only those of repeated ids; none, because too many are repeated."""
    used = 0
    for seed in range(12):
        path = write(world(Random(seed), 30).tables, tmp_path / f"{seed}.duckdb")
        expected, kept = scores(path, seed)
        with monkeypatch.context() as patched:
            patched.setattr(session, "MOST_KEPT", -1)
            some, repeated = scores(path, seed)
            patched.setattr(origin, "MOST_REPEATED", -1)
            queried, without = scores(path, seed)
        assert some == queried == expected
        assert uses_kept(kept) == uses_kept(repeated)
        assert not uses_kept(without)
        used += uses_kept(kept)
    assert used >= 4, "hardly any world has a source with ids"
