"""The truth of a demo company as tables: what `truth/` holds, a part of the accounts at a time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import dates, nullable, words
from salus.demo.decisions import KINDS
from salus.demo.effects import EFFECTS
from salus.demo.life import NEVER, Life

README = """\
THE TRUTH ABOUT THIS DEMO COMPANY
The tables in data/ are traces of what stands here. Never feed this folder to a model: it holds the answers.

company.json       seed, size, first and last day, and what befell everybody: outages, price rise, days without feed
effects.csv        the causes. `notice` is what one unit adds to the log-odds of giving notice at a decision; the other
                   columns what it adds to use, tickets, sentiment, late payment and expansion
accounts.parquet   per account: customer_since, notice_on, ended_on (last day of service), voluntary, and what is fixed:
                   fit, onboarding quality, frailty
health.parquet     per account and week (its Monday): every cause, seats in use (adoption), and
                   health = - sum of notice coefficient x cause, without frailty. 0 is usual, higher is healthier
decisions.parquet  per moment at which notice could be given (`term`: days before the deadline of a contract's term,
                   `month`: once a month for contracts by the month, `involuntary`: once a month, for want of payment):
                   hazard = 1 / (1 + exp(-(intercept + sum of coefficient x cause))), causes of that week.
                   All moments are listed, also those that came after a notice: the hazard doesn't know who left
expansion.parquet  per account and month: the chance that seats are added

THE BEST POSSIBLE AUC
Take a date D, a horizon of h days, and the accounts that are customers at D without a notice before D. An account's
chance of a notice in [D, D + h) is 1 - product of (1 - hazard) over its decisions in that time. The AUC of that chance
against who truly gave notice is the best that anything can reach, up to luck: what remains is the throw of the dice.
    python -c "from pathlib import Path; import datetime as dt; from salus.demo import best_auc; \\
               print(best_auc(Path('.'), [dt.date(2025, 12, 31)], 90))"
It knows the dates of decisions, causes still to come, and frailty, which no table shows. A score that looks at the
state of the accounts only has a lower bound: the AUC of the health at D (salus.demo.health_auc).
"""


def truth_tables(life: Life) -> dict[str, pa.Table]:
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
            "account_id": life.book.ids,
            "customer_since": dates(life.book.since),
            "notice_on": dates(life.notice, left),
            "ended_on": dates(life.ended, left),
            "voluntary": nullable(life.voluntary, left),
            "fit": life.book.fit,
            "onboarding_quality": life.book.quality,
            "frailty": life.book.frailty,
        }
    )


def _health(life: Life) -> pa.Table:
    """Weeks in which the account is a customer."""
    account, week = np.nonzero(life.alive)
    causes = {
        effect.effect: nullable(life.causes[effect.effect][account, week].astype(np.float32))
        for effect in EFFECTS
        if effect.effect != "frailty"
    }
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "week": dates(life.season.mondays[week]),
            "health": nullable(life.health[account, week]),
            **causes,
            "adoption": nullable(life.adoption[account, week].astype(np.float32)),
            "seats": nullable(life.seats[account, week]),
        }
    )


def _decisions(life: Life) -> pa.Table:
    rows = life.decisions
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(rows.account)),
            "kind": words(KINDS, rows.kind),
            "decided_on": dates(rows.decided),
            "deadline": dates(rows.deadline),
            "ends_on": dates(rows.ends),
            "hazard": life.hazard,
            "notice_given": nullable(rows.decided == life.notice[rows.account]),
        }
    )


def _expansion(life: Life) -> pa.Table:
    account, month = np.nonzero(life.growth.chance > 0)
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "month": dates(life.growth.months[account, month]),
            "chance": life.growth.chance[account, month],
        }
    )
