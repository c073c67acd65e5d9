"""Twenty kills at seeded moments: no half file, and the same command writes the bytes of an
undisturbed run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.kills import SCENARIOS, kill

TIMES = dict(zip(SCENARIOS, (2, 2, 2, 4, 3, 3, 2, 2), strict=True))


@pytest.mark.parametrize("verb", SCENARIOS)
def test_a_verb_that_was_killed_can_be_given_again(tmp_path: Path, verb: str) -> None:
    kill(SCENARIOS[verb], tmp_path, TIMES[verb], seed=20)
