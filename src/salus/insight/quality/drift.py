"""Whether measures are distributed today as they were on the dates that a score was judged on.

    PSI = Σ (pᵢ − qᵢ) ln(pᵢ / qᵢ)

over the tenths of the earlier values and one part for "no value". PSI of small samples is large by
chance alone: about (parts − 1)(1/n + 1/m) is expected where nothing moved. So it is taken as it is
from 500 entities on; below, that noise is subtracted, and a chi-square test, corrected for the
number of measures, must agree.

One day is never quite like another: weekends, seasons and feeds that lag move "days since" by
themselves. So a measure has drifted only where it is further from the dates of the past year taken
together than any one of them was.
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

LARGE = 0.25  # PSI that is usually called a major shift
ENOUGH, FEWEST = 500, 50  # entities on both dates: for PSI as it is; for anything to be said
PARTS = 10
YEAR, DATES = 365, 6  # days; past dates in them, under which their own swings aren't known


@dataclass(frozen=True)
class Drift:
    """PSI between the past dates together and now, and the greatest of a single past date; what of
    it is expected by chance; the p-value of a chi-square test."""

    psi: float
    before: float
    noise: float
    chance: float


def find_drift(model: Model, panel: Panel, now: Panel) -> Iterator[DataWarning]:
    """Measures that lie further from the dates of the past year taken together than any single one
    of them does.
    """
    if len(now):
        panel = panel.at(np.flatnonzero(panel.day >= int(now.day[0]) - YEAR))
    dates, date = np.unique(panel.day, return_inverse=True)
    entities = min(len(np.unique(panel.entity)), len(now))
    if entities < FEWEST or len(dates) < DATES:
        return
    for measure in model.measures:
        found = drift(panel.points[measure.name], date, now.points[measure.name])
        if _moved(found, entities, len(model.measures)):
            yield DataWarning(
                "warning.drift",
                measure=measure.name,
                day=date_of(int(now.day[0])),
                psi=found.psi,
                before=found.before,
            )


def _moved(found: Drift, entities: int, measures: int) -> bool:
    if found.psi <= found.before:
        return False
    if entities >= ENOUGH:
        return found.psi > LARGE
    return found.psi - found.noise > LARGE and found.chance < 1 - each_of(measures)


def drift(then: Floats, date: NDArray[np.integer], now: Floats) -> Drift:
    """Of one measure's points, NaN without a value; `date` numbers the past dates."""
    known = then[~np.isnan(then)]
    edges = (
        np.unique(np.quantile(known, np.linspace(0, 1, PARTS + 1)[1:-1]))
        if len(known)
        else np.zeros(0)
    )
    each = np.array([_counts(then[date == one], edges) for one in range(int(date.max()) + 1)])
    today, past = (
        _counts(now, edges),
        each.mean(axis=0),
    )  # an entity counts once, however many dates it was there
    used = past + today > 0
    past, today, each = past[used], today[used], each[:, used]
    noise = (len(past) - 1) * (1 / past.sum() + 1 / len(now))
    before = max(psi(_shares(past), _shares(one)) for one in each)
    return Drift(psi(_shares(past), _shares(today)), before, noise, chi_square(past, today))


def _shares(counts: Floats) -> Floats:
    """Half a row more in each part, so that none is empty."""
    return (counts + 0.5) / (counts.sum() + len(counts) / 2)


def _counts(values: Floats, edges: Floats) -> NDArray[np.float64]:
    """Rows in each part; the last: without a value."""
    place = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, "right"))
    return np.bincount(place, minlength=len(edges) + 2).astype(np.float64)


def psi(then: Floats, now: Floats) -> float:
    """The population stability index of two lists of shares.

    >>> round(psi(np.full(10, 0.1), np.array([0.2, *[0.8 / 9] * 9])), 6)
    0.081093
    """
    return float(np.sum((then - now) * np.log(then / now)))


def chi_square(then: Floats, now: Floats) -> float:
    """The p-value of Pearson's test that two lists of counts are from one distribution."""
    both = then + now
    expected = [both * one.sum() / both.sum() for one in (then, now)]
    statistic = sum(
        float(np.sum((one - mean) ** 2 / mean))
        for one, mean in zip((then, now), expected, strict=True)
    )
    return float(special.chdtrc(max(len(both) - 1, 1), statistic))
