"""The machine's time zone, number of processors and hash seed don't change a single bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

ROWS = 300_000  # enough for several threads to share the work
MODEL = {
    "version": 1,
    "name": "large",
    "timezone": "Europe/Berlin",
    "entity": {"name": "thing", "key": "who"},
    "sources": {
        "facts": {
            "table": "facts",
            "key": "who",
            "time": "at",
            "recorded": "told",
            "id": "nr",
            "until": "over",
            "fresh": "60d",
        },
        "states": {
            "table": "facts",
            "key": "who",
            "time": "at",
            "recorded": "told",
            "until": "next word",
        },
    },
    "inputs": {
        "first": {"min": "facts.at"},
        "kinds": {"count_distinct": "facts.word", "within": "30d", "open": True},
    },
    "dimensions": {
        "d": {
            "measures": {
                "total": {"sum": "facts.amount", "within": "90d", "bad": 0, "good": 1000},
                "fading": {"mean": "facts.amount", "half_life": "30d", "bad": 0, "good": 10},
                "middle": {"median": "facts.amount", "within": "30d", "bad": -5, "good": 5},
                "last": {
                    "latest": "facts.word",
                    "points": {"a": 10, "b": 60, "c": 90},
                    "if_missing": "hold 2d",
                },
                "length": {"mean": "states.open_days", "within": "60d", "bad": 30, "good": 0},
                "gap": {"median_gap": "facts", "bad": 9, "good": 1},
            }
        }
    },
    "missing_guard": "3d",
}
SCRIPT = """
import datetime as dt, json, os, sys
from pathlib import Path
if sys.argv[3] == "one":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from tests.engine.bytes import digest
from tests.engine.product import read_model
model = read_model(json.loads(Path(sys.argv[2]).read_text()))
print(digest(model, Path(sys.argv[1]), [dt.date(2024, 3, 31), dt.date(2024, 4, 1), dt.date(2024, 10, 28)]))
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("machine")
    random = np.random.default_rng(7)
    at = np.datetime64("2023-10-01", "us") + random.integers(0, 400 * 86_400, ROWS).astype(
        "timedelta64[s]"
    )
    late = random.integers(0, 20 * 86_400, ROWS).astype("timedelta64[s]")
    table = pa.table(
        {
            "nr": random.integers(0, ROWS, ROWS),
            "who": pa.array([f"e{i}" for i in random.integers(0, 1500, ROWS)]),
            "at": pa.array(at, pa.timestamp("us", "UTC")),
            "told": pa.array(at + late, pa.timestamp("us", "UTC")),
            "over": pa.array(at + 3 * late, pa.timestamp("us")),
            "amount": random.normal(0, 10, ROWS),
            "word": pa.array(np.array(["a", "b", "c", "d"])[random.integers(0, 4, ROWS)]),
        }
    )
    with duckdb.connect(str(folder / "tables.duckdb")) as connection:
        connection.register("arriving", table)
        connection.execute("CREATE TABLE facts AS SELECT * FROM arriving")
    (folder / "model.json").write_text(json.dumps(MODEL))
    return folder / "tables.duckdb", folder / "model.json"


def run(files: tuple[Path, Path], processors: str, **environment: str) -> str:
    checkout = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, files), processors],
        cwd=checkout,
        check=True,
        text=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors can't be chosen here")
def test_zone_processors_and_hash_seed(files: tuple[Path, Path]) -> None:
    usual = run(files, "all", TZ="UTC", PYTHONHASHSEED="1")
    assert len(usual) == 64
    assert run(files, "one", TZ="America/St_Johns", PYTHONHASHSEED="2") == usual
    assert run(files, "all", TZ="Pacific/Kiritimati", PYTHONHASHSEED="3") == usual
