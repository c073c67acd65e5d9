"""`salus plan` of the pack, which smooths and has caps, segments, a guard and a dead zone: what is kept,
weighed again and compared as arrays equals what is computed from the facts, entity by entity.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from salus.project import Project, open_project
from salus.scores.compute import compute_project_scores
from salus.scores.scores import Scores
from salus.sources import file_states
from salus.verbs.plan import both_models
from salus.verbs.plan.both_models import read_same_values, score_both
from salus.verbs.plan.plan import compare_models
from salus.workspace.workspace import Workspace
from tests.insight.company import Tables, make_company
from tests.insight.plan_oracle import biggest_slowly, compare_slowly

DAY = dt.date(2026, 6, 1)
FORGETFUL = [("smooth: {half_life: 28d}", ""), ("dead_zone: 3", "")]
EDITS = {
    "weight": [("weight: 35", "weight: 10")],
    "curve": [("[30, 35], [60, 0]]", "[30, 15], [60, 0]]")],
    "bands": [("healthy: 75, watch: 50", "great: 80, healthy: 70, watch: 50")],
    "cap": [('max_overdue_days > 60", at_most: 40', 'max_overdue_days > 0", at_most: 30')],
    "segment": [("weights: {usage: 30, value: 35}", "weights: {usage: 10, value: 35}")],
    "condition": [("as_of - customer_since < 90", "as_of - customer_since < 200")],
    "measure": [("core.feature, within: 28d", "core.feature, within: 56d")],
    "fewer measures": [("      advocacy:", "      # advocacy:")],
    "population": [("  ends: ended_on\n", "")],
    "coverage": [("min_coverage: 50%", "min_coverage: 70%")],
    "guard": [("missing_guard: 30d", "missing_guard: 3d")],
    "smoothing": [("half_life: 28d", "half_life: 7d")],
    "dead zone": [("dead_zone: 3", "dead_zone: 1")],
    "no memory": FORGETFUL,
}


OTHER_VALUES = {"cap", "condition", "measure", "fewer measures", "population", "guard"}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled although they were written a moment ago."""
    monkeypatch.setattr(file_states, "YOUNG", 0)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fingerprints of the models whose scores are computed from facts."""
    models: list[str] = []
    compute = both_models._ScoredDate._compute

    def record(self: both_models._ScoredDate, model: both_models.Model, *, shared: bool) -> Scores:
        models.append(model.fingerprint)
        return compute(self, model, shared=shared)

    monkeypatch.setattr(both_models._ScoredDate, "_compute", record)
    return models


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_company(tmp_path_factory.mktemp("pack") / "project", 40, 3)
    shutil.copyfile(folder / edit(folder, FORGETFUL), folder / "forgetful.yaml")
    return folder


def edit(folder: Path, changes: list[tuple[str, str]], model: str = "salus.yaml") -> str:
    text = (folder / model).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "edited.yaml").write_text(text, encoding="utf-8")
    return "edited.yaml"


@pytest.fixture(scope="module")
def own(pack: Path) -> Project:
    """A project that stays open, so what it read stays in memory."""
    return open_project(pack)


@pytest.fixture(scope="module")
def forgetful(pack: Path) -> Project:
    return open_project(pack).with_model("forgetful.yaml")


def assert_equal(scores: Scores, expected: Scores) -> None:
    assert scores.model == expected.model and scores.ids == expected.ids
    assert scores.labels == expected.labels and scores.money == expected.money
    assert scores.to_arrow().equals(expected.to_arrow())
    assert scores.as_dict() == expected.as_dict()


@pytest.mark.parametrize("name", EDITS)
def test_arrays_give_what_one_entity_after_another_gives(
    pack: Path, own: Project, name: str
) -> None:
    edited = own.with_model(edit(pack, EDITS[name])).model
    assert read_same_values(own.model, edited) is (name not in OTHER_VALUES)
    before, after = score_both(own, edited, DAY)
    assert_equal(after, compute_project_scores(open_project(pack), edited, DAY))
    plan = compare_models(before, after)
    flows, movers = compare_slowly(before, after)
    assert list(plan.flows) == flows
    assert list(plan.movers) == movers and movers
    assert [*plan.movers[1:3], plan.movers[-1]] == [*movers[1:3], movers[-1]]
    for most in (1, 10, 1000):
        assert list(plan.movers.biggest(most)) == biggest_slowly(movers, most)
    moved = [mover for mover in movers if mover.band_from != mover.band_to]
    assert list(plan.movers.with_another_band()) == moved


def test_both_models_of_a_new_process_are_computed_from_the_facts(pack: Path) -> None:
    project = open_project(pack)
    edited = project.with_model(edit(pack, EDITS["weight"])).model
    before, after = score_both(project, edited, None)
    assert before.as_of == project.data_end().as_of
    for scores in (before, after):
        assert_equal(scores, compute_project_scores(project, scores.model, None))


@pytest.mark.parametrize("name", ["weight", "curve", "bands", "limit", "segment", "coverage"])
def test_a_model_that_forgets_weighs_what_is_in_memory(
    pack: Path, forgetful: Project, computed: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    forgetful.plan("forgetful.yaml", DAY)
    computed.clear()
    changes = EDITS.get(name, [('> 60", at_most: 40', '> 60", at_most: 4')])
    edited = forgetful.with_model(edit(pack, changes, "forgetful.yaml")).model
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "connected", None)  # no source is opened
        after = score_both(forgetful, edited, DAY)[1]
    assert computed == []
    assert_equal(after, compute_project_scores(open_project(pack), edited, DAY))


@pytest.mark.parametrize("name", ["weight", "dead zone"])
def test_a_model_that_remembers_is_computed_from_facts_in_memory(
    pack: Path, own: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own.plan(edit(pack, [("weight: 35", "weight: 34")]), DAY)
    edited = own.with_model(edit(pack, EDITS[name])).model
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "connected", None)  # no source is opened
        after = score_both(own, edited, DAY)[1]
    assert_equal(after, compute_project_scores(open_project(pack), edited, DAY))


def test_an_edited_measure_is_computed_from_the_facts(
    pack: Path, forgetful: Project, computed: list[str]
) -> None:
    edited = forgetful.with_model(edit(pack, EDITS["measure"], "forgetful.yaml")).model
    forgetful.plan("forgetful.yaml", DAY)
    computed.clear()
    after = score_both(forgetful, edited, DAY)[1]
    assert computed == [edited.fingerprint]
    assert_equal(after, compute_project_scores(open_project(pack), edited, DAY))


def test_changed_facts_are_read_again(pack: Path, tmp_path: Path, computed: list[str]) -> None:
    folder = Path(shutil.copytree(pack, tmp_path / "copy"))
    project = open_project(folder).with_model("forgetful.yaml")
    edited = edit(folder, EDITS["weight"], "forgetful.yaml")
    earlier = project.plan(edited, DAY).as_dict()
    Tables(folder).edit("ticket", lambda rows: rows.slice(0, len(rows) // 2))
    computed.clear()
    later = project.plan(edited, DAY).as_dict()
    assert computed == [project.model.fingerprint]
    assert later != earlier
    fresh = open_project(folder).with_model("forgetful.yaml")
    assert later == fresh.plan(edited, DAY).as_dict()
