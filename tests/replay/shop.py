"""A shop whose visits are recorded late, and its data as anybody could have known them on a day."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FIRST = dt.date(2024, 1, 1)
DAYS = 150
MODEL = """\
version: 1
name: shop
entity: {name: customer, table: customers, key: id, starts: since, attributes: [seats]}
sources:
  visits: {table: visits, key: id, time: at, recorded: told%s}
  orders: {table: orders, key: id, time: at, recorded: told, until: next who}
inputs:
  before: {count: visits, within: 20d, ago: 30d}
dimensions:
  use:
    measures:
      often: {count: visits, within: 40d, bad: 0, good: 10}
      people: {count_distinct: visits.who, within: 20d, per: seats, bad: 0, good: 3}
      quiet: {days_since: visits, within: 60d, bad: 30d, good: 0d, if_missing: hold 9d}
      trend: {trend: visits, within: 14d, baseline: 28d, bad: -50%%, good: 10%%}
  money:
    measures:
      spent: {sum: orders.amount, bad: 0, good: 500}
      middle: {median: orders.amount, within: 90d, bad: 0, good: 100}
      open: {sum: orders.amount, open: true, bad: 0, good: 200}
      taste: {latest: orders.kind, within: 50d, points: {a: 0, b: 50, c: 100}}
      length: {mean: orders.open_days, within: 60d, bad: 0, good: 30}
caps:
  - {name: gone, when: "quiet > 25", at_most: 40}
missing_guard: 12d
%s
"""


def model(visits: str = "", more: str = "") -> str:
    return (MODEL % (visits, more)).replace("      open:", "      still_open:")


def facts(seed: int, count: int = 700) -> list[dict[str, object]]:
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        at = FIRST + dt.timedelta(days=draw.randrange(DAYS))
        recorded = at + dt.timedelta(days=draw.choice([0, 0, 0, 1, 5, 40]))
        rows.append(
            {
                "number": number,
                "id": f"c{draw.randrange(9)}",
                "who": draw.choice(["x", "y", "z", None]),
                "at": at,
                "told": recorded,
                "amount": draw.randrange(1000) / 8,
                "kind": draw.choice("abcd"),
            }
        )
    return rows


def write_shop(
    folder: Path,
    text: str,
    until: dt.date | None = None,
    seed: int = 7,
    parts: int = 3,
    customers: Iterable[int] = range(9),
) -> Path:
    """Write the project, with only the facts recorded before `until`."""
    data = folder / "data"
    for table in ("visits", "orders"):
        (data / table).mkdir(parents=True, exist_ok=True)
        for old in (data / table).iterdir():
            old.unlink()
    (folder / "salus.yaml").write_text(text, encoding="utf-8")
    ids = list(customers)
    pq.write_table(
        pa.table(
            {
                "id": [f"c{number}" for number in ids],
                "seats": [1 + number % 4 for number in ids],
                "since": [FIRST + dt.timedelta(days=9 * (number % 9)) for number in ids],
            }
        ),
        data / "customers.parquet",
    )
    for table, offset in (("visits", 0), ("orders", 1)):
        rows = [row for row in facts(seed + offset) if until is None or row["told"] < until]  # type: ignore[operator]
        schema = pa.Table.from_pylist(facts(seed + offset)[:50]).schema
        for part in range(parts):
            some = pa.Table.from_pylist(rows[part::parts], schema=schema)
            pq.write_table(some, data / table / f"{part}.parquet")
    return folder
