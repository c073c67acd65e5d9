"""The periods in which one model scored an entity."""

from __future__ import annotations

import datetime as dt

from salus.scores.model_history import ModelPeriod, model_periods, previous_model
from salus.workspace.workspace import Workspace
from tests.scores.two_models import Company

DAYS = [dt.date(2026, 1, day) for day in range(1, 6)]


def test_a_period_ends_when_another_model_scores() -> None:
    assert list(model_periods([])) == []
    assert list(model_periods(zip(DAYS, "aabba", strict=True))) == [
        ModelPeriod("a", DAYS[0], DAYS[1]),
        ModelPeriod("b", DAYS[2], DAYS[3]),
        ModelPeriod("a", DAYS[4], DAYS[4]),
    ]


def test_the_json_form_has_both_dates() -> None:
    assert ModelPeriod("a", DAYS[0], DAYS[1]).as_dict() == {
        "fingerprint": "a",
        "from": "2026-01-01",
        "to": "2026-01-02",
    }


def test_the_previous_model_is_the_last_other_one(two_models: Company) -> None:
    workspace = Workspace(two_models.folder)
    day, own, other = two_models.last, two_models.own, two_models.other
    found = previous_model(workspace, "A-00", day, own)
    assert found == ModelPeriod(other, two_models.second, two_models.second)
    assert previous_model(workspace, "A-00", two_models.first, own) is None
    assert previous_model(workspace, "nobody", day, own) is None
