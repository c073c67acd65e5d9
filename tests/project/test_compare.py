"""Comparison of two dates."""

from __future__ import annotations

import pytest

from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL


def test_comparison_puts_the_biggest_fall_first(company: Project) -> None:
    comparison = company.compare("2025-09-20", AS_OF)
    changes = [move.change.score for move in comparison.moves if move.change]
    assert changes == sorted(changes)
    assert comparison.moves[0].id == "A-01"
    assert sum(counts["to"] for counts in comparison.bands.values()) == 11
    new = [move for move in comparison.moves if move.change is None]
    assert [move.id for move in new] == ["A-02"]  # it started in between
    assert new[0].score_from is None


def test_comparison_measures_from_what_another_model_showed(company: Project) -> None:
    company.score("2025-10-20")
    (company.folder / "salus.yaml").write_text(
        MODEL.replace("weight: 3", "weight: 1"), encoding="utf-8"
    )
    for move in open_project(company.folder).compare("2025-10-20", AS_OF).moves:
        if move.change:
            assert move.score_to is not None
            assert move.score_from is not None
            assert move.change.score == pytest.approx(move.score_to - move.score_from, abs=1e-9)
