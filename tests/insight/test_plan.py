"""`salus plan`: who moves by an edited model, why, and what it is worth."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.project import open_project
from salus.verbs.plan.both_models import score_both
from salus.verbs.plan.effects import find_effects
from salus.verbs.plan.plan import compare_models
from tests.insight.plan_oracle import effects_slowly
from tests.insight.portfolio import MODEL, write_book

DAY = "2024-06-01"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_book(tmp_path_factory.mktemp("book") / "project", accounts=220)
    text = MODEL.replace("    weight: 3\n", "    weight: 19\n")
    assert text != MODEL
    (folder / "next.yaml").write_text(text, encoding="utf-8")
    (folder / "same.yaml").write_text(MODEL, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def document(book: Path) -> dict[str, Any]:
    result: dict[str, Any] = (
        open_project(book).plan(book / "next.yaml", DAY, outcome="churned").as_dict()
    )
    return result


def test_scores_and_bands_are_those_of_both_models(book: Path, document: dict[str, Any]) -> None:
    before = open_project(book).score(DAY, keep=False)
    after = open_project(book).with_model(book / "next.yaml").score(DAY, keep=False)
    for entity in document["entities"]:
        for scores, word in ((before, "from"), (after, "to")):
            row = scores.row(entity["id"])
            assert entity[f"score_{word}"] == scores.scored.score[row]
            assert entity[f"band_{word}"] == scores.scored.band_name(int(scores.scored.band[row]))
    moved = [entity for entity in document["entities"] if entity["band_from"] != entity["band_to"]]
    assert sum(move["entities"] for move in document["moves"].values()) == len(moved) > 0
    assert sum(move["value"] for move in document["moves"].values()) == sum(
        entity["value"] for entity in moved
    )


def test_the_biggest_fall_comes_first_with_its_reason(document: dict[str, Any]) -> None:
    changes = [row["score_to"] - row["score_from"] for row in document["entities"]]
    assert changes == sorted(changes)
    first = document["entities"][0]
    assert (
        first["reason"]["what"] == "coin" and first["reason"]["effect"] < 0
    )  # a head lost its weight


def test_effects_sum_to_the_difference_and_the_reason_goes_its_way(
    book: Path, document: dict[str, Any]
) -> None:
    """Also through a cap and a measure that only one of the models has."""
    other = book / "other.yaml"
    other.write_text(
        MODEL.replace(
            "  luck:",
            "      days: {count_distinct: logins.at, within: 30d, bad: 0, good: 20}\n  luck:",
        )
        + 'caps:\n  - {name: gone, when: "quiet > 14", at_most: 30}\n',
        encoding="utf-8",
    )
    before, after = score_both(
        open_project(book), open_project(book).with_model(other).model, dt.date.fromisoformat(DAY)
    )
    old = np.arange(len(before))
    new = np.array([after.row(entity) for entity in before.ids])
    parts = find_effects(before.scored, old, after.scored, new)
    difference = after.scored.score[new] - before.scored.score[old]
    assert sum(parts.values()) == pytest.approx(difference, abs=1e-9)
    for row in (0, len(old) // 2):
        slow = effects_slowly(before, row, after, int(new[row]))
        assert {name: float(effect[row]) for name, effect in parts.items() if effect[row]} == {
            name: effect for name, effect in slow.items() if effect
        }
    causes = {name for name, effect in parts.items() if effect.any()}
    assert {"days", "cap gone", "logins_30d"} <= causes
    for mover in [*document["entities"], *compare_models(before, after).as_dict()["entities"]]:
        change = mover["score_to"] - mover["score_from"]
        assert change * mover["reason"]["effect"] > 0


def test_everybody_is_in_the_matrix_once(book: Path, document: dict[str, Any]) -> None:
    plan = open_project(book).plan(book / "next.yaml", DAY)
    assert sum(row.entities for row in plan.flows) == document["population"] == plan.entities
    line = next(line for line in str(plan).splitlines() if line.startswith("Healthy "))
    stays = next(
        row for row in plan.flows if (row.band_from, row.band_to) == ("healthy", "healthy")
    )
    assert f"{stays.entities} ({stays.value:,.0f})" in line


def test_limits_and_populations_are_reasons_too(book: Path) -> None:
    other = book / "limits.yaml"
    other.write_text(
        MODEL.replace(", ends: ended", "") + "bands: {healthy: 90, watch: 50, at_risk: 0}\n",
        encoding="utf-8",
    )
    document = open_project(book).plan(other, "2024-09-01").as_dict()["entities"]
    reasons = {(row["reason"]["what"], row["reason"]["effect"]) for row in document}
    assert reasons == {("other limits of bands", 0.0), ("another population", 0.0)}


def test_an_outcome_that_nobody_has_is_reported(book: Path, tmp_path: Path) -> None:
    folder = write_book(tmp_path / "project", accounts=40)
    import pyarrow.parquet as pq

    path = folder / "data" / "churn.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    plan = open_project(folder).plan(book / "next.yaml", DAY, outcome="churned")
    assert plan.as_dict()["auc"] is None
    assert "can’t show which model predicts better" in " ".join(str(plan).split())
    assert "predicts better" in plan.markdown()


def test_changed_weights_are_listed(document: dict[str, Any]) -> None:
    assert {row["measure"]: (row["from"], row["to"]) for row in document["weights"]} == {
        "coin": (0.25, 0.05),
        "logins_30d": (0.375, 0.475),
        "quiet": (0.375, 0.475),
    }


def test_less_weight_on_a_coin_predicts_better(document: dict[str, Any]) -> None:
    assert document["auc"]["auc_to"] > document["auc"]["auc_from"]
    assert document["auc"]["difference_ci"][0] > 0


def test_the_same_model_changes_nothing(book: Path) -> None:
    document = open_project(book).plan(book / "same.yaml", DAY).as_dict()
    assert document["entities"] == [] and document["moves"] == {} and document["weights"] == []


def test_text_and_markdown(book: Path) -> None:
    command = [
        "-C",
        str(book),
        "plan",
        "--model",
        str(book / "next.yaml"),
        "--as-of",
        DAY,
        "--outcome",
        "churned",
    ]
    text = CliRunner().invoke(main, command)
    assert text.exit_code == 0, text.output
    assert "move to another band" in text.output
    assert "The edited model predicts “churned” better: its AUC is" in text.output
    document = CliRunner().invoke(main, [*command, "--markdown"]).output
    assert document.startswith("**") and "| band now |" in document
    assert "<summary>Who changes band</summary>" in document
    assert json.loads(CliRunner().invoke(main, [*command, "--json"]).output)["population"] > 0


def test_names_from_tables_are_escaped_in_markdown(book: Path, tmp_path: Path) -> None:
    project = write_book(tmp_path / "project", accounts=30)
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = project / "data" / "accounts.parquet"
    table = pq.read_table(path)
    place = table.column_names.index("name")
    pq.write_table(table.set_column(place, "name", pa.array(["<b>|x|</b>"] * len(table))), path)
    document = open_project(project).plan(book / "next.yaml", DAY).markdown()
    assert "<b>" not in document and "\\<b\\>\\|x\\|" in document
