"""Tables without rows."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.engine.compare import differences
from tests.engine.product import compute_file, read_model, write
from tests.engine.worlds import world
from tests.oracle.scoring import Scoring


@pytest.mark.parametrize("seed", [2, 5, 9])
def test_no_facts(seed: int, tmp_path: Path) -> None:
    case = world(Random(seed), 10)
    for name in ("events", "deals", "refs", "things_then"):
        case.tables[name].rows.clear()
    result = compute_file(
        read_model(case.model, case.holidays),
        write(case.tables, tmp_path / "tables.duckdb"),
        case.dates,
    )
    expected = Scoring(case.model, case.tables, frozenset(case.holidays)).cells(case.dates)
    assert differences(result, expected) == []


@pytest.mark.parametrize("seed", [2, 5, 9])
def test_nobody(seed: int, tmp_path: Path) -> None:
    case = world(Random(seed), 0)
    for table in case.tables.values():
        table.rows.clear()
    model = read_model(case.model, case.holidays)
    assert compute_file(model, write(case.tables, tmp_path / "tables.duckdb"), case.dates) is None
