"""Scores that continue from an earlier date are those from all facts, in many random worlds whose
tables change between the dates.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scores import test_next_scores as few


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("seed", range(100, 160))
def test_worlds(seed: int, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few.test_worlds(seed, least, tmp_path, monkeypatch)


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("seed", range(100, 160))
def test_worlds_that_change(
    seed: int, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few.test_worlds_that_change(seed, least, tmp_path, monkeypatch)
