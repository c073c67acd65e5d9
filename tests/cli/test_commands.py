"""The command line: names, exit codes, and JSON that is one document and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from salus.cli.main import VERBS, main
from tests.project.company import AS_OF, MODEL, write_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_company(tmp_path_factory.mktemp("cli") / "small")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


def document(*arguments: object) -> Any:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_help_names_every_verb_and_each_has_its_own() -> None:
    listed = run("--help").stdout
    for verb in VERBS:
        assert f"  {verb} " in listed
        assert run(verb, "--help").stdout.startswith(f"Usage: main {verb}")


def test_score_json_is_the_contract(company: Path) -> None:
    result = document("-C", company, "score", "--as-of", AS_OF, "--json")
    assert set(result) == {"model", "as_of", "population", "bands", "entities"}
    assert set(result["model"]) == {"name", "fingerprint"}
    assert sum(result["bands"].values()) == result["population"] == len(result["entities"]) == 11
    scores = [entity["score"] for entity in result["entities"] if entity["score"] is not None]
    assert scores == sorted(scores)
    for entity in result["entities"]:
        assert set(entity) >= {"id", "label", "score", "band", "coverage", "dimensions", "scores"}
        assert sum(part["weight"] for part in entity["dimensions"].values()) == pytest.approx(1)


def test_the_folder_may_be_named_after_the_verb(company: Path) -> None:
    assert document("score", "--as-of", AS_OF, "--json", "-C", company)["as_of"] == AS_OF


def test_explain_json_is_the_contract(company: Path) -> None:
    result = document(
        "-C", company, "explain", "A-01", "--as-of", AS_OF, "--since", "2025-10-20", "--json"
    )
    assert set(result) >= {
        "id",
        "as_of",
        "score",
        "band",
        "coverage",
        "measures",
        "held",
        "caps",
        "to_next_band",
        "inputs",
        "change",
    }
    assert set(result["change"]) == {
        "since",
        "score",
        "data",
        "missing",
        "model",
        "caps",
        "measures",
    }
    assert set(result["measures"][0]) == {
        "dimension",
        "name",
        "value",
        "points",
        "weight",
        "contribution",
        "missing",
    }


def test_history_and_compare_json(company: Path) -> None:
    document("-C", company, "score", "--as-of", AS_OF, "--json")
    line = document("-C", company, "history", "A-01", "--json")
    assert set(line["points"][0]) == {
        "as_of",
        "score",
        "band",
        "coverage",
        "fingerprint",
        "replayed",
    }
    result = document("-C", company, "compare", "2025-10-20", AS_OF, "--json")
    assert set(result) == {"from", "to", "bands", "crossed", "entities"}


def test_check_is_quiet_about_a_sound_project(tmp_path: Path) -> None:
    folder = write_company(tmp_path / "sound", MODEL.replace("leaving: 0}", "leaving: 0, odd: 50}"))
    assert document("-C", folder, "check", "--json")["problems"] == []


def test_check_names_words_without_points(company: Path) -> None:
    (problem,) = document("-C", company, "check", "--json")["problems"]
    assert problem["severity"] == "warning"
    assert "measure `mood` has no points for 'odd' (1 row)" in problem["what"]
    assert MODEL.splitlines()[problem["line"] - 1][problem["column"] - 1 :].startswith("points:")


@pytest.mark.parametrize("verb", [("score",), ("explain", "A-01"), ("report",)])
def test_a_broken_model_fails_and_writes_nothing(tmp_path: Path, verb: tuple[str, ...]) -> None:
    folder = write_company(
        tmp_path / "broken", MODEL.replace("{days_since: use,", "{days_since: usee,")
    )
    before = sorted(folder.rglob("*"))
    result = run("-C", folder, *verb, *(["--as-of", AS_OF]))
    assert result.exit_code == 1
    assert "did you mean `use`?" in result.stderr
    assert result.stdout == ""
    assert sorted(folder.rglob("*")) == before


def test_check_finds_a_broken_model(tmp_path: Path) -> None:
    folder = write_company(
        tmp_path / "broken", MODEL.replace("{days_since: use,", "{days_since: usee,")
    )
    result = run("-C", folder, "check", "--json")
    assert result.exit_code == 3
    problem = json.loads(result.stdout)["problems"][0]
    assert (problem["file"], problem["severity"]) == ("salus.yaml", "error")
    assert problem["line"] > 1
    assert problem["column"] > 1


def test_check_finds_a_missing_table_and_a_missing_column(tmp_path: Path) -> None:
    folder = write_company(
        tmp_path / "gaps",
        MODEL.replace("table: pulse", "table: puls").replace("until: closed", "until: closd"),
    )
    result = run("-C", folder, "check")
    assert result.exit_code == 3
    assert "puls" in result.stdout
    assert "did you mean `closed`?" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nonsense",), 2),
        (("score", "--as-of"), 2),
        (("compare", "2025-01-01"), 2),
        (("score", "--as-of", "yesterday"), 2),
        (("-C", "/nowhere", "score"), 1),
    ],
)
def test_exit_codes(company: Path, arguments: tuple[str, ...], code: int) -> None:
    where = () if "-C" in arguments else ("-C", str(company))
    assert run(*where, *arguments).exit_code == code


def test_an_unknown_ending_is_refused_before_anything_is_written(
    company: Path, tmp_path: Path
) -> None:
    result = run("-C", company, "score", "--as-of", "2025-08-01", "--out", tmp_path / "scores.doc")
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert not (company / "history" / "live").joinpath("2025-08-01").exists()


def test_an_old_export_is_scored_where_its_data_end_and_says_so(company: Path) -> None:
    result = run("-C", company, "score", "--json")
    assert json.loads(result.stdout)["as_of"] == "2025-12-02"  # the day after the last event
    assert "2025-12-02" in result.stderr


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = write_company(tmp_path / "evil")
    path = folder / "data" / "accounts.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Eva", "E\x1b[31mv\u202ea"), encoding="utf-8"
    )
    output = run("-C", folder, "score", "--as-of", AS_OF).stdout
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_doctor_says_what_is_wrong(company: Path, tmp_path: Path) -> None:
    assert run("-C", company, "doctor").exit_code == 0
    result = run("-C", tmp_path, "doctor", "--json")
    assert result.exit_code == 1
    assert {part["what"]: part["good"] for part in json.loads(result.stdout)}["model"] is False
