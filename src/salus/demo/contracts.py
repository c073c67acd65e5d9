"""What was sold: contracts, subscription items, entitlements, the catalogue, and the events of a
customer's life.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from salus.demo.accounts import changes, expansions, renewals
from salus.demo.book import CORE_ENTITLED, PLANS
from salus.demo.columns import cents, dates, instants, keys, nullable, words
from salus.demo.draw import generator
from salus.demo.life import Life
from salus.demo.months import month_end
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
)  # a plan holds the first 3, 4 or 5
FEATURES = (*CORE, "dashboards", "exports")
FEATURE_PRODUCT = ("P-CORE",) * 5 + ("P-INSIGHT", "P-CONNECT")


def catalogue() -> dict[str, pa.Table]:
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


def contract_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`contract`, `subscription_item`, `entitlement`, `lifecycle_event`."""
    return {
        "contract": _contract(life),
        "subscription_item": _items(life),
        "entitlement": _entitlement(life, generator(seed, part, "entitlement")),
        "lifecycle_event": _events(life),
    }


def _contract(life: Life) -> pa.Table:
    book, last, n = life.book, life.season.last, len(life.book)
    stands = life.stands[:, None]
    term = np.clip((life.planned.ends < stands).sum(axis=1), 0, life.planned.ends.shape[1] - 1)
    row = np.arange(n)
    begins = np.where(book.monthly, month_end(stands[:, 0], -1) + 1, life.planned.begins[row, term])
    ends = np.where(book.monthly, month_end(stands[:, 0]), life.planned.ends[row, term])
    given = life.notice <= last
    return pa.table(
        {
            "contract_id": keys("K-", book.numbers),
            "account_id": book.ids,
            "product_id": ["P-CORE"] * n,
            "start_date": dates(book.since),
            "initial_term_months": nullable(book.term_months),
            "current_term_start": dates(begins),
            "term_end": dates(ends),
            "auto_renew": nullable(~given),
            "renewal_term_months": nullable(np.maximum(1, np.minimum(12, book.term_months))),
            "notice_value": nullable(book.notice_months),
            "notice_unit": ["month"] * n,
            "notice_basis": words(("term_end", "month_end"), book.monthly.astype(np.int64)),
            "cancel_by_date": dates(life.planned.deadline[row, term], ~book.monthly),
            "notice_received_at": instants(life.notice * DAY + DAY // 2, given),
            "notice_effective_date": dates(life.ended, given),
            "arr": nullable(cents(life.mrr[row, life.season.week(life.stands)] * 12)),
            "currency": ["EUR"] * n,
            "status": words(("active", "ended"), (life.ended <= last).astype(np.int64)),
        }
    )


def _items(life: Life) -> pa.Table:
    """One row per state of the subscription: a new one begins with every change of seats or
    price.
    """
    found = changes(life)
    follows = np.r_[False, found.account[1:] == found.account[:-1]]
    kept = ~follows | np.r_[True, np.diff(found.mrr) != 0]
    account, day, seats, mrr = (
        found.account[kept],
        found.day[kept],
        found.seats[kept],
        found.mrr[kept],
    )
    same = np.r_[account[1:] == account[:-1], False]
    until = np.where(same, np.r_[day[1:], 0] - 1, life.ended[account])
    closed = until <= life.season.last
    return pa.table(
        {
            "item_id": keys("I-", np.arange(len(account)) + life.book.numbers[0] * 100, 7),
            "contract_id": keys("K-", life.book.numbers[account]),
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "product_id": ["P-CORE"] * len(account),
            "plan": words(PLANS, life.book.plan[account]),
            "quantity": nullable(seats),
            "unit_amount": nullable(cents(mrr / seats)),
            "interval": ["month"] * len(account),
            "mrr": nullable(cents(mrr)),
            "discount_pct": nullable(life.book.discount[account]),
            "currency": ["EUR"] * len(account),
            "status": words(("active", "canceled"), (closed & ~same).astype(np.int64)),
            "valid_from": dates(day),
            "valid_to": dates(until, closed),
        }
    )


def _entitlement(life: Life, rng: np.random.Generator) -> pa.Table:
    book, last = life.book, life.season.last
    adds = [(np.arange(len(book)), 0, book.since)]
    for product, share in ((1, 0.3), (2, 0.2)):
        who = np.flatnonzero(rng.random(len(book)) < share * (1 + book.plan / 2))
        adds.append(
            (
                who,
                product,
                book.since[who] + rng.integers(0, 500, len(who)) * (rng.random(len(who)) < 0.5),
            )
        )
    account = np.concatenate([who for who, _, _ in adds])
    products = np.concatenate([np.full(len(who), number) for who, number, _ in adds])
    begins = np.concatenate([day for _, _, day in adds])
    here = begins <= np.minimum(last, life.notice[account])
    account, products, begins = account[here], products[here], begins[here]
    ended, stands = life.ended[account], life.season.week(life.stands[account])
    return pa.table(
        {
            "account_id": pa.array(book.ids).take(pa.array(account)),
            "product_id": words([key for key, _ in PRODUCTS], products),
            "seats": nullable(life.seats[account, stands]),
            "valid_from": dates(begins),
            "valid_to": dates(ended, ended <= last),
        }
    )


def _events(life: Life) -> pa.Table:
    season, before = life.season, np.diff(life.mrr, axis=1, prepend=life.mrr[:, :1])
    signed = np.flatnonzero(life.book.since >= season.first)
    renewed, term = renewals(life)
    grown, week = expansions(life)
    shrunk, fell = np.nonzero(
        (before < 0) & (season.mondays <= np.minimum(life.notice, season.last)[:, None])
    )
    left = np.flatnonzero(life.notice <= season.last)
    mrr_at_end = life.mrr[left, season.week(life.notice[left])]
    rows: tuple[tuple[str, Any, Any, Any, Any], ...] = (
        (
            "new",
            signed,
            life.book.since[signed],
            life.book.since[signed],
            life.mrr[signed, season.week(life.book.since[signed])],
        ),
        (
            "renewal",
            renewed,
            life.planned.deadline[renewed, term],
            life.planned.ends[renewed, term] + 1,
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
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "at_decided": dates(np.concatenate([row[2] for row in rows])),
            "at_effective": dates(np.concatenate([row[3] for row in rows])),
            "kind": [row[0] for row in rows for _ in row[1]],
            "voluntary": nullable(voluntary),
            "mrr_delta": nullable(cents(np.concatenate([row[4] for row in rows]))),
        }
    )


def core_features(life: Life) -> Ints:
    """How many core features each account's plan holds."""
    entitled: Ints = CORE_ENTITLED[life.book.plan]
    return entitled
