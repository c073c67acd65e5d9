"""The tables of a customer database: accounts today and over time, and accounts left or expanded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import round_cents, to_array, to_dates, to_instants, to_words
from salus.demo.customers import CADENCE, CORE_ENTITLED, MEETINGS, PLANS, TIERS
from salus.demo.draw import make_generator
from salus.demo.life import NEVER, Life
from salus.demo.names import invent_csm_email
from salus.demo.season import DAY, Flags, Floats, Ints

NOON = DAY // 2
EMPLOYEES_PER_SEAT = 7


@dataclass(frozen=True)
class AccountChanges:
    """One row for each day on which an account changed, sorted by account and day."""

    account: Ints
    day: Ints
    seats: Ints
    mrr: Floats
    deadline: Ints  # of the next notice; NEVER for monthly contracts
    notice: Ints  # the day; NEVER before a notice


def find_changes(life: Life) -> AccountChanges:
    """All days with a new contract, new seats or prices, a passed deadline, or a notice."""
    n, season = len(life.customers), life.season
    moved = np.zeros(life.mrr.shape, dtype=np.bool_)
    moved[:, 1:] = (np.diff(life.mrr, axis=1) != 0) & (
        season.mondays[1:] > life.customers.since[:, None]
    )
    account, week = np.nonzero(moved & (season.mondays <= life.ended[:, None]))
    rolled, term = np.nonzero(_rolls(life))
    noticed = np.flatnonzero(life.notice <= season.last)
    accounts = np.concatenate([np.arange(n), account, rolled, noticed])
    day = np.concatenate(
        [
            life.customers.since,
            season.mondays[week],
            life.terms.deadline[rolled, term] + 1,
            life.notice[noticed],
        ]
    )
    both = np.unique(np.column_stack([accounts, day]), axis=0)
    return _as_of(life, both[:, 0], both[:, 1])


def _rolls(life: Life) -> Flags:
    """The terms whose deadline passed without notice within the season."""
    deadline = life.terms.deadline
    renewed = deadline < np.minimum(life.notice, life.season.last)[:, None]
    return (
        renewed
        & life.season.has(deadline)
        & (deadline >= life.customers.since[:, None])
        & ~life.customers.monthly[:, None]
    )


def _as_of(life: Life, account: Ints, day: Ints) -> AccountChanges:
    """The state of some accounts on some days."""
    week = life.season.week(day)
    deadlines = life.terms.deadline[account]
    ahead = np.where(
        deadlines >= np.minimum(day, life.notice[account])[:, None], deadlines, NEVER
    ).min(axis=1)
    notice = np.where(life.notice[account] <= day, life.notice[account], NEVER)
    return AccountChanges(
        account,
        day,
        life.seats[account, week],
        life.mrr[account, week],
        np.where(life.customers.monthly[account], NEVER, ahead),
        notice,
    )


def build_account_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`account`, `account_history`, and the outcomes `churn` and `expansion`."""
    changes = find_changes(life)
    return {
        "account": _account(life),
        "account_history": _history(life, changes, make_generator(seed, part, "history")),
        "churn": _churn(life),
        "expansion": _expansion(life),
    }


def _account(life: Life) -> pa.Table:
    customers, last = life.customers, np.full(len(life.customers), life.season.last)
    now = _as_of(life, np.arange(len(customers)), life.last_contract_day)
    given = now.notice < NEVER
    return pa.table(
        {
            "account_id": customers.ids,
            "name": [firm.name for firm in customers.firms],
            "kind": ["company"] * len(customers),
            "domain": [firm.domain for firm in customers.firms],
            "tier": to_words(TIERS, customers.tier),
            "industry": [firm.industry for firm in customers.firms],
            "employees": to_array(customers.seats * EMPLOYEES_PER_SEAT),
            "country": [firm.country for firm in customers.firms],
            "language": [firm.language for firm in customers.firms],
            "currency": ["EUR"] * len(customers),
            "csm_email": [invent_csm_email(int(number)) for number in customers.csm],
            "customer_since": to_dates(customers.since),
            "ended_on": to_dates(life.ended, given),
            "status": to_words(("active", "churned"), (life.ended <= last).astype(np.int64)),
            "plan": to_words(PLANS, customers.plan),
            "arr": to_array(round_cents(now.mrr * 12)),
            "seats": to_array(now.seats),
            "core_entitled": to_array(CORE_ENTITLED[customers.plan]),
            "cadence_days": to_array(CADENCE[customers.tier]),
            "meetings_planned": to_array(MEETINGS[customers.tier]),
            "products_offered": to_array(np.full(len(customers), 3)),
            "discount_pct": to_array(customers.discount),
            "terms_days": to_array(customers.terms_days),
            "cancel_by_date": to_dates(now.deadline, now.deadline < NEVER),
            "notice_received_at": to_instants(now.notice * DAY + NOON, given),
        }
    )


def _history(life: Life, changes: AccountChanges, rng: np.random.Generator) -> pa.Table:
    """Earlier attributes. One row in ten was entered days later; rows entered after the season are
    missing.
    """
    late = (rng.random(len(changes.account)) < 0.1) & (
        changes.day > life.customers.since[changes.account]
    )
    recorded = changes.day + late * rng.integers(1, 15, len(late))
    table = pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(changes.account)),
            "valid_from": to_dates(changes.day),
            "recorded_at": to_dates(recorded),
            "arr": to_array(round_cents(changes.mrr * 12)),
            "seats": to_array(changes.seats),
            "plan": to_words(PLANS, life.customers.plan[changes.account]),
            "cancel_by_date": to_dates(changes.deadline, changes.deadline < NEVER),
            "notice_received_at": to_instants(changes.notice * DAY + NOON, changes.notice < NEVER),
        }
    )
    return table.filter(pa.array(recorded <= life.season.last))


def _churn(life: Life) -> pa.Table:
    left = np.flatnonzero(life.notice <= life.season.last)
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(left)),
            "notice_on": to_dates(life.notice[left]),
            "ended_on": to_dates(life.ended[left]),
            "voluntary": to_array(life.voluntary[left]),
        }
    )


def find_expansions(life: Life) -> tuple[Ints, Ints]:
    """The account and week of every expansion before a notice."""
    account, week = np.nonzero(
        (life.growth.steps > 0) & (np.diff(life.seats, axis=1, prepend=life.seats[:, :1]) > 0)
    )
    counts = life.season.mondays[week] <= np.minimum(life.notice, life.season.last)[account]
    return account[counts], week[counts]


def _expansion(life: Life) -> pa.Table:
    account, week = find_expansions(life)
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "changed_on": to_dates(life.season.mondays[week]),
            "mrr_delta": to_array(
                round_cents(life.mrr[account, week] - life.mrr[account, week - 1])
            ),
        }
    )


def find_renewals(life: Life) -> tuple[Ints, Ints]:
    """The account and term of every deadline that passed without notice."""
    account, term = np.nonzero(_rolls(life))
    return account, term
