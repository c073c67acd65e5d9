"""SIGKILL at 500 random moments of every verb that writes: no half file, and the next run writes
the bytes of an undisturbed run.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.project.kills import SCENARIOS, kill

KILLS = 500


@pytest.mark.parametrize("verb", SCENARIOS)
def test_random_kills(tmp_path: Path, verb: str) -> None:
    times = -(-KILLS // len(SCENARIOS))
    early = kill(SCENARIOS[verb], tmp_path, times, seed=7)
    assert early > times / 2
    print(f"{verb}: {early} of {times} runs were killed before their end")
