"""Outcomes from a flag: customers are compared with one another, without any statement about time."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from click.testing import CliRunner
from scipy import special

from salus.cli.main import main
from salus.errors import DataError, ModelError, UsageError
from salus.model.read import read_text
from salus.project import open_project

NOW = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
ENTITIES = 300
MODEL = """\
version: 1
name: telco
entity: {name: customer, table: customers, key: id, ends: left, attributes: [months, plan, region]}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  all:
    measures:
      uses: {count: use, within: 90d, bad: 0, good: 10}
      tenure: {value: months, bad: 0, good: 60}
      contract: {value: plan, points: {month: 0, year: 100}}
outcomes:
  churned: {flag: Churn, is: "Yes"}
"""
FIRST = "This compares customers with one another by the flag “churned”. It shows which customers resemble those that left, not which will leave."


def write_project(folder: Path, *, signal: float = 1.2, model: str = MODEL) -> Path:
    """Customers with a flag that follows tenure and contract; who left has an end in the past."""
    draw = np.random.default_rng(3)
    months, year = draw.integers(1, 72, ENTITIES), draw.random(ENTITIES) < 0.4
    left = draw.random(ENTITIES) < special.expit(-1 - signal * ((months - 36) / 20 + 1.5 * year))
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    with (folder / "data" / "customers.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(["id", "months", "plan", "Churn", "code", "gone", "region", "left"])
        for row in range(ENTITIES):
            gone = bool(left[row])
            write.writerow(
                [
                    f"C-{row:03}",
                    months[row],
                    "year" if year[row] else "month",
                    "Yes" if gone else "No",
                    int(gone),
                    str(gone).lower(),
                    "north" if row % 2 else "south",
                    "2024-03-31" if gone else "",
                ]
            )
    with (folder / "data" / "use.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(["id", "day"])
        for row in range(ENTITIES):
            write.writerows([f"C-{row:03}", "2024-06-30"] for _ in range(draw.poisson(3)))
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("flag") / "project")


def flags(project: Path) -> np.ndarray:
    rows = list(csv.DictReader((project / "data" / "customers.csv").open(encoding="utf-8")))
    return np.array([row["Churn"] == "Yes" for row in rows])


def test_everybody_is_compared_the_flagged_among_them(project: Path) -> None:
    """The AUC by hand: pairs of a customer with and one without the flag, ties half."""
    document = open_project(project).validate("churned").as_dict()
    assert document["horizon_days"] is None and document["entities"] == document["rows"] == ENTITIES
    assert document["events"] == int(flags(project).sum()) and document["dates"] == ["2024-07-01"]
    everybody = MODEL.replace(" ends: left,", "")
    (project / "everybody.yaml").write_text(everybody, encoding="utf-8")
    scores = (
        open_project(project).with_model(project / "everybody.yaml").score("2024-07-01", keep=False)
    )
    score, left = np.array(scores.scored.score), flags(project)
    pairs = score[left][:, None] - score[~left][None, :]
    assert document["auc"] == pytest.approx(
        float(np.mean((pairs < 0) + 0.5 * (pairs == 0))), abs=1e-12
    )


def test_the_first_sentence_says_what_it_is(project: Path) -> None:
    for verb in ("validate", "learn"):
        result = CliRunner().invoke(main, ["-C", str(project), verb, "--outcome", "churned"])
        assert result.exit_code in (0, 3), result.output
        assert " ".join(result.stdout.split()).startswith(FIRST), verb
        document = json.loads(
            CliRunner()
            .invoke(main, ["-C", str(project), verb, "--outcome", "churned", "--json"])
            .stdout
        )
        assert (document["verdict"] if verb == "validate" else document["reason"]).startswith(FIRST)
        assert document["horizon_days"] is None


def test_no_probability_by_a_date_is_offered(project: Path) -> None:
    proposal = open_project(project).validate("churned").as_dict()
    assert [
        proposal[name] for name in ("brier", "ece", "calibration", "lead_time_days", "splits")
    ] == [
        None,
        None,
        [],
        None,
        None,
    ]
    for verb in ("forecast", "metrics"):
        with pytest.raises(UsageError, match="a flag without a date"):
            getattr(open_project(project), verb)(outcome="churned")
    with pytest.raises(UsageError, match="a flag without a date"):
        open_project(project).report(outcome="churned")


def test_it_is_adopted_only_by_who_says_so(tmp_path: Path) -> None:
    project = open_project(write_project(tmp_path / "project"))
    document = project.learn("churned")
    assert document.as_dict()["allowed"] == "proposal" and document.learned.proven
    for arguments in ({}, {"share": "20%"}, {"accept_proposal": True}):
        with pytest.raises(UsageError, match="resembles the customers who left") as refused:
            project.adopt(document.path, NOW, **arguments)
        assert "--accept-cross-sectional" in str(refused.value)
    result = CliRunner().invoke(
        main, ["-C", str(project.folder), "adopt", str(document.path), "--accept-cross-sectional"]
    )
    assert result.exit_code == 0, result.output


def test_noise_needs_both_words(tmp_path: Path) -> None:
    project = open_project(
        write_project(
            tmp_path / "project",
            signal=0,
            model=MODEL.replace("      uses: {count: use, within: 90d, bad: 0, good: 10}\n", ""),
        )
    )
    document = project.learn("churned")
    assert document.learned.allowed in ("none", "proposal") and not document.learned.proven
    if document.path is not None:
        with pytest.raises(UsageError, match="only a proposal"):
            project.adopt(document.path, NOW, accept_cross_sectional=True)
        project.adopt(document.path, NOW, accept_cross_sectional=True, accept_proposal=True)


@pytest.mark.parametrize(
    "written",
    [
        '{flag: Churn, is: ["Yes", "Maybe"]}',
        "{flag: code, is: 1}",
        '{flag: code, is: "1"}',
        "{flag: gone, is: true}",
        '{flag: gone, is: "true"}',
    ],
)
def test_a_value_a_list_a_number_a_truth(project: Path, tmp_path: Path, written: str) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(MODEL.replace('{flag: Churn, is: "Yes"}', written), encoding="utf-8")
    assert open_project(project).with_model(model).validate("churned").as_dict()["events"] == int(
        flags(project).sum()
    )


def test_the_same_from_a_database(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "data.duckdb"
    with duckdb.connect(str(path)) as database:
        for name in ("customers", "use"):
            database.execute(f"create table {name} as from read_csv('{project}/data/{name}.csv')")
    (tmp_path / "salus.toml").write_text(f'[data]\nurl = "duckdb:///{path}"\n', encoding="utf-8")
    wanted = open_project(project).validate("churned").as_dict()
    for flag in (
        '{flag: Churn, is: "Yes"}',
        "{flag: gone, is: true}",
        '{flag: gone, is: "Yes"}',
        "{flag: code, is: 1}",
    ):
        (tmp_path / "salus.yaml").write_text(
            MODEL.replace('{flag: Churn, is: "Yes"}', flag), encoding="utf-8"
        )
        document = open_project(tmp_path).validate("churned").as_dict()
        assert (document["events"], document["auc"]) == (
            wanted["events"],
            pytest.approx(wanted["auc"]),
        ), flag


def test_a_table_without_any_fact_is_enough(project: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    start, stop = MODEL.index("sources:"), MODEL.index("dimensions:")
    model.write_text(
        (MODEL[:start] + MODEL[stop:]).replace(
            "      uses: {count: use, within: 90d, bad: 0, good: 10}\n", ""
        ),
        encoding="utf-8",
    )
    document = open_project(project).with_model(model).validate("churned").as_dict()
    assert (
        document["entities"] == ENTITIES
        and document["verdict"].startswith(FIRST)
        and document["auc"] > 0.6
    )


def test_where_limits_the_entities_of_the_flag(project: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        MODEL.replace('is: "Yes"}', 'is: "Yes", where: "region = \'north\'"}'), encoding="utf-8"
    )
    north = np.arange(ENTITIES) % 2 == 1
    document = open_project(project).with_model(model).validate("churned").as_dict()
    assert (
        document["events"] == int((flags(project) & north).sum())
        and document["entities"] == ENTITIES
    )


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ('{flag: Churn, is: "yes"}', "no row of customers has `Churn` = 'yes'.*it has .*'Yes'"),
        ('{flag: Churned, is: "Yes"}', "reads `Churned`|no column `Churned`"),
        ('{flag: code, is: "Yes"}', "no row of customers has `code` = 'Yes'"),
    ],
)
def test_a_flag_that_nobody_has_is_refused(
    project: Path, tmp_path: Path, written: str, complaint: str
) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(MODEL.replace('{flag: Churn, is: "Yes"}', written), encoding="utf-8")
    with pytest.raises(DataError, match=complaint):
        open_project(project).with_model(model).validate("churned")
    shutil.copytree(project / "data", tmp_path / "data")
    model.rename(tmp_path / "salus.yaml")
    checked = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])
    assert checked.exit_code == 3 and re.search(complaint, checked.output)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{flag: Churn}", "needs `is`"),
        ('{is: "Yes"}', "needs `flag`"),
        ('{flag: Churn, is: "Yes", quiet: use, for: 30d}', "has both `quiet` and `flag`"),
        ('{flag: Churn, is: "Yes", table: churn}', "has both `table` and `flag`"),
        ("{flag: Churn, is: []}", "is is empty|`is` is empty"),
        ('{flag: Churn, is: "Yes", where: "1 +"}', "something is missing"),
    ],
)
def test_half_a_flag_is_a_problem_with_its_place(written: str, complaint: str) -> None:
    text = MODEL.replace('{flag: Churn, is: "Yes"}', written)
    with pytest.raises(ModelError, match=complaint) as refused:
        read_text(text, "salus.yaml", Path())
    assert all(problem.line == 13 for problem in refused.value.problems)


def test_a_flag_needs_a_table_of_entities() -> None:
    text = MODEL.replace(" table: customers,", "").replace(
        ", ends: left, attributes: [months, plan, region]", ""
    )
    with pytest.raises(
        ModelError, match="reads a column of the entity's table, but the entity has none"
    ):
        read_text(text, "salus.yaml", Path())


def test_where_on_outcomes_with_dates(project: Path, tmp_path: Path) -> None:
    """Rows of a table and facts of a source, counted by hand."""

    def document(outcome: str) -> dict[str, Any]:
        model = tmp_path / "model.yaml"
        model.write_text(
            MODEL.replace('churned: {flag: Churn, is: "Yes"}', outcome).replace(" ends: left,", ""),
            encoding="utf-8",
        )
        document: dict[str, Any] = (
            open_project(project)
            .with_model(model)
            .validate("left", "30d", first="2024-03-15", last="2024-03-15")
            .as_dict()
        )
        return document

    table = "left: {table: customers, key: id, time: left%s}"
    assert document(table % "")["events"] == int(flags(project).sum())
    south = np.arange(ENTITIES) % 2 == 0
    assert document(table % ", where: \"region = 'south'\"")["events"] == int(
        (flags(project) & south).sum()
    )


def test_a_silence_of_some_facts_only(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    model = MODEL[: MODEL.index("dimensions")].replace(
        ", ends: left, attributes: [months, plan, region]", ""
    )
    (project / "salus.yaml").write_text(
        model
        + "dimensions: {all: {measures: {uses: {count: use, within: 90d, bad: 0, good: 9}}}}\n"
        "outcomes: {silent: {quiet: use, for: 60d, where: \"kind = 'order'\"}}\n",
        encoding="utf-8",
    )
    (project / "data" / "customers.csv").write_text("id\nA\nB\n", encoding="utf-8")
    rows = [("A", month, "order") for month in range(1, 13)] + [
        ("B", month, "visit") for month in range(1, 13)
    ]
    rows += [("B", 1, "order")]
    (project / "data" / "use.csv").write_text(
        "id,day,kind\n"
        + "".join(f"{key},2024-{month:02}-10,{kind}\n" for key, month, kind in rows),
        encoding="utf-8",
    )
    document = (
        open_project(project)
        .validate("silent", "60d", first="2024-02-01", last="2024-02-01")
        .as_dict()
    )
    assert (document["entities"], document["events"]) == (
        2,
        1,
    )  # B visits every month, and orders no more
