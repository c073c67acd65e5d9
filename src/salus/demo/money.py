"""The tables of invoices and payments, with late payments, disputes and failed cards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import join_texts, round_cents, to_array, to_dates, to_keys, to_words
from salus.demo.draw import make_generator, sigmoid
from salus.demo.effects import sum_effects
from salus.demo.life import Life
from salus.demo.months import add_months
from salus.demo.season import Flags, Floats, Ints

TAX = 0.19
DUNNED_AFTER = (14, 30, 45)  # days past due, for levels 1, 2, 3
FAILURES = ("card_declined", "expired_card", "insufficient_funds")


@dataclass(frozen=True, kw_only=True)
class Invoices:
    """One row per invoice. Days are day numbers."""

    account: Ints
    period: Ints
    issued: Ints
    due: Ints
    paid: Ints
    is_paid: Flags
    net: Floats
    dispute: Flags


def build_money_tables(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`invoice` and `payment`."""
    invoices = _invoices(life, make_generator(seed, part, "invoices"))
    ids = join_texts(
        to_keys("R", life.customers.numbers[invoices.account]), to_keys("-", invoices.period, 3)
    )
    return {
        "invoice": _invoice(life, invoices, ids),
        "payment": _payment(life, invoices, ids, make_generator(seed, part, "payments")),
    }


def _invoices(life: Life, rng: np.random.Generator) -> Invoices:
    """An invoice in advance for every billing period that begins in the season while the account is
    a customer.
    """
    customers, season = life.customers, life.season
    step = customers.billing_months[:, None]
    before = np.maximum(0, season.first - customers.since)[:, None] / (30.44 * step)
    period = np.maximum(0, np.floor(before).astype(np.int64) - 1) + np.arange(season.weeks // 4 + 4)
    issued = add_months(np.broadcast_to(customers.since[:, None], period.shape), period * step)
    account, column = np.nonzero(season.has(issued) & (issued <= life.ended[:, None]))
    issued, period = issued[account, column], period[account, column]
    due = issued + customers.terms_days[account]
    pressure = life.at(sum_effects(life.causes, "payment"), account, due)
    slips = rng.exponential(1.0, len(due)) * np.exp(1.2 + pressure)
    dispute = rng.random(len(due)) < sigmoid(
        -4.2 + 1.5 * life.at(life.causes["support_pain"], account, due)
    )
    late = np.round(
        customers.pay_habit[account] + rng.normal(0, 3, len(due)) + slips + 30 * dispute
    ).astype(np.int64)
    paid = np.maximum(issued, due + np.where(customers.monthly[account], late // 3, late))
    forced = ~life.voluntary[account] & (due >= life.notice[account] - 90)
    is_paid = (paid <= season.last) & ~forced & (rng.random(len(due)) > 0.003)
    net = life.mrr[account, season.week(issued)] * customers.billing_months[account]
    return Invoices(
        account=account,
        period=period,
        issued=issued,
        due=due,
        paid=paid,
        is_paid=is_paid,
        net=net,
        dispute=dispute,
    )


def _invoice(life: Life, invoices: Invoices, ids: pa.Array) -> pa.Table:
    """The invoices at the end of the season, with the dunning level and open amount of that day."""
    end = np.where(invoices.is_paid, invoices.paid, life.season.last)
    gross = round_cents(invoices.net * (1 + TAX))
    months = life.customers.billing_months[invoices.account]
    return pa.table(
        {
            "invoice_id": ids,
            "account_id": pa.array(life.customers.ids).take(pa.array(invoices.account)),
            "number": ids,
            "issued_on": to_dates(invoices.issued),
            "due_on": to_dates(invoices.due),
            "paid_on": to_dates(invoices.paid, invoices.is_paid),
            "amount": to_array(gross),
            "tax": to_array(round_cents(gross - round_cents(invoices.net))),
            "open_amount": to_array(np.where(invoices.is_paid, 0.0, gross)),
            "currency": ["EUR"] * len(gross),
            "status": to_words(("open", "paid"), invoices.is_paid.astype(np.int64)),
            "dispute": to_array(invoices.dispute),
            "dunning_level": to_array(np.digitize(end - invoices.due, DUNNED_AFTER)),
            "service_from": to_dates(invoices.issued),
            "service_to": to_dates(add_months(invoices.issued, months) - 1),
        }
    )


def _payment(life: Life, invoices: Invoices, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
    """One row for each payment and each failed attempt. Monthly contracts are paid by card."""
    card = life.customers.monthly[invoices.account]
    strained = life.at(life.causes["payment_trouble"], invoices.account, invoices.due)
    tried = invoices.due - rng.integers(0, 4, len(card))
    fails = (
        card & (rng.random(len(card)) < sigmoid(-3.2 + 4 * strained)) & (tried <= life.season.last)
    )
    rows = np.concatenate([np.flatnonzero(invoices.is_paid), np.flatnonzero(fails)])
    failed = np.arange(len(rows)) >= invoices.is_paid.sum()
    order = np.lexsort([rows, np.where(failed, tried[rows], invoices.paid[rows])])
    rows, failed = rows[order], failed[order]
    invoice = ids.take(pa.array(rows))
    return pa.table(
        {
            "payment_id": join_texts(
                "P", invoice, to_words(("", "-failed"), failed.astype(np.int64))
            ),
            "invoice_id": invoice,
            "paid_on": to_dates(np.where(failed, tried[rows], invoices.paid[rows])),
            "amount": to_array(round_cents(invoices.net[rows] * (1 + TAX))),
            "method": to_words(("transfer", "card"), card[rows].astype(np.int64)),
            "failed": to_array(failed),
            "failure_code": to_words(FAILURES, rng.integers(0, 3, len(rows)), failed),
        }
    )
