"""The accounts as a customer database shows them: today, over time, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.book import CADENCE, CORE_ENTITLED, MEETINGS, PLANS, TIERS
from salus.demo.columns import cents, dates, instants, nullable, words
from salus.demo.draw import generator
from salus.demo.life import NEVER, Life
from salus.demo.names import csm
from salus.demo.season import DAY, Flags, Floats, Ints

NOON = DAY // 2
EMPLOYEES_PER_SEAT = 7


@dataclass(frozen=True)
class AccountChanges:
    """One row per account and day on which its contract reads differently, sorted by account and
    day.
    """

    account: Ints
    day: Ints
    seats: Ints
    mrr: Floats
    deadline: Ints  # NEVER for contracts by the month
    notice: Ints  # the day, NEVER while there is none


def changes(life: Life) -> AccountChanges:
    """Signing, new seats or prices, a deadline that passed, a notice."""
    n, season = len(life.book), life.season
    moved = np.zeros(life.mrr.shape, dtype=np.bool_)
    moved[:, 1:] = (np.diff(life.mrr, axis=1) != 0) & (
        season.mondays[1:] > life.book.since[:, None]
    )
    account, week = np.nonzero(moved & (season.mondays <= life.ended[:, None]))
    rolled, term = np.nonzero(_rolls(life))
    noticed = np.flatnonzero(life.notice <= season.last)
    who = np.concatenate([np.arange(n), account, rolled, noticed])
    day = np.concatenate(
        [
            life.book.since,
            season.mondays[week],
            life.planned.deadline[rolled, term] + 1,
            life.notice[noticed],
        ]
    )
    both = np.unique(np.column_stack([who, day]), axis=0)
    return _as_of(life, both[:, 0], both[:, 1])


def _rolls(life: Life) -> Flags:
    """Terms whose deadline passed without notice within the season, so that the next deadline
    counts.
    """
    deadline = life.planned.deadline
    silent = deadline < np.minimum(life.notice, life.season.last)[:, None]
    return (
        silent
        & life.season.has(deadline)
        & (deadline >= life.book.since[:, None])
        & ~life.book.monthly[:, None]
    )


def _as_of(life: Life, account: Ints, day: Ints) -> AccountChanges:
    week = life.season.week(day)
    deadlines = life.planned.deadline[account]
    ahead = np.where(
        deadlines >= np.minimum(day, life.notice[account])[:, None], deadlines, NEVER
    ).min(axis=1)
    notice = np.where(life.notice[account] <= day, life.notice[account], NEVER)
    return AccountChanges(
        account,
        day,
        life.seats[account, week],
        life.mrr[account, week],
        np.where(life.book.monthly[account], NEVER, ahead),
        notice,
    )


def account_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`account`, `account_history`, and the outcomes `churn` and `expansion`."""
    found = changes(life)
    return {
        "account": _account(life),
        "account_history": _history(life, found, generator(seed, part, "history")),
        "churn": _churn(life),
        "expansion": _expansion(life),
    }


def _account(life: Life) -> pa.Table:
    book, last = life.book, np.full(len(life.book), life.season.last)
    now = _as_of(life, np.arange(len(book)), life.stands)
    given = now.notice < NEVER
    return pa.table(
        {
            "account_id": book.ids,
            "name": [firm.name for firm in book.firms],
            "kind": ["company"] * len(book),
            "domain": [firm.domain for firm in book.firms],
            "tier": words(TIERS, book.tier),
            "industry": [firm.industry for firm in book.firms],
            "employees": nullable(book.seats * EMPLOYEES_PER_SEAT),
            "country": [firm.country for firm in book.firms],
            "language": [firm.language for firm in book.firms],
            "currency": ["EUR"] * len(book),
            "csm_email": [csm(int(number)) for number in book.csm],
            "customer_since": dates(book.since),
            "ended_on": dates(life.ended, given),
            "status": words(("active", "churned"), (life.ended <= last).astype(np.int64)),
            "plan": words(PLANS, book.plan),
            "arr": nullable(cents(now.mrr * 12)),
            "seats": nullable(now.seats),
            "core_entitled": nullable(CORE_ENTITLED[book.plan]),
            "cadence_days": nullable(CADENCE[book.tier]),
            "meetings_planned": nullable(MEETINGS[book.tier]),
            "products_offered": nullable(np.full(len(book), 3)),
            "discount_pct": nullable(book.discount),
            "terms_days": nullable(book.terms_days),
            "cancel_by_date": dates(now.deadline, now.deadline < NEVER),
            "notice_received_at": instants(now.notice * DAY + NOON, given),
        }
    )


def _history(life: Life, found: AccountChanges, rng: np.random.Generator) -> pa.Table:
    """Attributes as they were; one row in ten was entered days later. Rows entered after the season
    aren't there.
    """
    late = (rng.random(len(found.account)) < 0.1) & (found.day > life.book.since[found.account])
    recorded = found.day + late * rng.integers(1, 15, len(late))
    table = pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(found.account)),
            "valid_from": dates(found.day),
            "recorded_at": dates(recorded),
            "arr": nullable(cents(found.mrr * 12)),
            "seats": nullable(found.seats),
            "plan": words(PLANS, life.book.plan[found.account]),
            "cancel_by_date": dates(found.deadline, found.deadline < NEVER),
            "notice_received_at": instants(found.notice * DAY + NOON, found.notice < NEVER),
        }
    )
    return table.filter(pa.array(recorded <= life.season.last))


def _churn(life: Life) -> pa.Table:
    left = np.flatnonzero(life.notice <= life.season.last)
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(left)),
            "notice_on": dates(life.notice[left]),
            "ended_on": dates(life.ended[left]),
            "voluntary": nullable(life.voluntary[left]),
        }
    )


def expansions(life: Life) -> tuple[Ints, Ints]:
    """Account and week of every expansion of an account that was still there."""
    account, week = np.nonzero(
        (life.growth.steps > 0) & (np.diff(life.seats, axis=1, prepend=life.seats[:, :1]) > 0)
    )
    counts = life.season.mondays[week] <= np.minimum(life.notice, life.season.last)[account]
    return account[counts], week[counts]


def _expansion(life: Life) -> pa.Table:
    account, week = expansions(life)
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "changed_on": dates(life.season.mondays[week]),
            "mrr_delta": nullable(cents(life.mrr[account, week] - life.mrr[account, week - 1])),
        }
    )


def renewals(life: Life) -> tuple[Ints, Ints]:
    """Account and term of every deadline that passed without notice."""
    account, term = np.nonzero(_rolls(life))
    return account, term
