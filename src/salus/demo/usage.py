"""Use of the product: raw value events per user, late, twice and lost among them, and daily counts
per feature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import dates, instants, joined, keys, nullable, words
from salus.demo.contracts import CORE, FEATURES, core_features
from salus.demo.draw import generator, many, pick, pick_by_row, sigmoid, spread
from salus.demo.effects import pull
from salus.demo.life import Life
from salus.demo.season import DAY, Flags, Floats, Ints

EVENTS = ("Report Sent", "Order Placed", "Workflow Completed")
EVENT_SHARES = (0.5, 0.35, 0.15)
PER_USER_WEEK = 0.8  # value events of a usual user in a usual week
MOBILE, LATE_OF_MOBILE = (
    0.22,
    0.25,
)  # users on the move, and the share of their events that is sent days later
TWICE, NO_KEY, UNKNOWN_KEY = 0.01, 0.003, 0.002
FEATURE_SHARES = np.array([0.9, 0.7, 0.5, 0.4, 0.3, 0.3, 0.2])
DAILY_USE = 0.3  # share of active users seen on a plain working day


@dataclass(frozen=True)
class Users:
    """One row per seat ever paid for."""

    account: Ints
    number: Ints  # within the account; a seat is paid for while number < seats
    threshold: Floats  # uses the product while below the account's adoption
    rate: Floats
    mobile: Flags


@dataclass(frozen=True)
class UsageEvents:
    """One row per event as it happened; instants in UTC seconds."""

    user: Ints
    at: Ints
    received: Ints
    kind: Ints

    def take(self, rows: Ints | Flags) -> UsageEvents:
        """Some of the rows."""
        return UsageEvents(self.user[rows], self.at[rows], self.received[rows], self.kind[rows])


def usage_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`event` and `usage_daily`."""
    rng = generator(seed, part, "events")
    users = _users(life, rng)
    found = _sent(life, users, _happened(life, users, rng), rng)
    return {
        "event": _event(life, users, found, rng, part),
        "usage_daily": _daily(life, generator(seed, part, "daily")),
    }


def _users(life: Life, rng: np.random.Generator) -> Users:
    most = life.seats.max(axis=1)
    account = spread(most)
    number = np.arange(len(account)) - np.searchsorted(account, account)
    size = (np.maximum(life.book.seats, 4) / 10.0) ** -0.4
    rate = PER_USER_WEEK * size[account] * rng.gamma(1.6, 1 / 1.6, len(account))
    return Users(account, number, rng.random(len(account)), rate, rng.random(len(account)) < MOBILE)


def _happened(life: Life, users: Users, rng: np.random.Generator) -> UsageEvents:
    """Counts per user and week, laid on the days of the week and the hours of the day."""
    vigour = (
        np.exp(0.25 * pull(life.causes, "usage"))
        * life.interest
        * life.season.busy.sum(axis=1)
        / 5.1
    )
    active = users.threshold[:, None] < life.adoption[users.account]
    active &= (users.number[:, None] < life.seats[users.account]) & life.alive[users.account]
    mean = np.where(active, users.rate[:, None] * vigour[users.account], 0.0)
    user, week = np.nonzero(counts := rng.poisson(mean))
    repeats = counts[user, week]
    user, week = np.repeat(user, repeats), np.repeat(week, repeats)
    day = life.season.mondays[week] + pick_by_row(rng, life.season.busy[week])
    there = life.serves(users.account[user], day)
    user, day = user[there], day[there]
    at = life.season.instants(day, time_of_day(rng, len(day)))
    return UsageEvents(user, at, at, pick(rng, EVENT_SHARES, len(user)))


def time_of_day(rng: np.random.Generator, size: int) -> Ints:
    """Seconds after midnight: a peak before lunch, one after."""
    hour = rng.normal(np.where(rng.random(size) < 0.55, 10.2, 14.6), 1.4)
    return (np.clip(hour, 5.0, 22.5) * 3600).astype(np.int64)


def _sent(life: Life, users: Users, found: UsageEvents, rng: np.random.Generator) -> UsageEvents:
    """When the events arrive, without those of the days on which the feed had stopped or that
    arrive too late.
    """
    late = users.mobile[found.user] & (rng.random(len(found.user)) < LATE_OF_MOBILE)
    sync = (
        (found.at // DAY + rng.integers(1, 12, len(late))) * DAY + 5 * 3600 + 37 * (found.user % 90)
    )
    received = np.where(late, sync, found.at + rng.integers(1, 90, len(late)))
    first, last = life.hit.feed_lost
    lost = (received >= first * DAY) & (received < (last + 1) * DAY)
    kept = ~lost & (received < (life.season.last + 1) * DAY)
    return UsageEvents(found.user, found.at, received, found.kind).take(kept)


def _event(
    life: Life, users: Users, found: UsageEvents, rng: np.random.Generator, part: int
) -> pa.Table:
    """Some rows were sent again minutes later under the same id; a few lack their key or have one
    nobody knows.
    """
    n = len(found.user)
    again = np.flatnonzero(rng.random(n) < TWICE)
    row = np.concatenate([np.arange(n), again])
    received = (
        found.received[row] + np.r_[np.zeros(n, np.int64), rng.integers(60, 7200, len(again))]
    )
    order = np.argsort(received, kind="stable")
    row, received = row[order], received[order]
    fate = pick(rng, (1 - NO_KEY - UNKNOWN_KEY, NO_KEY, UNKNOWN_KEY), n)[row]
    account = users.account[found.user[row]]
    groups = pa.array([*life.book.ids, "A-X0000"])
    user_ids = joined(keys("U-", life.book.numbers[users.account]), keys("-", users.number, 3))
    table = pa.table(
        {
            "message_id": joined(f"m{part:03d}-", keys("", row, 7)),
            "type": words(("track",), 0 * row),
            "event": words(EVENTS, found.kind[row]),
            "user_id": user_ids.take(pa.array(found.user[row])),
            "group_id": groups.take(
                nullable(np.where(fate == 2, len(life.book), account), fate != 1)
            ),
            "timestamp": instants(found.at[row]),
            "received_at": instants(received),
        }
    )
    return table.filter(pa.array(received < (life.season.last + 1) * DAY))


def _daily(life: Life, rng: np.random.Generator) -> pa.Table:
    """Counts per account, day and feature; an account takes up a feature when its breadth passes a
    threshold.
    """
    n, weeks = life.adoption.shape
    users = life.adoption * life.seats * life.interest * DAILY_USE
    breadth = sigmoid(1.1 + 0.8 * pull(life.causes, "usage")) * np.clip(life.adoption / 0.4, 0, 1)
    taken = rng.random((n, 1, len(FEATURES))) < breadth[:, :, None]
    entitled = np.arange(len(FEATURES)) < core_features(life)[:, None]
    entitled[:, len(CORE) :] = rng.random((n, len(FEATURES) - len(CORE))) < 0.4
    mean = users[:, :, None] * FEATURE_SHARES * (taken & entitled[:, None])
    pieces = [_week(life, week, mean[:, week], rng) for week in range(weeks)]
    account, day, feature, events = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "day": dates(day),
            "feature": words(FEATURES, feature),
            "events": nullable(events),
            "active_minutes": nullable(
                (events * rng.uniform(1.5, 6, len(events))).astype(np.int64)
            ),
        }
    )


def _week(
    life: Life, week: int, mean: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """Account, day, feature and count of one week, without zeros."""
    counts = many(rng, life.season.busy[week][None, :, None] * mean[:, None, :], 0.8)
    account, weekday, feature = np.nonzero(counts)
    day = life.season.mondays[week] + weekday
    there = life.serves(account, day)
    return account[there], day[there], feature[there], counts[account, weekday, feature][there]
