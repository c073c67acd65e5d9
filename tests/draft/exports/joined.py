"""Turns a model with links and contracts, and its exports, into a model of plain keys over tables
that were joined beforehand: what the links must give, without the product's own code.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
from ruamel.yaml import YAML

from tests.draft.exports.names import AMBIGUOUS, UNKNOWN, Names, Row, names_of
from tests.draft.exports.truth import TODAY

KEY = "salus_customer"  # the column that holds the resolved key
Rows = list[dict[str, str]]
NAMED_MONTH = re.compile(r"\d\d-[A-Z][a-z]{2}-\d{4}( \d\d:\d\d)?")
MILLISECONDS = re.compile(r"1[67]\d{11}")


def join_beforehand(model: Path, exports: Path, project: Path) -> Names:
    """Write a project without links for a model with links. Return how its names were resolved."""
    document = YAML().load(model.read_text(encoding="utf-8"))
    tables = read_tables(document, exports)
    names = resolver(document, tables, exports)
    data = project / "data"
    data.mkdir(parents=True)
    _replace_contracts(document, names, exports, data)
    _replace_links(document, names, data)
    _write_project(document, project)
    return names


def join_customers(model: Path, exports: Path, project: Path, *, links: bool) -> None:
    """Write a project whose customers were found beforehand. Its other tables are joined by the
    model's links, or without `links` beforehand too. Only customers count as entities here, so fewer
    names are ambiguous.
    """
    document = YAML().load(model.read_text(encoding="utf-8"))
    tables = read_tables(document, exports)
    data = project / "data"
    data.mkdir(parents=True)
    customers = _replace_contracts(document, resolver(document, tables, exports), exports, data)
    if links:
        for table, rows in tables.items():
            _write(data / f"{table}.csv", rows)
    else:
        _replace_links(document, names_of(tables, document["links"], customers), data)
    _write_project(document, project)


def _replace_contracts(
    document: dict[str, Any], names: Names, exports: Path, data: Path
) -> tuple[str, ...]:
    """Put tables of customers and of their ends into the place of contracts; return their keys."""
    entity = document["entity"]
    spells = _spells(entity["contracts"], names, exports)
    _write_customers(entity, names.tables, spells, data)
    document["entity"] = {
        **{name: entity[name] for name in ("name", "currency")},
        **{"table": "salus_customers", "key": "id", "label": "label", "owner": "owner"},
        **{"value": "value", "starts": "starts", "ends": "ends"},
    }
    document["outcomes"] = {
        "churned": {"table": "salus_ends", "key": "id", "time": "ends", "decided": "decided"}
    }
    return tuple(spells)


def _replace_links(document: dict[str, Any], names: Names, data: Path) -> None:
    """Put a column with the resolved key into the place of links."""
    document.pop("links", None)
    keys = {}
    for source in document["sources"].values():
        keys[source["table"]] = source["key"]
        source["key"] = KEY
    for table, key in keys.items():
        rows = [{**row, KEY: _entity(names.resolve(key, row))} for row in names.tables[table]]
        _write(data / f"{table}.csv", rows)


def _write_project(document: object, project: Path) -> None:
    _write_yaml(document, project / "salus.yaml")
    (project / "salus.toml").write_text(
        '[data]\nurl = "data/"\n[history]\npath = "history/"\n', encoding="utf-8"
    )


def read_tables(document: Mapping[str, Any], exports: Path) -> dict[str, Rows]:
    """The rows of every table that the model names, as text."""
    places = [document["entity"], document["entity"].get("contracts", {})]
    places += [*document.get("links", {}).values(), *document["sources"].values()]
    places.append(document["entity"].get("contracts", {}).get("rates", {}))
    return {
        name: read_rows(exports / f"{name}.csv")
        for name in sorted({place["table"] for place in places if "table" in place})
        if (exports / f"{name}.csv").is_file()
    }


def read_rows(path: Path) -> Rows:
    """The rows of a CSV file. In one with semicolons the header is the first of the longest lines."""
    content = path.read_bytes()
    if b";" not in content.split(b"\n", 1)[0]:
        return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))
    lines = list(csv.reader(StringIO(content.decode("cp1252"), newline=""), delimiter=";"))
    longest = max(len(line) for line in lines)
    header = next(place for place, line in enumerate(lines) if len(line) == longest)
    return [dict(zip(lines[header], line, strict=False)) for line in lines[header + 1 :]]


def resolver(document: Mapping[str, Any], tables: Mapping[str, Rows], exports: Path) -> Names:
    """Resolves the keys of a model whose tables were read."""
    entity = document["entity"]
    assert entity.get("table") in tables, "the model has no table of entities"
    rows = _keep(tables[entity["table"]], exports / f"{entity['table']}.csv", entity.get("where"))
    return names_of(
        tables, document.get("links", {}), (row[entity["key"].strip("`")] for row in rows)
    )


def _keep(rows: Rows, path: Path, where: str | None) -> Rows:
    """The rows that meet a condition, as DuckDB understands it."""
    if where is None:
        return rows
    query = f"SELECT coalesce({where.replace('`', chr(34))}, false) FROM read_csv(?, header = true)"
    kept = duckdb.execute(query, [str(path)]).fetchall()
    return [row for row, (keep,) in zip(rows, kept, strict=True) if keep]


def _entity(name: str) -> str:
    return "" if name in (UNKNOWN, AMBIGUOUS) else name


def _spells(
    contracts: Mapping[str, Any], names: Names, exports: Path
) -> dict[str, list[tuple[Row, dt.date, dt.date | None]]]:
    """The contracts of each entity: the row, its start and its end."""
    rows = _keep(
        names.tables[contracts["table"]], exports / f"{contracts['table']}.csv", contracts["where"]
    )
    spells: dict[str, list[tuple[Row, dt.date, dt.date | None]]] = {}
    for row in rows:
        entity = _entity(names.resolve(contracts["key"], row))
        if entity and row[contracts["starts"]]:
            start, end = (_day(row[contracts[name]]) for name in ("starts", "ends"))
            assert start is not None
            spells.setdefault(entity, []).append((row, start, end))
    return spells


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _write_customers(
    entity: Mapping[str, Any],
    tables: Mapping[str, Rows],
    spells: Mapping[str, list[tuple[Row, dt.date, dt.date | None]]],
    data: Path,
) -> None:
    """One row for each customer, and one for each end that no other contract follows within the gap.
    A language without contracts knows a single start and end, so a return hides the earlier end.
    """
    contracts = entity["contracts"]
    gap = dt.timedelta(days=int(contracts["gap"].removesuffix("d")))
    rates = {
        (row["Currency"], row["Date"]): float(row["Rate"])
        for row in tables[contracts["rates"]["table"]]
    }
    customers: Rows = []
    ends: Rows = []
    for row in tables[entity["table"]]:
        runs = spells.get(row[entity["key"]])
        if not runs:
            continue
        for contract, _, end in runs:
            if end and not any(
                start <= end + gap and (other is None or other > end) for _, start, other in runs
            ):
                decided = contract[contracts["decided"]]
                ends.append(
                    {"id": row[entity["key"]], "ends": end.isoformat(), "decided": decided[:10]}
                )
        last = [end for _, _, end in runs]
        customers.append(
            {
                "id": row[entity["key"]],
                "label": row[entity["label"]],
                "owner": row[entity["owner"]],
                "starts": min(start for _, start, _ in runs).isoformat(),
                "ends": "" if None in last else max(end for end in last if end).isoformat(),
                "value": f"{sum(_yearly(contract, rates) for contract, start, end in runs if _is_running(start, end)):.2f}",
            }
        )
    _write(data / "salus_customers.csv", customers)
    _write(data / "salus_ends.csv", ends)


def _is_running(start: dt.date, end: dt.date | None) -> bool:
    return start < TODAY and (end is None or end >= TODAY)


def _yearly(contract: Row, rates: Mapping[tuple[str, str], float]) -> float:
    """Money per year in the base currency, at the newest rate."""
    months = int(contract["billing_period"]) * (
        12 if contract["billing_period_unit"] == "year" else 1
    )
    cents = int(contract["plan_unit_price"]) * int(contract["plan_quantity"])
    newest = max(
        (day for currency, day in rates if currency == contract["currency_code"]), default=""
    )
    return cents / 100 * 12 / months / rates.get((contract["currency_code"], newest), 1.0)


def _write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rows[0])
        writer.writerows([[_plain(value) for value in row.values()] for row in rows])


def _plain(value: str) -> str:
    """Moments as ISO text: `04-Mar-2026 02:11`, and milliseconds since 1970."""
    if NAMED_MONTH.fullmatch(value):
        form = "%d-%b-%Y %H:%M" if ":" in value else "%d-%b-%Y"
        return str(dt.datetime.strptime(value, form)).removesuffix(" 00:00:00")
    if MILLISECONDS.fullmatch(value):
        return dt.datetime.fromtimestamp(int(value) / 1000, dt.UTC).isoformat()
    return value


def _write_yaml(document: object, path: Path) -> None:
    text = StringIO()
    YAML().dump(document, text)
    path.write_text(text.getvalue(), encoding="utf-8")
