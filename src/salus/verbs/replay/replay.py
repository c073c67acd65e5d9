"""`salus replay`: the scores on many past dates, each from what was known on that date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import salus.verbs.replay.text  # noqa: F401  registers the text of the result
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.population import load_entity_keys
from salus.history.replays import SLAB, Replays, block_of
from salus.periods.dates import dates
from salus.periods.day import date_of
from salus.scores.compute import empty_population
from salus.verbs.replay.notes import find_notes
from salus.verbs.replay.processes import run_in_processes
from salus.verbs.replay.result import ReplayResult
from salus.verbs.replay.work import ReplayInputs, Work, prepare, run
from salus.workspace.workspace import Workspace

Progress = Callable[[int, int], None]  # entity-dates done, and of how many


@dataclass(frozen=True)
class ReplayDates:
    """The dates of a replay, and the step between them: day, week or month."""

    days: tuple[int, ...]
    every: str


@dataclass(frozen=True)
class ReplayOptions:
    """The step between the dates, and how the work is done."""

    every: str = "day"  # or "week", "month"
    fresh: bool = False  # compute files again that are already complete
    processes: int = 1
    progress: Progress | None = None


DEFAULTS = ReplayOptions()


def replay(
    workspace: Workspace,
    first: dt.date,
    last: dt.date | None = None,
    options: ReplayOptions = DEFAULTS,
) -> ReplayResult:
    """Compute and keep the scores on the dates from `first` to `last` (None: where the data end)
    that are missing.
    """
    model = workspace.model
    with workspace.connected() as connection:
        last = last or workspace.find_data_end(model, connection).as_of
        span = ReplayDates(dates(first, last, options.every), options.every)
        replays = workspace.store.replays(model, compute_data_fingerprint(model, connection))
        if connection.dialect == "spark":
            return _replay_on_spark(workspace, connection, span, replays, fresh=options.fresh)
        keys = load_entity_keys(model, connection)
        if not len(keys):
            raise empty_population(model, date_of(span.days[-1]))
        slabs = -(-len(keys) // SLAB)
        missing = replays.missing(span.days, slabs, fresh=options.fresh)
        work, total = Work(missing), len(replays.missing(span.days, slabs, fresh=True))
        workspace.store.keep_model(model)
        count = _counter(work, len(keys), options.progress)
        inputs = ReplayInputs(model, connection, workspace.partials, keys)
        if options.processes > 1 and len(work.slabs) > 1:
            prepare(inputs, work)
            run_in_processes(
                options.processes, workspace.folder, workspace.file, replays, work, count
            )
        else:
            run(inputs, replays, work, count)
        replays.remove_other_states()
        return ReplayResult(
            model=model,
            days=span.days,
            every=span.every,
            computed=len(missing),
            reused=total - len(missing),
            replays=replays,
            notes=find_notes(model, connection),
        )


def _replay_on_spark(
    workspace: Workspace,
    connection: Any,
    span: ReplayDates,
    replays: Replays,
    *,
    fresh: bool,
) -> ReplayResult:
    """The same on Spark. Its workers write the files, so they must be able to write to the
    project's folders.
    """
    from salus.verbs.replay.spark import PartialsFolder, replay_on_workers
    from salus.workspace.workspace import PARTIALS_FROM

    model, store = workspace.model, workspace.store
    if fresh:
        replays.remove()
    store.keep_model(model)
    partials = PartialsFolder(
        (workspace.folder / "partials" / "spark").resolve().as_uri(), PARTIALS_FROM
    )
    folder, days = replays.folder.resolve().as_uri(), np.array(span.days, dtype=np.int32)
    computed = replay_on_workers(model, connection, days, folder, partials)
    replays.remove_other_states()
    blocks = {block_of(day) for day in computed}
    return ReplayResult(
        model=model,
        days=span.days,
        every=span.every,
        computed=len(blocks),
        reused=len({block_of(day) for day in span.days} - blocks),
        replays=replays,
        notes=find_notes(model, connection),
    )


def _counter(work: Work, count: int, progress: Progress | None) -> Callable[[int], None]:
    """A function that adds up the finished entity-dates and reports them to `progress`."""
    total = sum(min(SLAB, count - part.slab * SLAB) * len(part.days) for part in work.parts)
    done = 0

    def add(cells: int) -> None:
        nonlocal done
        done += cells
        if progress is not None:
            progress(done, total)

    if progress is not None:
        progress(0, total)
    return add
