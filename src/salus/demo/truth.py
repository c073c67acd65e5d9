"""Reads the truth of a demo company and computes the best AUC that a prediction of churn can reach."""

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
    """The accounts without a notice at a date, and what happens to them within a horizon.

    `churned`: whether they give notice. `chance`: the true probability of it. `health`: the true
    health at the date.
    """

    account_ids: tuple[str, ...]
    churned: Flags
    chance: Floats
    health: Floats


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The folder `truth/` of a demo company. Days are day numbers; decisions aren't sorted."""

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
        """The truth of the demo company in a folder. Raises DataError if it has none."""
        truth = folder / "truth"
        if not (truth / "accounts.parquet").is_file():
            raise DataError(f"{folder} isn't a demo company", "create one with `salus demo DIR`")
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
            account_ids=tuple(ids),
            since=_days(accounts["customer_since"]),
            notice=_days(accounts["notice_on"]),
            decision_account=_rows(decisions["account_id"], row),
            decided=_days(decisions["decided_on"]),
            hazard=decisions["hazard"].to_numpy(),
            health_account=_rows(weeks["account_id"], row),
            week=_days(weeks["week"]),
            health=weeks["health"].to_numpy(),
            last=int(_days(weeks["week"]).max()) + 6,
        )

    def at(self, as_of: dt.date, horizon: int) -> TrueOutlook:
        """The accounts without a notice at a date, and what happens within `horizon` days.

        Raises UsageError if the data don't cover these days.
        """
        day = day_number(as_of)
        if day + horizon > self.last + 1 or day <= self.week.min():
            raise UsageError(
                f"{horizon} days from {as_of} aren't all in the data",
                f"choose a date up to {date_of(self.last + 1 - horizon)}",
            )
        active = np.flatnonzero((self.since < day) & (self.notice >= day))
        return TrueOutlook(
            tuple(self.account_ids[row] for row in active),
            self.notice[active] < day + horizon,
            self._chance(day, horizon)[active],
            self._health(day)[active],
        )

    def _chance(self, day: int, horizon: int) -> Floats:
        within = (self.decided >= day) & (self.decided < day + horizon)
        stays = np.bincount(
            self.decision_account[within], np.log1p(-self.hazard[within]), len(self.account_ids)
        )
        chance: Floats = -np.expm1(stays)
        return chance

    def _health(self, day: int) -> Floats:
        """The health of the last whole week, or of the first week of an account that is younger."""
        health = np.zeros(len(self.account_ids))
        for monday in (day - 1 - (day + 2) % 7, day - 8 - (day + 2) % 7):
            rows = self.week == monday
            health[self.health_account[rows]] = self.health[rows]
        return health


def best_auc(folder: Path, dates: Sequence[dt.date], horizon: int) -> float:
    """The AUC of the true probabilities of churn, over the accounts of all dates together.

    No prediction can be better: it uses the dates of decisions, future causes, and causes that no
    table shows. NaN if nobody or everybody churned.
    """
    return _over(folder, dates, horizon, "chance")


def health_auc(folder: Path, dates: Sequence[dt.date], horizon: int) -> float:
    """The AUC of the true health at each date: the limit for a score of the state of accounts.

    It doesn't use the ends of contracts or anything later than the date.
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
    """The probability that a case with the event has a higher risk than one without.

    A tie counts half.

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
