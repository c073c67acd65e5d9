"""A made-up project whose accounts leave more often the less they log in, with an adjustable
effect.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import special

START, WEEKS = dt.date(2022, 1, 3), 120
MODEL = """\
version: 1
name: activity
entity: {name: account, table: accounts, key: id, ends: ended}
sources:
  logins: {table: logins, key: id, time: at}
  coins: {table: coins, key: id, time: at}
dimensions:
  use:
    measures:
      logins_60d: {count: logins, within: 60d, bad: 0, good: 100}
  luck:
    measures:
      coin: {latest: coins.side, within: 60d, points: {head: 100, tail: 0}}
outcomes:
  churned: {table: churn, key: id, time: ended}
missing_guard: 0d
"""


def write_activity(folder: Path, *, signal: float, accounts: int = 400, seed: int = 1) -> Path:
    """Activity drifts from week to week; the chance to leave in a week follows it by `signal`, 0:
    not at all.
    """
    draw = np.random.default_rng(seed)
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    state = draw.normal(size=(accounts, 1)) + 0.15 * np.cumsum(
        draw.normal(size=(accounts, WEEKS)), axis=1
    )
    leaves = draw.random((accounts, WEEKS)) < special.expit(-5.5 - signal * state)
    week = np.where(leaves.any(axis=1), leaves.argmax(axis=1), WEEKS)
    ids = np.array([f"A-{number:04}" for number in range(accounts)])
    ended = [START + dt.timedelta(weeks=int(weeks)) if weeks < WEEKS else None for weeks in week]
    pq.write_table(
        pa.table({"id": ids, "ended": pa.array(ended, pa.date32())}), data / "accounts.parquet"
    )
    gone = np.flatnonzero(week < WEEKS)
    pq.write_table(
        pa.table(
            {"id": ids[gone], "ended": pa.array([ended[weeks] for weeks in gone], pa.date32())}
        ),
        data / "churn.parquet",
    )
    active = np.arange(WEEKS) < week[:, None]
    _write(data / "logins.parquet", ids, draw.poisson(np.exp(1.5 + 0.5 * state) * active), draw)
    coins = np.where(np.arange(WEEKS) % 4 == 0, active, 0)
    _write(
        data / "coins.parquet",
        ids,
        coins,
        draw,
        side=draw.choice(["head", "tail"], int(coins.sum())).tolist(),
    )
    return folder


def _write(
    path: Path, ids: np.ndarray, number: np.ndarray, draw: np.random.Generator, **more: list[str]
) -> None:
    row, week = np.nonzero(number)
    times = number[row, week]
    row, week = np.repeat(row, times), np.repeat(week, times)
    first = np.datetime64(START) + 7 * week + draw.integers(0, 7, len(week))
    pq.write_table(
        pa.table({"id": ids[row], "at": pa.array(first.astype("datetime64[D]")), **more}), path
    )
