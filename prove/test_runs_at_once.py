"""Three replays at once that also refresh what was kept, started within the time one takes: each time the undisturbed bytes."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

from tests.replay.shop import write_shop
from tests.replay.test_crash import TEXT, changed, command, kept, replay

ROUNDS, RUNS, APART = 60, 3, 1.5


def test_replays_at_once_give_one_result(tmp_path: Path) -> None:
    whole = write_shop(tmp_path / "whole", TEXT)
    assert replay(whole) == 0
    undisturbed, moments = kept(whole), random.Random(11)
    for number in range(ROUNDS):
        folder, runs = changed(tmp_path / f"round-{number}"), []
        for wait in sorted(moments.uniform(0, APART) for _ in range(RUNS)):
            runs.append(subprocess.Popen(command(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE))
            time.sleep(wait / RUNS)
        told = [run.communicate() for run in runs]
        assert [run.returncode for run in runs] == [0] * RUNS, told
        assert kept(folder) == undisturbed, number
        assert not list(folder.rglob(".*.part"))
        shutil.rmtree(folder)
