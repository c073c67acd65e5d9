"""Which entities the candidate of a rollout scores."""

from __future__ import annotations

import numpy as np
import pytest

from salus.errors import ModelError
from salus.model.read import read_text
from salus.scores.rollout import RolloutScope, read_model_bytes, rollout_position
from tests.project.company import MODEL

PINNED = [0.733413, 0.323036, 0.771509]


def test_a_share_has_its_size_and_keeps_its_members_when_it_grows() -> None:
    positions = np.array([rollout_position(1, f"A-{number}") for number in range(20_000)])
    for share in (0.01, 0.2, 0.5, 0.9):
        deviation = np.sqrt(share * (1 - share) / len(positions))
        assert abs(np.mean(positions < share) - share) < 4 * deviation
    assert set(np.flatnonzero(positions < 0.2)) < set(np.flatnonzero(positions < 0.5))


def test_positions_are_spread_evenly_and_differ_between_rollouts() -> None:
    from scipy.stats import kstest, pearsonr

    first, second = (
        [rollout_position(rollout, f"A-{number}") for number in range(5_000)] for rollout in (1, 2)
    )
    assert kstest(first, "uniform").pvalue > 0.001
    assert abs(pearsonr(first, second).statistic) < 0.06


def test_a_position_never_changes() -> None:
    """Another hash would move customers to another model after an update of Salus."""
    assert [round(rollout_position(1, key), 6) for key in ("A-01", "Ærø", "")] == PINNED


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (RolloutScope("all"), "scores all accounts"),
        (RolloutScope("part", share=0.125), "scores about 12.5% of accounts"),
        (RolloutScope("part", segment="new"), "scores accounts in the segment `new`"),
        (
            RolloutScope("shadow"),
            "scores all accounts in the background: its scores are kept but not shown",
        ),
    ],
)
def test_a_scope_describes_itself(scope: RolloutScope, text: str) -> None:
    assert scope.describe(read_text(MODEL)) == text


def test_a_file_in_another_encoding_is_named(tmp_path: object) -> None:
    with pytest.raises(ModelError, match=r"models/x\.yaml.*\n?.*UTF-8"):
        read_model_bytes(b"\xff\xfe", "models/x.yaml", tmp_path)  # type: ignore[arg-type]
