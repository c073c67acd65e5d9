"""What the processes of a replay report: progress, warnings, errors, and a sudden end."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from salus.errors import DataError, Problem, RejectedRowsWarning, SalusWarning
from salus.verbs.replay import processes

LATE = Problem("visits.csv", 3, None, "a date is missing", "add it", "warning")
BROKEN = Problem("visits.csv", None, None, "can't be read", "export it again")


def listen(*messages: list[Any]) -> list[int]:
    """The progress reported by processes that send these messages and end."""
    pipes: list[Connection] = []
    for sent in messages:
        pipe, child = multiprocessing.Pipe(duplex=False)
        for message in sent:
            child.send(message)
        child.close()
        pipes.append(pipe)
    reported: list[int] = []
    processes._listen(pipes, reported.append)
    return reported


def test_the_work_of_all_processes_is_reported() -> None:
    assert sorted(listen([1, 2, None], [10, None], [None])) == [1, 2, 10]


def test_a_process_that_ends_without_a_word_is_an_error_with_the_next_step() -> None:
    with pytest.raises(DataError, match="ended before its work was done") as error:
        listen([1, None], [1])
    assert "same command again" in str(error.value.problems[0].fix)


def test_the_first_error_in_a_process_is_the_error_of_the_replay() -> None:
    with pytest.raises(DataError) as error:
        listen([1, (BROKEN,)], [1, None])
    assert error.value.problems == (BROKEN,)


def test_a_warning_in_a_process_is_shown_and_the_work_goes_on() -> None:
    with pytest.warns(SalusWarning) as shown:
        assert listen([LATE, 4, None]) == [4]
    (warning,) = shown
    assert isinstance(warning.message, SalusWarning)
    assert warning.message.problem == LATE


def share(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[Any]:
    """What a process sends that does this work."""
    pipe, child = multiprocessing.Pipe(duplex=False)
    monkeypatch.setattr(processes, "configure_process", lambda: None)
    monkeypatch.setattr(processes, "_run_share", work)
    nothing: Any = None
    with warnings.catch_warnings():
        processes._start_share(child, Path(), Path(), nothing, nothing)
    child.close()
    sent = []
    while pipe.poll():
        try:
            sent.append(pipe.recv())
        except EOFError:
            break
    return sent


def test_a_finished_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert share(monkeypatch, lambda pipe, *_: pipe.send(7)) == [7, None]


def test_a_process_sends_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object) -> None:
        raise DataError([BROKEN])

    assert share(monkeypatch, work) == [(BROKEN,)]


def test_a_process_sends_warnings_about_the_result_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """This process has shown already which rows were rejected."""

    def work(*_: object) -> None:
        warnings.warn(SalusWarning(LATE), stacklevel=1)
        warnings.warn(RejectedRowsWarning(BROKEN), stacklevel=1)
        warnings.warn("old function", UserWarning, stacklevel=1)

    with pytest.warns(UserWarning, match="old function"):
        assert share(monkeypatch, work) == [LATE, None]


def test_processes_ignore_ctrl_c_and_this_one_handles_it_again() -> None:
    before, handlers = signal.getsignal(signal.SIGINT), []

    def start() -> None:
        with processes._without_interrupts():
            handlers.append(signal.getsignal(signal.SIGINT))
            raise OSError("no process")

    with pytest.raises(OSError, match="no process"):
        start()
    assert handlers == [signal.SIG_IGN]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_replay_from_another_thread_leaves_signals_alone() -> None:
    """Only the main thread may set a handler."""
    before, handlers = signal.getsignal(signal.SIGINT), []

    def start() -> None:
        with processes._without_interrupts():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert handlers == [before]
