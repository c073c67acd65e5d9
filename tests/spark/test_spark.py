"""Spark as the place of facts: its tables, their types and states, times of day, and settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from salus.errors import DataError, ModelError
from salus.facts.sql.dialect import cast, dialect, number, text
from salus.sources.spark import Spark
from salus.sources.spark_session import master_of
from salus.workspace.settings import read
from tests.oracle.facts import instant
from tests.spark.conftest import MASTER, SMALL, Open

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]
RULES = dialect("spark")


def values(place: Spark, *columns: exp.Expr) -> list[object]:
    row = place.query(exp.select(*(column.as_(f"c{i}") for i, column in enumerate(columns))))
    return [column[0].as_py() for column in row.columns]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana"]
)
def test_local_times_shown_twice_or_never(zone: str, spark_of: Open) -> None:
    days = ("2024-10-27", "2024-03-31", "2024-11-03", "2024-03-10", "2024-04-07", "2024-10-06")
    times = [
        dt.datetime.fromisoformat(f"{day} {hour}")
        for day in days
        for hour in ("00:30", "01:30", "02:00", "02:30", "03:00")
    ]
    sql = [
        RULES.instant(cast(text(time.isoformat(" ")), "timestamp"), "moment", zone)
        for time in times
    ]
    assert values(spark_of({}), *sql) == [instant(time, ZoneInfo(zone)) for time in times]


def test_halves_are_rounded_away_from_zero(spark_of: Open) -> None:
    numbers = {
        2.5: 3,
        -2.5: -3,
        0.49999999999999994: 0,
        4503599627370497.5: 4503599627370498,
        -1e-320: 0,
        0.5: 1,
        -0.5: -1,
    }
    assert values(
        spark_of({}), *(RULES.rounded(cast(number(value), "double")) for value in numbers)
    ) == list(numbers.values())


def test_a_number_beyond_64_bits_is_refused(spark_of: Open) -> None:
    with pytest.raises(DataError, match="out of range"):
        values(spark_of({}), RULES.rounded(cast(number(9.3e18), "double")))


def test_numbers_that_are_none_are_null(spark_of: Open) -> None:
    odd = [
        RULES.finite(cast(text(word), "double"))
        for word in ("NaN", "Infinity", "-Infinity", "-1.5")
    ]
    assert values(spark_of({}), *odd) == [None, None, None, -1.5]


def test_a_backslash_in_a_pattern_is_a_backslash(spark_of: Open) -> None:
    matches = [RULES.like(text(word), "a\\%") for word in ("a\\b", "a%", "ab")]
    assert values(spark_of({}), *matches) == [True, False, False]


def parquet(folder: Path) -> Path:
    """A table in two parts, another in one file, and things that aren't tables."""
    folder = folder / "my tables"
    (folder / "events").mkdir(parents=True)
    for part in range(2):
        pq.write_table(
            pa.table(
                {
                    "n": [part],
                    "at": pa.array([0], pa.timestamp("us")),
                    "seen": pa.array([0], pa.timestamp("us", "UTC")),
                    "day": pa.array([0], pa.date32()),
                    "tags": pa.array([["a"]]),
                }
            ),
            folder / "events" / f"{part}.parquet",
        )
    pq.write_table(
        pa.table(
            {
                "price": pa.array([Decimal("1.50")], pa.decimal128(9, 2)),
                "word": ["ä"],
                "ok": [True],
                "x": [0.5],
            }
        ),
        folder / "odd-name.parquet",
    )
    (folder / "_SUCCESS").touch()
    (folder / "notes.txt").touch()
    return folder


def test_tables_and_types(tmp_path: Path) -> None:
    place = Spark(MASTER, str(parquet(tmp_path)), SMALL)
    assert set(place.tables()) >= {"events", "odd-name"} and "notes" not in place.tables()
    assert {column.name: column.type for column in place.columns("events")} == {
        "n": "integer",
        "at": "moment",
        "seen": "instant",
        "day": "date",
    }
    assert place.names("events") == ("n", "at", "seen", "day", "tags")
    assert [column.type for column in place.columns("odd-name")] == [
        "number",
        "text",
        "bool",
        "number",
    ]
    result = place.query(exp.select(exp.column("word")).from_(place.table("odd-name")))
    assert result.to_pylist() == [{"word": "ä"}]
    with pytest.raises(DataError, match=r"no table `event` in Spark\n.*did you mean `events`"):
        place.columns("event")
    place.close()


def test_a_change_of_data_is_seen(tmp_path: Path) -> None:
    folder = parquet(tmp_path)
    place = Spark(MASTER, str(folder), SMALL)
    before, parts = place.identity("events"), place.parts("events")
    assert place.identity("events") == before
    result = place.query(exp.select(exp.column("salus_file")).from_(place.table("events")))
    assert set(result["salus_file"].to_pylist()) == set(parts)
    pq.write_table(pa.table({"n": [7]}), folder / "events" / "2.parquet")
    again = Spark(MASTER, str(folder), SMALL)
    assert again.identity("events") != before
    assert again.names("events") == place.names("events")
    assert len(set(again.parts("events").items()) - set(parts.items())) == 1


def test_a_view_of_the_catalogue(tmp_path: Path) -> None:
    """The state of a view, which has no files, comes from its rows."""
    place = Spark(MASTER, str(parquet(tmp_path)), SMALL)
    place.session.sql("CREATE OR REPLACE VIEW spark_test_view AS SELECT 1 AS n UNION ALL SELECT 2")
    try:
        place = Spark(MASTER, None, SMALL)
        before = place.identity("spark_test_view")
        assert place.identity("spark_test_view") == before
        place.session.sql(
            "CREATE OR REPLACE VIEW spark_test_view AS SELECT 1 AS n UNION ALL SELECT 3"
        )
        assert Spark(MASTER, None, SMALL).identity("spark_test_view") != before
    finally:
        place.session.sql("DROP VIEW spark_test_view")


def test_words_in_an_order_of_their_own(tmp_path: Path) -> None:
    place = Spark(MASTER, None, SMALL)
    place.session.sql(
        "CREATE OR REPLACE VIEW spark_test_collated AS SELECT col1 COLLATE UTF8_LCASE AS word FROM VALUES ('a'), ('A')"
    )
    try:
        place = Spark(MASTER, None, SMALL)
        assert [column.type for column in place.columns("spark_test_collated")] == ["text"]
        result = place.query(
            exp.select(exp.column("word"), exp.Count(this=exp.Star()).as_("n"))
            .from_(place.table("spark_test_collated"))
            .group_by(exp.column("word"))
        )
        assert sorted(result["word"].to_pylist()) == ["A", "a"]
    finally:
        place.session.sql("DROP VIEW spark_test_collated")


def test_what_a_query_says_when_it_fails(tmp_path: Path) -> None:
    place = Spark(MASTER, str(parquet(tmp_path)), SMALL)
    with pytest.raises(DataError, match=r"the query failed: .*UNRESOLVED_COLUMN"):
        place.query(exp.select(exp.column("nothing")).from_(place.table("events")))
    with pytest.raises(DataError, match=r"nowhere.* can't be read"):
        Spark(MASTER, str(tmp_path / "nowhere"), SMALL).tables()


def test_another_master_in_the_same_process() -> None:
    with pytest.raises(DataError, match="already uses Spark on local"):
        Spark("spark:local[1]")


def test_addresses() -> None:
    assert master_of("spark:local[*]") == "local[*]"
    with pytest.raises(DataError, match="isn't a valid Spark master"):
        master_of("spark:; rm")


def test_settings(tmp_path: Path) -> None:
    (tmp_path / "salus.toml").write_text(
        '[data]\nurl = "spark:local[2]"\n[spark]\ntables = "s3a://bucket/facts"\n[spark.conf]\nspark.executor.memory = "4g"\n'
        '"spark.hadoop.fs.s3a.endpoint" = "https://s3.example.com"\n',
        encoding="utf-8",
    )
    settings = read(tmp_path, {}).spark
    assert settings.tables == "s3a://bucket/facts"
    assert settings.conf == {
        "spark.executor.memory": "4g",
        "spark.hadoop.fs.s3a.endpoint": "https://s3.example.com",
    }
    assert read(tmp_path, {"SALUS_SPARK__TABLES": "/elsewhere"}).spark.tables == "/elsewhere"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"driver.memory" = "1g"', "a setting of Spark"),
        ("spark.cores = 2", "a setting of Spark"),
        ('spark.sql.session.timeZone = "Asia/Tokyo"', "is set by Salus"),
        ('"spark.sql.ansi.enabled" = "false"', "is set by Salus"),
    ],
)
def test_settings_that_are_refused(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "salus.toml").write_text(f"[spark.conf]\n{line}\n", encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read(tmp_path, {})
