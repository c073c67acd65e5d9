"""Verbs that are killed at random moments: the project they start with, and what must be there
after the same command runs again.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.project.company import AS_OF, write_company
from tests.project.terms import MODEL, write_terms
from tests.runs import assert_whole, drafts, finished, kept, killed, run

NEXT = MODEL.replace("within: 28d", "within: 35d")
BEFORE, NOW = dt.date(2024, 10, 1), dt.date(2024, 12, 1)
WEEKS = ("--from", "2024-08-01", "--to", "2024-11-30", "--every", "week")
ACCOUNTS = 120


def _csv(folder: Path) -> Path:
    return write_company(folder)


def _new(folder: Path) -> Path:
    return _with_next(write_terms(folder, accounts=ACCOUNTS, until=NOW))


def _grown(folder: Path) -> Path:
    """Scored and replayed before the last facts arrived, so that kept facts have to be refreshed."""
    write_terms(folder, accounts=ACCOUNTS, until=BEFORE)
    finished(folder, "replay", *WEEKS)
    finished(folder, "score")
    return _new(folder)


def _adopted(folder: Path) -> Path:
    finished(_grown(folder), "adopt", str(folder / "next.yaml"))
    return folder


def _with_next(folder: Path) -> Path:
    (folder / "next.yaml").write_text(NEXT, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Scenario:
    """A verb, and its project. A verb that `decides` refuses to run again once it is done."""

    prepare: Callable[[Path], Path]
    arguments: tuple[str, ...]
    decides: bool = False

    def line(self, folder: Path) -> list[str]:
        return [str(folder / part) if part == "next.yaml" else part for part in self.arguments]


SCENARIOS = {
    "score of CSV": Scenario(_csv, ("score", "--as-of", AS_OF)),
    "score": Scenario(_grown, ("score",)),
    "replay": Scenario(_new, ("replay", *WEEKS)),
    "refresh": Scenario(_grown, ("replay", *WEEKS)),
    "adopt": Scenario(_grown, ("adopt", "next.yaml"), decides=True),
    "rollback": Scenario(_adopted, ("rollback",), decides=True),
    "learn": Scenario(_grown, ("learn", "--outcome", "churned")),
    "forecast": Scenario(_grown, ("forecast",)),
}


def kill(scenario: Scenario, folder: Path, times: int, seed: int) -> int:
    """Kill a verb several times, each time in a copy of the project, and run it again; returns how
    often it ended before the kill.
    """
    clean = scenario.prepare(folder / "clean")
    before, whole = kept(clean), shutil.copytree(clean, folder / "whole")
    longest = finished(whole, *scenario.line(whole))
    undisturbed, moments, early = kept(whole), random.Random(seed), 0
    assert undisturbed != before
    for number in range(times):
        copy = shutil.copytree(clean, folder / f"kill-{number}")
        stopped = killed(copy, moments.uniform(longest / 8, longest), *scenario.line(copy))
        early += stopped
        longest *= 1.05 if stopped else 0.8  # the machine may be faster or slower than before
        present = kept(copy)
        for name, content in present.items():
            assert content in (before.get(name), undisturbed.get(name)), (number, name)
        assert_whole(copy)
        again = run(copy, *scenario.line(copy))
        assert again.returncode == 0 or (scenario.decides and present == undisturbed), (
            number,
            again.stderr,
        )
        assert kept(copy) == undisturbed, number
        assert drafts(copy) == [], number
        shutil.rmtree(copy)
    return early
