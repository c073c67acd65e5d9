"""Vectors computed by hand, against the oracle and against the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.compare import differences, same
from tests.engine.product import compute_file, read_model, write
from tests.engine.vectors import VECTORS, Vector
from tests.oracle.scoring import Cell, Scoring


def by_oracle(vector: Vector) -> Cell:
    return Scoring(vector.model, vector.tables, frozenset(vector.holidays)).cells([vector.at])[
        "a", vector.at
    ]


def unlike(vector: Vector, cell: Cell) -> list[str]:
    """The differences between a vector and a cell."""
    lines: list[tuple[str, Any, Any]] = [
        (name, result_of(cell, name), value) for name, value in vector.values.items()
    ]
    lines += [
        (f"points of {name}", cell.points[name], points) for name, points in vector.points.items()
    ]
    lines += [
        (f"contribution of {name}", cell.main.contributions.get(name, 0.0), value)
        for name, value in (vector.contributions or {}).items()
    ]
    for name, (score, band) in vector.further.items():
        lines += [
            (name, cell.further[name].guarded, score),
            (f"band of {name}", cell.further_bands[name], band),
        ]
    if vector.score is not ...:
        lines += [("score", cell.score, vector.score)]
        lines += [("cap", cell.cap and cell.cap[0], vector.cap and vector.cap[0])]
    if vector.cap:
        lines += [("effect of the cap", cell.cap and cell.cap[1], vector.cap[1])]
    if vector.held is not None:
        lines += [
            (f"held {name}", cell.main.held.get(name, 0.0), vector.held.get(name, 0.0))
            for name in {*cell.main.held, *vector.held}
        ]
    for what, ours, theirs in (
        ("band", cell.band, vector.band),
        ("coverage", cell.main.coverage, vector.coverage),
        ("segment", cell.segment, vector.segment),
    ):
        lines += [(what, ours, theirs)] if theirs is not None else []
    return [
        f"{what}: {ours!r} instead of {theirs!r}"
        for what, ours, theirs in lines
        if not same(ours, theirs)
    ]


def result_of(cell: Cell, name: str) -> Any:
    value = cell.values[name]
    return f"missing: {value.missing}" if value.missing else value.value


def test_there_are_forty() -> None:
    assert len(VECTORS) >= 40
    assert len({vector.name for vector in VECTORS}) == len(VECTORS)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_oracle(vector: Vector) -> None:
    assert unlike(vector, by_oracle(vector)) == []


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_product(vector: Vector, tmp_path: Path) -> None:
    """The oracle's cell equals the vector (above), so every part of the product's cell can be
    compared with it.
    """
    model = read_model(vector.model, vector.holidays)
    result = compute_file(model, write(vector.tables, tmp_path / "tables.duckdb"), [vector.at])
    cell = by_oracle(vector)
    assert unlike(vector, cell) == []
    assert differences(result, {("a", vector.at): cell}) == []
