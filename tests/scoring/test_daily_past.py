"""Cells of many past dates at once, compared with each date scored on its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import numpy as np
import pytest

from salus.facts.build import load_facts
from salus.kernel import cells
from salus.kernel.cells import join_cells, required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scoring.daily_past import PastDates, compute_past_cells
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.scoring.timeline import score_all
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.product import read_model, write
from tests.scoring.test_days_before import LAST, walking


def rows_of(scored: Scored) -> dict[tuple[int, int], tuple[bytes, ...]]:
    """The bits of each cell by entity and day."""
    arrays = (
        scored.score,
        scored.band,
        scored.smoothing,
        scored.cap,
        scored.main.coverage,
        *scored.points.values(),
        *(values.reason for values in scored.cells.values.values()),
        *(value.data for value in scored.cells.held.values()),
        *(value.data for value in scored.cells.last.values()),
    )
    keys = zip(scored.cells.entity.tolist(), scored.cells.day.tolist(), strict=True)
    return {key: tuple(a[row].tobytes() for a in arrays) for row, key in enumerate(keys)}


def past_dates(random: Random, entities: int, backs: list[int]) -> PastDates:
    """The dates, and some entities on days of their own, also on one of the dates."""
    last = day_number(LAST)
    entity = np.array([random.randrange(entities) for _ in range(7)])
    day = np.array([last - random.choice([*backs, 3, 17, 90, 200]) for _ in entity], np.int32)
    return PastDates(np.array([last - back for back in backs], np.int32), entity, day)


def alone(model: Model, connection: DuckDBFile, dates: PastDates) -> dict:
    """The cells asked for, each day scored on its own."""
    own = set(zip(dates.entity.tolist(), dates.day.tolist(), strict=True))
    rows = {}
    for day in dates.all_days:
        days = np.array([day], np.int32)
        scored = score_all(model, load_facts(model, connection, required_grid(model, days)), days)
        if scored is not None:
            rows |= rows_of(scored)
    return {key: row for key, row in rows.items() if key in own or key[1] in dates.days}


@pytest.mark.parametrize("seed", range(12))
def test_cells_equal_those_of_each_date_alone(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, random = walking(seed, entities=8), Random(seed)
    model = read_model(case.model)
    connection = DuckDBFile(write(case.tables, tmp_path / "tables.duckdb"))
    backs = [[120, 90, 60, 30, 0], [101, 100, 40, 0], [200, 0]][seed % 3]
    dates = past_dates(random, 8, backs)
    monkeypatch.setattr(cells, "CELLS", random.choice((1, 2000, 200_000)))
    known = load_facts(model, connection, required_grid(model, dates.all_days))
    parts = [part for part in compute_past_cells(model, known, dates) if len(part)]
    expected = alone(model, connection, dates)
    assert rows_of(score(model, join_cells(parts, model))) == expected
    assert len(expected) > 10


def test_dates_far_apart_do_not_need_every_day_between(tmp_path: Path) -> None:
    """A model that only smooths needs few days before each date."""
    case = walking(2)
    case.model["smooth"] = {"half_life": "1d"}
    model = read_model(case.model)
    connection = DuckDBFile(write(case.tables, tmp_path / "tables.duckdb"))
    dates = PastDates(
        np.array([day_number(LAST - dt.timedelta(days=back)) for back in (300, 0)], np.int32),
        np.array([], np.int64),
        np.array([], np.int32),
    )
    known = load_facts(model, connection, required_grid(model, dates.all_days))
    parts = list(compute_past_cells(model, known, dates))
    assert rows_of(score(model, join_cells(parts, model))) == alone(model, connection, dates)
