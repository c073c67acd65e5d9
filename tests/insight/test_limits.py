"""A result that isn’t a forward test says so before everything else, and counts each entity once."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.project import open_project
from tests.insight.activity import write_activity
from tests.insight.company import Tables
from tests.insight.portfolio import write_book


@pytest.fixture(scope="module")
def activity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_activity(tmp_path_factory.mktemp("limits") / "project", signal=1, accounts=150)


def test_one_date_is_no_forward_test(activity: Path) -> None:
    arguments = [
        "-C",
        str(activity),
        "validate",
        "--outcome",
        "churned",
        "--from",
        "2023-06-01",
        "--to",
        "2023-06-01",
    ]
    result = CliRunner().invoke(main, arguments)
    assert " ".join(result.stdout.split()).startswith(
        "This can’t show that the score predicts anything: all rows have the same date, 1 June 2023. It only compares accounts"
    )
    document = open_project(activity).validate("churned").as_dict()
    assert "forward test" not in document["verdict"]


def test_attributes_of_today_are_no_forward_test(tmp_path: Path) -> None:
    project = write_book(tmp_path / "project", accounts=60)
    Tables(project).model(
        ("value: arr, ends", "value: arr, attributes: [arr], ends"),
        (
            "coin: {latest: coins.side, within: 60d, points: {head: 100, tail: 0}}",
            'size: {formula: "arr * 1", bad: 0, good: 50000}',
        ),
    )
    document = open_project(project).validate("churned").as_dict()
    assert document["verdict"].startswith(
        "The past scores contain some hindsight: today’s values are used in “Size”"
    )
    text = (project / "salus.yaml").read_text(encoding="utf-8")
    (project / "salus.yaml").write_text(
        text[: text.index("  use:")] + text[text.index("  luck:") :], encoding="utf-8"
    )
    document = open_project(project).validate("churned").as_dict()
    assert document["verdict"].startswith(
        "This can’t show that the score predicts anything: the past scores use today’s values of “Size”"
    )
    learned = open_project(project).learn("churned").as_dict()
    assert learned["allowed"] in ("none", "proposal") and learned["reason"].startswith(
        "This can’t show that the score predicts anything"
    )


def test_outcomes_on_one_date_are_many_and_not_too_few(activity: Path, tmp_path: Path) -> None:
    """The file of who left was written on one day: hundreds of outcomes, and no later one to try
    anything on.
    """
    project = write_activity(tmp_path / "project", signal=1, accounts=150)
    day = dt.date(2023, 9, 1)
    churn = pq.read_table(project / "data" / "churn.parquet")
    pq.write_table(
        churn.set_column(1, "ended", pa.array([day] * len(churn), pa.date32())),
        project / "data" / "churn.parquet",
    )
    Tables(project).model((", ends: ended", ""))
    document = open_project(project).learn("churned").as_dict()
    verdict = open_project(project).validate("churned").as_dict()["verdict"]
    assert re.match(
        r"All \d+ outcomes have the same date, 1 September 2023\. That is a single test", verdict
    )
    assert document["allowed"] == "proposal"
    assert (
        re.match(r"All \d+ outcomes have the same date, 1 September 2023", document["reason"])
        and "too few" not in document["reason"]
    )


def test_one_date_to_learn_from_says_so(activity: Path) -> None:
    document = (
        open_project(activity)
        .learn("churned", "365d", first="2023-01-01", last="2023-01-01")
        .as_dict()
    )
    assert document["reason"].startswith(
        "This can’t show that the score predicts anything: all rows have the same date, 1 January 2023"
    )
    assert "follow one date" in document["reason"] or document["events"] < 40


def test_who_left_counts_once(tmp_path: Path) -> None:
    project = write_book(tmp_path / "project", accounts=14)
    document = open_project(project).validate("churned").as_dict()
    assert (
        document["finding"] == "too few"
        and f"among {document['entities']} accounts there are {document['events']} that churned"
        in document["verdict"]
    )
