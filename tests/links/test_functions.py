"""The functions of keys are equal in Python, on DuckDB and on PostgreSQL, whatever the spelling."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from salus.facts.sql.dialect import dialect
from salus.facts.sql.key_functions import write_functions
from salus.model.key_functions.functions import apply_functions
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.postgres import Postgres
from tests.engine.product import to_arrow, write
from tests.links.spellings import spellings
from tests.oracle.table import Table

CHAINS = (
    ("trim",), ("lower",), ("left 15",), ("digits",), ("domain",), ("company",),
    ("trim", "lower"), ("trim", "left 3"), ("left 9", "company"), ("trim", "domain", "left 5"),
)  # fmt: skip


def names(count: int = 2_000) -> Table:
    rows = [{"nr": nr, "name": name} for nr, name in enumerate(spellings(11, count))]
    return Table({"nr": "integer", "name": "text"}, rows)


def functions_agree(connection: Connection, table: Table) -> None:
    """One query with every chain of functions equals Python's."""
    rules = dialect(connection.dialect)
    name = exp.column("name", quoted=True)
    columns = [write_functions(name.copy(), chain, rules) for chain in CHAINS]
    select = exp.select(
        exp.column("nr", quoted=True),
        *(value.as_(f"f{place}") for place, value in enumerate(columns)),
    ).from_(connection.table("names"))
    given = {row["nr"]: row["name"] for row in table.rows}
    rows = connection.query(select).to_pylist()
    assert len(rows) == len(given)
    for row in rows:
        for place, chain in enumerate(CHAINS):
            expected = apply_functions(chain, given[row["nr"]])
            assert row[f"f{place}"] == expected, (chain, given[row["nr"]])


def test_duckdb(tmp_path: Path) -> None:
    connection = DuckDBFile(write({"names": names()}, tmp_path / "names.duckdb"))
    try:
        functions_agree(connection, names())
    finally:
        connection.close()


def test_postgres(postgres: str) -> None:
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    table = names()
    with dbapi.connect(postgres) as writing, writing.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS public.names")
        cursor.adbc_ingest("names", to_arrow(table), mode="create", db_schema_name="public")
        writing.commit()
    connection: Any = Postgres(postgres)
    try:
        functions_agree(connection, table)
    finally:
        connection.close()
        with dbapi.connect(postgres) as writing, writing.cursor() as cursor:
            for name in ("names",):
                cursor.execute(f"DROP TABLE public.{name}")
            writing.commit()


@pytest.mark.parametrize(
    ("function", "text", "expected"),
    [
        ("company", "Nordwind GmbH & Co. KG", "nordwind"),
        ("company", "NORDWIND, Inc.", "nordwind"),
        ("company", "A.P. Møller - Mærsk A/S", "ap moeller maersk"),
        ("company", "Volvo AB (publ)", "volvo"),
        ("company", "Kværner ASA", "kvaerner"),
        ("company", "Müller S.à r.l.", "mueller"),
        ("company", "Ferrari S.p.A.", "ferrari"),
        ("company", "Philips N.V.", "philips"),
        ("company", "Tesco PLC", "tesco"),
        ("company", "Telefónica, S.A.", "telefonica"),
        ("company", "GmbH", "gmbh"),
        ("company", "...", None),
        ("domain", "Anna <Anna@Nordwind.DE>", "nordwind.de"),
        ("domain", "https://www.nordwind.de/a?b=c@d.de", "nordwind.de"),
        ("domain", "anna@gmail.com", None),
        ("domain", "Nordwind", None),
        ("left 15", "001Gk00000AbCdEIAZ", "001Gk00000AbCdE"),
        ("digits", "DE-00042", "42"),
        ("digits", "none", None),
        ("trim", "\u00a0 x\u200b", "x"),
        ("lower", "ÄÖÜ Σ Ж", "äöü σ ж"),
    ],
)
def test_known_spellings(function: str, text: str, expected: str | None) -> None:
    assert apply_functions([function], text) == expected


def test_company_is_the_same_however_letters_are_composed() -> None:
    for name in filter(None, spellings(3, 2_000)):
        apart = unicodedata.normalize("NFD", name)
        if len(name) > 150 or any(ord(sign) > 0x52F for sign in name):
            continue
        together = unicodedata.normalize("NFC", name)
        assert apply_functions(["company"], apart) == apply_functions(["company"], together), name


def test_company_and_domain_applied_twice_change_nothing() -> None:
    for name in filter(None, spellings(5, 2_000)):
        once = apply_functions(["domain"], name)
        assert once is None or once.startswith("www.") or apply_functions(["domain"], once) == once


def test_a_text_made_to_match_badly_takes_no_time() -> None:
    for part in ("s a ", "s.a.s. ", "co ", "<", "www.", "a@", "ab ", " "):
        started = time.perf_counter()
        for function in ("company", "domain", "digits"):
            apply_functions([function], part * 20_000 + "x")
        assert time.perf_counter() - started < 0.5, part
