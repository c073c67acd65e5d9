"""The tables of `truth/`: the true causes and chances behind a demo company."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import to_array, to_dates, to_words
from salus.demo.decisions import KINDS
from salus.demo.effects import EFFECTS
from salus.demo.life import NEVER, Life

README = """\
THE TRUTH ABOUT THIS DEMO COMPANY
The tables in data/ follow from the values in this folder. Never use this folder in a model: it contains the answers.

company.json       seed, size, first and last day, and events that affect everybody: outages, a price rise, days without events
effects.csv        the causes. `notice` is what one unit adds to the log-odds of a notice at a decision; the other columns
                   are what it adds to usage, tickets, sentiment, late payment and expansion
accounts.parquet   per account: customer_since, notice_on, ended_on (last day of service), voluntary, and the fixed causes:
                   fit, onboarding quality, frailty
health.parquet     per account and week (its Monday): every cause, seats in use (adoption), and
                   health = - sum of notice coefficient x cause, without frailty. 0 is usual, higher is healthier
decisions.parquet  per day on which a notice could be given (`term`: days before the deadline of a contract's term,
                   `month`: once a month for monthly contracts, `involuntary`: once a month, for missing payments):
                   hazard = 1 / (1 + exp(-(intercept + sum of coefficient x cause))), with the causes of that week.
                   All days are listed, even after a notice: the hazard doesn't depend on who left
expansion.parquet  per account and month: the probability that seats are added

THE BEST POSSIBLE AUC
Take a date D, a horizon of h days, and the accounts that are customers at D without a notice before D. The probability
of a notice in [D, D + h) is 1 - product of (1 - hazard) over the decisions of the account in that time. The AUC of this
probability for the accounts that really gave notice is the best that any prediction can reach, apart from luck.
    python -c "from pathlib import Path; import datetime as dt; from salus.demo import best_auc; \\
               print(best_auc(Path('.'), [dt.date(2025, 12, 31)], 90))"
It uses the dates of decisions, future causes, and frailty, which no table shows. A score that uses only the state of
the accounts has a lower limit: the AUC of the health at D (salus.demo.health_auc).
"""


def build_truth_tables(life: Life) -> dict[str, pa.Table]:
    """`accounts`, `health`, `decisions`, `expansion`."""
    return {
        "accounts": _accounts(life),
        "health": _health(life),
        "decisions": _decisions(life),
        "expansion": _expansion(life),
    }


def _accounts(life: Life) -> pa.Table:
    left = life.notice < NEVER
    return pa.table(
        {
            "account_id": life.customers.ids,
            "customer_since": to_dates(life.customers.since),
            "notice_on": to_dates(life.notice, left),
            "ended_on": to_dates(life.ended, left),
            "voluntary": to_array(life.voluntary, left),
            "fit": life.customers.fit,
            "onboarding_quality": life.customers.quality,
            "frailty": life.customers.frailty,
        }
    )


def _health(life: Life) -> pa.Table:
    """One row for each week in which an account is a customer."""
    account, week = np.nonzero(life.alive)
    causes = {
        effect.effect: to_array(life.causes[effect.effect][account, week].astype(np.float32))
        for effect in EFFECTS
        if effect.effect != "frailty"
    }
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "week": to_dates(life.season.mondays[week]),
            "health": to_array(life.health[account, week]),
            **causes,
            "adoption": to_array(life.adoption[account, week].astype(np.float32)),
            "seats": to_array(life.seats[account, week]),
        }
    )


def _decisions(life: Life) -> pa.Table:
    rows = life.decisions
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(rows.account)),
            "kind": to_words(KINDS, rows.kind),
            "decided_on": to_dates(rows.decided),
            "deadline": to_dates(rows.deadline),
            "ends_on": to_dates(rows.ends),
            "hazard": life.hazard,
            "notice_given": to_array(rows.decided == life.notice[rows.account]),
        }
    )


def _expansion(life: Life) -> pa.Table:
    account, month = np.nonzero(life.growth.chance > 0)
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "month": to_dates(life.growth.months[account, month]),
            "chance": life.growth.chance[account, month],
        }
    )
