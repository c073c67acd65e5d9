"""Rows lead to the entities that the oracle finds, on every engine, and scores follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlglot import exp

from salus.facts.sql.link_states import AMBIGUOUS, EMPTY, LEFT_OUT, MATCHED, STATE, UNKNOWN
from salus.facts.sql.links import KeyedBy
from salus.model.link import SALUS_KEY
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.postgres import Postgres
from tests.engine.compare import differences
from tests.engine.product import compute, compute_file, read_model, to_arrow, write
from tests.links.worlds import MODEL, world
from tests.oracle import links as oracle
from tests.oracle.links import Links
from tests.oracle.scoring import Cell, Scoring
from tests.oracle.table import Table

STATES = {
    EMPTY: oracle.EMPTY,
    MATCHED: oracle.MATCHED,
    AMBIGUOUS: oracle.AMBIGUOUS,
    LEFT_OUT: oracle.NOBODY,
    UNKNOWN: oracle.UNKNOWN,
}
ROWS = 2_000


def rows_agree(connection: Connection, model: Model, tables: dict[str, Table]) -> set[str]:
    """One query per source: the entity and the state of each row are the oracle's."""
    links, found = Links(MODEL, tables), set()
    types = {each.name: each.type for each in connection.columns("events")}
    for name, source in model.sources.items():
        keyed = KeyedBy(model, connection, source.keys, source.time)
        columns = [exp.column(each, quoted=True) for each in types]
        rows = exp.select(*columns).from_(connection.table("events"))
        answered = connection.query(keyed.select(rows, types, report=True)).to_pylist()
        assert len(answered) == len(tables["events"].rows)
        by_number = {row["nr"]: row for row in answered}
        for row in tables["events"].rows:
            answer = links.resolve(MODEL["sources"][name]["key"], row, row["at"])
            given = by_number[row["nr"]]
            assert (STATES[given[STATE]], given[SALUS_KEY]) == (answer.state, answer.entity), (
                name,
                row,
            )
            found.add(answer.state)
    return found


def joined(tables: dict[str, Table]) -> tuple[dict, dict[str, Table]]:
    """The model without links, over tables that the oracle has joined beforehand."""
    links, result = Links(MODEL, tables), dict(tables)
    sources = {}
    for name, source in MODEL["sources"].items():
        own = tables["events"]
        rows = [
            {**row, "entity": links.resolve(source["key"], row, row["at"]).entity}
            for row in own.rows
        ]
        result[name] = Table({**own.columns, "entity": "text"}, rows)
        sources[name] = {**source, "table": name, "key": "entity"}
    entity = MODEL["entity"]
    parts = {}
    for name, time, key in (("contracts", "starts", "entity"), ("history", "time", "id")):
        part = entity[name]
        own = tables[part["table"]]
        rows = [
            {**row, key: links.resolve(part["key"], row, row[part[time]]).entity}
            for row in own.rows
        ]
        result[part["table"]] = Table({**own.columns, key: "text"}, rows)
        parts[name] = {**part, "key": key}
    parts["history"].pop("key")  # it is the entity's
    entity = {**entity, **parts}
    companies = [{**row, "id": oracle.plain(row["id"])} for row in tables["companies"].rows]
    result["companies"] = Table(tables["companies"].columns, companies)
    model = {part: value for part, value in MODEL.items() if part != "links"}
    return {**model, "entity": entity, "sources": sources}, result


def test_rows_on_duckdb(tmp_path: Path) -> None:
    tables = world(1, ROWS)
    connection = DuckDBFile(write(tables, tmp_path / "tables.duckdb"))
    try:
        assert rows_agree(connection, read_model(MODEL), tables) == set(STATES.values())
    finally:
        connection.close()


@contextmanager
def loaded(url: str, tables: dict[str, Table]) -> Iterator[Postgres]:
    """A connection to the database with these tables, which are removed at the end."""
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    with dbapi.connect(url) as writing, writing.cursor() as cursor:
        for name, each in tables.items():
            cursor.execute(f"DROP TABLE IF EXISTS public.{name}")
            cursor.adbc_ingest(name, to_arrow(each), mode="create", db_schema_name="public")
        writing.commit()
    connection = Postgres(url)
    try:
        yield connection
    finally:
        connection.close()
        with dbapi.connect(url) as writing, writing.cursor() as cursor:
            for name in tables:
                cursor.execute(f"DROP TABLE public.{name}")
            writing.commit()


def test_rows_on_postgres(postgres: str) -> None:
    tables = world(2, ROWS)
    with loaded(postgres, tables) as connection:
        assert rows_agree(connection, read_model(MODEL), tables) == set(STATES.values())


DATES = [dt.date(2025, 5, 1), dt.date(2025, 8, 1)]


def expected_cells(tables: dict[str, Table]) -> dict[tuple[str, dt.date], Cell]:
    """What the oracle gives for the tables that it has joined beforehand."""
    model, whole = joined(tables)
    return Scoring(model, whole, frozenset()).cells(DATES)


@pytest.mark.parametrize(("seed", "rows"), [*((seed, 100) for seed in range(12)), (12, 600)])
def test_scores_equal_those_of_tables_joined_beforehand(
    tmp_path: Path, seed: int, rows: int
) -> None:
    tables = world(seed, rows)
    path = write(tables, tmp_path / "tables.duckdb")
    result = compute_file(read_model(MODEL), path, DATES)
    assert differences(result, expected_cells(tables)) == []


@pytest.mark.parametrize("seed", [20, 21])
def test_scores_on_postgres_equal_those_of_tables_joined_beforehand(
    postgres: str, seed: int
) -> None:
    tables = world(seed, 200)
    with loaded(postgres, tables) as connection:
        result = compute(read_model(MODEL), connection, DATES)
    assert differences(result, expected_cells(tables)) == []
