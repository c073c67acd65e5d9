"""The tables of usage: events of users, some of them late, repeated or lost, and daily counts of
features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import join_texts, to_array, to_dates, to_instants, to_keys, to_words
from salus.demo.contracts import CORE, FEATURES, count_core_features
from salus.demo.draw import draw_counts, make_generator, pick, pick_by_row, repeat_rows, sigmoid
from salus.demo.effects import sum_effects
from salus.demo.life import Life
from salus.demo.season import DAY, Flags, Floats, Ints

EVENTS = ("Report Sent", "Order Placed", "Workflow Completed")
EVENT_SHARES = (0.5, 0.35, 0.15)
PER_USER_WEEK = 0.8  # value events of a typical user in a typical week
MOBILE = 0.22  # share of users with a mobile device
LATE_OF_MOBILE = 0.25  # share of their events that is sent days later
TWICE, NO_KEY, UNKNOWN_KEY = 0.01, 0.003, 0.002
FEATURE_SHARES = np.array([0.9, 0.7, 0.5, 0.4, 0.3, 0.3, 0.2])
DAILY_USE = 0.3  # share of active users on a normal working day


@dataclass(frozen=True)
class Users:
    """One row for each seat that was ever paid for."""

    account: Ints
    number: Ints  # within the account; a seat is paid for while number < seats
    threshold: Floats  # the user is active while this is below the account's adoption
    rate: Floats
    mobile: Flags


@dataclass(frozen=True)
class UsageEvents:
    """One row per event. Times are UTC seconds."""

    user: Ints
    at: Ints
    received: Ints
    kind: Ints

    def take(self, rows: Ints | Flags) -> UsageEvents:
        """Some of the rows."""
        return UsageEvents(self.user[rows], self.at[rows], self.received[rows], self.kind[rows])


def build_usage_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`event` and `usage_daily`."""
    rng = make_generator(seed, part, "events")
    users = _users(life, rng)
    events = _sent(life, users, _happened(life, users, rng), rng)
    return {
        "event": _event(life, users, events, rng, part),
        "usage_daily": _daily(life, make_generator(seed, part, "daily")),
    }


def _users(life: Life, rng: np.random.Generator) -> Users:
    most = life.seats.max(axis=1)
    account = repeat_rows(most)
    number = np.arange(len(account)) - np.searchsorted(account, account)
    size = (np.maximum(life.customers.seats, 4) / 10.0) ** -0.4
    rate = PER_USER_WEEK * size[account] * rng.gamma(1.6, 1 / 1.6, len(account))
    return Users(account, number, rng.random(len(account)), rate, rng.random(len(account)) < MOBILE)


def _happened(life: Life, users: Users, rng: np.random.Generator) -> UsageEvents:
    """The events of each user and week, spread over the days and hours."""
    vigour = (
        np.exp(0.25 * sum_effects(life.causes, "usage"))
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
    served = life.serves(users.account[user], day)
    user, day = user[served], day[served]
    at = life.season.instants(day, draw_times_of_day(rng, len(day)))
    return UsageEvents(user, at, at, pick(rng, EVENT_SHARES, len(user)))


def draw_times_of_day(rng: np.random.Generator, size: int) -> Ints:
    """Seconds after midnight, with a peak before lunch and another one after it."""
    hour = rng.normal(np.where(rng.random(size) < 0.55, 10.2, 14.6), 1.4)
    return (np.clip(hour, 5.0, 22.5) * 3600).astype(np.int64)


def _sent(life: Life, users: Users, events: UsageEvents, rng: np.random.Generator) -> UsageEvents:
    """The events with the time of their arrival.

    Events are lost on the days without a feed, and if they arrive after the season.
    """
    late = users.mobile[events.user] & (rng.random(len(events.user)) < LATE_OF_MOBILE)
    sync = (
        (events.at // DAY + rng.integers(1, 12, len(late))) * DAY
        + 5 * 3600
        + 37 * (events.user % 90)
    )
    received = np.where(late, sync, events.at + rng.integers(1, 90, len(late)))
    first, last = life.incidents.feed_lost
    lost = (received >= first * DAY) & (received < (last + 1) * DAY)
    kept = ~lost & (received < (life.season.last + 1) * DAY)
    return UsageEvents(events.user, events.at, received, events.kind).take(kept)


def _event(
    life: Life, users: Users, events: UsageEvents, rng: np.random.Generator, part: int
) -> pa.Table:
    """The event table. Some rows are sent twice with the same id; a few have no key or an unknown
    one.
    """
    n = len(events.user)
    again = np.flatnonzero(rng.random(n) < TWICE)
    row = np.concatenate([np.arange(n), again])
    received = (
        events.received[row] + np.r_[np.zeros(n, np.int64), rng.integers(60, 7200, len(again))]
    )
    order = np.argsort(received, kind="stable")
    row, received = row[order], received[order]
    fate = pick(rng, (1 - NO_KEY - UNKNOWN_KEY, NO_KEY, UNKNOWN_KEY), n)[row]
    account = users.account[events.user[row]]
    groups = pa.array([*life.customers.ids, "A-X0000"])
    user_ids = join_texts(
        to_keys("U-", life.customers.numbers[users.account]), to_keys("-", users.number, 3)
    )
    table = pa.table(
        {
            "message_id": join_texts(f"m{part:03d}-", to_keys("", row, 7)),
            "type": to_words(("track",), 0 * row),
            "event": to_words(EVENTS, events.kind[row]),
            "user_id": user_ids.take(pa.array(events.user[row])),
            "group_id": groups.take(
                to_array(np.where(fate == 2, len(life.customers), account), fate != 1)
            ),
            "timestamp": to_instants(events.at[row]),
            "received_at": to_instants(received),
        }
    )
    return table.filter(pa.array(received < (life.season.last + 1) * DAY))


def _daily(life: Life, rng: np.random.Generator) -> pa.Table:
    """Counts per account, day and feature.

    An account uses a feature while its breadth is above the threshold of the feature.
    """
    n, weeks = life.adoption.shape
    users = life.adoption * life.seats * life.interest * DAILY_USE
    breadth = sigmoid(1.1 + 0.8 * sum_effects(life.causes, "usage")) * np.clip(
        life.adoption / 0.4, 0, 1
    )
    taken = rng.random((n, 1, len(FEATURES))) < breadth[:, :, None]
    entitled = np.arange(len(FEATURES)) < count_core_features(life)[:, None]
    entitled[:, len(CORE) :] = rng.random((n, len(FEATURES) - len(CORE))) < 0.4
    mean = users[:, :, None] * FEATURE_SHARES * (taken & entitled[:, None])
    parts = [_week(life, week, mean[:, week], rng) for week in range(weeks)]
    account, day, feature, events = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "day": to_dates(day),
            "feature": to_words(FEATURES, feature),
            "events": to_array(events),
            "active_minutes": to_array(
                (events * rng.uniform(1.5, 6, len(events))).astype(np.int64)
            ),
        }
    )


def _week(
    life: Life, week: int, mean: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """The account, day, feature and count of one week, without zeros."""
    counts = draw_counts(rng, life.season.busy[week][None, :, None] * mean[:, None, :], 0.8)
    account, weekday, feature = np.nonzero(counts)
    day = life.season.mondays[week] + weekday
    served = life.serves(account, day)
    count = counts[account, weekday, feature]
    return account[served], day[served], feature[served], count[served]
