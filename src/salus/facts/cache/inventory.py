"""What is kept of each source's facts: how much, and whether it is of the data as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salus.facts.cache.partitions import parse_partition, source_folder
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
    first: dt.date | None  # months are kept from here on
    current: bool  # of the data as they are now; else the next run refreshes the touched days

    def __str__(self) -> str:
        since = f", from {self.first}" if self.first else ""
        state = (
            "up to date" if self.current else "outdated: the next run updates the days that changed"
        )
        return f"files: {self.files}, {self.size / 1e6:,.1f} MB{since}, {state}"


def list_partials(model: Model, connection: Connection, folder: Path) -> Iterator[PartialInventory]:
    """The sources of the model of which something is kept in the folder of partials."""
    for name in sorted({shape.source for shape in required_partials(model)}):
        place = folder / source_folder(name)
        files = [path for path in place.glob("*/*/*.parquet") if not path.name.startswith(".")]
        if files:
            stretches = [
                stretch
                for stretch in map(parse_partition, (path.name for path in files))
                if stretch
            ]
            since = min((stretch.since for stretch in stretches if stretch.since), default=None)
            current = Origin.of(model, connection, name).identity in {
                path.parent.name for path in files
            }
            yield PartialInventory(
                name, len(files), sum(path.stat().st_size for path in files), since, current
            )
