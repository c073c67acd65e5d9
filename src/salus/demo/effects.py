"""The causes that change an account of the demo company, and their sizes.

Each cause is a number per account and week. It acts on the log-odds of a notice, on the log-odds
that a seat is in use, on the log of the number of tickets, on the mood of people, and on how late
invoices are paid. One of them, frailty, can't be seen in any table.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from salus.demo.season import Floats


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One cause, and how much one unit of it adds."""

    effect: str
    notice: float
    usage: float = 0.0
    tickets: float = 0.0
    sentiment: float = 0.0
    payment: float = 0.0
    expansion: float = 0.0
    meaning: str = ""


EFFECTS = (
    Effect(
        effect="mood",
        notice=-1.60,
        usage=0.50,
        tickets=-0.30,
        sentiment=0.85,
        payment=-0.30,
        expansion=0.5,
        meaning="how content people are; drifts from week to week around 0, standard deviation 1",
    ),
    Effect(
        effect="fit",
        notice=-1.40,
        usage=0.60,
        sentiment=0.45,
        expansion=0.6,
        meaning="how well the product suits the account; fixed, mean 0, standard deviation 1",
    ),
    Effect(
        effect="onboarding",
        notice=-0.50,
        usage=0.40,
        tickets=-0.20,
        sentiment=0.20,
        expansion=0.2,
        meaning=(
            "quality of the onboarding, mean 0, standard deviation 1; fades over the first years"
        ),
    ),
    Effect(
        effect="champion_left",
        notice=1.70,
        usage=-0.60,
        sentiment=-0.30,
        expansion=-0.8,
        meaning="1 when the champion or the sponsor leaves, then fading by 3 % a week",
    ),
    Effect(
        effect="usage_drop",
        notice=2.00,
        usage=-1.90,
        sentiment=-0.20,
        expansion=-1.5,
        meaning="depth 0 to 1 of a spell in which a team stops working with the product",
    ),
    Effect(
        effect="outage",
        notice=0.70,
        usage=-0.10,
        tickets=1.20,
        sentiment=-0.90,
        meaning="1 when the account is hit by an outage, then fading by 10 % a week",
    ),
    Effect(
        effect="support_pain",
        notice=1.50,
        usage=-0.25,
        tickets=1.50,
        sentiment=-0.80,
        meaning="depth 0 to 1 of a spell of trouble with the product that support can't end",
    ),
    Effect(
        effect="price_rise",
        notice=0.60,
        sentiment=-0.40,
        payment=0.20,
        expansion=-0.4,
        meaning=(
            "about 1 from twenty weeks before a price rise takes effect until eight weeks after"
        ),
    ),
    Effect(
        effect="payment_trouble",
        notice=0.40,
        sentiment=-0.10,
        payment=2.00,
        expansion=-1.0,
        meaning="depth 0 to 1 of a spell in which the account is short of money",
    ),
    Effect(
        effect="frailty",
        notice=0.60,
        meaning=(
            "what nobody can see: a strategy, a competitor, a new owner; fixed, mean 0, standard"
            " deviation 1"
        ),
    ),
)
INTERCEPTS = {"term": -4.55, "month": -6.75, "involuntary": -7.15}
#: The only causes of an involuntary end, which follows from missing payments.
INVOLUNTARY = {"payment_trouble": 3.6, "frailty": 0.3}


def sum_effects(causes: dict[str, Floats], on: str) -> Floats:
    """The sum of the effects of some causes.

    `on`: `notice`, `usage`, `tickets`, `sentiment`, `payment` or `expansion`.
    """
    rates = {effect.effect: getattr(effect, on) for effect in EFFECTS}
    parts = [rates[name] * cause for name, cause in causes.items() if rates[name]]
    total: Floats = np.sum(parts, axis=0)
    return total


def build_effect_table() -> pa.Table:
    """The table `truth/effects.csv`."""
    return pa.table(
        {
            field.name: [getattr(effect, field.name) for effect in EFFECTS]
            for field in fields(Effect)
        }
    )
