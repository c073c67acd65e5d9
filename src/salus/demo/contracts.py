"""The tables of contracts, subscription items, entitlements, products, and lifecycle events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from salus.demo.accounts import find_changes, find_expansions, find_renewals
from salus.demo.columns import round_cents, to_array, to_dates, to_instants, to_keys, to_words
from salus.demo.customers import CORE_ENTITLED, PLANS
from salus.demo.draw import make_generator
from salus.demo.life import Life
from salus.demo.months import find_month_end
from salus.demo.season import DAY, Ints

PRODUCTS = (
    ("P-CORE", "Ordalin Core"),
    ("P-INSIGHT", "Ordalin Insight"),
    ("P-CONNECT", "Ordalin Connect"),
)
CORE = (
    "orders",
    "reports",
    "inventory",
    "approvals",
    "planning",
)  # a plan includes the first 3, 4 or 5
FEATURES = (*CORE, "dashboards", "exports")
FEATURE_PRODUCT = ("P-CORE",) * 5 + ("P-INSIGHT", "P-CONNECT")


def build_catalogue() -> dict[str, pa.Table]:
    """`product` and `feature`."""
    return {
        "product": pa.table(
            {"product_id": [key for key, _ in PRODUCTS], "name": [name for _, name in PRODUCTS]}
        ),
        "feature": pa.table(
            {
                "feature": list(FEATURES),
                "product_id": list(FEATURE_PRODUCT),
                "core": [feature in CORE for feature in FEATURES],
            }
        ),
    }


def build_contract_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`contract`, `subscription_item`, `entitlement`, `lifecycle_event`."""
    return {
        "contract": _contract(life),
        "subscription_item": _items(life),
        "entitlement": _entitlement(life, make_generator(seed, part, "entitlement")),
        "lifecycle_event": _events(life),
    }


def _contract(life: Life) -> pa.Table:
    customers, last, n = life.customers, life.season.last, len(life.customers)
    last_contract_day = life.last_contract_day[:, None]
    term = np.clip(
        (life.terms.ends < last_contract_day).sum(axis=1), 0, life.terms.ends.shape[1] - 1
    )
    row = np.arange(n)
    begins = np.where(
        customers.monthly,
        find_month_end(last_contract_day[:, 0], -1) + 1,
        life.terms.begins[row, term],
    )
    ends = np.where(
        customers.monthly, find_month_end(last_contract_day[:, 0]), life.terms.ends[row, term]
    )
    given = life.notice <= last
    return pa.table(
        {
            "contract_id": to_keys("K-", customers.numbers),
            "account_id": customers.ids,
            "product_id": ["P-CORE"] * n,
            "start_date": to_dates(customers.since),
            "initial_term_months": to_array(customers.term_months),
            "current_term_start": to_dates(begins),
            "term_end": to_dates(ends),
            "auto_renew": to_array(~given),
            "renewal_term_months": to_array(np.maximum(1, np.minimum(12, customers.term_months))),
            "notice_value": to_array(customers.notice_months),
            "notice_unit": ["month"] * n,
            "notice_basis": to_words(("term_end", "month_end"), customers.monthly.astype(np.int64)),
            "cancel_by_date": to_dates(life.terms.deadline[row, term], ~customers.monthly),
            "notice_received_at": to_instants(life.notice * DAY + DAY // 2, given),
            "notice_effective_date": to_dates(life.ended, given),
            "arr": to_array(
                round_cents(life.mrr[row, life.season.week(life.last_contract_day)] * 12)
            ),
            "currency": ["EUR"] * n,
            "status": to_words(("active", "ended"), (life.ended <= last).astype(np.int64)),
        }
    )


def _items(life: Life) -> pa.Table:
    """One row for each state of a subscription; every change of seats or price begins a new one."""
    changes = find_changes(life)
    follows = np.r_[False, changes.account[1:] == changes.account[:-1]]
    kept = ~follows | np.r_[True, np.diff(changes.mrr) != 0]
    account, day, seats, mrr = (
        changes.account[kept],
        changes.day[kept],
        changes.seats[kept],
        changes.mrr[kept],
    )
    same = np.r_[account[1:] == account[:-1], False]
    until = np.where(same, np.r_[day[1:], 0] - 1, life.ended[account])
    closed = until <= life.season.last
    return pa.table(
        {
            "item_id": to_keys("I-", np.arange(len(account)) + life.customers.numbers[0] * 100, 7),
            "contract_id": to_keys("K-", life.customers.numbers[account]),
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "product_id": ["P-CORE"] * len(account),
            "plan": to_words(PLANS, life.customers.plan[account]),
            "quantity": to_array(seats),
            "unit_amount": to_array(round_cents(mrr / seats)),
            "interval": ["month"] * len(account),
            "mrr": to_array(round_cents(mrr)),
            "discount_pct": to_array(life.customers.discount[account]),
            "currency": ["EUR"] * len(account),
            "status": to_words(("active", "canceled"), (closed & ~same).astype(np.int64)),
            "valid_from": to_dates(day),
            "valid_to": to_dates(until, closed),
        }
    )


def _entitlement(life: Life, rng: np.random.Generator) -> pa.Table:
    customers, last = life.customers, life.season.last
    adds = [(np.arange(len(customers)), 0, customers.since)]
    for product, share in ((1, 0.3), (2, 0.2)):
        buyers = np.flatnonzero(rng.random(len(customers)) < share * (1 + customers.plan / 2))
        adds.append(
            (
                buyers,
                product,
                customers.since[buyers]
                + rng.integers(0, 500, len(buyers)) * (rng.random(len(buyers)) < 0.5),
            )
        )
    account = np.concatenate([buyers for buyers, _, _ in adds])
    products = np.concatenate([np.full(len(buyers), number) for buyers, number, _ in adds])
    begins = np.concatenate([day for _, _, day in adds])
    here = begins <= np.minimum(last, life.notice[account])
    account, products, begins = account[here], products[here], begins[here]
    ended, last_week = life.ended[account], life.season.week(life.last_contract_day[account])
    return pa.table(
        {
            "account_id": pa.array(customers.ids).take(pa.array(account)),
            "product_id": to_words([key for key, _ in PRODUCTS], products),
            "seats": to_array(life.seats[account, last_week]),
            "valid_from": to_dates(begins),
            "valid_to": to_dates(ended, ended <= last),
        }
    )


def _events(life: Life) -> pa.Table:
    season, before = life.season, np.diff(life.mrr, axis=1, prepend=life.mrr[:, :1])
    signed = np.flatnonzero(life.customers.since >= season.first)
    renewed, term = find_renewals(life)
    grown, week = find_expansions(life)
    shrunk, fell = np.nonzero(
        (before < 0) & (season.mondays <= np.minimum(life.notice, season.last)[:, None])
    )
    left = np.flatnonzero(life.notice <= season.last)
    mrr_at_end = life.mrr[left, season.week(life.notice[left])]
    rows: tuple[tuple[str, Any, Any, Any, Any], ...] = (
        (
            "new",
            signed,
            life.customers.since[signed],
            life.customers.since[signed],
            life.mrr[signed, season.week(life.customers.since[signed])],
        ),
        (
            "renewal",
            renewed,
            life.terms.deadline[renewed, term],
            life.terms.ends[renewed, term] + 1,
            0.0 * renewed,
        ),
        ("expansion", grown, season.mondays[week], season.mondays[week], before[grown, week]),
        ("contraction", shrunk, season.mondays[fell], season.mondays[fell], before[shrunk, fell]),
        ("churn", left, life.notice[left], life.ended[left], -mrr_at_end),
    )
    account = np.concatenate([row[1] for row in rows])
    voluntary = life.voluntary[account] | np.concatenate(
        [np.full(len(row[1]), row[0] != "churn") for row in rows]
    )
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "at_decided": to_dates(np.concatenate([row[2] for row in rows])),
            "at_effective": to_dates(np.concatenate([row[3] for row in rows])),
            "kind": [row[0] for row in rows for _ in row[1]],
            "voluntary": to_array(voluntary),
            "mrr_delta": to_array(round_cents(np.concatenate([row[4] for row in rows]))),
        }
    )


def count_core_features(life: Life) -> Ints:
    """How many core features each account's plan holds."""
    entitled: Ints = CORE_ENTITLED[life.customers.plan]
    return entitled
