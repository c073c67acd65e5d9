"""The examples of the page on the Python API run as printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from scripts.python_page import examples, python_page

from tests.docs.page import Runner, renew, salus

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("examples")


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    salus(["demo", "salus-demo", "--accounts", "150"])
    shutil.copytree(ROOT / "examples" / "exports", tmp_path / "exports")
    page = python_page("")
    runner = Runner(tmp_path, monkeypatch, tmp_path)
    assert renew(page, runner) == page
    assert {"project", "scores", "plan", "validation", "forecast"} <= set(runner.names)
    assert (tmp_path / "salus-demo" / "report.html").is_file()


def test_every_example_is_a_block_that_runs() -> None:
    page = python_page("")
    assert len(examples()) > 10
    for code in examples().values():
        assert f"\n```python\n{code}\n```\n" in page
