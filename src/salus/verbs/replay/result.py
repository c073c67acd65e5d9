"""The result of a replay."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from salus.channels.result import RowResult, TableResult
from salus.history.replays import Replays
from salus.model.model import UNKNOWN, Model
from salus.periods.day import date_of


@dataclass(frozen=True)
class ReplayDate:
    """One date of a replay."""

    as_of: dt.date
    population: int  # entities scored
    bands: dict[str, int]  # entities in each band, best band first, `unknown` last

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "as_of": self.as_of.isoformat(),
            "population": self.population,
            "bands": self.bands,
        }


@dataclass(frozen=True, kw_only=True)
class ReplayResult(TableResult, RowResult[ReplayDate]):
    """The dates of a replay, how many files were computed for it, and its rows in `replays`."""

    model: Model
    days: tuple[int, ...]
    every: str
    computed: int  # files written by this run
    reused: int  # files that were complete before
    replays: Replays
    notes: tuple[str, ...] = ()

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates that were scored, oldest first."""
        return tuple(date_of(day) for day in self.days)

    @cached_property
    def bands(self) -> dict[dt.date, dict[str, int]]:
        """The number of entities in each band on each date, best band first, `unknown` last."""
        counts: Counter[tuple[dt.date, str]] = Counter()
        for table in self.replays.read(["as_of", "band"], self.days):
            grouped = table.group_by(["as_of", "band"]).aggregate([([], "count_all")])
            for row in grouped.to_pylist():
                counts[row["as_of"], row["band"]] += row["count_all"]
        names = [*(name for name, _ in self.model.bands), UNKNOWN]
        return {day: {name: counts[day, name] for name in names} for day in self.dates}

    @property
    def rows(self) -> tuple[ReplayDate, ...]:
        """The dates that were scored, oldest first."""
        return tuple(
            ReplayDate(day, sum(bands.values()), bands) for day, bands in self.bands.items()
        )

    def __len__(self) -> int:
        return len(self.days)

    def _dates(self) -> str:
        return f"{self.dates[0]} to {self.dates[-1]}" if self.days else ""

    def tables(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The rows, one table per file, so that little memory is needed."""
        return self.replays.read(columns, self.days)

    def to_arrow(self, columns: list[str] | None = None) -> pa.Table:
        """All rows, one per entity and date: by block of days, then entity, then day."""
        return pa.concat_tables(self.tables(columns), promote_options="permissive")

    def as_dict(self) -> dict[str, object]:
        """The document of `salus replay --json`."""
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "from": self.dates[0].isoformat(),
            "to": self.dates[-1].isoformat(),
            "every": self.every,
            "folder": self.replays.folder.name,
            "files": {"computed": self.computed, "there": self.reused},
            "dates": [date.as_dict() for date in self.rows],
            "notes": list(self.notes),
        }
