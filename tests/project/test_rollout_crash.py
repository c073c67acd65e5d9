"""Killing the adoption of a model, and two adoptions at once: salus.yaml and the record stay
consistent.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from salus.project import open_project
from tests.project.company import AS_OF, MODEL, write_company
from tests.project.test_rollout import NEXT, OTHER, OWN

POINTS = ("written:.yaml", "renamed:.yaml", "written:.jsonl", "renamed:.jsonl")
AT = dt.datetime(2025, 11, 21, tzinfo=dt.UTC)


def salus(folder: Path, *arguments: str, crash_at: str | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, **({"SALUS_CRASH_AT": crash_at} if crash_at else {})}
    return subprocess.Popen(
        [sys.executable, "-m", "salus", "-C", str(folder), *arguments],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[str]) -> int:
    document = process.communicate()
    assert "Traceback" not in document[1], document[1]
    return process.returncode


def write(folder: Path) -> tuple[Path, Path]:
    project = write_company(folder / "small")
    following = folder / "next.yaml"
    following.write_text(NEXT, encoding="utf-8")
    return project, following


def kept(folder: Path) -> dict[str, str]:
    """What a reader sees of models, without the time of day in the record."""
    result = {
        path.name: path.read_text(encoding="utf-8")
        for path in [*folder.glob("models/*"), folder / "salus.yaml"]
        if not path.name.startswith(".")
    }
    lines = [json.loads(line) for line in result.pop("rollout.jsonl", "").splitlines()]
    return {**result, "rollout.jsonl": json.dumps([{**line, "at": ""} for line in lines])}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder, following = write(tmp_path_factory.mktemp("whole"))
    assert ended(salus(folder, "adopt", str(following))) == 0
    return kept(folder)


@pytest.mark.parametrize("point", POINTS)
def test_an_interrupted_adoption_is_finished_by_the_same_command(
    tmp_path: Path, undisturbed: dict[str, str], point: str
) -> None:
    folder, following = write(tmp_path)
    assert ended(salus(folder, "adopt", str(following), crash_at=point)) == 137
    assert (folder / "salus.yaml").read_text(encoding="utf-8") == MODEL
    project = open_project(folder)
    assert project.score(AS_OF, keep=False).model.fingerprint == OWN
    assert (project.unfinished is not None) == (point == "renamed:.jsonl")
    assert (
        "run `salus adopt` again" in " ".join(str(project.score(AS_OF, keep=False)).split())
    ) == (point == "renamed:.jsonl")
    assert ended(salus(folder, "adopt", str(following))) == 0
    assert kept(folder) == undisturbed
    assert not list(folder.glob("models/.*.part"))


@pytest.mark.parametrize("again", ["rollback", "adopt"])
def test_an_interrupted_rollback_is_finished_or_overtaken(tmp_path: Path, again: str) -> None:
    folder, following = write(tmp_path)
    open_project(folder).adopt(following, AT)
    assert ended(salus(folder, "rollback", crash_at="renamed:.jsonl")) == 137
    assert (folder / "salus.yaml").read_text(encoding="utf-8") == NEXT
    if again == "rollback":
        assert ended(salus(folder, "rollback")) == 0
        assert [each.stage for each in open_project(folder).decisions.all()] == ["all", "back"]
    else:
        (folder / "third.yaml").write_text(
            MODEL.replace("weight: 3", "weight: 9"), encoding="utf-8"
        )
        open_project(folder).adopt(folder / "third.yaml", AT)
        open_project(folder).rollback(AT)
    assert (folder / "salus.yaml").read_text(encoding="utf-8") == (
        MODEL if again == "rollback" else NEXT
    )


@pytest.mark.parametrize("point", ["written:.parquet", "renamed:.parquet"])
def test_an_interrupted_score_of_a_part_leaves_nobody_unspoken_for(
    tmp_path: Path, point: str
) -> None:
    folder, following = write(tmp_path)
    open_project(folder).score(AS_OF)
    open_project(folder).adopt(following, AT, share="50%")
    assert ended(salus(folder, "score", "--as-of", AS_OF, crash_at=point)) == 137
    project = open_project(folder)
    for each in project.score(AS_OF, keep=False).ids:
        assert project.history(each).points
    assert ended(salus(folder, "score", "--as-of", AS_OF)) == 0
    for each in project.score(AS_OF, keep=False).ids:
        assert len(open_project(folder).history(each).points) == 1


def test_those_who_decide_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    folder, following = write(tmp_path)
    models = [following]
    for weight in (5, 7, 9):
        models.append(folder.parent / f"{weight}.yaml")
        models[-1].write_text(MODEL.replace("weight: 3", f"weight: {weight}"), encoding="utf-8")
    running = [salus(folder, "adopt", str(model)) for model in models]
    assert [ended(process) for process in running] == [0] * len(models)
    decisions = open_project(folder).decisions.all()
    assert len(decisions) == len(models) and [each.rollout for each in decisions] == [1, 2, 3, 4]
    assert open_project(folder).model.fingerprint == decisions[-1].fingerprint
    for before, after in zip(decisions[:-1], decisions[1:], strict=True):
        assert after.beside == before.model  # each read what the one before it wrote
    for _ in models:
        open_project(folder).rollback(AT)
    assert (folder / "salus.yaml").read_text(encoding="utf-8") == MODEL
    assert OTHER in {each.fingerprint for each in decisions}
