"""Killing a run: history stays readable, and the next run's result equals that of an undisturbed
run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from salus.project import open_project
from tests.project.company import AS_OF, write_company

POINTS = ("written:.parquet", "renamed:.parquet", "written:.yaml", "renamed:.yaml")


def score(folder: Path, crash_at: str | None = None) -> int:
    environment = {**os.environ, **({"SALUS_CRASH_AT": crash_at} if crash_at else {})}
    return subprocess.run(
        [sys.executable, "-m", "salus", "-C", str(folder), "score", "--as-of", AS_OF],
        env=environment,
        capture_output=True,
        check=False,
    ).returncode


def kept(folder: Path) -> dict[str, bytes]:
    """The files that a reader sees, by name: history and models."""
    result = [*folder.glob("history/live/*"), *folder.glob("models/*")]
    return {path.name: path.read_bytes() for path in result if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_company(tmp_path_factory.mktemp("crash") / "whole")
    assert score(folder) == 0
    return kept(folder)


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_leaves_nothing_half_written(
    tmp_path: Path, undisturbed: dict[str, bytes], point: str
) -> None:
    folder = write_company(tmp_path / "small")
    assert score(folder, point) == 137
    for name, content in kept(folder).items():
        assert undisturbed[name] == content
    open_project(folder).store.all()
    assert score(folder) == 0
    assert kept(folder) == undisturbed
