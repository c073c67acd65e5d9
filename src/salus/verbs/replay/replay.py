"""`salus replay`: the model at many dates, from raw facts, as it would have been known then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from salus.channels.result import TableResult
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.data_end import load_data_end
from salus.facts.population import load_entity_keys
from salus.history.replays import SLAB, Replays, block_of
from salus.model.model import UNKNOWN, Model
from salus.periods.dates import dates
from salus.periods.day import date_of
from salus.scores.compute import nobody
from salus.verbs.replay.notes import notes_of
from salus.verbs.replay.processes import run_in
from salus.verbs.replay.work import Work, prepare, run
from salus.workspace.workspace import Workspace

Progress = Callable[[int, int], None]  # entity-dates done, of how many


@dataclass(frozen=True)
class Replayed(TableResult):
    """A replay that is complete: its dates, what was computed for it, and its rows in `replays`."""

    model: Model
    days: tuple[int, ...]
    every: str
    computed: int  # files written by this run
    there: int  # files that held these dates before
    replays: Replays
    notes: tuple[str, ...] = ()

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(date_of(day) for day in self.days)

    @cached_property
    def bands(self) -> dict[dt.date, dict[str, int]]:
        """Per date how many entities stood in each band, best first, `unknown` last."""
        counts: Counter[tuple[dt.date, str]] = Counter()
        for table in self.replays.read(["as_of", "band"], self.days):
            grouped = table.group_by(["as_of", "band"]).aggregate([([], "count_all")])
            for row in grouped.to_pylist():
                counts[row["as_of"], row["band"]] += row["count_all"]
        names = [*(name for name, _ in self.model.bands), UNKNOWN]
        return {day: {name: counts[day, name] for name in names} for day in self.dates}

    def tables(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The rows file by file, so that memory stays small."""
        return self.replays.read(columns, self.days)

    def to_arrow(self, columns: list[str] | None = None) -> pa.Table:
        """All rows: one per entity and date, by block of days, then entity, then day."""
        return pa.concat_tables(self.tables(columns), promote_options="permissive")

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus replay --json`."""
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "from": self.dates[0].isoformat(),
            "to": self.dates[-1].isoformat(),
            "every": self.every,
            "folder": self.replays.folder.name,
            "files": {"computed": self.computed, "there": self.there},
            "dates": [
                {"as_of": day.isoformat(), "population": sum(bands.values()), "bands": bands}
                for day, bands in self.bands.items()
            ],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        from salus.channels.text.results import replayed

        return replayed(self)


def replay(
    workspace: Workspace,
    first: dt.date,
    last: dt.date | None,
    every: str = "day",
    *,
    fresh: bool = False,
    processes: int = 1,
    progress: Progress | None = None,
) -> Replayed:
    """Compute what is missing of the replay and keep it; `fresh` computes everything anew."""
    model = workspace.model
    connection = workspace.connect()
    try:
        days = dates(first, last or load_data_end(model, connection, workspace.today).as_of, every)
        replays = workspace.store.replays(model, compute_data_fingerprint(model, connection))
        if connection.dialect == "spark":
            return _on_spark(workspace, connection, days, every, replays, fresh=fresh)
        keys = load_entity_keys(model, connection)
        if not len(keys):
            raise nobody(model, date_of(days[-1]))
        slabs = -(-len(keys) // SLAB)
        missing = replays.missing(days, slabs, fresh=fresh)
        work, wanted = Work(missing), len(replays.missing(days, slabs, fresh=True))
        workspace.store.keep_model(model)
        tell = _counted(work, len(keys), progress)
        if processes > 1 and len(work.slabs) > 1:
            prepare(model, connection, workspace.partials, work, keys)
            run_in(processes, workspace.folder, workspace.file, replays, work, tell)
        else:
            run(model, connection, workspace.partials, replays, work, keys, tell)
        replays.forget_other_states()
        return Replayed(
            model,
            days,
            every,
            len(missing),
            wanted - len(missing),
            replays,
            notes_of(model, connection),
        )
    finally:
        connection.close()


def _on_spark(
    workspace: Workspace,
    connection: Any,
    days: tuple[int, ...],
    every: str,
    replays: Replays,
    *,
    fresh: bool,
) -> Replayed:
    """The same by Spark's workers, which write the files; the folders of the project must be theirs
    too.
    """
    from salus.verbs.replay.spark import Partials
    from salus.verbs.replay.spark import replay as by_workers
    from salus.workspace.workspace import KEPT_FROM

    model, store = workspace.model, workspace.store
    if fresh:
        replays.remove()
    store.keep_model(model)
    keep = Partials((workspace.folder / "partials" / "spark").resolve().as_uri(), KEPT_FROM)
    computed = by_workers(
        model, connection, np.array(days, dtype=np.int32), replays.folder.resolve().as_uri(), keep
    )
    replays.forget_other_states()
    blocks = {block_of(day) for day in computed}
    return Replayed(
        model,
        days,
        every,
        len(blocks),
        len({block_of(day) for day in days} - blocks),
        replays,
        notes_of(model, connection),
    )


def _counted(work: Work, count: int, progress: Progress | None) -> Callable[[int], None]:
    """Adds up what is done, of all that is to be done."""
    whole = sum(min(SLAB, count - part.slab * SLAB) * len(part.days) for part in work.parts)
    done = 0

    def tell(cells: int) -> None:
        nonlocal done
        done += cells
        if progress is not None:
            progress(done, whole)

    if progress is not None:
        progress(0, whole)
    return tell
