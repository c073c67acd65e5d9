"""`salus validate` from tables to verdict."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.errors import UsageError
from salus.project import open_project
from tests.insight.portfolio import MODEL, write_book

#: In the book logins fall from 14 weeks before a notice, of 8 weeks: an honest sign that comes
#: late.
LATE = {("late", None), ("late", "logins_30d"), ("late", "quiet")}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("book") / "project")


@pytest.fixture(scope="module")
def document(book: Path) -> dict[str, Any]:
    result: dict[str, Any] = open_project(book).validate("churned", "90d").as_dict()
    return result


def test_a_score_of_falling_use_predicts_churn(document: dict[str, Any]) -> None:
    assert document["finding"] == "evidence"
    assert document["auc_ci"][0] > 0.6 < document["auc"]
    assert document["verdict"].startswith("The score predicts churn within 90\u00a0days")


def test_the_document_holds_what_the_contract_names(document: dict[str, Any]) -> None:
    names = [
        "outcome",
        "horizon_days",
        "dates",
        "rows",
        "entities",
        "events",
        "base_rate",
        "auc",
        "auc_ci",
        "brier",
        "ece",
        "calibration",
        "deciles",
        "lead_time_days",
        "comparisons",
        "misses",
        "warnings",
        "verdict",
    ]
    assert [name for name in names if name not in document] == []
    assert set(document["deciles"][0]) == {"score_from", "score_to", "rate", "n", "low", "high"}
    assert set(document["calibration"][0]) == {"predicted", "observed", "n", "low", "high"}
    assert {"name", "auc", "auc_ci", "difference", "difference_ci"} <= set(
        document["comparisons"][0]
    )
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_rows_and_base_rate_are_those_of_a_count_by_hand(
    book: Path, document: dict[str, Any]
) -> None:
    """Accounts on each date that have not given notice before it, whose 90 days are over by the
    last login.
    """
    churn = {row["id"]: row for row in pq.read_table(book / "data" / "churn.parquet").to_pylist()}
    accounts = pq.read_table(book / "data" / "accounts.parquet").to_pylist()
    end = max(
        pc.max(pq.read_table(book / "data" / f"{name}.parquet")["at"]).as_py()
        for name in ("logins", "coins")
    )
    rows = had_outcome = 0
    for day in map(dt.date.fromisoformat, document["dates"]):
        assert day + dt.timedelta(days=90) <= end + dt.timedelta(days=1)
        for account in accounts:
            left = churn.get(account["id"])
            if left is None or left["notice"] >= day:
                rows += 1
                had_outcome += (
                    left is not None
                    and left["notice"] < day + dt.timedelta(days=90)
                    and left["notice"] <= end
                )
    assert (
        document["rows"] + document["unscored"],
        round(document["base_rate"] * document["rows"]),
    ) == (
        rows,
        had_outcome,
    )


def test_the_coin_is_not_better_than_chance_and_the_score_is_better_than_it(
    document: dict[str, Any],
) -> None:
    coin = next(row for row in document["comparisons"] if row["name"] == "coin")
    assert coin["auc_ci"][0] < 0.5 < coin["auc_ci"][1]
    assert coin["difference_ci"][0] > 0


def test_misses_list_everyone_who_left_in_time(book: Path, document: dict[str, Any]) -> None:
    churn = pq.read_table(book / "data" / "churn.parquet").to_pylist()
    first = dt.date.fromisoformat(document["dates"][0])
    end = dt.date.fromisoformat(document["dates"][-1]) + dt.timedelta(days=90)
    expected = {row["id"] for row in churn if first <= row["notice"] < end}
    assert {miss["id"] for miss in document["misses"]} >= expected
    for miss in document["misses"]:
        assert [said["days_before"] for said in miss["said"]] == [90, 60, 30]
        assert miss["missed"] == all(said["band"] != "at_risk" for said in miss["said"])


def test_misses_hold_the_score_of_that_day(book: Path, document: dict[str, Any]) -> None:
    miss = next(
        miss
        for miss in document["misses"]
        if all(said["score"] is not None for said in miss["said"])
    )
    for said in miss["said"]:
        day = dt.date.fromisoformat(miss["date"]) - dt.timedelta(days=said["days_before"])
        scores = open_project(book).score(day, keep=False)
        row = scores.row(miss["id"])
        assert said["score"] == scores.scored.score[row]


def test_without_an_effect_there_is_no_evidence(tmp_path: Path) -> None:
    document = (
        open_project(write_book(tmp_path / "project", 5, effect=0)).validate("churned").as_dict()
    )
    assert document["finding"] == "no evidence"
    assert document["auc_ci"][0] < 0.5 < document["auc_ci"][1]
    assert document["break"] is None


def test_few_outcomes_are_no_verdict(tmp_path: Path) -> None:
    document = (
        open_project(write_book(tmp_path / "project", 1, accounts=12)).validate("churned").as_dict()
    )
    assert document["finding"] == "too few"
    assert document["verdict"].startswith("No verdict")


def test_a_reversed_score_is_reported(book: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.yaml"
    turned.write_text(
        MODEL.replace("bad: 0, good: 40", "bad: 40, good: 0").replace(
            "bad: 21d, good: 1d", "bad: 1d, good: 21d"
        ),
        encoding="utf-8",
    )
    document = open_project(book).with_model(turned).validate("churned").as_dict()
    assert document["finding"] == "backwards"
    assert {"backwards"} == {row["kind"] for row in document["warnings"]}


def test_a_measure_that_knows_the_outcome_is_flagged(book: Path, tmp_path: Path) -> None:
    """A table written once at the end: a mark of those who left, dated at the start."""
    project = write_book(tmp_path / "project")
    churn = pq.read_table(project / "data" / "churn.parquet")["id"].to_pylist()
    accounts = pq.read_table(project / "data" / "accounts.parquet")["id"].to_pylist()
    pq.write_table(
        pa.table(
            {
                "id": accounts,
                "at": [dt.date(2023, 1, 3)] * len(accounts),
                "risk": [9 if row in churn else 1 for row in accounts],
            }
        ),
        project / "data" / "marks.parquet",
    )
    text = MODEL.replace(
        "dimensions:", "  marks: {table: marks, key: id, time: at}\ndimensions:", 1
    ).replace(
        "  luck:",
        "  known:\n    measures:\n      mark: {latest: marks.risk, bad: 10, good: 0}\n  luck:",
        1,
    )
    (project / "salus.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(
        main, ["-C", str(project), "validate", "--outcome", "churned", "--json"]
    )
    assert result.exit_code == 3
    document = {
        (row["kind"], row["measure"] or row["source"])
        for row in json.loads(result.stdout)["warnings"]
    }
    assert document - LATE == {
        ("knows early", "mark"),
        ("never changes", "mark"),
        ("one row each", "marks"),
        ("drift", "mark"),
    }


def test_a_later_fact_changes_nothing_of_the_past(
    book: Path, tmp_path: Path, document: dict[str, Any]
) -> None:
    """The same dates over facts that go on for longer: scores of the past don't move."""
    project = write_book(tmp_path / "project")
    logins = pq.read_table(project / "data" / "logins.parquet")
    more = pa.table({"id": ["A-000"] * 50, "at": [dt.date(2026, 1, 1)] * 50})
    pq.write_table(pa.concat_tables([logins, more]), project / "data" / "logins.parquet")
    after = (
        open_project(project)
        .validate("churned", first=document["dates"][0], last=document["dates"][-1])
        .as_dict()
    )
    assert after["deciles"] == document["deciles"] and after["auc"] == document["auc"]


def test_the_text_begins_with_the_verdict_and_ends_well(book: Path) -> None:
    result = CliRunner().invoke(
        main, ["-C", str(book), "validate", "--outcome", "churned", "--horizon", "12w"]
    )
    assert result.exit_code == 3, result.output  # for logins fall only weeks before
    assert result.output.startswith("The score predicts churn within 84\u00a0days")
    for line in (
        "AUC",
        "How often “churned” followed, by tenths of all scores",
        "Each measure and dimension alone, on the same rows",
        "accounts that churned",
        "learned weights  ",
        "its signal comes late or follows the decision",
    ):
        assert line in result.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chruned", "90d"), "no outcome `chruned`"),
        (("churned", "ninety"), "not a valid span of time"),
        (("churned", "4000d"), "4000 days"),
        (("churned", "800d"), "has 800 days of facts"),
    ],
)
def test_questions_without_an_answer(book: Path, arguments: tuple[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        open_project(book).validate(*arguments)


def test_equal_seeds_equal_figures(book: Path, document: dict[str, Any]) -> None:
    assert open_project(book).validate("churned", 90).as_dict() == document
    assert np.isfinite(document["auc"])
