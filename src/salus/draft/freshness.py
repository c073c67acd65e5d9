"""After how many days without a fact the feed of a source has probably stopped.

A feed that stopped while others go on looks like customers who stopped. So a source is fresh for
twice the longest pause of its last year. Where that is more than a month, silence says nothing.
Nor does it where facts go on, as contracts do: a month without a new one doesn't make the old ones
stale, nor the notices that were given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from salus.draft.lines import SourceDraft
from salus.facts.data_end import GAP, SourceDays, longest_pause

SHORTEST = dt.timedelta(days=3)  # no source must be fresher: facts come late, too


def with_freshness(
    sources: tuple[SourceDraft, ...], days: Iterable[SourceDays], today: dt.date
) -> tuple[SourceDraft, ...]:
    """The sources, each with how `fresh` it must be if its `days` tell."""
    known = {each.source: each for each in days}
    return tuple(
        _with(source, usual_silence(known[source.name], today)) if source.name in known else source
        for source in sources
    )


def usual_silence(source: SourceDays, today: dt.date) -> dt.timedelta | None:
    """Twice the longest pause of a source in its last year, at least three days; None if
    that is more than a month.

    >>> days = [dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(0, 90, 6)]
    >>> usual_silence(SourceDays("tickets", dict.fromkeys(days, 1)), dt.date(2026, 5, 1)).days
    12
    """
    by_today = {day for day in source.days if day <= today}
    pause = longest_pause(by_today, max(by_today)) if by_today else None
    return None if pause is None or 2 * pause > GAP else max(SHORTEST, 2 * pause)


def _with(source: SourceDraft, silence: dt.timedelta | None) -> SourceDraft:
    if silence is None or not source.paced or "fresh" in source.body:
        return source
    return replace(source, body={**source.body, "fresh": f"{silence.days}d"})
