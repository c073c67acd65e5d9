"""The examples do what their pages say, command by command."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.project import open_project

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/salus.yaml"))


def run(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The standard output of a `salus …` line, run in `folder`."""
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, shlex.split(line)[1:], catch_exceptions=False)
    assert result.exit_code == 0, f"{line}\n{result.output}"
    return result.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_runs_as_its_page_says(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(
        example,
        tmp_path / "examples" / example.name,
        ignore=shutil.ignore_patterns("history", "models", "partials", "rejected"),
    )
    assert [
        one
        for one in open_project(folder).check()
        if one.severity == "error" or "no points for 'odd'" not in one.what
    ] == []
    lines = re.findall(
        r"^salus .*$", (example / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    shown = [run(line, tmp_path, monkeypatch) for line in lines]
    assert len(shown) == 2
    assert "At risk" in shown[1]
