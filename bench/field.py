"""The data and projects of the contestants of many dates: the events of a size, and projects over
them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from bench.events import AS_OF, Size, prepared
from bench.laid import laid
from bench.measured import Taken, taken

DATES = 365
FIRST = AS_OF - dt.timedelta(days=DATES - 1)
ROUNDS = 3
RECORDED = {"batch": "received_batch", "own": "received_own"}


def run(name: str, place: Path, first: dt.date = FIRST, last: dt.date = AS_OF, *more: str) -> Taken:
    """One contestant of many.py."""
    return taken(
        [
            sys.executable,
            "-m",
            "bench.many",
            name,
            str(place),
            first.isoformat(),
            last.isoformat(),
            *more,
        ]
    )


def forget(project: Path, *folders: str) -> None:
    for folder in folders:
        shutil.rmtree(project / folder, ignore_errors=True)


@dataclass(frozen=True)
class Field:
    """The events of a size, a project over them, and one for each way in which facts are late."""

    events: Path
    project: Path
    late: Mapping[str, Path]

    @classmethod
    def of(cls, size: Size, folder: Path) -> Field:
        events = prepared(size, folder).resolve()
        place = events / "replay"
        late = {
            name: laid(
                place / name,
                events,
                ("time: occurred_at", f"time: occurred_at, recorded: {column}"),
            )
            for name, column in RECORDED.items()
        }
        return cls(events, laid(place / "project", events), late)

    @property
    def rows(self) -> int:
        return sum(
            pq.ParquetFile(part).metadata.num_rows for part in (self.events / "events").iterdir()
        )

    def whole(self, first: dt.date = FIRST) -> Taken:
        """Partials, values, scores and files, when nothing is kept yet."""
        forget(self.project, "partials", "history")
        return run("replay", self.project, first)

    def written(self, processes: int) -> Taken:
        """The replay from kept partials, including its files."""
        forget(self.project, "history")
        return run("replay", self.project, FIRST, AS_OF, str(processes))

    def checksum(self) -> str:
        """A checksum of all files of the replay and their names."""
        total = hashlib.sha256()
        folder = self.project / "history" / "replay"
        for path in sorted(folder.rglob("*.parquet")):
            total.update(
                path.relative_to(folder).as_posix().encode()
                + hashlib.sha256(path.read_bytes()).digest()
            )
        return total.hexdigest()
