"""One rule for numbers that aren't finite, checked in three ways: plain loops, numpy, and SQL."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlglot import exp

from salus.facts.sql.dialect import SQL, cast, dialect
from salus.facts.sql.expressions import Columns, compute_column, condition
from salus.kernel.values import NOT_FINITE
from salus.model.expressions.conditions import parse
from salus.model.expressions.evaluation import Values, evaluate, true_where
from salus.sources.connection import Connection
from tests.engine.compare import differences
from tests.engine.odd import COLUMNS, OddDraw, world
from tests.engine.product import compute_file, read_model, write
from tests.model.test_evaluation_against_oracle import agree, as_float
from tests.oracle import conditions as oracle
from tests.oracle.facts import is_odd
from tests.oracle.scoring import Scoring
from tests.oracle.table import Row, Table

UTC = ZoneInfo("UTC")


def expressions_agree(seed: int, table: Table, count: int, connections: list[Connection]) -> int:
    """Compares `count` expressions over the rows of table `odd`; returns how many values were
    compared.
    """
    draw = OddDraw(Random(seed))
    texts = [draw.text_of_any(case % 4) for case in range(count)]
    expected = [[_expected(oracle.parse(text), row) for row in table.rows] for text in texts]
    environment = _environment(table)
    for text, column in zip(texts, expected, strict=True):
        values = evaluate(parse(text), environment, len(table.rows))
        true = true_where(values) if values.kind in ("bool", "number") else None
        for place, (value, odd) in enumerate(column):
            assert agree(value, values, place), (
                "numpy",
                text,
                table.rows[place],
                value,
                values.data[place],
            )
            assert bool(np.asarray(values.overflow)[place]) == odd, (
                "numpy",
                text,
                table.rows[place],
            )
            assert (
                values.null[place] or values.kind != "number" or math.isfinite(values.data[place])
            ), text
            assert true is None or bool(true[place]) == bool(value), (
                "numpy",
                text,
                table.rows[place],
            )
    for connection in connections:
        _sql_agrees(connection, texts, expected, table)
    return count * len(table.rows)


def _expected(node: oracle.Node, row: Row) -> tuple[object, bool]:
    """The oracle's value, and whether a step wasn't finite."""
    evaluation = oracle.Evaluation(
        lambda name: oracle.seen(row[name], UTC), lambda name: is_odd(row[name])
    )
    return evaluation.whole(node), evaluation.not_finite


def _environment(table: Table) -> dict[str, Values]:
    values = {}
    for name, kind in COLUMNS.items():
        column = [oracle.seen(row[name], UTC) for row in table.rows]
        null = np.array([value is None for value in column])
        odd = np.array([is_odd(row[name]) for row in table.rows])
        if kind == "text":
            data = np.array(column, dtype=object)
        elif kind == "bool":
            data = np.array([bool(value) for value in column])
        else:
            data = np.array([np.nan if value is None else as_float(value) for value in column])
        values[name] = Values(
            {"integer": "number", "moment": "date"}.get(kind, kind), data, null, odd=odd
        )  # type: ignore[arg-type]
    return values


def _sql_agrees(
    connection: Connection,
    texts: list[str],
    expected: list[list[tuple[object, bool]]],
    table: Table,
) -> None:
    columns = Columns(table.columns, dialect(connection.dialect), "UTC")  # type: ignore[arg-type]
    values: list[SQL] = []
    for place, text in enumerate(texts):
        value, kind = compute_column(parse(text), columns)
        if kind in ("date", "moment"):
            value = columns.dialect.micros(cast(value, "timestamp"))
        values.append(value.as_(f"x{place}"))
        if kind in ("bool", "number"):
            met = exp.case().when(condition(parse(text), columns), number_(1)).else_(number_(0))
            values.append(met.as_(f"y{place}"))
    rows = exp.select("nr", *values).from_(connection.table("odd")).order_by("nr")
    results = connection.query(rows).to_pydict()
    for place, text in enumerate(texts):
        for row, (value, odd) in enumerate(expected[place]):
            where = (connection.dialect, text, table.rows[row], value)
            _same(results[f"x{place}"][row], value, odd, where)
            if f"y{place}" in results:
                assert results[f"y{place}"][row] == (1 if value else 0), where


def number_(value: int) -> SQL:
    return exp.Literal.number(value)


def _same(result: Any, value: object, odd: bool, where: object) -> None:
    if isinstance(value, dt.datetime):
        value = (value - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1)
    if odd and isinstance(result, float):
        assert math.isnan(result), (
            where,
            result,
        )  # null when it is read, and `least` doesn't ignore it
    elif value is None or isinstance(value, str) or result is None:
        assert result == value, (where, result)
    else:
        assert math.isclose(float(result), float(value), rel_tol=1e-14), (where, result)  # type: ignore[arg-type]


def scores_agree(seed: int, entities: int, folder: Path) -> int:
    """Compares a model with every kind of measure over odd values with the oracle; returns how many
    values were compared.
    """
    case = world(Random(seed), entities)
    path = folder / "odd.duckdb"
    path.unlink(missing_ok=True)
    expected = Scoring(case.model, case.tables, frozenset()).cells(case.dates)
    result = compute_file(read_model(case.model), write(case.tables, path), case.dates)
    assert result is not None
    assert differences(result, expected) == []
    scored = result.scored
    for score in (scored.score, *scored.points.values(), *scored.main.dimensions.values()):
        present = score[~np.isnan(score)]
        assert ((present >= -1e-9) & (present <= 100 + 1e-9)).all()
    for name, values in scored.cells.values.items():
        assert not np.isinf(values.data).any(), name
        assert np.isnan(values.data[values.reason == NOT_FINITE]).all(), name
        if name in scored.points and scored.model.measure(name).if_missing == "skip":
            assert np.isnan(scored.points[name][values.reason == NOT_FINITE]).all(), name
    return len(scored.cells) * len(scored.cells.values)
