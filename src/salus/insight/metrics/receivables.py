"""How long money is waited for.

    DSO = receivables at the end ÷ amounts invoiced in the period × days of the period

Best possible DSO takes only receivables that aren't due yet; the rest of it is delinquent.
"""

from __future__ import annotations

import numpy as np

from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import estimate_ratio
from salus.insight.statistics.interval import Interval
from salus.scoring.scored import Floats


def measure_dso(
    owed: Floats, overdue: Floats | None, invoiced: Floats, days: int, invoices: int
) -> Metric:
    """From what each entity owes at the end, what of it is overdue (None: not known), and was
    invoiced in the period.
    """
    sales = float(invoiced.sum())
    if not sales > 0:
        return Metric.refused("days", "nothing was invoiced in the period", invoices)
    some = (invoiced != 0) | (owed != 0)
    found = estimate_ratio(owed[some], invoiced[some])
    more: dict[str, float | None] = {"receivables": float(owed.sum()), "invoiced": sales}
    if overdue is not None:
        late = float(np.minimum(overdue, owed).sum())
        more |= {
            "best_possible": (float(owed.sum()) - late) / sales * days,
            "delinquent": late / sales * days,
        }
    return Metric(
        "days",
        Interval(found.value * days, found.low * days, found.high * days),
        invoices,
        "owed at the end of the period ÷ invoiced in the period × its days",
        more=more,
        unsure=None if found.known else "too few owe anything, or all owe alike, for an interval",
    )
