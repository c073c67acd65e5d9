"""Thousands of small random worlds: the product's results equal the oracle's in every part.

`SALUS_WORLDS=500 pytest tests/engine/test_worlds.py` checks 500 other models.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.compare import differences
from tests.engine.product import compute_file, read_model, write
from tests.engine.worlds import world
from tests.oracle.scoring import Scoring

MORE = int(os.environ.get("SALUS_WORLDS", "0"))
ENTITIES = 60  # of one model: each is a world of its own


def test_product_and_oracle_agree(tmp_path: Path) -> None:
    covered: set[tuple[int, str]] = set()

    @settings(
        max_examples=MORE or 66,
        derandomize=not MORE,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def agree(seed: int) -> None:
        case = world(Random(seed), ENTITIES)
        path = tmp_path / "tables.duckdb"
        path.unlink(missing_ok=True)
        expected = Scoring(case.model, case.tables, frozenset(case.holidays)).cells(case.dates)
        result = compute_file(
            read_model(case.model, case.holidays), write(case.tables, path), case.dates
        )
        covered.update((seed, entity) for entity, _ in expected)
        assert differences(result, expected) == []

    agree()
    assert len(covered) >= 2000, f"only {len(covered)} worlds were looked at"
