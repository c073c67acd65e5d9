"""Whether what a score tells comes too late, or is read off the decision itself.

Close to the end much is known because it is decided: talks stop, tickets ask how to export, a mood
is entered after the call. Such a score looks good, and is of no use. So each row is judged a second
time by what stood one more notice period earlier, against the same outcome. Slow risk hardly fades
by that; what follows the decision is gone at once. Of a sign that is honest and sudden the same is
true: the figures can't tell the two apart, the days on which facts were recorded can.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import Interval, each_of
from salus.insight.validation.comparison import fill_neutral
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.periods.day import NEVER
from salus.scoring.scored import Floats

FALL = 0.05  # of AUC, by which it may fall
FEWEST = 10  # entities with the outcome among the rows that have an earlier one


def find_late_signals(
    model: Model, panel: Panel, sign: float, notice: int | None
) -> Iterator[DataWarning]:
    """The score, and each measure, whose AUC certainly falls by more than `FALL`; without a notice
    period nothing is said.
    """
    if notice is None:
        return
    now, before = pairs(panel, notice)
    rows = panel.at(now)
    if not len(now) or rows.had_outcome.all() or rows.events < FEWEST:
        return
    figures: dict[str | None, Floats] = {None: panel.score}
    figures |= {one.name: fill_neutral(panel.points[one.name]) for one in model.measures}
    for name, values in figures.items():
        found = fall(sign * values[now], sign * values[before], rows, each_of(len(figures)))
        if found is not None and found.low > FALL:
            if name is None:
                yield DataWarning("warning.late_score", loss=found.value, days=notice)
            else:
                yield DataWarning("warning.late", measure=name, loss=found.value, days=notice)


def pairs(panel: Panel, notice: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows, and of each the same entity's latest row at least `notice` days before it; rows without
    one are left out.
    """
    order = np.lexsort((panel.day, panel.entity))
    far = np.int64(2 * NEVER)
    place = panel.entity[order] * far + panel.day[order]
    at = np.searchsorted(place, panel.entity * far + panel.day - notice, "right") - 1
    before = order[np.maximum(at, 0)]
    there = (at >= 0) & (panel.entity[before] == panel.entity)
    return np.flatnonzero(there), before[there]


def fall(now: Floats, before: Floats, rows: Panel, level: float) -> Interval | None:
    """The AUC of risks now less that of the earlier ones, on the same rows; None where either is
    missing too often.
    """
    both = np.flatnonzero(~np.isnan(now) & ~np.isnan(before))
    some = rows.at(both)
    if not len(both) or some.had_outcome.all() or some.events < FEWEST:
        return None
    return auc(now[both], some.had_outcome, some.entity).against(
        auc(before[both], some.had_outcome, some.entity), level
    )
