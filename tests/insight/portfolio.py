"""A made-up portfolio: logins fall in the months before many customers leave, and a coin has no
relation to anything.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

START, WEEKS = dt.date(2023, 1, 2), 110
MODEL = """\
version: 1
name: book
entity: {name: account, table: accounts, key: id, label: name, value: arr, ends: ended}
sources:
  logins: {table: logins, key: id, time: at}
  coins: {table: coins, key: id, time: at}
dimensions:
  use:
    weight: 3
    measures:
      logins_30d: {count: logins, within: 30d, bad: 0, good: 40}
      quiet: {days_since: logins, bad: 21d, good: 1d}
  luck:
    measures:
      coin: {latest: coins.side, within: 60d, points: {head: 100, tail: 0}}
outcomes:
  churned: {table: churn, key: id, time: ended, decided: notice}
missing_guard: 0d
"""


def write_book(
    folder: Path, seed: int = 1, accounts: int = 160, *, effect: float = 1.0, model: str = MODEL
) -> Path:
    """A project. `effect` 0: who leaves is drawn, and logins don't fall before."""
    draw = np.random.default_rng(seed)
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    ids = [f"A-{number:03}" for number in range(accounts)]
    leaves = draw.random(accounts) < 0.45
    notice = np.where(leaves, draw.integers(20, WEEKS, accounts), 10 * WEEKS)
    ended = [
        _day(int(week) + 8) if gone else None for week, gone in zip(notice, leaves, strict=True)
    ]
    notices = [_day(int(week)) if gone else None for week, gone in zip(notice, leaves, strict=True)]
    pq.write_table(
        pa.table(
            {
                "id": ids,
                "name": [f"Name {account}" for account in ids],
                "arr": draw.integers(1, 50, accounts) * 1000,
                "ended": pa.array(ended, pa.date32()),
            }
        ),
        data / "accounts.parquet",
    )
    gone = np.flatnonzero(leaves)
    pq.write_table(
        pa.table(
            {
                "id": [ids[i] for i in gone],
                "notice": pa.array([notices[i] for i in gone], pa.date32()),
                "ended": pa.array([ended[i] for i in gone], pa.date32()),
            }
        ),
        data / "churn.parquet",
    )
    rate = np.exp(draw.normal(1.6, 0.4, accounts))
    rows: list[tuple[str, dt.date]] = []
    for week in range(WEEKS):
        near = np.clip((notice - week) / 14, 0.1, 1)  # from 14 weeks before the notice logins fall
        mean = rate * (near if effect else 1.0)
        for account in np.flatnonzero(week < notice + 8):
            rows += [
                (ids[account], _day(week) + dt.timedelta(days=int(day)))
                for day in draw.integers(0, 7, draw.poisson(mean[account]))
            ]
    _write(rows, {}, data / "logins.parquet")
    coins = [
        (ids[account], _day(week))
        for week in range(0, WEEKS, 4)
        for account in range(accounts)
        if week < notice[account] + 8
    ]
    _write(
        coins, {"side": draw.choice(["head", "tail"], len(coins)).tolist()}, data / "coins.parquet"
    )
    return folder


def _day(week: int) -> dt.date:
    return START + dt.timedelta(weeks=week)


def _write(rows: list[tuple[str, dt.date]], more: dict[str, list[str]], path: Path) -> None:
    pq.write_table(
        pa.table({"id": [account for account, _ in rows], "at": [day for _, day in rows], **more}),
        path,
    )
