"""Sources, and outcomes, that stopped while the others went on.

A feed that died looks like customers who went quiet, and a list of outcomes that nobody keeps any
more like a company that loses nobody. Where the model says how `fresh` a source is to be, that
counts. Else the silence at the end is held against the silences before: were n of them alike by
chance, one twice as long as the longest of all would come about once in n² times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model
from salus.periods.day import date_of

TIMES = 2  # the longest silence before
SHORT = 31  # days of silence that are nothing, however busy a source is
FEWEST = 30  # days on which something came, from which on its silences are known


def find_stale_sources(
    model: Model, known: Mapping[str, NDArray[np.integer]], end: int
) -> Iterator[DataWarning]:
    """Sources; `known` are the days on which each had something new, `end` the day after the last
    of all facts.
    """
    for name, days in known.items():
        silent = _silent(days, end)
        limit = model.sources[name].fresh or usual(days, end)
        if silent is not None and limit is not None and silent > limit:
            yield DataWarning(
                "warning.stale", source=name, day=date_of(end - 1 - silent), days=silent
            )


def find_stopped_outcome(
    outcome: str, days: NDArray[np.integer], end: int
) -> Iterator[DataWarning]:
    """The same of the days of an outcome: later dates would count everybody as one to whom nothing
    came.
    """
    silent, limit = _silent(days, end), usual(days, end)
    if silent is not None and limit is not None and silent > limit:
        yield DataWarning(
            "warning.stopped", outcome=outcome, day=date_of(end - 1 - silent), days=silent
        )


def usual(days: NDArray[np.integer], end: int) -> int | None:
    """The days of silence that are usual; None where too little came to tell.

    >>> usual(np.arange(0, 400, 10), 400), usual(np.arange(0, 400, 30), 400)
    (31, None)
    """
    seen = np.unique(days[days < end])
    return max(SHORT, TIMES * int(np.diff(seen).max())) if len(seen) >= FEWEST else None


def _silent(days: NDArray[np.integer], end: int) -> int | None:
    seen = days[days < end]
    return end - 1 - int(seen.max()) if len(seen) else None
