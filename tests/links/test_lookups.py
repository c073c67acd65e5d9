"""A lookup through a link finds the rows that the oracle finds, on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.compare import differences
from tests.engine.product import Result, compute, compute_file, read_model, write
from tests.links.test_worlds import DATES, loaded
from tests.links.worlds import MODEL, world
from tests.oracle.links import Links
from tests.oracle.scoring import Cell, Scoring
from tests.oracle.table import Table

SOURCES: dict[str, dict] = {
    "by_time": {
        "table": "events",
        "lookup": {"table": "owners", "on": {"then": "digits(number)"}, "time": "since"},
        "key": "id",
        "time": "at",
    },
    "key_beyond": {
        "table": "events",
        "lookup": {"table": "payers", "on": {"billing": "payer"}},
        "key": {"merged": "crm"},
        "time": "at",
    },
    "by_name": {
        "table": "events",
        "lookup": {"table": "companies", "on": {"name": "company(organisation)"}},
        "key": {"site": "domain(mail)"},
        "time": "at",
        "where": "stage = 'customer'",
    },
    "by_entity": {
        "table": "events",
        "lookup": {"table": "companies", "on": {"billing": "payer"}},
        "key": [{"name": "company(organisation)"}, "account"],
        "time": "at",
    },
}
LOOKED_UP = {
    **MODEL,
    "sources": SOURCES,
    "dimensions": {
        "d": {
            "measures": {
                "owned": {"count": "by_time", "bad": 0, "good": 9},
                "paid": {"sum": "key_beyond.amount", "bad": 0, "good": 99},
                "known": {"count": "by_name", "bad": 0, "good": 9},
                "gold": {"share": "by_entity", "of": "tier = 'gold'", "bad": 0, "good": "100%"},
                "tiers": {"count_distinct": "by_entity.tier", "bad": 0, "good": 2},
            }
        }
    },
}


def expected_cells(tables: dict[str, Table]) -> dict[tuple[str, object], Cell]:
    """The scores of tables in which the oracle has written what each lookup compares, and the
    entity of each row.
    """
    links, whole, sources = Links(LOOKED_UP, tables), dict(tables), {}
    for name, source in SOURCES.items():
        lookup = source["lookup"]
        parts = (source["table"], f"{name}_facts"), (lookup["table"], f"{name}_other")
        for (table, copy), matches in zip(parts, links.match_rows(source), strict=True):
            own = tables[table]
            rows = [{**row, "match": match} for row, match in zip(own.rows, matches, strict=True)]
            whole[copy] = Table({**own.columns, "match": "text"}, rows)
        plain = {**source, "table": f"{name}_facts"}
        plain["lookup"] = {**lookup, "table": f"{name}_other", "on": "match"}
        facts, other = whole[f"{name}_facts"], whole[f"{name}_other"]
        key = source["key"]
        if isinstance(key, str):
            sources[name] = plain
            continue
        if name == "key_beyond":  # the key is made from a column of the other table
            found = {
                row["match"]: row for row in sorted(other.rows, key=lambda row: row["crm"])[::-1]
            }
            empty = dict.fromkeys(other.columns)
            read = [{**found.get(row["match"], empty), **row} for row in facts.rows]
            entities = [
                links.resolve(key, row, row["at"]).entity if row["match"] is not None else None
                for row in read
            ]
        else:
            entities = [links.resolve(key, row, row["at"]).entity for row in facts.rows]
        rows = [{**row, "salus": entity} for row, entity in zip(facts.rows, entities, strict=True)]
        whole[f"{name}_facts"] = Table({**facts.columns, "salus": "text"}, rows)
        sources[name] = {**plain, "key": "salus"}
    return Scoring(_without_links(links, whole, sources), whole, frozenset()).cells(DATES)


def _without_links(links: Links, whole: dict[str, Table], sources: dict[str, dict]) -> dict:
    """The model over joined tables; `whole` gets the keys of contracts and histories."""
    from tests.links.test_worlds import joined

    model, parts = joined(links.tables)
    for table in ("papers", "tiers", "companies"):
        whole[table] = parts[table]
    return {**model, "sources": sources, "dimensions": LOOKED_UP["dimensions"]}


def agree(result: Result | None, tables: dict[str, Table]) -> None:
    assert differences(result, expected_cells(tables)) == []


@pytest.mark.parametrize(("seed", "rows"), [*((seed, 100) for seed in range(8)), (12, 600)])
def test_on_duckdb(tmp_path: Path, seed: int, rows: int) -> None:
    tables = world(seed, rows)
    agree(
        compute_file(read_model(LOOKED_UP), write(tables, tmp_path / "tables.duckdb"), DATES),
        tables,
    )


@pytest.mark.parametrize("seed", [20, 21])
def test_on_postgres(postgres: str, seed: int) -> None:
    tables = world(seed, 200)
    with loaded(postgres, tables) as connection:
        agree(compute(read_model(LOOKED_UP), connection, DATES), tables)
