"""Smoothing and the dead zone: scores that move every day, against the oracle, and properties that
hold for all data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pyarrow.compute as pc
import pytest

from salus.history.row import to_cells
from salus.kernel import cells
from salus.scoring.bands import find_bands
from salus.scoring.score import score, score_uncapped
from tests.engine.bytes import table_bytes
from tests.engine.compare import differences
from tests.engine.product import Result, compute_file, read_model, write
from tests.engine.worlds import World
from tests.oracle.scoring import Scoring
from tests.oracle.table import Row, Table

LAST = dt.date(2025, 3, 1)
DAYS = 500  # days of facts before it: a year, four half-lives, and the days of `hold`


def walking(seed: int, entities: int = 10, dates: tuple[int, ...] = (0, 1, 40)) -> World:
    """Entities whose value changes a little every day. Some have days or weeks without a value,
    some leave and some are new.
    """
    random = Random(seed)
    limits = random.choice(
        (
            {"top": 75, "middle": 50, "low": 0},
            {"a": 90, "b": 70, "c": 60, "d": 40, "e": 0},
            {"good": 50, "bad": 0},
        )
    )
    model: dict = {
        "version": 1,
        "name": "walks",
        "bands": limits,
        "min_coverage": random.choice(("0%", "50%", "75%")),
        "entity": {
            "name": "thing",
            "table": "things",
            "key": "who",
            "starts": "since",
            "ends": "over",
            "attributes": ["tier"],
        },
        "sources": {
            "days": {"table": "days", "key": "who", "time": "at"},
            "notes": {"table": "notes", "key": "who", "time": "at"},
        },
        "inputs": {"alarms": {"count": "notes", "within": "9d"}},
        "dimensions": {
            "d": {
                "weight": 3,
                "measures": {
                    "level": {
                        "latest": "days.v",
                        "within": "3d",
                        "bad": 0,
                        "good": 100,
                        "if_missing": random.choice(("skip", "hold 4d", "neutral")),
                    }
                },
            },
            "e": {
                "measures": {"mood": {"mean": "notes.v", "within": "40d", "bad": 0, "good": 100}}
            },
        },
        "caps": [{"name": "alarm", "when": "alarms > 1", "at_most": random.choice((45, 62, 72))}],
        "segments": {"plain": {"when": "tier = 2", "without": ["e"]}},
        "missing_guard": random.choice(("0d", "5d")),
    }
    if seed % 3 != 1:
        model["smooth"] = {"half_life": random.choice(("1d", "3d", "1w"))}
    if seed % 3 != 2:
        model["dead_zone"] = random.choice((1, 3, 4.5))
    things = Table({"who": "text", "since": "date", "over": "date", "tier": "integer"})
    days, notes = (Table({"who": "text", "at": "date", "v": "number"}) for _ in range(2))
    for number in range(entities):
        since = LAST - dt.timedelta(days=random.choice((2, 30, 200, 600, 600, 600)))
        over = (
            LAST - dt.timedelta(days=random.choice((-90, 0, 41))) if random.random() < 0.2 else None
        )
        things.rows.append(
            {"who": str(number), "since": since, "over": over, "tier": random.choice((1, 2))}
        )
        days.rows += walk(
            random,
            str(number),
            random.choice((0, 0, 1, 4, 12)),
            random.choice(list(limits.values())[:-1]),
        )
        notes.rows += [
            {
                "who": str(number),
                "at": LAST - dt.timedelta(days=random.randint(0, DAYS)),
                "v": float(random.randint(0, 100)),
            }
            for _ in range(random.choice((0, 10, 40)))
        ]
    return World(
        model,
        {"things": things, "days": days, "notes": notes},
        [LAST - dt.timedelta(days=back) for back in sorted(dates)[::-1]],
    )


def walk(random: Random, who: str, step: float, around: float) -> list[Row]:
    """A value per day near a limit. For some entities it stays there all year, and some leave weeks
    out.
    """
    value, rows, gaps = around + random.uniform(-4, 4), [], random.random() < 0.4
    silent = 0
    for back in range(DAYS, -1, -1):
        value = min(100.0, max(0.0, value + random.uniform(-step, step) + (around - value) * 0.05))
        silent = (
            silent - 1
            if silent
            else random.choice((0, 3, 9, 45))
            if gaps and random.random() < 0.03
            else 0
        )
        if not silent:
            rows.append({"who": who, "at": LAST - dt.timedelta(days=back), "v": round(value, 2)})
    return rows


def compute(case: World, tmp_path: Path, dates: list[dt.date] | None = None) -> Result:
    path = tmp_path / "tables.duckdb"
    path.unlink(missing_ok=True)
    result = compute_file(read_model(case.model), write(case.tables, path), dates or case.dates)
    assert result is not None
    return result


def test_product_and_oracle_agree(tmp_path: Path) -> None:
    moved = 0
    for seed in range(9):
        case = walking(seed)
        result = compute(case, tmp_path)
        assert differences(result, Scoring(case.model, case.tables).cells(case.dates)) == []
        moved += int(np.sum(result.scored.band != plain_band(result)))
    assert moved > 10, "hardly any band differs from the plain one"


def plain_band(result: Result) -> np.ndarray:
    scored = result.scored
    return find_bands(
        scored.score, scored.main.coverage, scored.model.bands, scored.model.min_coverage
    )


@pytest.mark.parametrize(("seed", "size"), [(3, 1), (4, 3000), (5, 100), (6, 1)])
def test_a_date_alone_is_the_same_bits_among_a_year_of_days(
    seed: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walking(seed)
    days = [LAST - dt.timedelta(days=back) for back in range(364, -1, -1)]
    together = compute(case, tmp_path, days).table
    monkeypatch.setattr(cells, "CELLS", size)
    for date in (days[0], days[200], days[364]):
        assert table_bytes(together.filter(pc.equal(together["as_of"], date))) == table_bytes(
            compute(case, tmp_path, [date]).table
        )


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_kept_row_is_scored_as_it_was(seed: int, tmp_path: Path) -> None:
    result = compute(walking(seed), tmp_path)
    again = score(result.scored.model, to_cells(result.table, result.scored.model))
    assert again.score.tobytes() == result.scored.score.tobytes()
    assert again.smoothing.tobytes() == result.scored.smoothing.tobytes()
    assert again.band.tobytes() == result.scored.band.tobytes()


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_lines_sum_to_the_score(seed: int, tmp_path: Path) -> None:
    scored = compute(walking(seed), tmp_path).scored
    lines = [
        *scored.main.contributions.values(),
        *scored.main.held.values(),
        scored.smoothing,
        scored.cap_effect,
    ]
    assert np.nanmax(np.abs(np.sum(lines, axis=0) - scored.score)) < 1e-9
    assert np.abs(scored.smoothing).max() > 0.1


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_a_band_is_another_than_the_plain_one_only_near_a_limit(seed: int, tmp_path: Path) -> None:
    """It is one of the two bands beside the limit, whatever the dead zone remembers."""
    case = walking(seed)
    del case.model["caps"]
    result = compute(
        case, tmp_path, [LAST - dt.timedelta(days=back) for back in range(100, -1, -1)]
    )
    scored, plain = result.scored, plain_band(result)
    other = scored.band != plain
    assert other.any()
    limits = np.array([limit for _, limit in scored.model.bands[:-1]])
    upper = np.minimum(scored.band, plain)[other]
    assert (np.maximum(scored.band, plain)[other] == upper + 1).all()
    assert (np.abs(scored.score[other] - limits[upper]) < scored.model.dead_zone).all()


def test_a_score_that_never_moves_is_its_own_mean(tmp_path: Path) -> None:
    case = walking(2)
    case.model |= {
        "smooth": {"half_life": "1w"},
        "caps": [],
        "segments": {},
        "bands": {"top": 75, "low": 0},
    }
    case.model["dimensions"] = {
        "d": {"measures": {"tiers": {"value": "tier", "bad": 0, "good": 8}}}
    }
    scored = compute(case, tmp_path).scored
    assert np.abs(scored.smoothing).max() < 1e-12


def test_a_better_day_never_lowers_score_or_band(tmp_path: Path) -> None:
    """The same values, with better ones on some days."""
    case, random = walking(3, entities=16), Random(8)
    case.model["missing_guard"] = "0d"
    worse = compute(case, tmp_path)
    for row in case.tables["days"].rows:
        if random.random() < 0.3:
            row["v"] = min(100.0, row["v"] + random.uniform(0, 9))
    better = compute(case, tmp_path)
    present = ~np.isnan(worse.scored.score)
    assert (better.scored.score - worse.scored.score)[present].min() > -1e-9
    assert (better.scored.band <= worse.scored.band)[present & (worse.scored.band >= 0)].all()
    assert (better.scored.score - worse.scored.score)[present].max() > 1


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_score_of_a_day_before_is_the_guarded_score_of_that_day(
    seed: int, tmp_path: Path
) -> None:
    """Days that only contribute to later ones are scored by a shorter way."""
    world = walking(seed, dates=tuple(range(30)))
    model = replace(read_model({**world.model, "missing_guard": "5d"}), smooth=None, dead_zone=0.0)
    case = compute_file(model, write(world.tables, tmp_path / "walks.duckdb"), world.dates)
    assert case is not None
    assert any((effect != 0).any() for effect in case.scored.main.held.values())
    np.testing.assert_allclose(
        score_uncapped(model, case.scored.cells), case.scored.main.guarded, rtol=0, atol=1e-9
    )
