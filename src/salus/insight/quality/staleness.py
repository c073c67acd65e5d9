"""Sources and outcomes that stopped while others went on.

A broken feed looks like inactive customers, and a list of outcomes that nobody maintains looks like
a company that loses nobody. Where the model says how `fresh` a source must be, that counts. Otherwise
the gap at the end is compared with the gaps before: among n similar gaps, one twice as long as the
longest would be chance about once in n² cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model
from salus.periods.day import date_of

TIMES = 2  # the longest gap before
SHORT = 31  # days of a gap that is normal for every source
FEWEST = 30  # days with facts, so that the usual gaps are known


def find_stale_sources(
    model: Model, known: Mapping[str, NDArray[np.integer]], end: int
) -> Iterator[DataWarning]:
    """Sources without new facts. `known` are the days on which each source had new facts, `end` is
    the day after the last of all facts.
    """
    for name, days in known.items():
        gap = _last_gap(days, end)
        limit = model.sources[name].fresh or usual_gap(days, end)
        if gap is not None and limit is not None and gap > limit:
            yield DataWarning("warning.stale", source=name, day=date_of(end - 1 - gap), days=gap)


def find_stopped_outcome(
    outcome: str, days: NDArray[np.integer], end: int
) -> Iterator[DataWarning]:
    """An outcome without new events, because later dates would count every entity as one without
    it.
    """
    gap, limit = _last_gap(days, end), usual_gap(days, end)
    if gap is not None and limit is not None and gap > limit:
        yield DataWarning("warning.stopped", outcome=outcome, day=date_of(end - 1 - gap), days=gap)


def usual_gap(days: NDArray[np.integer], end: int) -> int | None:
    """The longest usual gap in days; None where there are too few days with facts.

    >>> usual_gap(np.arange(0, 400, 10), 400), usual_gap(np.arange(0, 400, 30), 400)
    (31, None)
    """
    past = np.unique(days[days < end])
    return max(SHORT, TIMES * int(np.diff(past).max())) if len(past) >= FEWEST else None


def _last_gap(days: NDArray[np.integer], end: int) -> int | None:
    """The days from the last fact to the end; None without facts."""
    past = days[days < end]
    return end - 1 - int(past.max()) if len(past) else None
