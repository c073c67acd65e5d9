"""A made-up portfolio of contracts: terms of a year, a notice period of 90 days, and usage that
shows who will give notice.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

START, END = dt.date(2022, 1, 3), dt.date(2026, 1, 1)
NOTICE = 90
MODEL = """\
version: 1
name: terms
entity: {name: account, table: accounts, key: id, label: name, value: arr, currency: EUR, starts: since, ends: ended,
         attributes: [seats], history: {table: account_history, time: valid_from}, renewal: {decide_by: cancel_by}}
sources:
  usage: {table: usage, key: id, time: at}
dimensions:
  use:
    measures:
      level: {mean: usage.share, within: 28d, bad: 0, good: 1}
scores:
  growth: {goal: expanded, weights: {use: 1}, bands: {ready: 80, not_yet: 0}}
outcomes:
  churned: {table: churn, key: id, time: ended, decided: notice}
  expanded: {table: expansion, key: id, time: at}
missing_guard: 0d
"""


def write_terms(
    folder: Path, seed: int = 1, accounts: int = 260, *, until: dt.date = END, model: str = MODEL
) -> Path:
    """Write a project. The world of a seed is the same up to `until`, the first day without facts."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    draw = np.random.default_rng(seed)
    tables: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("accounts", "account_history", "usage", "churn", "expansion")
    }
    for number in range(accounts):
        _live(tables, f"A-{number:03}", draw)
    moments = {
        "account_history": "valid_from",
        "usage": "at",
        "churn": "notice",
        "expansion": "at",
        "accounts": "since",
    }
    known = {
        name: [row for row in rows if row[moments[name]] < until] for name, rows in tables.items()
    }  # type: ignore[operator]
    stood = {
        row["id"]: row["cancel_by"] for row in known["account_history"]
    }  # by day, within an account
    notice = {row["id"]: row["ended"] for row in known["churn"]}
    known["accounts"] = [
        {**row, "ended": notice.get(row["id"]), "cancel_by": stood[row["id"]]}
        for row in known["accounts"]
    ]
    for name, rows in known.items():
        pq.write_table(pa.Table.from_pylist(rows, _schema(name)), data / f"{name}.parquet")
    return folder


def _schema(name: str) -> pa.Schema:
    columns = {
        "accounts": {
            "id": "s",
            "name": "s",
            "arr": "n",
            "seats": "n",
            "since": "d",
            "ended": "d",
            "cancel_by": "d",
        },
        "account_history": {"id": "s", "valid_from": "d", "arr": "n", "cancel_by": "d"},
        "usage": {"id": "s", "at": "d", "share": "n"},
        "churn": {"id": "s", "notice": "d", "ended": "d"},
        "expansion": {"id": "s", "at": "d"},
    }
    kinds = {"s": pa.string(), "n": pa.float64(), "d": pa.date32()}
    return pa.schema([(column, kinds[kind]) for column, kind in columns[name].items()])


def _live(tables: dict[str, list[dict[str, object]]], key: str, draw: np.random.Generator) -> None:
    """One account, from its first day to its notice or the end of the world."""
    since = START + dt.timedelta(days=int(draw.integers(0, 700)))
    arr, day, notice, ended = float(draw.integers(5, 60) * 1000), since, None, None
    cancel_by = since
    while day < END and ended is None:
        end = day + dt.timedelta(days=364)
        share, begun = (
            float(draw.uniform(0.05, 0.95)),
            day if day == since else cancel_by + dt.timedelta(days=1),
        )
        cancel_by = end - dt.timedelta(days=NOTICE)
        tables["account_history"].append(
            {"id": key, "valid_from": begun, "arr": arr, "cancel_by": cancel_by}
        )
        leaves = draw.random() < 1 / (1 + np.exp(-2 + 6 * share))
        notice = cancel_by - dt.timedelta(days=int(draw.integers(0, 20))) if leaves else None
        ended = end if leaves else None
        week = begun
        while week < (notice or cancel_by):
            tables["usage"].append(
                {"id": key, "at": week, "share": float(np.clip(share + draw.normal(0, 0.05), 0, 1))}
            )
            week += dt.timedelta(days=7)
        if share > 0.6 and draw.random() < 0.5:
            tables["expansion"].append(
                {"id": key, "at": begun + dt.timedelta(days=int(draw.integers(30, 200)))}
            )
        day = end + dt.timedelta(days=1)
    tables["accounts"].append(
        {"id": key, "name": f"Name {key}", "arr": arr, "seats": 10.0, "since": since}
    )
    if notice is not None:
        tables["churn"].append({"id": key, "notice": notice, "ended": ended})
