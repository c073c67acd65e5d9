"""Warnings about sources that aren't fresh on the date that is scored by default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from salus.errors import Problem
from salus.facts.data_end import SourceDays
from salus.model.model import Model
from salus.model.yaml.places import ModelLocations


def check_freshness(
    model: Model, days: Iterable[SourceDays], places: ModelLocations, as_of: dt.date
) -> Iterator[Problem]:
    """A warning for each source whose newest fact is older than `fresh` allows."""
    for source in days:
        fresh = model.sources[source.source].fresh
        newest = max((day for day in source.days if day < as_of), default=None)
        if fresh is None or newest is None or (as_of - newest).days <= fresh:
            continue
        age = (as_of - newest).days
        yield places.problem(
            ("sources", source.source, "fresh"),
            f"source `{source.source}` has no facts after {newest}, {age} days before {as_of}, so its"
            " measures are missing",
            "export its table again; if such a pause is normal, allow more days with `fresh`",
            "warning",
        )
