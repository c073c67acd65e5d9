"""Why a score changed: each cause alone, and all together."""

from __future__ import annotations

import numpy as np
import pytest

from salus.kernel.cells import Cells
from salus.model.model import Model
from salus.scoring.change import ScoreChange, ShownScores, compare_scores
from salus.scoring.score import score
from tests.scoring.cells import make_cells, read_model

ALL = np.arange(1)


def change(before: Cells, after: Cells, model: Model, shown_by: Model | None = None) -> ScoreChange:
    """The change of the first cell. `shown_by`: the model that scored the earlier date."""
    shown = ShownScores.of(score(shown_by or model, before), ALL)
    result = compare_scores(score(model, before), score(model, after), ALL, ALL, shown).at(0)
    assert result is not None
    parts = result.data + result.missing + result.model + (result.smoothing or 0) + result.caps
    assert result.score == pytest.approx(parts, abs=1e-9)
    return result


def test_a_new_value_is_an_effect_of_the_data() -> None:
    found = change(make_cells([10], [20], ["good"]), make_cells([0], [20], ["good"]), read_model())
    assert (found.score, found.data) == (-37.5, -37.5)
    assert found.measures == (("logins", -37.5),)


def test_a_value_that_disappears_is_an_effect_of_missing_data() -> None:
    found = change(
        make_cells([10], [0], ["good"]), make_cells([10], [None], ["good"]), read_model()
    )
    assert (found.data, found.missing) == (0, 37.5)


def test_a_value_that_appears_is_an_effect_of_missing_data() -> None:
    found = change(make_cells([10], [20], [None]), make_cells([10], [20], ["bad"]), read_model())
    assert (found.data, found.missing) == (0, -25)
    assert found.measures == (("mood", -25.0),)


def test_a_cap_that_begins_is_an_effect_of_caps() -> None:
    cells = make_cells([10], [20], ["good"], waiting=[40])
    found = change(make_cells([10], [20], ["good"]), cells, read_model())
    assert (found.score, found.caps, found.data) == (-60, -60, 0)


def test_another_model_is_an_effect_of_the_model() -> None:
    cells = make_cells([10], [20], ["bad"])
    found = change(cells, cells, read_model(replace={"weight: 3": "weight: 1"}), read_model())
    assert (found.score, found.model) == (-25, -25)
    assert found.as_dict()["measures"] == []
    assert "smoothing" not in found.as_dict()


def test_the_largest_effect_comes_first() -> None:
    found = change(make_cells([10], [20], ["bad"]), make_cells([8], [0], ["good"]), read_model())
    assert [name for name, _ in found.measures] == ["users", "mood", "logins"]


def test_without_a_score_on_one_date_there_is_no_change() -> None:
    model = read_model()
    before = score(model, make_cells([None], [None], [None]))
    after = score(model, make_cells([1], [1], ["good"]))
    shown = ShownScores.of(before, ALL)
    assert shown.band == ("unknown",)
    assert compare_scores(before, after, ALL, ALL, shown).at(0) is None
