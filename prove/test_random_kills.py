"""SIGKILL at 200 random moments of `salus score`: history stays readable, the next run gives the undisturbed bytes."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.project.company import AS_OF, write_company
from tests.project.test_crash import kept, score

from salus.project import open_project

KILLS = 200


def test_random_kills(tmp_path: Path) -> None:
    clean = write_company(tmp_path / "clean")
    whole = shutil.copytree(clean, tmp_path / "whole")
    started = time.monotonic()
    assert score(whole) == 0
    longest = time.monotonic() - started
    undisturbed = kept(whole)
    moments = random.Random(7)
    killed = 0
    for attempt in range(KILLS):
        folder = shutil.copytree(clean, tmp_path / f"kill-{attempt}")
        process = subprocess.Popen([sys.executable, "-m", "salus", "-C", str(folder), "score", "--as-of", AS_OF],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, longest))
        process.kill()
        killed += process.wait() != 0
        for name, content in kept(folder).items():
            assert undisturbed[name] == content
        for one in open_project(folder).store.all():
            open_project(folder).store.read(one)
        assert score(folder) == 0
        assert kept(folder) == undisturbed
        shutil.rmtree(folder)
    assert killed > KILLS / 2
    print(f"{killed} of {KILLS} runs were killed before their end")
