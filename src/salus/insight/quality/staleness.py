"""Sources and outcomes that stopped while others went on.

A broken feed looks like inactive customers, and a list of outcomes that nobody maintains looks like
a company that loses nobody. Where the model says how `fresh` a source must be, that counts. Otherwise
the gap at the end is compared with the gaps before: among n similar gaps, one twice as long as the
longest would be chance about once in n² cases.

A table goes on as long as any of its rows is new: another source reads it, or a contract ends. And
where most entities have facts on a single day, as with contracts and yearly invoices, the rows are
no feed: nobody knows when the next one is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model
from salus.periods.day import date_of

TIMES = 2  # the longest gap before
SHORT = 31  # days of a gap that is normal for every source
FEWEST = 30  # days with facts, so that the usual gaps are known
REPEATED = 2  # days with facts of the median entity, so that more are expected


@dataclass(frozen=True)
class TableNews:
    """What a source's table shows beside the source itself: the `days` on which anything in it became
    known or ended, and the number of days with facts of the source's median entity.
    """

    days: NDArray[np.integer]
    per_entity: float


def find_stale_sources(
    model: Model,
    known: Mapping[str, NDArray[np.integer]],
    end: int,
    load_news: Callable[[str], TableNews],
) -> Iterator[DataWarning]:
    """Sources without new facts. `known` are the days on which each source had new facts, `end` is
    the day after the last of all facts. `load_news` is called only for a source that seems stale.
    """
    for name, days in known.items():
        fresh = model.sources[name].fresh
        gap = _long_gap(days, end, fresh)
        if gap is not None and fresh is None:
            news = load_news(name)
            gap = _long_gap(news.days, end) if news.per_entity >= REPEATED else None
        if gap is not None:
            yield DataWarning("warning.stale", source=name, day=date_of(end - 1 - gap), days=gap)


def find_stopped_outcome(
    outcome: str, days: NDArray[np.integer], end: int
) -> Iterator[DataWarning]:
    """An outcome without new events, because later dates would count every entity as one without
    it.
    """
    gap = _long_gap(days, end)
    if gap is not None:
        yield DataWarning("warning.stopped", outcome=outcome, day=date_of(end - 1 - gap), days=gap)


def usual_gap(days: NDArray[np.integer], end: int) -> int | None:
    """The longest usual gap in days; None where there are too few days with facts.

    >>> usual_gap(np.arange(0, 400, 10), 400), usual_gap(np.arange(0, 400, 30), 400)
    (31, None)
    """
    past = np.unique(days[days < end])
    return max(SHORT, TIMES * int(np.diff(past).max())) if len(past) >= FEWEST else None


def _long_gap(days: NDArray[np.integer], end: int, fresh: int | None = None) -> int | None:
    """The days from the last fact to the end, if they are more than `fresh` or the usual gap; None
    if not, or without facts.
    """
    past, limit = days[days < end], fresh or usual_gap(days, end)
    gap = end - 1 - int(past.max()) if len(past) else None
    return gap if gap is not None and limit is not None and gap > limit else None
