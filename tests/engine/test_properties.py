"""Properties that hold for all data: order, duplicates, chunks, other dates and the future don't
change a bit.
"""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from random import Random

import numpy as np
import pytest

from salus.kernel import cells
from tests.engine.bytes import result_bytes, table_bytes
from tests.engine.product import Result, compute_file, read_model, write
from tests.engine.worlds import Filler, World, world
from tests.oracle.facts import day
from tests.oracle.reading import measures_in
from tests.oracle.table import Row, Table

SEEDS = (3, 58, 77, 209)


def run(
    case: World,
    tmp_path: Path,
    tables: dict[str, Table] | None = None,
    dates: list[dt.date] | None = None,
) -> bytes:
    path = tmp_path / "tables.duckdb"
    path.unlink(missing_ok=True)
    return result_bytes(
        read_model(case.model, case.holidays),
        write(tables or case.tables, path),
        dates or case.dates,
    )


def score(case: World, tmp_path: Path, model: dict | None = None) -> Result:
    path = tmp_path / "tables.duckdb"
    path.unlink(missing_ok=True)
    result = compute_file(
        read_model(model or case.model, case.holidays), write(case.tables, path), case.dates
    )
    assert result is not None
    return result


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_rows(seed: int, tmp_path: Path) -> None:
    case = world(Random(seed), 25)
    before = run(case, tmp_path)
    for table in case.tables.values():
        Random(seed + 1).shuffle(table.rows)
    assert run(case, tmp_path) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_one_date_out_of_many(seed: int, tmp_path: Path) -> None:
    """The rows of each date are the same bytes whether it is scored alone or with others."""
    case = world(Random(seed), 25)
    many = case.dates + [case.dates[-1] + dt.timedelta(days=step) for step in (1, 17, 90)]
    together = score(World(case.model, case.tables, many, case.holidays), tmp_path)
    for date in case.dates:
        alone = score(World(case.model, case.tables, [date], case.holidays), tmp_path).table
        keep = np.array([as_of == date for as_of in together.table["as_of"].to_pylist()])
        assert table_bytes(together.table.filter(keep)) == table_bytes(alone)


@pytest.mark.parametrize("size", [1, 40, 1000])
def test_chunks_of_entities(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world(Random(20))
    before = run(case, tmp_path)
    monkeypatch.setattr(cells, "CELLS", size)
    assert run(case, tmp_path) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_duplicates_of_an_id(seed: int, tmp_path: Path) -> None:
    """Rows recorded later under a known id change nothing."""
    random = Random(seed)
    case = world(random, 25)
    for source in case.model["sources"].values():
        source |= {"id": "nr", "recorded": "told"}
    for name in ("events", "deals"):
        table = case.tables[name]
        for number, row in enumerate(table.rows):
            row["nr"] = {"text": str, "integer": int, "number": float}[table.columns["nr"]](number)
    before = run(case, tmp_path)
    for name in ("events", "deals"):
        table = case.tables[name]
        known = [row for row in table.rows if row["at"] is not None]
        table.rows += [
            later_copy(case, table, row, random) for row in random.choices(known, k=len(known))
        ]
        random.shuffle(table.rows)
    assert run(case, tmp_path) == before


def later_copy(case: World, table: Table, row: Row, random: Random) -> Row:
    """Another row under the same id, recorded two days or more after the first became known."""
    filler = Filler(random, case)
    first = max(filler.date_of(row["at"]), filler.date_of(row["told"] or row["at"]))
    recorded = first + dt.timedelta(days=random.choice((2, 3, 30)))
    return {
        **filler.fact(table, random.randrange(40)),
        "nr": row["nr"],
        "told": filler.time(table.columns["told"], recorded),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_future(seed: int, tmp_path: Path) -> None:
    """Facts on or after the last date, or recorded then, ends after it and later rows of history
    change nothing.
    """
    random = Random(seed)
    case = world(random, 25)
    before = run(case, tmp_path)
    last, filler = case.dates[-1], Filler(random, case)
    for name in ("events", "deals"):
        table = case.tables[name]
        sources = [source for source in case.model["sources"].values() if source["table"] == name]
        recorded = bool(sources) and all("recorded" in source for source in sources)
        for row in table.rows:
            if row["over"] is not None and day(row["over"], filler.zone) >= last.toordinal():
                row["over"] = None
        for _ in range(200):
            row = filler.fact(table, random.randrange(45))
            late = last + dt.timedelta(days=random.choice((0, 0, 1, 5, 400)))
            what = "told" if recorded and random.random() < 0.5 else "at"
            table.rows.append(
                {**row, what: filler.time(table.columns[what], late), "who": row["who"]}
            )
    for _ in range(50):
        row = filler.then(random.randrange(40))
        since = filler.time(
            case.tables["things_then"].columns["since"],
            last + dt.timedelta(days=random.choice((0, 1, 30))),
        )
        case.tables["things_then"].rows.append({**row, "since": since})
    assert run(case, tmp_path) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_sum_to_the_score(seed: int, tmp_path: Path) -> None:
    scored = score(world(Random(seed), 25), tmp_path).scored
    lines = [
        *scored.main.contributions.values(),
        *scored.main.held.values(),
        scored.smoothing,
        scored.cap_effect,
    ]
    present = ~np.isnan(scored.score)
    assert present.any()
    assert np.abs(np.sum(lines, axis=0) - scored.score)[present].max() < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_measures_and_scale_of_weights(seed: int, tmp_path: Path) -> None:
    case = world(Random(seed), 25)
    model = copy.deepcopy(case.model)
    parts = list(model["dimensions"].items())
    for _, part in parts:
        part["weight"] = part.get("weight", 1) * 7
        part["measures"] = dict(
            reversed(
                [
                    (name, {**line, "weight": line.get("weight", 1) * 0.3})
                    for name, line in measures_in(part).items()
                ]
            )
        )
    model["dimensions"] = dict(reversed(parts))
    for segment in model.get("segments", {}).values():
        segment["weights"] = {
            name: weight * 7 for name, weight in segment.get("weights", {}).items()
        } or {parts[0][0]: parts[0][1]["weight"]}
    for part in model.get("scores", {}).values():
        part["weights"] = {name: weight * 0.1 for name, weight in part["weights"].items()}
    for segment, own in zip(
        model.get("segments", {}).values(), case.model.get("segments", {}).values(), strict=True
    ):
        if "weights" not in own:
            del segment["weights"]
    before, after = score(case, tmp_path).scored, score(case, tmp_path, model).scored
    assert np.allclose(before.score, after.score, rtol=0, atol=1e-9, equal_nan=True)
    assert np.allclose(before.main.coverage, after.main.coverage, rtol=0, atol=1e-9)
    assert (before.band == after.band).all()
    for name, score_value in before.further.items():
        assert np.allclose(
            score_value.guarded, after.further[name].guarded, rtol=0, atol=1e-9, equal_nan=True
        )


def test_a_better_input_never_lowers_the_score(tmp_path: Path) -> None:
    """Pairs of entities of which the second has one measure nearer to its good end."""
    random = Random(5)
    columns = {"thing": "text", **{f"v{i}": "number" for i in range(6)}}
    lines = {
        f"m{i}": {
            "value": f"v{i}",
            "weight": random.choice((0.5, 1, 3)),
            "if_missing": random.choice(("skip", "neutral", "bad")),
            **ends,
        }
        for i, ends in enumerate(
            (
                {"bad": 0, "good": 10},
                {"bad": 5, "good": -5},
                {"curve": [[0, 0], [3, 40], [4, 40], [9, 100]]},
                {"curve": [[-2, 100], [2, 60], [8, 0]]},
                {"bad": "10%", "good": "90%"},
                {"bad": 7, "good": 1},
            )
        )
    }
    rises = (1, -1, 1, -1, 1, -1)
    model = {
        "version": 1,
        "name": "pairs",
        "entity": {
            "name": "thing",
            "table": "things",
            "key": "thing",
            "attributes": list(columns)[1:],
        },
        "dimensions": {
            "d": {"weight": 2, "measures": {name: lines[name] for name in ("m0", "m1", "m2")}},
            "e": {"measures": {name: lines[name] for name in ("m3", "m4", "m5")}},
        },
        "caps": [{"name": "cap", "when": "v0 < 3", "at_most": 35}],
    }
    table = Table(columns)
    for pair in range(1000):
        row: Row = {
            "thing": f"{pair:04}a",
            **{
                f"v{i}": None if random.random() < 0.1 else random.uniform(-3, 11) for i in range(6)
            },
        }
        better = random.choice([i for i in range(6) if row[f"v{i}"] is not None] or [0])
        table.rows += [
            row,
            {
                **row,
                "thing": f"{pair:04}b",
                f"v{better}": (row[f"v{better}"] or 0.0)
                + rises[better] * random.choice((0, 1e-9, 0.3, 5)),
            },
        ]
        if row[f"v{better}"] is None:
            table.rows.pop()
            table.rows.append({**row, "thing": f"{pair:04}b"})
    case = World(model, {"things": table}, [dt.date(2024, 7, 1)])
    result = score(case, tmp_path).scored.score
    worse, same_or_better = result[0::2], result[1::2]
    assert len(worse) == 1000
    assert (np.isnan(worse) == np.isnan(same_or_better)).all()
    assert np.nanmin(same_or_better - worse) >= -1e-9
    assert np.nanmax(same_or_better - worse) > 1
