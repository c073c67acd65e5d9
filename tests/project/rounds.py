"""Three runs at once in one project, as containers share a folder: each succeeds, and the bytes
equal those of a single run.
"""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

from tests.project.kills import SCENARIOS, Scenario
from tests.runs import ALONE, command, drafts, finished, kept, start

RUNS = 3
PLACES = {"one process id": ((), "os.getpid = lambda: 1"), "namespaces": (ALONE, "")}


def rounds(scenario: Scenario, folder: Path, place: str, times: int, seed: int) -> None:
    """Run a verb three times at once, started within the time that one run takes. Repeat this, each
    time in a copy of the project.
    """
    clean = scenario.prepare(folder / "clean")
    whole = shutil.copytree(clean, folder / "whole")
    longest = finished(whole, *scenario.line(whole))
    undisturbed, moments = kept(whole), random.Random(seed)
    prefix, more = PLACES[place]
    for number in range(times):
        copy, processes = shutil.copytree(clean, folder / f"round-{number}"), []
        for wait in (moments.uniform(0, longest / RUNS) for _ in range(RUNS)):
            processes.append(start([*prefix, *command(copy, *scenario.line(copy), more=more)]))
            time.sleep(wait)
        document = [process.communicate() for process in processes]
        assert [process.returncode for process in processes] == [0] * RUNS, (number, document)
        assert kept(copy) == undisturbed, number
        assert drafts(copy) == [], number
        shutil.rmtree(copy)


VERBS = {verb: SCENARIOS[verb] for verb in ("score of CSV", "score", "refresh", "forecast")}
