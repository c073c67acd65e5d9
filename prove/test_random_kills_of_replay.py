"""SIGKILL at 200 random moments of a replay that also refreshes what was kept: no half file, and then the undisturbed bytes."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
from tests.replay.shop import write_shop
from tests.replay.test_crash import TEXT, changed, command, kept, replay

KILLS = 200


def test_random_kills_of_a_replay_and_a_refresh(tmp_path: Path) -> None:
    whole = write_shop(tmp_path / "whole", TEXT)
    assert replay(whole) == 0
    undisturbed = kept(whole)
    timed = changed(tmp_path / "timed")
    started = time.monotonic()
    assert replay(timed) == 0
    longest = time.monotonic() - started
    moments, killed = random.Random(7), 0
    for attempt in range(KILLS):
        folder = changed(tmp_path / f"kill-{attempt}")           # a copy would have other files, and nothing to refresh
        there = kept(folder)
        process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(longest / 6, longest))
        process.kill()
        killed += process.wait() != 0
        for path in (folder / "history" / "replay").rglob("*.parquet"):
            if not path.name.startswith("."):
                pq.read_table(path)
                assert path.read_bytes() in (undisturbed[path.name], there.get(path.name))
        for path in (folder / "partials").rglob("*.parquet"):
            if not path.name.startswith("."):
                pq.read_table(path)
        assert replay(folder) == 0
        assert kept(folder) == undisturbed
        shutil.rmtree(folder)
    assert killed > KILLS / 2
    print(f"{killed} of {KILLS} replays were killed before their end")
