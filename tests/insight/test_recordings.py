"""How facts were recorded: counted in the database and by hand, on DuckDB and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.facts.cache.recording_stats import LATE, RecordingStats, count_recordings
from salus.project import open_project
from salus.sources.connection import Connection
from salus.sources.postgres import Postgres

MODEL = """\
version: 1
name: shops
entity: {name: shop, key: shop}
sources:
  sales: {table: TABLE, id: sale, key: shop, time: at, recorded: seen}
  plain: {table: TABLE, key: shop, time: at}
dimensions:
  money:
    measures:
      amount: {sum: sales.amount, where: "paid", bad: 0, good: 100}
      label: {latest: plain.label, points: {a: 100, b: 0}}
"""
Row = dict[str, Any]


def rows(seed: int) -> list[Row]:
    """Sales, some sent again: unchanged, with another amount, label or shop, or with what was
    missing filled in.
    """
    draw, facts = Random(seed), []
    for number in range(200):
        at = dt.date(2024, 1, 1) + dt.timedelta(days=draw.randrange(200))
        row: Row = {
            "sale": f"S-{number}",
            "shop": f"shop {draw.randrange(40)}",
            "at": at,
            "amount": draw.choice([None, 1.5, 20.0]),
            "seen": at + dt.timedelta(days=draw.choice([0, 1, LATE, LATE + 1, 90])),
            "paid": draw.choice([True, False, None]),
            "label": draw.choice(["a", "b", None]),
        }
        facts.append(row)
        for _ in range(draw.choice([0, 0, 0, 1, 2])):
            change = draw.choice(
                [
                    {},
                    {"amount": 7.0},
                    {"label": "b"},
                    {"paid": True},
                    {"shop": "shop 99"},
                    {"at": at + dt.timedelta(days=1)},
                ]
            )
            facts.append(
                {**row, **change, "seen": row["seen"] + dt.timedelta(days=draw.randrange(9))}
            )
    return facts


def by_hand(facts: list[Row]) -> RecordingStats:
    """The first recording of each id counts as the fact; what isn't read doesn't matter, `seen`
    neither.
    """
    ids = defaultdict(list)
    for row in facts:
        ids[row["sale"]].append(row)
    read = ("shop", "at", "amount", "paid")
    changed = sum(
        len({tuple(row[name] for name in read) for row in group}) > 1 for group in ids.values()
    )
    first = [min(group, key=lambda row: (row["seen"], row["at"])) for group in ids.values()]
    late = sum((row["seen"] - row["at"]).days > LATE for row in first)
    return RecordingStats(
        "sales", len(first), len({row["shop"] for row in first}), late, len(ids), changed
    )


def check(connection: Connection, folder: Path, facts: list[Row]) -> None:
    model, expected = open_project(folder).model, by_hand(facts)
    stats = count_recordings(model, connection, "sales")
    assert stats == expected
    assert expected.changed > 10 and expected.late > 20
    plain = count_recordings(model, connection, "plain")
    assert plain == RecordingStats("plain", len(facts), len({row["shop"] for row in facts}))


def project(folder: Path, table: str) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL.replace("TABLE", table), encoding="utf-8")
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_on_duckdb(tmp_path: Path, seed: int) -> None:
    folder, facts = project(tmp_path / "project", "facts"), rows(seed)
    pq.write_table(pa.Table.from_pylist(facts), folder / "data" / "facts.parquet")
    connection = open_project(folder).connect()
    try:
        check(connection, folder, facts)
    finally:
        connection.close()


def test_on_postgres(tmp_path: Path, postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg", reason="psycopg (extra `dev`) isn't installed")
    facts = rows(7)
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("CREATE SCHEMA journal")
        server.execute(
            "CREATE TABLE journal.facts (sale text, shop text, at date, amount float8, seen date, paid boolean, label text)"
        )
        for row in facts:
            server.execute(
                "INSERT INTO journal.facts VALUES (%(sale)s, %(shop)s, %(at)s, %(amount)s, %(seen)s, %(paid)s, %(label)s)",
                row,
            )
        connection = Postgres(postgres)
        try:
            check(connection, project(tmp_path / "project", "journal.facts"), facts)
        finally:
            connection.close()
            server.execute("DROP SCHEMA journal CASCADE")
