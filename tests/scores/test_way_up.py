"""The way to the next band has no step that nobody can take."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus import open_project
from salus.model.read import read_text
from salus.project.project import Project
from salus.scores.way_up import is_impossible
from tests.project.test_contracts import MODEL, TODAY, works

FURTHER = MODEL.replace(
    "  use: {table: use, key: id, time: day}\n",
    """\
  use: {table: use, key: id, time: day}
  notices: {table: subscriptions, key: customer, time: told, until: cancelled}
  running: {table: subscriptions, key: customer, time: started, until: cancelled}
inputs:
  notice: {count: notices, open: true}
  contracts_now: {count: running, open: true}
  ever: {count: use}
  latest_use: {days_since: use}
  before: {count: use, within: 90d, ago: 90d}
  told_or_before: {formula: notice + before}
  changed: {formula: ever - before}
caps:
  - {name: told, when: "notice > 0", at_most: 40}
""",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder: Path = tmp_path_factory.mktemp("way") / "works"
    works(folder)
    (folder / "salus.yaml").write_text(FURTHER, encoding="utf-8")
    return open_project(folder, TODAY)


@pytest.mark.parametrize(
    ("measure", "down", "up"),
    [
        ("notice", True, True),
        ("contracts_now", False, False),
        ("ever", True, False),
        ("latest_use", False, True),
        ("before", True, True),
        ("told_or_before", True, True),
        ("changed", False, False),
        ("recent", False, False),
    ],
)
def test_what_only_time_or_the_past_can_change(measure: str, down: bool, up: bool) -> None:
    model = read_text(FURTHER)
    found = tuple(is_impossible(model, model.measure(measure), way) for way in (-1.0, 1.0))
    assert found == (down, up)


def test_a_notice_is_never_to_be_undone(project: Project) -> None:
    """e00 announced its end long ago, and only the rule about that keeps it from a better band."""
    told = project.explain("e00", TODAY)
    assert [cap.name for cap in told.why.caps] == ["told"]
    assert told.to_next_band is None and told.next_band is not None


def test_another_way_is_found_where_there_is_one(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "works"
    works(folder)
    text = FURTHER.replace('"notice > 0"', '"notice > 0 and latest_use > 0"')
    (folder / "salus.yaml").write_text(text, encoding="utf-8")
    steps = open_project(folder, TODAY).explain("e00", TODAY).to_next_band
    assert steps is not None and [step.measure for step in steps] == ["latest_use"]
    assert steps[0].to < steps[0].start
