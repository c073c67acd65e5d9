"""The kept facts of each source: how much there is, and whether it is up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salus.facts.cache.partition import parse_partition, source_folder
from salus.facts.partials.requirements import required_partials
from salus.facts.sql.origin import Origin
from salus.model.model import Model
from salus.sources.connection import Connection


@dataclass(frozen=True)
class PartialInventory:
    """The kept facts of one source."""

    source: str
    files: int
    size: int  # bytes
    first: dt.date | None  # months are kept from this day on
    current: bool  # up to date; else the next run refreshes the days that changed

    def __str__(self) -> str:
        since = f", from {self.first}" if self.first else ""
        state = (
            "up to date" if self.current else "outdated: the next run updates the days that changed"
        )
        return f"files: {self.files}, {self.size / 1e6:,.1f} MB{since}, {state}"


def list_partials(model: Model, connection: Connection, folder: Path) -> Iterator[PartialInventory]:
    """The sources of the model that have kept facts in the folder of partials."""
    for name in sorted({spec.source for spec in required_partials(model)}):
        place = folder / source_folder(name)
        files = [path for path in place.glob("*/*/*.parquet") if not path.name.startswith(".")]
        if files:
            partitions = [
                partition
                for partition in map(parse_partition, (path.name for path in files))
                if partition
            ]
            since = min(
                (partition.since for partition in partitions if partition.since), default=None
            )
            current = Origin.of(model, connection, name).identity in {
                path.parent.name for path in files
            }
            yield PartialInventory(
                name, len(files), sum(path.stat().st_size for path in files), since, current
            )
