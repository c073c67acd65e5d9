"""The table of onboarding steps in the first ninety days: when they were due and done."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import to_array, to_dates, to_words
from salus.demo.draw import make_generator, sigmoid
from salus.demo.life import Life
from salus.demo.names import invent_csm_email

STEPS = ("kick-off", "data import", "first order", "team trained", "first report sent", "handover")
DUE = np.array([7, 21, 30, 45, 60, 90])  # days after signing
WEIGHTS = np.array([1, 2, 3, 2, 3, 1])


def build_milestone_table(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`milestone`. After poor onboarding, steps are late or missing."""
    rng, customers = make_generator(seed, part, "milestones"), life.customers
    shape = len(customers), len(STEPS)
    quality = customers.quality[:, None] + rng.normal(0, 0.7, shape)
    takes = np.maximum(1, DUE * np.exp(-0.15 - 0.35 * quality)).astype(np.int64)
    done = customers.since[:, None] + np.maximum.accumulate(takes, axis=1)
    skipped = rng.random(shape) < sigmoid(-2.6 - 1.0 * quality)
    until = np.minimum(life.season.last, life.notice)[:, None]
    account, step = (grid.ravel() for grid in np.indices(shape))
    return {
        "milestone": pa.table(
            {
                "account_id": pa.array(customers.ids).take(pa.array(account)),
                "template": ["standard"] * account.size,
                "step": to_words(STEPS, step),
                "weight": to_array(WEIGHTS[step]),
                "due_on": to_dates(customers.since[account] + DUE[step]),
                "done_on": to_dates(done.ravel(), (~skipped & (done <= until)).ravel()),
                "owner": to_words(
                    [invent_csm_email(number) for number in range(int(customers.csm.max()) + 1)],
                    customers.csm[account],
                ),
            }
        )
    }
