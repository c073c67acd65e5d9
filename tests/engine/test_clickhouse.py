"""The worlds on ClickHouse within this process: equal to DuckDB to the last bit, and equal to the
oracle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.dialect import dialect
from salus.facts.sql.expressions import Columns, compute_column
from salus.model.expressions.conditions import parse
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.bytes import table_bytes
from tests.engine.clickhouse import PLAIN, ClickHouse
from tests.engine.compare import differences
from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree
from tests.engine.one_day import other_than_grouped
from tests.engine.product import compute, compute_file, read_model, write
from tests.engine.worlds import world
from tests.oracle.facts import instant
from tests.oracle.scoring import Scoring
from tests.oracle.table import table

ODD = table(
    "n:integer w:text a:number u:integer f:bool d:date m:moment",
    [1, "a", 2.5, 3, True, dt.date(2024, 2, 29), dt.datetime(2024, 10, 27, 2, 30)],
    [2, None, -0.5, 0, None, dt.date(1950, 1, 1), dt.datetime(1969, 12, 31, 23, 59, 59, 999999)],
    [3, "a\\b", float("nan"), None, False, None, None],
    [4, "ä", float("-inf"), 2**53 + 1, None, dt.date(2150, 1, 1), dt.datetime(2024, 3, 31)],
    [5, "it's", None, -7, True, dt.date(1890, 5, 5), dt.datetime(2024, 7, 1)],
)
EXPRESSIONS = (
    "w in ('a', null)",
    "w not in ('a', null)",
    "a in (u, 2.5)",
    "w like 'a\\b'",
    "w like 'a\\%'",
    "w like '_'",
    "w like 'a%'",
    "w = 'it''s'",
    "w > 'B'",
    "greatest(a, u)",
    "least(a, null)",
    "greatest(d, '2024-03-01')",
    "coalesce(d, m)",
    "a / u",
    "a * 1e300",
    "f or u > 0",
    "(a > 0) + (u > 0)",
    "d - m",
    "d + a * 0",
    "m - 0.0000001",
    "d + 1 <= m",
    "a > 1",
    "null",
    "m > '2024-03-31 02:00:00'",
)


MARCH = [dt.date(2024, 3, day) for day in range(1, 32)]


def deal(who: str, at: int, recorded: int, ref: str, amount: float) -> list[Any]:
    """A deal that begun and became known on days of March."""
    moment = dt.datetime(2024, 3, recorded, 2, 30, 5)
    return [who, MARCH[at - 1], moment, moment.replace(tzinfo=dt.UTC), ref, amount]


#: No null anywhere, so that no column can hold one; a reference to a missing row, and a column with
#: the name of a cell.
FULL = {
    "deals": table(
        "who:text at:date told:moment seen:instant ref:text c0:number",
        deal("a", 1, 1, "x", 1.5),
        deal("a", 5, 21, "y", 2.5),
        deal("a", 9, 9, "x", 4.0),
        deal("a", 10, 31, "x", 3.0),
        deal("b", 3, 4, "y", 3.5),
    ),
    "refs": table("ref:text rate:number", ["x", 4.0]),
}
FULL_MODEL = {
    "version": 1,
    "name": "full",
    "timezone": "Europe/Berlin",
    "entity": {"name": "thing", "key": "who"},
    "sources": {
        "s": {
            "table": "deals",
            "key": "who",
            "time": "at",
            "until": "next",
            "lookup": {"table": "refs", "on": "ref"},
            "columns": {"gap": "told - at", "shift": "seen - told"},
        },
        "late": {"table": "deals", "key": "who", "time": "at", "recorded": "told", "until": "next"},
        "seen": {"table": "deals", "key": "who", "time": "seen", "recorded": "told"},
    },
    "inputs": {
        "total": {"sum": "s.c0", "within": "28d"},
        "some": {"sum": "s.c0", "within": "28d", "where": "c0 > 2"},
        "mean": {"mean": "s.rate", "within": "28d"},
        "nowhere": {"count": "s", "where": "rate is null"},
        "low": {"count": "s", "where": "least(rate, c0) < 3"},
        "open": {"count": "s", "open": True},
        "gap": {"sum": "s.gap", "within": "28d"},
        "shift": {"mean": "s.shift", "within": "28d"},
        "seen": {"days_since": "seen"},
        "longest": {"oldest_open": "late"},
        "days": {"mean": "late.open_days", "within": "28d"},
    },
    "dimensions": {"d": {"measures": {"m": {"count": "s", "bad": 0, "good": 1}}}},
}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """ClickHouse with settings that differ from those Salus needs."""
    sessions = pytest.importorskip("chdb.session", reason="chdb isn't installed")
    running = sessions.Session()
    running.query("SET session_timezone = 'Asia/Kolkata'")
    running.query("SET least_greatest_legacy_null_behavior = 1")
    running.query("SET short_circuit_function_evaluation = 'disable'")
    yield running
    running.close()


@pytest.fixture
def clickhouse(session: Any) -> ClickHouse:
    return ClickHouse(session)


def test_a_local_time_shown_twice_or_never_is_the_later_one(
    clickhouse: ClickHouse, tmp_path: Path
) -> None:
    """02:30 in Berlin is 01:30 in UTC when clocks go back, and when they go forward."""
    here = DuckDBFile(write({}, tmp_path / "empty.duckdb"))
    try:
        for text in ("2024-10-27 02:30:00", "2024-03-31 02:30:00"):
            expected = instant(dt.datetime.fromisoformat(text), ZoneInfo("Europe/Berlin"))
            for connection in (clickhouse, here):
                rules = dialect(connection.dialect)
                moment = rules.instant(
                    exp.cast(exp.Literal.string(text), "timestamp_ntz"), "moment", "Europe/Berlin"
                )
                micros = connection.query(exp.select(rules.micros(moment).as_("micros")))[
                    "micros"
                ].to_pylist()
                assert micros == [round(expected.timestamp() * 1_000_000)]
    finally:
        here.close()


@pytest.mark.parametrize("seed", range(200, 208))
def test_clickhouse(seed: int, clickhouse: ClickHouse, tmp_path: Path) -> None:
    case = world(Random(seed), 30)
    for name, rows in case.tables.items():
        clickhouse.load(name, rows)
    model = read_model(case.model, case.holidays)
    result = compute(model, clickhouse, case.dates)
    expected = Scoring(case.model, case.tables, frozenset(case.holidays)).cells(case.dates)
    assert differences(result, expected) == []
    assert other_than_grouped(model, clickhouse, case.dates[:2])[0] == []
    here = compute_file(model, write(case.tables, tmp_path / "tables.duckdb"), case.dates)
    assert (result is None) == (here is None)
    if result is not None and here is not None:
        assert table_bytes(result.table) == table_bytes(here.table)


def test_plain_columns(clickhouse: ClickHouse, tmp_path: Path) -> None:
    """Types as most tables have them: without nulls, `Date` and `DateTime`."""
    for name, rows in FULL.items():
        clickhouse.load(name, rows, PLAIN)
    model = read_model(FULL_MODEL)
    result = compute(model, clickhouse, MARCH)
    assert differences(result, Scoring(FULL_MODEL, FULL, frozenset()).cells(MARCH)) == []
    here = compute_file(model, write(FULL, tmp_path / "tables.duckdb"), MARCH)
    assert result is not None and here is not None
    assert table_bytes(result.table) == table_bytes(here.table)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_means_the_same(text: str, clickhouse: ClickHouse, tmp_path: Path) -> None:
    """Nulls, odd texts and numbers, times before 1970, which are rare in the worlds."""
    clickhouse.load("odd", ODD)
    here = DuckDBFile(write({"odd": ODD}, tmp_path / "odd.duckdb"))
    try:
        results = []
        for connection in (clickhouse, here):
            value, _ = compute_column(
                parse(text), Columns(ODD.columns, dialect(connection.dialect), "Europe/Berlin")
            )
            rows = exp.select("n", value.as_("x")).from_(connection.table("odd")).order_by("n")
            results.append(repr(connection.query(rows)["x"].to_pylist()))
        assert results[0] == results[1]
    finally:
        here.close()


def test_odd_values(clickhouse: ClickHouse) -> None:
    """Numbers that aren't finite, too large or too small; the dates end in 2299."""
    rows = odd_rows(Random(7), 40)
    for row in rows.rows:
        row["day"] = (
            row["day"] if row["day"] is not None and 1900 <= row["day"].year <= 2200 else None
        )
    clickhouse.load("odd", rows)
    assert sum(expressions_agree(seed, rows, 25, [clickhouse]) for seed in range(2)) == 2_000


@pytest.mark.parametrize("values", [(4.7e12, 4.7e12), (1e13,), (-1e300,)])
def test_a_number_beyond_is_refused(values: tuple[float, ...], clickhouse: ClickHouse) -> None:
    """In ClickHouse a sum or cast wraps around unless a query prevents it."""
    clickhouse.load(
        "facts",
        table(
            "who:text at:date v:number", *(["a", dt.date(2024, 1, 1), value] for value in values)
        ),
    )
    model = read_model(
        {
            "version": 1,
            "name": "large",
            "entity": {"name": "thing", "key": "who"},
            "sources": {"s": {"table": "facts", "key": "who", "time": "at"}},
            "inputs": {"x": {"sum": "s.v"}},
            "dimensions": {"d": {"measures": {"m": {"count": "s", "bad": 0, "good": 1}}}},
        }
    )
    with pytest.raises(DataError, match=r"source `s` contains a number beyond"):
        compute(model, clickhouse, [dt.date(2024, 7, 1)])
