"""DSO (days sales outstanding): how long a company waits for its money.

    DSO = receivables at the end ÷ amounts invoiced in the period × days of the period

The best possible DSO counts only receivables that aren't due yet. The rest is delinquent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import estimate_ratio
from salus.insight.statistics.interval import Interval
from salus.scoring.scored import Floats


@dataclass(frozen=True)
class Receivables:
    """Amounts of each entity, and the number of invoices in the period."""

    owed: Floats  # at the end of the period
    overdue: Floats | None  # at the end of the period; None: not known
    invoiced: Floats  # in the period
    invoices: int


def measure_dso(receivables: Receivables, days: int) -> Metric:
    """The DSO of a period of so many days; refused where nothing was invoiced."""
    owed, invoiced = receivables.owed, receivables.invoiced
    sales = float(invoiced.sum())
    if not sales > 0:
        return Metric.refused("days", Finding("metric.nothing_invoiced"), receivables.invoices)
    used = (invoiced != 0) | (owed != 0)
    ratio = estimate_ratio(owed[used], invoiced[used])
    details: dict[str, float | None] = {"receivables": float(owed.sum()), "invoiced": sales}
    if receivables.overdue is not None:
        late = float(np.minimum(receivables.overdue, owed).sum())
        details |= {
            "best_possible": (float(owed.sum()) - late) / sales * days,
            "delinquent": late / sales * days,
        }
    return Metric(
        unit="days",
        estimate=Interval(ratio.value * days, ratio.low * days, ratio.high * days),
        n=receivables.invoices,
        definition=(Finding("definition.dso"),),
        details=details,
        no_interval=None if ratio.known else Finding("metric.few_debts"),
    )
