"""Sixty rounds of three runs at once in namespaces of their own, started while the first is
working: each writes the bytes of an undisturbed run.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.project.rounds import VERBS, rounds
from tests.runs import need_namespaces

ROUNDS = 60


@pytest.mark.parametrize("place", ["namespaces", "one process id"])
@pytest.mark.parametrize("verb", VERBS)
def test_runs_at_once_give_one_result(tmp_path: Path, verb: str, place: str) -> None:
    if place == "namespaces":
        need_namespaces()
    rounds(VERBS[verb], tmp_path, place, ROUNDS // len(VERBS), seed=11)
