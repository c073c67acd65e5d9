"""The scores of a date as they were shown, whichever model scored it."""

from __future__ import annotations

import numpy as np
import pytest

from salus.errors import DataError
from salus.scores.as_shown import load_model, load_or_compute, overlay, rescore, shown_at
from salus.scoring.change import ShownScores
from salus.workspace.workspace import Workspace
from tests.scores.two_models import Company


def test_kept_scores_are_read_and_others_computed(two_models: Company) -> None:
    workspace = Workspace(two_models.folder)
    with workspace.connected(workspace.model) as connection:
        kept = load_or_compute(workspace, connection, two_models.first)
        computed = load_or_compute(workspace, connection, two_models.last)
        assert kept.as_of == two_models.first and kept.model.fingerprint == two_models.own
        assert computed.as_of == two_models.last
        assert workspace.store.at(two_models.last) is None
        assert kept.labels[0] == "Alice GmbH" and kept.owners[0] == "csm0@example.com"


def test_an_entity_that_left_the_table_has_no_label(two_models: Company) -> None:
    path = two_models.folder / "data" / "accounts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "A-00" not in line), encoding="utf-8")
    workspace = Workspace(two_models.folder)
    with workspace.connected(workspace.model) as connection:
        kept = load_or_compute(workspace, connection, two_models.first)
        row = kept.ids.index("A-00")
        assert (kept.labels[row], kept.owners[row], kept.money[row]) == (None, None, None)
        assert kept.labels[kept.ids.index("A-01")] == "Bob & Sons"


def test_what_was_shown_is_the_score_of_the_model_that_was_active(two_models: Company) -> None:
    workspace = Workspace(two_models.folder)
    with workspace.connected(workspace.model) as connection:
        own = load_or_compute(workspace, connection, two_models.second)
        rows = np.arange(len(own))
        shown = shown_at(workspace, own, rows, own.ids)
        [file] = workspace.store.on(two_models.second)
        assert np.allclose(shown.score, rescore(workspace, file).score, equal_nan=True)
        assert not np.allclose(shown.score, own.scored.score, equal_nan=True)
        # without the other model only the own score is left
        ignored = shown_at(workspace, own, rows, own.ids, ignore=two_models.other)
        assert np.allclose(ignored.score, own.scored.score, equal_nan=True)


def test_the_own_model_counts_first(two_models: Company) -> None:
    workspace = Workspace(two_models.folder)
    with workspace.connected(workspace.model) as connection:
        own = load_or_compute(workspace, connection, two_models.first)
        shown = shown_at(workspace, own, np.arange(len(own)), own.ids)
        assert np.allclose(shown.score, own.scored.score, equal_nan=True)


def test_overlay_takes_the_rows_of_the_mask() -> None:
    low = ShownScores(np.array([1.0, 2.0]), np.zeros(2), ("a", "b"))
    high = ShownScores(np.array([8.0, 9.0]), np.ones(2), ("c", "d"))
    result = overlay(low, high, np.array([False, True]))
    assert result.score.tolist() == [1, 9]
    assert result.cap_effect.tolist() == [0, 1]
    assert result.band == ("a", "d")


def test_the_text_of_an_earlier_model_must_be_there(two_models: Company) -> None:
    workspace = Workspace(two_models.folder)
    assert load_model(workspace, two_models.own) is workspace.model
    assert load_model(workspace, two_models.other).fingerprint == two_models.other
    (two_models.folder / "models" / f"{two_models.other}.yaml").unlink()
    with pytest.raises(DataError, match="is missing: history needs this earlier model"):
        load_model(workspace, two_models.other)
