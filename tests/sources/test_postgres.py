"""PostgreSQL: types, time zones, rights, and nothing written."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterator

import pytest
from sqlglot import exp

from salus.errors import DataError
from salus.sources.postgres import Postgres

psycopg = pytest.importorskip("psycopg", reason="psycopg (extra `dev`) isn't installed")
KEY = uuid.UUID("00000000-0000-0000-0000-000000000007")


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[str]:
    """A schema with one table of each kind, and a role that may read two columns of one table."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA crm")
        connection.execute("CREATE TYPE crm.mood AS ENUM ('great', 'fine')")
        connection.execute("CREATE DOMAIN crm.money AS numeric(18, 4)")
        connection.execute(
            "CREATE TABLE crm.facts (id uuid, n int, amount numeric(18,4), cost crm.money, ok boolean, "
            "on_day date, at timestamp, seen timestamptz, mood crm.mood, words text, "
            '"od""d" varchar(9), tags text[], raw bytea, secret text)'
        )
        connection.execute(
            "INSERT INTO crm.facts VALUES (%s, 5, 12.5, 2.25, true, '2024-02-29', '2024-07-01 12:00', "
            "'2024-07-01 12:00+02', 'great', 'Köln', 'x', '{a}', '\\x00', 'POISON')",
            [KEY],
        )
        connection.execute("CREATE TABLE public.plain (id text, n bigint)")
        connection.execute("INSERT INTO public.plain VALUES ('007', 1), ('008', 2)")
        connection.execute("CREATE VIEW crm.seen AS SELECT id, n FROM public.plain")
        connection.execute("CREATE MATERIALIZED VIEW crm.stored AS SELECT n FROM public.plain")
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT USAGE ON SCHEMA crm TO reader")
        connection.execute("GRANT SELECT (id, n) ON crm.facts TO reader")
    yield postgres
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA crm CASCADE")
        connection.execute("DROP TABLE public.plain")
        connection.execute("DROP ROLE reader")


@pytest.fixture
def place(database: str) -> Iterator[Postgres]:
    place = Postgres(database)
    yield place
    place.close()


def select(place: Postgres, table: str, *names: str) -> list[dict[str, object]]:
    columns = [exp.column(name, quoted=True) for name in names]
    return place.query(exp.select(*columns).from_(place.table(table))).to_pylist()  # type: ignore[no-any-return]


def test_tables(place: Postgres) -> None:
    assert set(place.tables()) == {"crm.facts", "crm.seen", "crm.stored", "plain"}
    with pytest.raises(DataError, match=r"there is no table `crm\.fact` in the database"):
        place.columns("crm.fact")


def test_types(place: Postgres) -> None:
    assert {column.name: column.type for column in place.columns("crm.facts")} == {
        "id": "text",
        "n": "integer",
        "amount": "number",
        "cost": "number",
        "ok": "bool",
        "on_day": "date",
        "at": "moment",
        "seen": "instant",
        "mood": "text",
        "words": "text",
        'od"d': "text",
        "secret": "text",
    }
    assert "tags" in place.names("crm.facts")


def test_values(place: Postgres) -> None:
    names = ("id", "n", "amount", "cost", "ok", "on_day", "at", "mood", "words", 'od"d')
    assert select(place, "crm.facts", *names) == [
        {
            "id": str(KEY),
            "n": 5,
            "amount": 12.5,
            "cost": 2.25,
            "ok": True,
            "on_day": dt.date(2024, 2, 29),
            "at": dt.datetime(2024, 7, 1, 12),
            "mood": "great",
            "words": "Köln",
            'od"d': "x",
        }
    ]


def test_instants_are_utc(place: Postgres) -> None:
    assert select(place, "crm.facts", "seen") == [
        {"seen": dt.datetime(2024, 7, 1, 10, tzinfo=dt.UTC)}
    ]


def test_views(place: Postgres) -> None:
    assert select(place, "crm.seen", "id")[0] == {"id": "007"}
    assert len(select(place, "crm.stored", "n")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO plain VALUES ('x', 1)",
        "DELETE FROM plain",
        "CREATE TABLE y (a int)",
        "DROP TABLE plain",
        "UPDATE plain SET n = 0",
        "TRUNCATE plain",
        "SELECT nextval('s')",
        "CREATE TEMP TABLE z AS SELECT 1",
        "WITH gone AS (DELETE FROM plain RETURNING 1) SELECT * FROM gone",
    ],
)
def test_nothing_can_be_written(place: Postgres, text: str) -> None:
    with pytest.raises(DataError, match="the query failed"):
        place._fetch(text)
    assert len(select(place, "plain", "n")) == 2


def test_a_role_with_rights_to_the_named_columns_is_enough(database: str) -> None:
    place = Postgres(
        f"{database}&user=reader" if "?" in database else f"{database}?user=reader",
        lambda table: frozenset({"id", "n"}),
    )
    assert place.tables() == ("crm.facts",)
    assert place.names("crm.facts") == ("id", "n")
    assert select(place, "crm.facts", "id", "n") == [{"id": str(KEY), "n": 5}]
    with pytest.raises(DataError, match="permission denied"):
        place._fetch("SELECT secret FROM crm.facts")
    place.close()


def test_no_query_names_a_column_that_is_not_wanted(database: str) -> None:
    place = Postgres(database, lambda table: frozenset({"id", "n"}))
    select(place, "crm.facts", "id", "n")
    assert not any("secret" in text or "*" in text for text in place.audit)
    place.close()


def test_identity_follows_the_rows(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SELECT pg_stat_force_next_flush()")
    first = _identity(database)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("INSERT INTO crm.facts (n) VALUES (1)")
        connection.execute("SELECT pg_stat_force_next_flush()")
        connection.execute("DELETE FROM crm.facts WHERE id IS NULL")
    for _ in range(50):  # the counters come in late
        if _identity(database) != first:
            return
        time.sleep(0.1)
    pytest.fail("the identity stayed as it was")


CHANGES = {
    "rewritten": ["ALTER TABLE {table} ALTER n TYPE bigint USING n * 2"],
    "statistics of the database reset": [
        "SELECT pg_stat_reset()",
        "INSERT INTO {table} (n) VALUES (9), (8)",
        "{flush}",
    ],
    "statistics of the table reset": [
        "SELECT pg_stat_reset_single_table_counters('{table}'::regclass)",
        "INSERT INTO {table} (n) VALUES (9), (8)",
        "{flush}",
    ],
    "a column by another with a default": [
        "ALTER TABLE {table} DROP n",
        "ALTER TABLE {table} ADD n int DEFAULT 7",
    ],
    "a word of an enum": ["ALTER TYPE crm.mood RENAME VALUE 'fine' TO 'well'"],
    "a table that inherits": [
        "CREATE TABLE crm.more () INHERITS ({table})",
        "INSERT INTO crm.more (n) VALUES (3)",
        "{flush}",
    ],
    "in a table that inherits": [
        "CREATE TABLE crm.more () INHERITS ({table})",
        "{then}",
        "UPDATE crm.more SET n = 4",
        "{flush}",
        "INSERT INTO crm.more (n) VALUES (4)",
        "{flush}",
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_moves_no_counter_of_rows_is_seen(database: str, change: str) -> None:
    flush, table = "SELECT pg_stat_force_next_flush()", "crm.changing"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {table} (n int, mood crm.mood)")
        connection.execute(f"INSERT INTO {table} (n) VALUES (1), (2)")
        connection.execute(flush)
        try:
            first = _identity(database, table)
            assert _identity(database, table) == first
            for statement in CHANGES[change]:
                if statement == "{then}":
                    first = _identity(database, table)
                else:
                    connection.execute(statement.format(table=table, flush=flush))
            assert _identity(database, table) != first
        finally:
            connection.execute(f"DROP TABLE {table} CASCADE")
            connection.execute("UPDATE pg_enum SET enumlabel = 'fine' WHERE enumlabel = 'well'")


def test_rows_that_lie_elsewhere_are_new_to_each_connection(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        assert _identity(database, "crm.seen") == _identity(database, "crm.seen")
        connection.execute("CREATE FOREIGN DATA WRAPPER nowhere")
        connection.execute("CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere")
        connection.execute("CREATE FOREIGN TABLE crm.outside (n int) SERVER elsewhere")
        try:
            for table, same in (
                ("crm.outside", False),
                ("crm.seen", False),
                ("crm.stored", True),
                ("plain", True),
            ):
                assert (_identity(database, table) == _identity(database, table)) == same
        finally:
            connection.execute("DROP FOREIGN DATA WRAPPER nowhere CASCADE")


def _identity(database: str, table: str = "crm.facts") -> str:
    place = Postgres(database)
    try:
        assert place.identity(table) == place.identity(table)
        return place.identity(table)
    finally:
        place.close()


def test_a_database_that_is_not_there() -> None:
    with pytest.raises(DataError, match="the database can't be reached") as caught:
        Postgres("postgresql://someone:topsecret@127.0.0.1:9/none")
    assert "topsecret" not in str(caught.value)
