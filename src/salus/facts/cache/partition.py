"""The days that a file of kept partials holds, and its name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from salus.facts.partials.day_ranges import month_after

_MONTH = re.compile(r"(\d{4}-\d{2}-\d{2})\.parquet")
_BEFORE = re.compile(r"before-(\d{4}-\d{2}-\d{2})\.parquet")
_LATER = re.compile(r"(\d{4}-\d{2}-\d{2})\+(\d{4}-\d{2}-\d{2})\.parquet")


@dataclass(frozen=True)
class Partition:
    """The days known that a file holds: from `since` on (None: from the first), before `stop`.

    `after`: the first day of the file that this one continues, for days of the same month that were
    added later (refresh.py).
    """

    since: dt.date | None
    stop: dt.date
    after: dt.date | None = None

    @property
    def file(self) -> str:
        if self.after is not None and self.since is not None:
            return f"{self.after.isoformat()}+{self.since.isoformat()}.parquet"
        return (
            f"before-{self.stop.isoformat()}.parquet"
            if self.since is None
            else f"{self.since.isoformat()}.parquet"
        )

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or day >= self.since) and day < self.stop


def source_folder(source: str) -> str:
    """The name of the folder in which a source's facts are kept."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", source)[:60]


def parse_partition(name: str) -> Partition | None:
    """The days that a file of this name holds; None if Salus doesn't write such names.

    >>> parse_partition("2025-02-07.parquet")
    Partition(since=datetime.date(2025, 2, 7), stop=datetime.date(2025, 3, 1), after=None)
    """
    if later := _LATER.fullmatch(name):
        since = dt.date.fromisoformat(later[2])
        return Partition(since, month_after(since), dt.date.fromisoformat(later[1]))
    if month := _MONTH.fullmatch(name):
        since = dt.date.fromisoformat(month[1])
        return Partition(since, month_after(since))
    before = _BEFORE.fullmatch(name)
    return Partition(None, dt.date.fromisoformat(before[1])) if before else None


def group_partitions(names: Iterable[str]) -> list[list[Partition]]:
    """The partitions of these files: each one with those that continue it, without overlaps.

    >>> [[(each.since.day, each.stop.day) for each in group] for group in group_partitions(["2025-02-01+2025-02-12.parquet",
    ...     "2025-02-01.parquet", "2025-02-01+2025-02-14.parquet"])]
    [[(1, 12), (12, 14), (14, 1)]]
    >>> [each.file for each in group_partitions(["2025-02-01+2025-02-01.parquet", "2025-02-01.parquet"])[0]]
    ['2025-02-01.parquet', '2025-02-01+2025-02-01.parquet']
    """
    groups: dict[dt.date | None, list[Partition]] = {}
    for partition in filter(None, map(parse_partition, sorted(names))):
        groups.setdefault(
            partition.stop if partition.since is None else partition.after or partition.since, []
        ).append(partition)
    for group in groups.values():
        group.sort(key=lambda each: (each.since or dt.date.min, each.after is not None))
    return [_end_at_next(group) for group in groups.values()]


def _end_at_next(partitions: Sequence[Partition]) -> list[Partition]:
    """The partitions, each ending where the next one begins."""
    return [
        *(
            replace(each, stop=following.since or each.stop)
            for each, following in pairwise(partitions)
        ),
        partitions[-1],
    ]
