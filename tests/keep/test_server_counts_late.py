"""A server that counts written rows seconds later hides no write behind what was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from salus.facts.cache.kept_counts import KeptCounts
from salus.facts.cache.kept_days import KeptDays
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.cache.recording_stats import RecordingStats
from salus.facts.data_end import SourceDays
from salus.model.model import Model
from salus.model.read import read_text
from salus.scores.next_scores import NextScores
from salus.sources.postgres import Postgres

MODEL = """
version: 1
name: shop
smooth: {half_life: 7d}
entity: {name: firm, table: late.firms, key: id}
sources:
  visits: {table: late.visits, key: firm, time: day, recorded: written}
dimensions:
  use:
    measures:
      often: {count: visits, within: 30d, bad: 0, good: 9}
"""

Write = Callable[[str], None]


@pytest.fixture
def model() -> Model:
    return read_text(MODEL)


@pytest.fixture
def write(postgres: str) -> Iterator[Write]:
    """A session that stays open, so the server counts what it wrote last only after some seconds."""
    import adbc_driver_postgresql.dbapi as driver

    with driver.connect(postgres) as connection, connection.cursor() as cursor:

        def run(statement: str) -> None:
            cursor.execute(statement)
            connection.commit()

        run("CREATE SCHEMA late")
        run("CREATE TABLE late.firms AS SELECT 'f1' AS id")
        run("CREATE TABLE late.visits (firm text, day date, written date)")
        run("INSERT INTO late.visits VALUES ('f1', '2026-01-01', '2026-01-01')")
        yield run
        run("DROP SCHEMA late CASCADE")


@contextmanager
def opened(url: str) -> Iterator[Postgres]:
    connection = Postgres(url)
    try:
        yield connection
    finally:
        connection.close()


def add_visit(write: Write) -> None:
    write("INSERT INTO late.visits VALUES ('f1', '2026-03-04', '2026-03-09')")


def test_days_of_a_server_are_asked_each_time(
    tmp_path: Path, postgres: str, write: Write, model: Model
) -> None:
    kept = KeptDays(tmp_path / "days.json")

    def load() -> list[SourceDays]:
        with opened(postgres) as connection:
            return kept.load(model, connection, ["visits"])

    assert len(load()[0].facts) == 1
    add_visit(write)
    assert len(load()[0].facts) == 2


def test_recordings_of_a_server_are_counted_each_time(
    tmp_path: Path, postgres: str, write: Write, model: Model
) -> None:
    kept = KeptCounts(tmp_path / "recordings.json")

    def load() -> RecordingStats:
        with opened(postgres) as connection:
            return kept.load(model, connection, "visits")

    before = load()
    add_visit(write)
    assert load() != before


def test_scores_of_a_server_are_not_continued(
    tmp_path: Path, postgres: str, write: Write, model: Model
) -> None:
    with opened(postgres) as connection:
        assert NextScores.of(model, connection, PartialCache(tmp_path / "partials", 0)) is None
