"""Scores that continue from those of an earlier date are, to the last bit, those computed from all
facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from salus.facts.build import FactSet, load_facts
from salus.history.row import to_table
from salus.kernel import cells
from salus.kernel.cells import FromScratchError, required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scoring.earlier_scores import EarlierScores, score_next
from salus.scoring.timeline import score_all
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.bytes import table_bytes
from tests.engine.product import read_model, write
from tests.engine.worlds import World, world
from tests.scoring.test_days_before import LAST, walking

STEPS = (1, 1, 2, 1, 5, 1, 30)


def facts_of(model: Model, case: World, path: Path, date: dt.date) -> FactSet:
    path.unlink(missing_ok=True)
    connection = DuckDBFile(write(case.tables, path))
    try:
        days = np.array([day_number(date)], dtype=np.int32)
        return load_facts(model, connection, required_grid(model, days))
    finally:
        connection.close()


def from_all_facts(model: Model, known: FactSet, date: dt.date) -> bytes:
    scored = score_all(model, known, np.array([day_number(date)], dtype=np.int32))
    return b"" if scored is None else table_bytes(to_table(scored, known.attributes.ids))


def halves(known: FactSet) -> list[tuple[int, FactSet]]:
    middle = len(known.attributes.ids) // 2
    return [
        (first, known.part(first, stop))
        for first, stop in ((0, middle), (middle, len(known.attributes.ids)))
    ]


def check(model: Model, case: World, path: Path, dates: Sequence[dt.date], random: Random) -> int:
    """Scores one date after the other, each from what the one before has left, apart from some
    entities. Returns how many scores continued from earlier ones.
    """
    earlier: EarlierScores | None = None
    continued = 0
    for date in dates:
        known = facts_of(model, case, path, date)
        expected = from_all_facts(model, known, date)
        ranges = halves(known) if random.random() < 0.3 else [(0, known)]
        try:
            result = score_next(model, ranges, day_number(date), earlier)
        except FromScratchError:
            result = score_next(model, ranges, day_number(date))
        if result is None:
            assert expected == b""
            continue
        scored, left = result
        assert table_bytes(to_table(scored, known.attributes.ids)) == expected, date
        continued += 0 if earlier is None else int(np.sum(earlier.rows(left.ids) >= 0))
        lost = {key for key in left.ids if random.random() < 0.1}
        earlier = left.at(np.array([i for i, key in enumerate(left.ids) if key not in lost], int))
    return continued


def following(first: dt.date, steps: Sequence[int]) -> list[dt.date]:
    return [first + dt.timedelta(days=sum(steps[:count])) for count in range(len(steps) + 1)]


@pytest.mark.parametrize("seed", range(6))
def test_scores_that_walk_around_limits(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, random = walking(seed), Random(seed)
    model = read_model(case.model)
    monkeypatch.setattr(cells, "CELLS", random.choice((1, 100, 3000, 200_000)))
    dates = following(LAST - dt.timedelta(days=60), STEPS)
    assert check(model, case, tmp_path / "tables.duckdb", dates, random) > 0


@pytest.mark.parametrize("seed", range(12))
def test_worlds(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    case = world(random, 12)
    model = replace(
        read_model(case.model, case.holidays),
        smooth=random.choice((None, 1, 2, 7)),
        dead_zone=random.choice((0.5, 3.0, 4.5)),
        missing_guard=random.choice((0, 1, 3, 5)),
    )
    if (
        not model.measures
        or any(  # limits that are percentiles have no zone
            not isinstance(limit, float | int) for _, limit in model.bands[:-1]
        )
    ):
        pytest.skip("the limits of this world are percentiles")
    monkeypatch.setattr(cells, "CELLS", random.choice((1, 100, 3000, 200_000)))
    dates = following(case.dates[0], random.sample(STEPS, 3))
    check(model, case, tmp_path / "tables.duckdb", dates, random)
