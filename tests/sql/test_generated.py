"""The SQL of every partial for every warehouse, as text.

Tests execute all of them except Snowflake's and BigQuery's. `make snapshots` (SALUS_REWRITE=1)
writes the texts again: review the changes like code.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from salus.facts.partials.requirements import required_partials
from salus.facts.sql.dialect import dialect
from salus.facts.sql.query import build_query
from salus.facts.sql.relation import Facts, Span, Table
from salus.facts.sql.sql_helpers import Type
from salus.model.read import read_text

HERE = Path(__file__).parent
WAREHOUSES = ("duckdb", "postgres", "spark", "snowflake", "bigquery", "clickhouse")
MODEL = """\
version: 1
name: generated
timezone: Europe/Berlin
entity: {name: thing, table: things, key: thing}
sources:
  use: {table: events, key: who, time: at, where: "word like 'a%' and greatest(amount, units) > 0"}
  late: {table: events, id: nr, key: who, time: at, recorded: told}
  open: {table: deals, key: who, time: at, recorded: told, until: over, until_recorded: over_told}
  stage: {table: deals, key: who, time: at, recorded: told, until: next whose}
  looked: {table: events, key: owner, time: at, lookup: {table: refs, on: ref, time: since}, columns: {days: "over - at"}}
inputs:
  ever: {count: use}
  worth: {sum: use.amount, within: 30d}
  people: {count_distinct: use.word, within: 28d}
  people_late: {count_distinct: late.word, within: 28d, where: "flag"}
  people_open: {count_distinct: open.word, open: true}
  middle: {median: late.amount, within: 90d}
  since: {days_since: late}
  running: {sum: open.amount, open: true}
  staged: {oldest_open: stage}
  rates: {mean: looked.days, within: 90d, weighted_by: rate}
dimensions:
  all: {measures: {m: {count: late, within: 7d, bad: 0, good: 1}, last: {latest: use.word, within: 90d, points: {a: 0, b: 100}}}}
"""
COLUMNS: dict[str, dict[str, Type]] = {
    "events": {
        "nr": "text",
        "who": "integer",
        "at": "instant",
        "told": "moment",
        "over": "date",
        "amount": "number",
        "units": "integer",
        "word": "text",
        "flag": "bool",
        "ref": "number",
    },
    "deals": {
        "who": "text",
        "at": "moment",
        "told": "instant",
        "over": "moment",
        "over_told": "date",
        "amount": "number",
        "word": "text",
        "whose": "integer",
    },
    "refs": {"ref": "number", "since": "date", "rate": "number", "owner": "text"},
}
SPAN = Span(dt.date(2024, 1, 1), dt.date(2024, 7, 1))
CUTS = (dt.date(2024, 5, 1), dt.date(2024, 6, 1))


def statements(name: str) -> list[exp.Select]:
    """The query of each partial of the model."""
    model = read_text(MODEL)
    queries = []
    for need in required_partials(model).values():
        source = model.sources[need.spec.source]
        own = Table(exp.table_(source.table, quoted=True), COLUMNS[source.table])
        other = Table(exp.table_("refs", quoted=True), COLUMNS["refs"]) if source.lookup else None
        facts = Facts(source, own, other, dialect(name), model.timezone)
        relation = facts.relation(SPAN, need.spec.ending, moving=not need.only_open)
        queries.append(
            build_query(need, relation, dt.date(2024, 6, 1) if need.reach is None else None, CUTS)
        )
    return queries


@pytest.mark.parametrize("name", WAREHOUSES)
def test_text(name: str) -> None:
    text = "".join(
        f"{dialect(name).written(query, pretty=True)};\n\n" for query in statements(name)
    )
    path = HERE / f"{name}.sql"
    if os.environ.get("SALUS_REWRITE"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), (
        "if the change is meant, run `make snapshots` and read the difference"
    )


@pytest.mark.parametrize("name", [*WAREHOUSES, "databricks"])
def test_the_text_is_sql_of_its_warehouse(name: str) -> None:
    """As far as a grammar can check it."""
    for query in statements(name):
        assert isinstance(sqlglot.parse_one(dialect(name).written(query), read=name), exp.Select)


def test_databricks_reads_what_spark_reads() -> None:
    texts = {
        name: [dialect(name).written(query) for query in statements(name)]
        for name in ("databricks", "spark")
    }
    assert texts["databricks"] == texts["spark"]


def test_every_shape_is_there() -> None:
    assert {spec.mode for spec in required_partials(read_text(MODEL))} == {
        "ever",
        "daily",
        "until",
        "newest",
        "keys",
        "rows",
    }


@pytest.mark.parametrize("name", ["snowflake", "bigquery", "clickhouse"])
def test_nothing_that_a_warehouse_lacks(name: str) -> None:
    lacking = {
        "snowflake": ("FILTER", "BIT_OR(", "GROUPS BETWEEN", "EPOCH_US"),
        "bigquery": ("FILTER", "GROUPS BETWEEN", "EPOCH_US", "VARCHAR", "TIMESTAMPTZ"),
        "clickhouse": ("BIT_OR(", "<<", "EPOCH_US", "DATETIME)", "(DATE)"),
    }[name]
    text = "\n".join(dialect(name).written(query).upper() for query in statements(name))
    assert [word for word in lacking if word in text] == []
