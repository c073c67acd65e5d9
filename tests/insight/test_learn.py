"""`salus learn` from tables to a proposed model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.errors import UsageError
from salus.model.read import read_model
from salus.project import open_project
from tests.insight.portfolio import write_book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("book") / "project", accounts=220)


@pytest.fixture(scope="module")
def document(book: Path) -> dict[str, Any]:
    result: dict[str, Any] = open_project(book).learn("churned").as_dict()
    return result


def test_the_coin_loses_its_weight(document: dict[str, Any]) -> None:
    assert document["weights"]["coin"]["own"] == 0.25
    assert document["weights"]["coin"]["learned"] < 0.1
    assert sum(weight["learned"] for weight in document["weights"].values()) == pytest.approx(1)


def test_the_document_holds_what_the_contract_names(document: dict[str, Any]) -> None:
    assert [
        name
        for name in ("outcome", "events", "allowed", "reason", "gain", "gain_ci", "model")
        if name not in document
    ] == []
    assert document["events"] >= 40 and document["allowed"] in ("proposal", "adopt")
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_learned_weights_predict_better_on_later_dates(document: dict[str, Any]) -> None:
    assert document["gain"] > 0
    assert document["auc"]["difference"] > 0


def test_the_proposal_is_a_model_like_any_other(book: Path, document: dict[str, Any]) -> None:
    path, own = Path(document["model"]), read_model(book / "salus.yaml")
    proposed = read_model(path)
    assert [measure.name for measure in proposed.measures] == [
        measure.name for measure in own.measures
    ]
    assert proposed.fingerprint != own.fingerprint
    better = open_project(book).with_model(path).validate("churned").as_dict()
    assert better["auc"] > open_project(book).validate("churned").as_dict()["auc"]


def test_the_project_keeps_its_model(book: Path, document: dict[str, Any]) -> None:
    assert "weight: 3\n" in (book / "salus.yaml").read_text(encoding="utf-8")
    assert document["diff"].startswith("--- salus.yaml\n+++ proposed.yaml\n")


def test_the_engine_uses_the_learned_weights(book: Path, document: dict[str, Any]) -> None:
    """Shares of the proposed file are the learned ones, to the two decimals that are written."""
    proposed = read_model(Path(document["model"]))
    scores = open_project(book).with_model(document["model"]).score("2024-06-01", keep=False)
    full = [row for row in range(len(scores)) if scores.scored.main.coverage[row] == 1]
    for measure in proposed.measures:
        share = float(scores.scored.main.weights[measure.name][full[0]])
        assert share == pytest.approx(document["weights"][measure.name]["learned"], abs=2e-4)


def test_too_few_are_refused(tmp_path: Path) -> None:
    project = write_book(tmp_path / "project", accounts=14)
    document = open_project(project).learn("churned").as_dict()
    assert document["allowed"] == "none" and document["model"] is None and document["gain"] is None
    assert document["reason"].startswith(
        "Only 6 accounts had the outcome, and at least 10 are needed"
    )
    assert not (project / "proposed.yaml").exists()


def test_from_ten_to_thirty_nine_nothing_is_adopted(tmp_path: Path) -> None:
    document = (
        open_project(write_book(tmp_path / "project", accounts=60)).learn("churned").as_dict()
    )
    assert 10 <= document["events"] < 40
    assert document["allowed"] == "proposal" and "too few to prove" in document["reason"]


def test_the_text(book: Path) -> None:
    result = CliRunner().invoke(
        main, ["-C", str(book), "learn", "--outcome", "churned", "--out", str(book / "next.yaml")]
    )
    assert result.exit_code == 0, result.output
    assert "Learned on the earlier dates, tested on" in result.output
    assert (
        (book / "next.yaml").read_text(encoding="utf-8").startswith("# Proposed by `salus learn`")
    )


def test_the_goal_of_another_score_is_refused(book: Path, tmp_path: Path) -> None:
    """Its high scores are the chance, so weights learned for low ones would be turned round."""
    text = (
        (book / "salus.yaml")
        .read_text(encoding="utf-8")
        .replace(
            "outcomes:",
            "scores:\n  leaving: {goal: churned, weights: {use: 1, luck: 1}, bands: {likely: 50, not_yet: 0}}\noutcomes:",
        )
    )
    model = tmp_path / "goal.yaml"
    model.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="goal of the score `leaving`"):
        open_project(book).with_model(model).learn("churned", out=tmp_path / "out.yaml")
    assert not (tmp_path / "out.yaml").exists()


def test_with_reversed_scales_nothing_is_learned(book: Path, tmp_path: Path) -> None:
    text = (
        (book / "salus.yaml")
        .read_text(encoding="utf-8")
        .replace("bad: 0, good: 40", "bad: 40, good: 0")
        .replace("bad: 21d, good: 1d", "bad: 1d, good: 21d")
    )
    text = text[: text.index("  luck:")] + text[text.index("outcomes:") :]
    model = tmp_path / "turned.yaml"
    model.write_text(text, encoding="utf-8")
    document = (
        open_project(book).with_model(model).learn("churned", out=tmp_path / "out.yaml").as_dict()
    )
    assert document["allowed"] == "none" and document["model"] is None
    assert "No measure predicts the outcome" in document["reason"]
