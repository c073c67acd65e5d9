"""The same work in several processes, each with entities of its own: they write different files, so
nothing is joined.
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
from salus.verbs.replay.work import Tell, Work, run
from salus.workspace.workspace import Workspace


def run_in(
    processes: int, folder: Path, file: Path, replays: Replays, work: Work, tell: Tell
) -> None:
    """Share the slabs out among processes; the first error of any ends all of them."""
    context = multiprocessing.get_context("spawn")
    several, pipes = [], []
    with _deaf_to_ctrl_c():
        for number in range(min(processes, len(work.slabs))):
            ours, theirs = context.Pipe(duplex=False)
            share = work.of(work.slabs[number::processes])
            process = context.Process(
                target=_work, args=(theirs, folder, file, replays, share), daemon=True
            )
            process.start()
            theirs.close()
            several.append(process)
            pipes.append(ours)
    try:
        _listen(pipes, tell)
    finally:
        for process in several:
            process.terminate()
            process.join()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that start here leave Ctrl-C to this one, which ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only there a signal's handler can be set
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _listen(pipes: list[Pipe], tell: Tell) -> None:
    """Pass on what is done until every process has said that it is through."""
    left = list(pipes)
    while left:
        for pipe in [one for one in left if one in wait(left)]:
            try:
                word: Any = pipe.recv()
            except EOFError:
                raise DataError(
                    "a process of the replay ended before its work was done",
                    "run the same command again: what is there is not computed again",
                ) from None
            if isinstance(word, int):
                tell(word)
            elif isinstance(word, Problem):
                warnings.warn(SalusWarning(word), stacklevel=2)
            elif word is None:
                left.remove(pipe)
            else:
                raise DataError(word)


def _work(pipe: Pipe, folder: Path, file: Path, replays: Replays, work: Work) -> None:
    configure_process()
    _pass_warnings_on(pipe)
    try:
        with translate_errors():
            _share(pipe, folder, file, replays, work)
        pipe.send(None)
    except SalusError as error:
        pipe.send(error.problems)


def _share(pipe: Pipe, folder: Path, file: Path, replays: Replays, work: Work) -> None:
    """Compute this process's slabs."""
    workspace = Workspace(folder, file)
    with workspace.connected() as connection:
        keys = load_entity_keys(workspace.model, connection)
        run(workspace.model, connection, workspace.partials, replays, work, keys, pipe.send)


def _pass_warnings_on(pipe: Pipe) -> None:
    """What is to be known about a result goes to the process that asked, as it tells the reader."""
    usual = warnings.showwarning

    def show(message: Warning | str, *place: Any, **more: Any) -> None:
        if isinstance(message, SalusWarning):
            pipe.send(message.problem)
        else:
            usual(message, *place, **more)

    warnings.showwarning = show
    warnings.simplefilter("ignore", RejectedRowsWarning)  # the process that asked has said so
