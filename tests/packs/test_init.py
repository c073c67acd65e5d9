"""`salus init` writes a whole project or nothing, and refuses what it can't use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from salus import open_project
from salus.errors import DataError, ResourceError, UsageError
from salus.model.read import read_model
from salus.verbs.init.init import init, render_settings
from salus.workspace import settings

EVENTS = "account_id,user_id,at\n" + "".join(
    f"A{n % 7},U{n % 11},2026-0{1 + n % 3}-{1 + n % 28:02}\n" for n in range(200)
)


def tables(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_pack_makes_a_project(tmp_path: Path) -> None:
    created = init(tmp_path / "acme north", pack="ecommerce")
    assert names(tmp_path / "acme north") == {
        "salus.yaml",
        "salus.toml",
        "salus.schema.json",
        "data/README.md",
    }
    assert read_model(tmp_path / "acme north" / "salus.yaml").name == "acme_north"
    assert json.loads((tmp_path / "acme north" / "salus.schema.json").read_text())["required"]
    assert (
        "| order_line | account_id, at, net, product_id, quantity |"
        in (tmp_path / "acme north" / "data" / "README.md").read_text()
    )
    assert "acme north' check" in str(created)


def test_the_default_pack_is_b2b_saas(tmp_path: Path) -> None:
    init(tmp_path / "acme")
    assert "licence_utilisation" in (tmp_path / "acme" / "salus.yaml").read_text()


@pytest.mark.parametrize("name", ["salus.yaml", "salus.toml"])
def test_an_existing_project_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match=f"already has a {name}"):
        init(tmp_path)
    assert names(tmp_path) == {name}


def test_an_unknown_pack_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean `ecommerce`"):
        init(tmp_path / "acme", pack="ecomerce")
    assert not (tmp_path / "acme").exists()


def test_tables_inside_the_project_are_named_relative_to_it(tmp_path: Path) -> None:
    tables(tmp_path / "acme" / "exports", events=EVENTS)
    init(tmp_path / "acme", source=str(tmp_path / "acme" / "exports"))
    assert settings.read(tmp_path / "acme", {}).url == "exports/"


def test_tables_beside_the_project_are_named_relative_to_it(tmp_path: Path) -> None:
    source = tables(tmp_path / "exports", events=EVENTS)
    init(tmp_path / "acme", source=str(source))
    assert settings.read(tmp_path / "acme", {}).url == "../exports/"
    assert names(source) == {"events.csv"}


def test_tables_elsewhere_have_an_absolute_address(tmp_path: Path) -> None:
    source = tables(tmp_path / "archive" / "exports", events=EVENTS)
    init(tmp_path / "acme", source=str(source))
    assert settings.read(tmp_path / "acme", {}).url == str(source.resolve())


@pytest.mark.parametrize("source", ["acme/exports", "exports", "book.duckdb"])
def test_a_project_can_be_moved_together_with_its_data(tmp_path: Path, source: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    if source.endswith(".duckdb"):
        tables(tmp_path / "csv", events=EVENTS)
        here.mkdir()
        write_database(here / source, tmp_path / "csv" / "events.csv")
        address = f"duckdb:///{here / source}"
    else:
        address = str(tables(here / source, events=EVENTS))
    init(here / "acme", source=address)
    here.rename(there)
    assert str(tmp_path) not in (there / "acme" / "salus.toml").read_text()
    assert len(open_project(there / "acme").score(keep=False)) == 7


def test_relative_addresses_start_at_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the folder in which the command runs."""
    monkeypatch.chdir(tables(tmp_path / "exports", events=EVENTS))
    init(Path("../acme"), source=".")
    assert settings.read(tmp_path / "acme", {}).url == "../exports/"
    monkeypatch.chdir(tmp_path.parent)
    assert len(open_project(tmp_path / "acme").score(keep=False)) == 7


def test_nothing_is_written_where_nothing_can_be_scored(tmp_path: Path) -> None:
    source = tables(tmp_path / "exports", words="account_id,word\na,x\nb,y\n")
    with pytest.raises(DataError, match="nothing here can be scored"):
        init(tmp_path / "acme", source=str(source))
    assert not (tmp_path / "acme").exists()


def test_a_folder_without_tables_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no table with rows"):
        init(tmp_path / "acme", source=str(tmp_path / "empty"))


def test_a_power_cut_before_the_model_leaves_no_project(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from salus.verbs.init.init import init; init(Path({str(tmp_path / 'acme')!r}))"
    cut = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={**os.environ, "SALUS_CRASH_AT": "written:.toml"},
    )
    assert cut.returncode == 137
    assert not (tmp_path / "acme" / "salus.yaml").exists()
    init(tmp_path / "acme")
    assert (tmp_path / "acme" / "salus.yaml").exists()


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "acme" / "salus.schema.json").mkdir(parents=True)  # a folder where a file should go
    with pytest.raises(ResourceError, match=r"salus\.schema\.json: this is a folder"):
        init(tmp_path / "acme")
    assert names(tmp_path / "acme") == set()
    assert not (tmp_path / "acme" / "data").exists()


def write_database(path: Path, events: Path) -> None:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE events AS FROM read_csv('{events}')")


def test_a_duckdb_file_is_a_source_too(tmp_path: Path) -> None:
    tables(tmp_path / "exports", events=EVENTS)
    write_database(tmp_path / "book.duckdb", tmp_path / "exports" / "events.csv")
    init(tmp_path / "acme", source=f"duckdb:///{tmp_path}/book.duckdb")
    assert settings.read(tmp_path / "acme", {}).url == "duckdb:///../book.duckdb"
    assert len(open_project(tmp_path / "acme").score(keep=False)) == 7


def test_settings_hold_only_what_was_inferred() -> None:
    assert "[files" not in render_settings("data/")
    assert 'locale = "de"' in render_settings("data/", {"a.csv": {"locale": "de"}})


def test_a_server_is_a_source_too(tmp_path: Path, postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg", reason="psycopg (extra `dev`) isn't installed")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA shop")
        connection.execute(
            "CREATE TABLE shop.logins (account_id text, user_id text, at timestamptz, minutes numeric)"
        )
        connection.execute(
            "INSERT INTO shop.logins SELECT 'A' || n % 7, 'U' || n % 11, timestamptz '2026-01-01 10:00Z' "
            "+ n * interval '9 hours', n % 30 FROM generate_series(1, 300) n"
        )
    try:
        created = init(tmp_path / "acme", source=postgres)
        assert settings.read(tmp_path / "acme", {}).url == postgres
        assert len(open_project(tmp_path / "acme").score(keep=False)) == 7
        assert any("shop.logins holds usage" in note for note in created.guessed)
    finally:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("DROP SCHEMA shop CASCADE")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:pw@db/book",
        "postgresql://db/book?user=u&password=pw",
        "postgres://u:pw@db/book",
    ],
)
def test_an_address_with_a_secret_is_kept_out_of_the_settings(address: str) -> None:
    from salus.verbs.init.tables import has_secret

    assert has_secret(address)
    assert not has_secret("postgresql://u@db/book")
