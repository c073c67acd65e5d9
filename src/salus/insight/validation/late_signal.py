"""Whether a score gives its signal too late, or only follows the decision.

Shortly before the end much is known because the customer has decided: talks stop, tickets ask how to
export, someone records a bad mood after the call. A score of such signs looks good but helps nobody.
So each row is evaluated a second time with the score from one notice period earlier, against the
same outcome. A slow risk still shows then; what follows the decision doesn't. A sign that is real
but sudden doesn't show either: the figures can't separate the two, but the days on which facts were
recorded can.
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

FALL = 0.05  # of AUC that is acceptable
FEWEST = 10  # entities with the outcome among the rows that have an earlier row


def find_late_signals(
    model: Model, panel: Panel, sign: float, notice: int | None
) -> Iterator[DataWarning]:
    """The score and the measures whose AUC certainly falls by more than `FALL`; none without a
    notice period.
    """
    if notice is None:
        return
    now, before = pair_rows(panel, notice)
    rows = panel.at(now)
    if not len(now) or rows.had_outcome.all() or rows.events < FEWEST:
        return
    figures: dict[str | None, Floats] = {None: panel.score}
    names = [measure.name for measure in model.measures]
    figures |= {name: fill_neutral(panel.points[name]) for name in names}
    for name, values in figures.items():
        loss = measure_loss(sign * values[now], sign * values[before], rows, each_of(len(figures)))
        if loss is not None and loss.low > FALL:
            if name is None:
                yield DataWarning("warning.late_score", loss=loss.value, days=notice)
            else:
                yield DataWarning("warning.late", measure=name, loss=loss.value, days=notice)


def pair_rows(panel: Panel, notice: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows, and for each the latest row of the same entity at least `notice` days before it. Rows
    without such a row are left out.
    """
    order = np.lexsort((panel.day, panel.entity))
    far = np.int64(2 * NEVER)
    place = panel.entity[order] * far + panel.day[order]
    at = np.searchsorted(place, panel.entity * far + panel.day - notice, "right") - 1
    before = order[np.maximum(at, 0)]
    paired = (at >= 0) & (panel.entity[before] == panel.entity)
    return np.flatnonzero(paired), before[paired]


def measure_loss(now: Floats, before: Floats, rows: Panel, level: float) -> Interval | None:
    """The AUC of the risks now minus the AUC of the earlier risks, on the same rows. None where
    either is missing too often.
    """
    both = np.flatnonzero(~np.isnan(now) & ~np.isnan(before))
    known = rows.at(both)
    if not len(both) or known.had_outcome.all() or known.events < FEWEST:
        return None
    return auc(now[both], known.had_outcome, known.entity).against(
        auc(before[both], known.had_outcome, known.entity), level
    )
