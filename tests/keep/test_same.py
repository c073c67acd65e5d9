"""Results are the same to the last bit, with or without kept facts and whatever the order of dates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from salus.facts.build import load_facts
from salus.facts.cache.partial_cache import PartialCache
from salus.kernel.cells import Cells, LastValue, required_grid
from salus.kernel.values import MeasureValues
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scoring.timeline import score_all
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.product import Result, read_model, write
from tests.engine.worlds import world


def scored(
    model: Model, connection: Connection, dates: Sequence, keep: PartialCache | None
) -> Result | None:
    days = np.array([day_number(date) for date in dates], dtype=np.int32)
    known = load_facts(model, connection, required_grid(model, days), keep)
    found = score_all(model, known, days)
    return None if found is None else Result(found, tuple(known.attributes.ids))


def bits(result: Result | None) -> dict[str, object]:
    """Everything in a result, so that only equal bits compare as equal."""
    if result is None:
        return {}
    found: dict[str, object] = {"ids": result.ids, "score": result.scored.score.tobytes()}
    told: Cells = result.scored.cells
    for name in ("entity", "day", "segment"):
        found[name] = getattr(told, name).tobytes()
    for name, values in told.values.items():
        found[f"value {name}"] = _bits(values)
    for kind, several in (("held", told.held), ("last", told.last)):
        found.update({f"{kind} {name}": _last(one) for name, one in several.items()})
    return found


def _bits(values: MeasureValues) -> tuple:
    words = (
        [values.words[int(one)] if one == one else None for one in values.data]
        if values.kind == "text"
        else None
    )
    return values.kind, words or values.data.tobytes(), values.reason.tobytes()


def _last(last: LastValue) -> tuple[bytes, bytes]:
    return np.isnan(last.data).tobytes(), last.day.tobytes()


@pytest.mark.parametrize("seed", range(20))
def test_kept_facts_score_like_raw_ones(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    one = world(random, entities=12)
    model = read_model(one.model, one.holidays)
    connection = DuckDBFile(write(one.tables, tmp_path / "world.duckdb"))
    asked = [*[[date] for date in random.sample(one.dates, len(one.dates))][:2], one.dates]
    try:
        for dates in [*asked, asked[0]]:
            raw, kept = (
                scored(model, connection, dates, None),
                scored(model, connection, dates, PartialCache(tmp_path / "kept")),
            )
            assert bits(kept) == bits(raw), dates
    finally:
        connection.close()
