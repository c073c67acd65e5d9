"""The models that score a date, before and during a rollout."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from salus.errors import UsageError
from salus.project import Project, open_project
from salus.scores.active_models import active_models, find_entity
from salus.scores.entity_pairs import EntityPairs
from salus.scores.rollout import active_rollout
from salus.scores.rollout_scores import RolloutScores
from salus.workspace.workspace import Workspace
from tests.project.company import AS_OF, MODEL
from tests.scores.two_models import OTHER

DAY = dt.date.fromisoformat(AS_OF)
EARLIER = dt.date(2025, 11, 10)
AT = dt.datetime(2025, 11, 21, 8, tzinfo=dt.UTC)


@pytest.fixture
def candidate(company: Project) -> Path:
    path = company.folder.parent / "candidate.yaml"
    path.write_text(OTHER, encoding="utf-8")
    return path


def test_without_a_rollout_one_model_scores_all(company: Project) -> None:
    workspace = Workspace(company.folder)
    assert active_rollout(workspace) is None
    [active] = active_models(workspace, DAY)
    assert (active.before, active.rows_before) == (None, None)
    assert active.rows.tolist() == list(range(len(active.scores)))
    assert active.model.fingerprint == workspace.model.fingerprint
    assert find_entity([active], "A-01")[1] == active.scores.row("A-01")


def test_during_a_rollout_each_model_scores_its_part(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, share="50%")
    workspace = Workspace(company.folder)
    models = active_models(workspace, DAY, EARLIER)
    own, other = models
    keys = [{active.scores.ids[row] for row in active.rows} for active in models]
    assert keys[0].isdisjoint(keys[1]) and len(keys[0] | keys[1]) == len(own.scores)
    assert own.before is not None and own.before.as_of == EARLIER
    assert own.model.fingerprint != other.model.fingerprint
    for active, members in zip(models, keys, strict=True):
        key = min(members)
        found, row = find_entity(models, key)
        assert found is active and active.scores.ids[row] == key
    with pytest.raises(UsageError, match="did you mean `Alice GmbH`"):
        find_entity(models, "Alice Gmbh")


def test_a_shadow_scores_nothing_that_is_shown(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, shadow=True)
    workspace = Workspace(company.folder)
    rollout = active_rollout(workspace)
    assert rollout is not None and rollout.scope.stage == "shadow"
    assert rollout.as_dict()["model"] == {
        "name": "small",
        "fingerprint": rollout.candidate.fingerprint,
    }
    assert len(active_models(workspace, DAY)) == 1
    [active] = active_models(workspace, DAY)
    assert not rollout.candidate_mask(active.scores, active.scores.ids).any()


def test_a_part_can_be_a_segment(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, segment="new")
    workspace = Workspace(company.folder)
    own, other = active_models(workspace, DAY)
    assert [other.scores.ids[row] for row in other.rows] == ["A-02"]
    assert len(own.rows) == len(own.scores) - 1


def test_a_segment_that_is_gone_is_refused(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, segment="new")
    path = company.folder / "salus.yaml"
    path.write_text(MODEL.replace("  new:", "  fresh:"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"salus\.yaml has no such segment any more"):
        active_models(Workspace(company.folder), DAY)


def test_another_file_or_the_same_model_has_no_rollout(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, share="50%")
    elsewhere = Workspace(company.folder, candidate)
    assert active_rollout(elsewhere) is None
    (company.folder / "salus.yaml").write_text(OTHER, encoding="utf-8")
    assert active_rollout(Workspace(company.folder)) is None


def test_the_scores_of_a_rollout_are_those_of_both_parts(company: Project, candidate: Path) -> None:
    company.adopt(candidate, AT, share="50%")
    scores = open_project(company.folder).score(DAY)
    assert isinstance(scores, RolloutScores)
    assert scores.as_of == DAY and len(scores) == sum(map(len, scores.parts)) == 11
    values = [-1 if row.score is None else row.score for row in scores]
    assert values == sorted(values)
    assert sum(scores.bands().values()) == 11
    assert list(scores.bands())[-1] == "unknown"
    document = json.loads(json.dumps(scores.as_dict()))
    assert document["rollout"]["entities"] == len(scores.parts[1])
    assert {entity["fingerprint"] for entity in document["entities"]} == set(scores.fingerprints)
    table = scores.to_arrow()
    assert table["entity"].to_pylist() == sorted(scores.ids)


def test_pairs_are_the_entities_of_both_dates(company: Project) -> None:
    workspace = Workspace(company.folder)
    [active] = active_models(workspace, DAY, dt.date(2025, 9, 20))
    assert active.before is not None
    pairs = EntityPairs.of(active.before, active.scores)
    assert "A-02" in active.scores.ids and "A-02" not in pairs.ids  # it started in between
    assert len(pairs) == len(active.before)
    for key, first, second in zip(pairs.ids, pairs.first, pairs.second, strict=True):
        assert active.before.ids[first] == active.scores.ids[second] == key
    assert EntityPairs.of(active.before, active.scores, ["A-02", "A-01"]).ids == ("A-01",)
    changes, shown = pairs.changes(workspace)
    assert np.allclose(
        changes.score, active.scores.scored.score[pairs.second] - shown.score, equal_nan=True
    )
