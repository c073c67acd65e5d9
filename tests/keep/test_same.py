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
    scores = score_all(model, known, days)
    return None if scores is None else Result(scores, tuple(known.attributes.ids))


def bits(result: Result | None) -> dict[str, object]:
    """Everything in a result, so that only equal bits compare as equal."""
    if result is None:
        return {}
    parts: dict[str, object] = {"ids": result.ids, "score": result.scored.score.tobytes()}
    cells: Cells = result.scored.cells
    for name in ("entity", "day", "segment"):
        parts[name] = getattr(cells, name).tobytes()
    for name, values in cells.values.items():
        parts[f"value {name}"] = _bits(values)
    for kind, lines in (("held", cells.held), ("last", cells.last)):
        parts.update({f"{kind} {name}": _last(line) for name, line in lines.items()})
    return parts


def _bits(values: MeasureValues) -> tuple:
    words = (
        [values.words[int(value)] if value == value else None for value in values.data]
        if values.kind == "text"
        else None
    )
    return values.kind, words or values.data.tobytes(), values.reason.tobytes()


def _last(last: LastValue) -> tuple[bytes, bytes]:
    return np.isnan(last.data).tobytes(), last.day.tobytes()


@pytest.mark.parametrize("seed", range(20))
def test_kept_facts_score_like_raw_ones(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    case = world(random, entities=12)
    model = read_model(case.model, case.holidays)
    connection = DuckDBFile(write(case.tables, tmp_path / "world.duckdb"))
    choices = [*[[date] for date in random.sample(case.dates, len(case.dates))][:2], case.dates]
    try:
        for dates in [*choices, choices[0]]:
            raw, kept = (
                scored(model, connection, dates, None),
                scored(model, connection, dates, PartialCache(tmp_path / "kept")),
            )
            assert bits(kept) == bits(raw), dates
    finally:
        connection.close()
