"""Invoices and payments: habits, terms, trouble, disputes, cards that fail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import cents, dates, joined, keys, nullable, words
from salus.demo.draw import generator, sigmoid
from salus.demo.effects import pull
from salus.demo.life import Life
from salus.demo.months import add_months
from salus.demo.season import Flags, Floats, Ints

TAX = 0.19
DUNNED_AFTER = (14, 30, 45)  # days past due, for levels 1, 2, 3
FAILURES = ("card_declined", "expired_card", "insufficient_funds")


@dataclass(frozen=True)
class Invoices:
    """One row per invoice; days are day numbers."""

    account: Ints
    period: Ints
    issued: Ints
    due: Ints
    paid: Ints
    is_paid: Flags
    net: Floats
    dispute: Flags


def money_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`invoice` and `payment`."""
    found = _invoices(life, generator(seed, part, "invoices"))
    ids = joined(keys("R", life.book.numbers[found.account]), keys("-", found.period, 3))
    return {
        "invoice": _invoice(life, found, ids),
        "payment": _payment(life, found, ids, generator(seed, part, "payments")),
    }


def _invoices(life: Life, rng: np.random.Generator) -> Invoices:
    """In advance for every billing period that begins in the season and in the life of the
    account.
    """
    book, season = life.book, life.season
    step = book.billing_months[:, None]
    before = np.maximum(0, season.first - book.since)[:, None] / (30.44 * step)
    period = np.maximum(0, np.floor(before).astype(np.int64) - 1) + np.arange(season.weeks // 4 + 4)
    issued = add_months(np.broadcast_to(book.since[:, None], period.shape), period * step)
    account, column = np.nonzero(season.has(issued) & (issued <= life.ended[:, None]))
    issued, period = issued[account, column], period[account, column]
    due = issued + book.terms_days[account]
    pressure = life.at(pull(life.causes, "payment"), account, due)
    slips = rng.exponential(1.0, len(due)) * np.exp(1.2 + pressure)
    dispute = rng.random(len(due)) < sigmoid(
        -4.2 + 1.5 * life.at(life.causes["support_pain"], account, due)
    )
    late = np.round(
        book.pay_habit[account] + rng.normal(0, 3, len(due)) + slips + 30 * dispute
    ).astype(np.int64)
    paid = np.maximum(issued, due + np.where(book.monthly[account], late // 3, late))
    forced = ~life.voluntary[account] & (due >= life.notice[account] - 90)
    is_paid = (paid <= season.last) & ~forced & (rng.random(len(due)) > 0.003)
    net = life.mrr[account, season.week(issued)] * book.billing_months[account]
    return Invoices(account, period, issued, due, paid, is_paid, net, dispute)


def _invoice(life: Life, found: Invoices, ids: pa.Array) -> pa.Table:
    """As they stand at the season's end: dunning level and open amount are today's, not those of
    the due date.
    """
    end = np.where(found.is_paid, found.paid, life.season.last)
    gross = cents(found.net * (1 + TAX))
    months = life.book.billing_months[found.account]
    return pa.table(
        {
            "invoice_id": ids,
            "account_id": pa.array(life.book.ids).take(pa.array(found.account)),
            "number": ids,
            "issued_on": dates(found.issued),
            "due_on": dates(found.due),
            "paid_on": dates(found.paid, found.is_paid),
            "amount": nullable(gross),
            "tax": nullable(cents(gross - cents(found.net))),
            "open_amount": nullable(np.where(found.is_paid, 0.0, gross)),
            "currency": ["EUR"] * len(gross),
            "status": words(("open", "paid"), found.is_paid.astype(np.int64)),
            "dispute": nullable(found.dispute),
            "dunning_level": nullable(np.digitize(end - found.due, DUNNED_AFTER)),
            "service_from": dates(found.issued),
            "service_to": dates(add_months(found.issued, months) - 1),
        }
    )


def _payment(life: Life, found: Invoices, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
    """One row per payment, and one per try of a card that failed; those who pay by the month pay by
    card.
    """
    card = life.book.monthly[found.account]
    strained = life.at(life.causes["payment_trouble"], found.account, found.due)
    tried = found.due - rng.integers(0, 4, len(card))
    fails = (
        card & (rng.random(len(card)) < sigmoid(-3.2 + 4 * strained)) & (tried <= life.season.last)
    )
    rows = np.concatenate([np.flatnonzero(found.is_paid), np.flatnonzero(fails)])
    failed = np.arange(len(rows)) >= found.is_paid.sum()
    order = np.lexsort([rows, np.where(failed, tried[rows], found.paid[rows])])
    rows, failed = rows[order], failed[order]
    invoice = ids.take(pa.array(rows))
    return pa.table(
        {
            "payment_id": joined("P", invoice, words(("", "-failed"), failed.astype(np.int64))),
            "invoice_id": invoice,
            "paid_on": dates(np.where(failed, tried[rows], found.paid[rows])),
            "amount": nullable(cents(found.net[rows] * (1 + TAX))),
            "method": words(("transfer", "card"), card[rows].astype(np.int64)),
            "failed": nullable(failed),
            "failure_code": words(FAILURES, rng.integers(0, 3, len(rows)), failed),
        }
    )
