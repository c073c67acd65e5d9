"""The first ninety days: steps with a date on which they are due, and one on which they were
done.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import dates, nullable, words
from salus.demo.draw import generator, sigmoid
from salus.demo.life import Life
from salus.demo.names import csm

STEPS = ("kick-off", "data import", "first order", "team trained", "first report sent", "handover")
DUE = np.array([7, 21, 30, 45, 60, 90])  # days after signing
WEIGHTS = np.array([1, 2, 3, 2, 3, 1])


def milestone_table(life: Life, seed: int, part: int) -> dict[str, pa.Table]:
    """`milestone`: late or left out where the onboarding was poor."""
    rng, book = generator(seed, part, "milestones"), life.book
    shape = len(book), len(STEPS)
    quality = book.quality[:, None] + rng.normal(0, 0.7, shape)
    takes = np.maximum(1, DUE * np.exp(-0.15 - 0.35 * quality)).astype(np.int64)
    done = book.since[:, None] + np.maximum.accumulate(takes, axis=1)
    skipped = rng.random(shape) < sigmoid(-2.6 - 1.0 * quality)
    until = np.minimum(life.season.last, life.notice)[:, None]
    account, step = (grid.ravel() for grid in np.indices(shape))
    return {
        "milestone": pa.table(
            {
                "account_id": pa.array(book.ids).take(pa.array(account)),
                "template": ["standard"] * account.size,
                "step": words(STEPS, step),
                "weight": nullable(WEIGHTS[step]),
                "due_on": dates(book.since[account] + DUE[step]),
                "done_on": dates(done.ravel(), (~skipped & (done <= until)).ravel()),
                "owner": words(
                    [csm(number) for number in range(int(book.csm.max()) + 1)], book.csm[account]
                ),
            }
        )
    }
