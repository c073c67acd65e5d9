"""Which tables count as stopped: one table of each kind, beside a source that goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

import salus

FIRST, DAYS, CUSTOMERS = dt.date(2025, 1, 1), 600, 60
MODEL = """\
version: 1
name: feeds
timezone: UTC
entity: {name: customer, table: customers, key: id}
sources:
  use: {table: use, key: id, time: day}
  rare: {table: rare, key: id, time: day, until: stop}
outcomes:
  churned: {table: lost, key: id, time: day}
dimensions:
  a:
    weight: 1
    measures:
      use: {count: use, within: 28d, bad: 0, good: 9}
      rare: {count: rare, open: true, bad: 0, good: 1}
"""


def write_rows(path: Path, rows: Iterable[tuple[int, int, int | None]]) -> None:
    """One line per customer, first day, and last day."""
    lines = ["id,day,stop"]
    for customer, day, stop in rows:
        last = "" if stop is None else str(FIRST + dt.timedelta(stop))
        lines.append(f"C{customer},{FIRST + dt.timedelta(day)},{last}")
    path.write_text("\n".join(lines) + "\n")


TABLES = {
    # a contract each, none for 300 days
    "contracts": ([(each, each * 5, None) for each in range(CUSTOMERS)], False),
    # an invoice each in one month of the year
    "yearly invoices": ([(each, each // 2, None) for each in range(CUSTOMERS)], False),
    # many tickets of each customer, none for 200 days
    "tickets": ([(day % CUSTOMERS, day, day + 2) for day in range(400)], True),
    # the same, but the newest tickets were solved lately
    "solved tickets": (
        [(day % CUSTOMERS, day, day + 2 if day < 350 else 590) for day in range(400)],
        False,
    ),
    # the same, with days for most solutions until the end
    "slow tickets": ([(day % CUSTOMERS, day, int(day * 1.49)) for day in range(400)], False),
}


@pytest.mark.parametrize("kind", TABLES)
def test_only_a_feed_can_stop(kind: str, tmp_path: Path) -> None:
    rows, stopped = TABLES[kind]
    (tmp_path / "salus.yaml").write_text(MODEL)
    (tmp_path / "data").mkdir()
    data = tmp_path / "data"
    (data / "customers.csv").write_text("id\n" + "".join(f"C{n}\n" for n in range(CUSTOMERS)))
    write_rows(data / "rare.csv", rows)
    write_rows(data / "use.csv", ((day % CUSTOMERS, day, None) for day in range(DAYS)))
    write_rows(data / "lost.csv", ((n, 200 + 11 * n, None) for n in range(30)))
    project = salus.open_project(tmp_path, today=FIRST + dt.timedelta(DAYS))
    warnings = project.validate("churned", 90).warnings
    assert [each.source for each in warnings if each.kind == "stale"] == ["rare"] * stopped
