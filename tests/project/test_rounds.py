"""Runs that all have process id 1, as in containers, and runs in namespaces of their own, don't
harm each other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.rounds import VERBS, rounds
from tests.runs import need_namespaces

ROUNDS = 4


@pytest.mark.parametrize("place", ["one process id", "namespaces"])
def test_three_runs_at_once_give_one_result(tmp_path: Path, place: str) -> None:
    if place == "namespaces":
        need_namespaces()
    for seed, verb in enumerate(("score of CSV", "refresh")):
        rounds(VERBS[verb], tmp_path / verb, place, ROUNDS // 2, seed)
