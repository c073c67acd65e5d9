"""A replay in several processes, each with entities of its own. They write different files, so
nothing has to be joined.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from salus.atomic import remove_leftovers
from salus.errors import (
    DataError,
    Problem,
    RejectedRowsWarning,
    SalusError,
    SalusWarning,
    translate_errors,
)
from salus.facts.population import load_entity_keys
from salus.history.replays import Replays
from salus.process import configure_process
from salus.verbs.replay.work import ReplayInputs, Report, Work, run
from salus.workspace.workspace import Workspace


def run_in_processes(
    processes: int, folder: Path, file: Path, replays: Replays, work: Work, report: Report
) -> None:
    """Distribute the slabs of entities over processes. The first error in any of them ends all of
    them.
    """
    context = multiprocessing.get_context("spawn")
    started, pipes = [], []
    with _without_interrupts():
        for number in range(min(processes, len(work.slabs))):
            pipe, child_end = context.Pipe(duplex=False)
            share = work.of(work.slabs[number::processes])
            process = context.Process(
                target=_start_share, args=(child_end, folder, file, replays, share), daemon=True
            )
            process.start()
            child_end.close()
            started.append(process)
            pipes.append(pipe)
    try:
        _listen(pipes, report)
    finally:
        for process in started:
            process.terminate()
            process.join()
        remove_leftovers(replays.folder)  # of a process that had to be ended while it wrote


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes that start here ignore Ctrl-C. This process handles it and ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # a signal's handler can be set only in the main thread
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _listen(pipes: list[Pipe], report: Report) -> None:
    """Report what is done until every process has finished."""
    waiting = list(pipes)
    while waiting:
        for pipe in [each for each in waiting if each in wait(waiting)]:
            try:
                message: Any = pipe.recv()
            except EOFError:
                raise DataError(
                    "a process of the replay ended before its work was done",
                    "run the same command again: finished files are not computed again",
                ) from None
            if isinstance(message, int):
                report(message)
            elif isinstance(message, Problem):
                warnings.warn(SalusWarning(message), stacklevel=2)
            elif message is None:
                waiting.remove(pipe)
            else:
                raise DataError(message)


def _start_share(pipe: Pipe, folder: Path, file: Path, replays: Replays, work: Work) -> None:
    configure_process()
    _send_warnings(pipe)
    try:
        with translate_errors():
            _run_share(pipe, folder, file, replays, work)
        pipe.send(None)
    except SalusError as error:
        pipe.send(error.problems)


def _run_share(pipe: Pipe, folder: Path, file: Path, replays: Replays, work: Work) -> None:
    """Compute this process's slabs."""
    workspace = Workspace(folder, file)
    with workspace.connected() as connection:
        keys = load_entity_keys(workspace.model, connection)
        inputs = ReplayInputs(workspace.model, connection, workspace.partials, keys)
        run(inputs, replays, work, pipe.send)


def _send_warnings(pipe: Pipe) -> None:
    """Send warnings about a result to the parent process, which shows them to the user."""
    default = warnings.showwarning

    def show(message: Warning | str, *place: Any, **more: Any) -> None:
        if isinstance(message, SalusWarning):
            pipe.send(message.problem)
        else:
            default(message, *place, **more)

    warnings.showwarning = show
    warnings.simplefilter("ignore", RejectedRowsWarning)  # the parent process has already shown it
