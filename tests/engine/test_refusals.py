"""What can't be computed exactly is refused with a message. It never wraps around or becomes
another value.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.errors import DataError
from tests.engine.product import compute_file, read_model, write
from tests.oracle.table import Table, table

AT = dt.date(2024, 7, 1)
OLD = dt.date(1990, 1, 1)


def score(line: dict, facts: Table, tmp_path: Path, **source: str) -> float:
    model = {
        "version": 1,
        "name": "large",
        "entity": {"name": "thing", "key": "who"},
        "sources": {"s": {"table": "facts", "key": "who", "time": "at", **source}},
        "inputs": {"x": line},
        "dimensions": {"d": {"measures": {"m": {"count": "s", "bad": 0, "good": 1}}}},
    }
    result = compute_file(
        read_model(model), write({"facts": facts}, tmp_path / "tables.duckdb"), [AT]
    )
    assert result is not None
    return float(result.scored.cells.values["x"].data[0])


def facts(*values: float) -> Table:
    return table(
        "who:text at:date v:number over:date", *(["a", OLD, value, None] for value in values)
    )


def test_the_largest_total(tmp_path: Path) -> None:
    assert score({"sum": "s.v"}, facts(4.5e12, 4.5e12), tmp_path) == 9e12


@pytest.mark.parametrize("values", [(4.7e12, 4.7e12), (-4.7e12, -4.7e12)])
def test_a_total_beyond(values: tuple[float, ...], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="source `s`"):
        score({"sum": "s.v"}, facts(*values), tmp_path)


@pytest.mark.parametrize("value", [1e13, -1e300])
@pytest.mark.parametrize("kind", ["sum", "median", "max", "latest"])
def test_a_value_beyond(kind: str, value: float, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"source `s` contains a number beyond 9\.2e12"):
        score({kind: "s.v"}, facts(value), tmp_path)


def test_weighted_days_beyond(tmp_path: Path) -> None:
    """10¹⁰ for 12,600 days are more than 9.2 · 10¹²; a tenth of it isn't."""
    line = {"mean": "s.open_days", "weighted_by": "v"}
    assert score(line, facts(1e8), tmp_path, until="over") == (AT - OLD).days
    (tmp_path / "tables.duckdb").unlink()
    with pytest.raises(DataError, match="measure `x`"):
        score(line, facts(1e10), tmp_path, until="over")


def test_a_formula_of_text_is_refused(tmp_path: Path) -> None:
    """A formula over an attribute whose type is known only from the data."""
    model = {
        "version": 1,
        "name": "text",
        "entity": {"name": "thing", "table": "things", "key": "who", "attributes": ["plan"]},
        "dimensions": {
            "d": {"measures": {"m": {"formula": "coalesce(plan, plan)", "bad": 0, "good": 1}}}
        },
    }
    path = write({"things": table("who:text plan:text", ["a", "gold"])}, tmp_path / "tables.duckdb")
    with pytest.raises(DataError, match="text"):
        compute_file(read_model(model), path, [AT])
