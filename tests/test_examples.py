"""The examples and the tutorial do what their pages say, command by command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
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
    assert "at risk" in shown[1]


def test_the_tutorial_runs_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "tutorial" / "first-score.md").read_text(encoding="utf-8")
    for name, body in re.findall(r"`(mine/[^`]+)`\n\n```\w+\n(.*?)```", page, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body, encoding="utf-8")
    lines = re.findall(r"\.venv/bin/(salus -C mine [^`\n]+)", page)
    assert [line.split()[3] for line in lines] == ["check", "score", "plan", "adopt"]
    assert "no problems" in run(lines[0], tmp_path, monkeypatch)
    scored = run(lines[1], tmp_path, monkeypatch)
    assert re.search(r"Beta ApS +▼ at risk", scored)
    assert re.search(r"Alpha GmbH +● healthy", scored)
    edit = re.search(r"^sed .*$", page, re.MULTILINE)
    assert edit is not None
    subprocess.run(edit[0], shell=True, check=True, cwd=tmp_path)  # as the page says it
    assert re.search(r"Alpha GmbH.*healthy → watch.*users", run(lines[2], tmp_path, monkeypatch))
    assert "from the next score on" in run(lines[3], tmp_path, monkeypatch)
    assert "good: 10}" in (tmp_path / "mine" / "salus.yaml").read_text(encoding="utf-8")
