"""Progress is shown on a terminal's standard error, and nowhere else."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salus.cli import output
from salus.cli.main import main
from tests.project.company import AS_OF, write_company

FIRST = "2025-11-01"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_company(tmp_path_factory.mktemp("progress") / "small")


def run(company: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(company), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result


def test_a_replay_shows_how_far_it_is(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("replay", "--from", FIRST, "--to", AS_OF, "--fresh", "--json")
    plain = run(company, *arguments)
    monkeypatch.setattr(importlib.import_module("salus.cli.replay"), "is_terminal", lambda: True)
    shown = run(company, *arguments)
    assert ("replaying" in plain.stderr, "replaying" in shown.stderr) == (False, True)
    assert "100%" in shown.stderr
    assert json.loads(shown.stdout) == json.loads(plain.stdout)


def test_a_second_replay_says_how_to_compute_the_scores_again(company: Path) -> None:
    arguments = ("replay", "--from", FIRST, "--to", AS_OF)
    run(company, *arguments, "--fresh")
    assert "--fresh" in run(company, *arguments).stderr


def test_a_replay_of_another_model_leaves_the_model_of_the_project(company: Path) -> None:
    own = (company / "salus.yaml").read_bytes()
    other = company / "next.yaml"
    other.write_bytes(own.replace(b"name: ", b"name: next_", 1).replace(b"bad: 0", b"bad: 1", 1))
    arguments = ("replay", "--from", FIRST, "--to", AS_OF, "--json")
    models = [
        json.loads(run(company, *arguments, *more).stdout)["model"]
        for more in ((), ("--model", str(other)))
    ]
    assert models[0] != models[1]
    assert (company / "salus.yaml").read_bytes() == own


def test_a_spinner_says_what_is_done(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run(company, "explain", "A-01", "--as-of", AS_OF, "--json")
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich treats any stream as a terminal
    monkeypatch.setenv("TERM", "xterm")
    shown = run(company, "explain", "A-01", "--as-of", AS_OF, "--json")
    assert ("explaining" in plain.stderr, "explaining" in shown.stderr) == (False, True)
    assert json.loads(shown.stdout) == json.loads(plain.stdout)


def test_all_measures_are_shown_on_request(company: Path) -> None:
    short = run(company, "explain", "A-01", "--as-of", AS_OF).stdout
    full = run(company, "explain", "A-01", "--as-of", AS_OF, "--all").stdout
    assert len(full.splitlines()) > len(short.splitlines())
