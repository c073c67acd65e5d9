"""How `fresh` a proposed source must be."""

from __future__ import annotations

import datetime as dt

import pytest

from salus.draft.freshness import with_freshness
from salus.draft.lines import SourceDraft
from salus.facts.data_end import SourceDays

TODAY = dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("paced", "every", "fresh"),
    [(True, 1, "3d"), (True, 7, "14d"), (True, 20, None), (False, 7, None)],
)
def test_fresh_is_twice_the_longest_pause(paced: bool, every: int, fresh: str | None) -> None:
    """A source that isn't `paced`, such as contracts, has none, however often it gets new rows."""
    days = {TODAY - dt.timedelta(days=back): 1 for back in range(300, 0, -every)}
    draft = SourceDraft("facts", {"table": "facts"}, "", paced=paced)
    (result,) = with_freshness((draft,), [SourceDays("facts", days)], TODAY)
    assert result.body.get("fresh") == fresh
