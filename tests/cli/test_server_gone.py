"""A PostgreSQL server that ends the connection in the middle of a verb: exit 1, one message,
nothing half-written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from salus.sources.postgres import Postgres
from tests.cli.drive import drafts, kept
from tests.cli.verbs import CALLS, call, copy, messages, prepared

TABLES = ("accounts", "events", "tickets", "pulse")
#: Verbs that ask no database, or another one.
ELSEWHERE = ("demo", "init", "init from", "replay in processes", "rollback", "doctor")
SCHEMA = "gone"


@pytest.fixture(scope="module")
def administrator(postgres: str) -> Iterator[Any]:
    """A connection that may write, and end others. Its schema holds the company's tables."""
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
    """Dates as times, as the driver writes no dates of Arrow's shorter kind."""
    fields = [
        pa.field(field.name, pa.timestamp("us") if pa.types.is_temporal(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


class Cut:
    """Counts the queries of a verb, and at the one named `at` has the server end every connection
    but its own.
    """

    def __init__(self, administrator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.queries, self.at = 0, 0
        fetched = Postgres._fetched

        def counted(connection: Postgres, text: str) -> pa.Table:
            self.queries += 1
            if self.queries == self.at:
                with administrator.cursor() as cursor:
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    )
                    cursor.fetchall()
            return fetched(connection, text)

        monkeypatch.setattr(Postgres, "_fetched", counted)


@pytest.mark.parametrize("name", [name for name in CALLS if name not in ELSEWHERE])
def test_the_server_ends_the_connection(
    name: str, project: Path, administrator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cut = copy(project, tmp_path / "run"), Cut(administrator, monkeypatch)
    result = call(name, folder)
    assert result.exit_code in (0, 3), result.output
    wanted, last = kept(folder), cut.queries
    assert last > 0
    for at in sorted({1, (last + 1) // 2, last}):
        copy(project, folder)
        cut.queries, cut.at = 0, at
        result = call(name, folder)
        told = [line for line in messages(result) if "the database ended the connection" in line]
        assert (result.exit_code, len(told), messages(result)) == (1, 1, told), result.output
        assert drafts(folder) == []
        assert all(
            content
            in (
                wanted.get(file),
                (project / file).read_bytes() if (project / file).is_file() else None,
            )
            for file, content in kept(folder).items()
        )
        cut.at = 0
        again = call(name, folder)
        assert again.exit_code in (0, 3) and kept(folder).keys() == wanted.keys(), again.output
