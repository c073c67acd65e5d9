"""Drift: whether measures are distributed today as they were on past dates.

    PSI = Σ (pᵢ − qᵢ) ln(pᵢ / qᵢ)

The sum runs over the tenths of the earlier values and one part for "no value". The PSI of small
samples is large by chance: about (parts − 1)(1/n + 1/m) where nothing has moved. So it counts as it
is only from 500 entities on. Below, this noise is subtracted, and a chi-square test, corrected for
the number of measures, must agree.

No day is exactly like another: weekends, seasons and late feeds move "days since" on their own. So a
measure has drifted only where it differs more from the dates of the past year together than any
single one of them does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import each_of
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.periods.day import date_of
from salus.scoring.scored import Floats

LARGE = 0.25  # a PSI above this is usually called a major shift
ENOUGH, FEWEST = 500, 50  # entities on both dates: for the PSI as it is; for any warning
PARTS = 10
YEAR, DATES = 365, 6  # days; past dates within them that a warning needs


@dataclass(frozen=True)
class Drift:
    """The drift of one measure."""

    psi: float  # between the past dates together and now
    before: float  # the highest PSI of a single past date
    noise: float  # the PSI that chance alone gives
    chance: float  # p value of a chi-square test


def find_drift(model: Model, panel: Panel, now: Panel) -> Iterator[DataWarning]:
    """Measures that differ more from the dates of the past year together than any single date
    does.
    """
    if len(now):
        panel = panel.at(np.flatnonzero(panel.day >= int(now.day[0]) - YEAR))
    dates, date = np.unique(panel.day, return_inverse=True)
    entities = min(len(np.unique(panel.entity)), len(now))
    if entities < FEWEST or len(dates) < DATES:
        return
    for measure in model.measures:
        drift = measure_drift(panel.points[measure.name], date, now.points[measure.name])
        if _is_large(drift, entities, len(model.measures)):
            yield DataWarning(
                "warning.drift",
                measure=measure.name,
                day=date_of(int(now.day[0])),
                psi=drift.psi,
                before=drift.before,
            )


def _is_large(drift: Drift, entities: int, measures: int) -> bool:
    if drift.psi <= drift.before:
        return False
    if entities >= ENOUGH:
        return drift.psi > LARGE
    return drift.psi - drift.noise > LARGE and drift.chance < 1 - each_of(measures)


def measure_drift(then: Floats, date: NDArray[np.integer], now: Floats) -> Drift:
    """The drift of the points of a measure, NaN without a value. `date` numbers the past dates."""
    known = then[~np.isnan(then)]
    edges = (
        np.unique(np.quantile(known, np.linspace(0, 1, PARTS + 1)[1:-1]))
        if len(known)
        else np.zeros(0)
    )
    dates = range(int(date.max()) + 1)
    each = np.array([_count(then[date == number], edges) for number in dates])
    # Each entity counts once, on however many dates it was active.
    today, past = _count(now, edges), each.mean(axis=0)
    used = past + today > 0
    past, today, each = past[used], today[used], each[:, used]
    noise = (len(past) - 1) * (1 / past.sum() + 1 / len(now))
    before = max(psi(_shares(past), _shares(counts)) for counts in each)
    return Drift(psi(_shares(past), _shares(today)), before, noise, chi_square(past, today))


def _shares(counts: Floats) -> Floats:
    """The shares of the parts, with half a row more in each so that none is empty."""
    return (counts + 0.5) / (counts.sum() + len(counts) / 2)


def _count(values: Floats, edges: Floats) -> NDArray[np.float64]:
    """The rows in each part; the last part has no value."""
    place = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, "right"))
    return np.bincount(place, minlength=len(edges) + 2).astype(np.float64)


def psi(then: Floats, now: Floats) -> float:
    """The population stability index of two lists of shares.

    >>> round(psi(np.full(10, 0.1), np.array([0.2, *[0.8 / 9] * 9])), 6)
    0.081093
    """
    return float(np.sum((then - now) * np.log(then / now)))


def chi_square(then: Floats, now: Floats) -> float:
    """The p value of Pearson's test that two lists of counts have the same distribution."""
    both = then + now
    expected = [both * counts.sum() / both.sum() for counts in (then, now)]
    statistic = sum(
        float(np.sum((counts - mean) ** 2 / mean))
        for counts, mean in zip((then, now), expected, strict=True)
    )
    return float(special.chdtrc(max(len(both) - 1, 1), statistic))
