"""A PostgreSQL server ends the connection during a verb: exit 1, one message, no half-written file.

`demo`, `init` with a pack and `rollback` don't need the server.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from salus.sources.postgres import Postgres
from salus.verbs.replay import replay
from salus.workspace import source_state
from tests.cli.drive import before, drafts, kept
from tests.cli.verbs import CALLS, call, copy, messages, prepared

TABLES = ("accounts", "events", "tickets", "pulse")
#: Verbs that don't use the database of the project.
LOCAL = ("demo", "init", "rollback")
#: Verbs that go on with other checks and print the result.
LISTS = ("doctor",)
SCHEMA = "gone"
ENDED = "the database ended the connection"


@pytest.fixture(scope="module")
def administrator(postgres: str) -> Iterator[Any]:
    """A connection that can write and end other connections. Its schema has the company's tables."""
    from adbc_driver_postgresql import dbapi

    connection = dbapi.connect(postgres, autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    yield connection
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
    connection.close()


@pytest.fixture(scope="module")
def project(
    administrator: Any, postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    folder = prepared(tmp_path_factory.mktemp("gone") / "company")
    with administrator.cursor() as cursor:
        for name in TABLES:
            table = pyarrow.csv.read_csv(folder / "data" / f"{name}.csv")
            cursor.adbc_ingest(name, _plain(table), mode="create", db_schema_name=SCHEMA)
    for model in folder.glob("*.yaml"):
        text = model.read_text(encoding="utf-8")
        for name in TABLES:
            text = text.replace(f"table: {name},", f"table: {SCHEMA}.{name},")
        model.write_text(text, encoding="utf-8")
    (folder / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    os.environ["SALUS_DATA__URL"] = postgres
    yield folder
    del os.environ["SALUS_DATA__URL"]


def _plain(table: pa.Table) -> pa.Table:
    """Convert dates to times, because the driver can't write 32-bit dates."""
    fields = [
        pa.field(field.name, pa.timestamp("us") if pa.types.is_temporal(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


class Cut:
    """Counts the queries of a verb, and ends all connections at the query number `at`.

    The question whether anything was written isn't counted: without an answer the facts are read,
    over a connection of their own.
    """

    def __init__(self, administrator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.queries, self.at = 0, 0
        fetched = Postgres._fetch

        def counted(connection: Postgres, text: str) -> pa.Table:
            self.queries += 1
            if self.queries == self.at:
                with administrator.cursor() as cursor:
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    )
                    cursor.fetchall()
            return fetched(connection, text)

        monkeypatch.setattr(Postgres, "_fetch", counted)
        asked_state = source_state._server_state

        def uncounted(url: str) -> str | None:
            queries, at = self.queries, self.at
            self.at = 0
            state = asked_state(url)
            self.queries, self.at = queries, at
            return state

        monkeypatch.setattr(source_state, "_server_state", uncounted)


def points(queries: int) -> list[int]:
    """Return the numbers of the first, the middle and the last query."""
    assert queries > 0
    return sorted({1, (queries + 1) // 2, queries})


def assert_whole(folder: Path, project: Path, expected: dict[str, bytes]) -> None:
    """Check that each file is as before, or as after an undisturbed run."""
    assert drafts(folder) == []
    assert all(
        content in (expected.get(file), before(project, file))
        for file, content in kept(folder).items()
    )


@pytest.fixture
def cut(administrator: Any, monkeypatch: pytest.MonkeyPatch) -> Cut:
    return Cut(administrator, monkeypatch)


@pytest.mark.parametrize("name", [name for name in CALLS if name not in (*LOCAL, *LISTS)])
def test_the_server_ends_the_connection(
    name: str,
    project: Path,
    postgres: str,
    cut: Cut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(CALLS, "init from", ("init", "{folder}/started", "--from", postgres))
    folder = copy(project, tmp_path / "run")
    result = call(name, folder)
    assert result.exit_code in (0, 3), result.output
    expected = kept(folder)
    for at in points(cut.queries):
        copy(project, folder)
        cut.queries, cut.at = 0, at
        result = call(name, folder)
        told = [line for line in messages(result) if ENDED in line]
        assert (result.exit_code, len(told), messages(result)) == (1, 1, told), result.output
        assert_whole(folder, project, expected)
        cut.at = 0
        again = call(name, folder)
        assert again.exit_code in (0, 3) and kept(folder).keys() == expected.keys(), again.output


def test_doctor_names_the_check_in_which_the_connection_ended(
    project: Path, cut: Cut, tmp_path: Path
) -> None:
    """Each check connects anew, so one of them fails and the others say what they say."""
    folder = copy(project, tmp_path / "run")
    whole = call("doctor", folder).stdout.splitlines()[:-1]  # without the verdict
    for at in points(cut.queries):
        copy(project, folder)
        cut.queries, cut.at = 0, at
        result = call("doctor", folder)
        *found, _ = result.stdout.splitlines()
        [wrong] = [line for line in found if line not in whole]
        assert wrong.startswith("WRONG") and ENDED in wrong
        assert (result.exit_code, result.stderr) == (1, "")
        assert kept(folder) == kept(project)
        cut.at = 0


@pytest.mark.parametrize("name", LOCAL)
def test_what_asks_no_server_works_without_one(
    name: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALUS_DATA__URL", "postgresql://127.0.0.1:1/nowhere")
    folder = copy(project, tmp_path / "run")
    result = call(name, folder)
    assert result.exit_code == 0, result.output
    assert drafts(folder) == []


MANY = """\
version: 1
name: many
entity: {name: account, table: many.accounts, key: id}
sources:
  use: {table: many.use, key: id, time: day}
dimensions:
  all: {measures: {uses: {count: use, within: 30d, bad: 0, good: 3}}}
"""


@pytest.fixture(scope="module")
def many(
    administrator: Any, postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """More accounts than one process of a replay writes."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "salus.yaml").write_text(MANY, encoding="utf-8")
    with administrator.cursor() as cursor:
        for statement in (
            "CREATE SCHEMA many",
            "CREATE TABLE many.accounts AS SELECT 'A-' || n AS id FROM generate_series(1, 10050) n",
            "CREATE TABLE many.use AS SELECT id, DATE '2025-11-10' AS day FROM many.accounts",
        ):
            cursor.execute(statement)
    yield folder
    with administrator.cursor() as cursor:
        cursor.execute("DROP SCHEMA many CASCADE")


@contextmanager
def ended_while_waiting(administrator: Any, postgres: str, table: str) -> Iterator[None]:
    """Nobody else reads the table, and the server ends the first connection that tries."""
    psycopg = pytest.importorskip("psycopg")
    over = threading.Event()

    def end() -> None:
        deadline, ended = time.monotonic() + 60, 0
        while not ended and not over.is_set() and time.monotonic() < deadline:
            time.sleep(0.02)
            with administrator.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
                ended = len(cursor.fetchall())
        holder.rollback()

    with psycopg.connect(postgres) as holder:
        holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        watching = threading.Thread(target=end)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()


@pytest.mark.parametrize("table", ["accounts", "use"])
def test_the_server_ends_the_connection_of_another_process(
    table: str,
    many: Path,
    administrator: Any,
    postgres: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SALUS_DATA__URL", postgres)
    folder, alone = copy(many, tmp_path / "run"), replay.run_in_processes

    def disturbed(*arguments: Any) -> None:
        with ended_while_waiting(administrator, postgres, f"many.{table}"):
            alone(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(replay, "run_in_processes", disturbed)
        result = call("replay in processes", folder)
    assert result.exit_code == 1
    [message] = messages(result)
    assert ENDED in message
    assert drafts(folder) == []
    again = call("replay in processes", folder)
    assert again.exit_code == 0, again.output
