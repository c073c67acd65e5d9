"""How good a prediction of churn on the demo company could be: its truth, read back, and the best
possible AUC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyarrow import parquet

from salus.demo.life import NEVER
from salus.demo.season import Flags, Floats, Ints
from salus.errors import DataError, UsageError
from salus.periods.day import date_of, day_number


@dataclass(frozen=True)
class TrueOutlook:
    """The accounts that are customers without a notice at a date, and what the next days hold.

    `churned`: notice given within the horizon. `chance`: its true probability. `health`: the latent
    health at the date.
    """

    account_ids: tuple[str, ...]
    churned: Flags
    chance: Floats
    health: Floats


@dataclass(frozen=True)
class Truth:
    """The folder `truth/` of a demo company. Days are day numbers; decisions are sorted by
    nothing.
    """

    account_ids: tuple[str, ...]
    since: Ints
    notice: Ints
    decision_account: Ints  # rows of the accounts
    decided: Ints
    hazard: Floats
    health_account: Ints
    week: Ints
    health: Floats
    last: int

    @classmethod
    def read(cls, folder: Path) -> Truth:
        """The truth of the demo company in a folder."""
        truth = folder / "truth"
        if not (truth / "accounts.parquet").is_file():
            raise DataError(
                f"{folder} holds no truth of a demo company", "make one: `salus demo DIR`"
            )
        accounts = parquet.read_table(truth / "accounts.parquet")
        ids = accounts["account_id"].to_pylist()
        row = {name: number for number, name in enumerate(ids)}
        decisions = parquet.read_table(
            truth / "decisions.parquet", columns=["account_id", "decided_on", "hazard"]
        )
        weeks = parquet.read_table(
            truth / "health.parquet", columns=["account_id", "week", "health"]
        )
        return cls(
            tuple(ids),
            _days(accounts["customer_since"]),
            _days(accounts["notice_on"]),
            _rows(decisions["account_id"], row),
            _days(decisions["decided_on"]),
            decisions["hazard"].to_numpy(),
            _rows(weeks["account_id"], row),
            _days(weeks["week"]),
            weeks["health"].to_numpy(),
            int(_days(weeks["week"]).max()) + 6,
        )

    def at(self, as_of: dt.date, horizon: int) -> TrueOutlook:
        """Who is there at a date, and what is to come within that many days of it."""
        day = day_number(as_of)
        if day + horizon > self.last + 1 or day <= self.week.min():
            raise UsageError(
                f"{horizon} days from {as_of} aren't all in the data",
                f"choose a date up to {date_of(self.last + 1 - horizon)}",
            )
        there = np.flatnonzero((self.since < day) & (self.notice >= day))
        return TrueOutlook(
            tuple(self.account_ids[row] for row in there),
            self.notice[there] < day + horizon,
            self._chance(day, horizon)[there],
            self._health(day)[there],
        )

    def _chance(self, day: int, horizon: int) -> Floats:
        coming = (self.decided >= day) & (self.decided < day + horizon)
        stays = np.bincount(
            self.decision_account[coming], np.log1p(-self.hazard[coming]), len(self.account_ids)
        )
        chance: Floats = -np.expm1(stays)
        return chance

    def _health(self, day: int) -> Floats:
        """The health of the last whole week, or of the first week of an account that is younger."""
        found = np.zeros(len(self.account_ids))
        for monday in (day - 1 - (day + 2) % 7, day - 8 - (day + 2) % 7):
            rows = self.week == monday
            found[self.health_account[rows]] = self.health[rows]
        return found


def best_auc(folder: Path, dates: Sequence[dt.date], horizon: int) -> float:
    """The AUC of the true chances of churn: the bound for every prediction, over the accounts of
    all dates together.

    It knows each decision's date, the causes to come, and what no table shows. NaN when nobody or
    everybody churned.
    """
    return _over(folder, dates, horizon, "chance")


def health_auc(folder: Path, dates: Sequence[dt.date], horizon: int) -> float:
    """The AUC of the latent health at each date: the bound for a score of the state of accounts.

    It doesn't know when contracts end, nor what is to come.
    """
    return _over(folder, dates, horizon, "health")


def _over(folder: Path, dates: Sequence[dt.date], horizon: int, column: str) -> float:
    truth = Truth.read(folder)
    outlooks = [truth.at(date, horizon) for date in dates]
    risk = np.concatenate(
        [outlook.chance if column == "chance" else -outlook.health for outlook in outlooks]
    )
    return auc(risk, np.concatenate([outlook.churned for outlook in outlooks]))


def auc(risk: Floats, event: Flags) -> float:
    """The chance that one with the event has a higher risk than one without; a tie counts half.

    >>> auc(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
    0.875
    """
    _, place, size = np.unique(risk, return_inverse=True, return_counts=True)
    rank = (np.cumsum(size) - (size - 1) / 2)[place]
    events, others = int(event.sum()), int((~event).sum())
    if not events or not others:
        return float("nan")
    return float((rank[event].sum() - events * (events + 1) / 2) / (events * others))


def _days(column: object) -> Ints:
    days: Ints = column.cast("int32").fill_null(-1).to_numpy().astype(np.int64)  # type: ignore[attr-defined]
    return np.where(days < 0, NEVER, days)


def _rows(column: object, row: dict[str, int]) -> Ints:
    return np.array([row[name] for name in column.to_pylist()], dtype=np.int64)  # type: ignore[attr-defined]
