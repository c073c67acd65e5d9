"""`check` warns about conditions that no row meets and about texts in place of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import Problem
from salus.project import open_project
from tests.project.test_kinds import project

MODEL = """\
version: 1
name: doubts
entity: {name: account, table: accounts, key: "`Record ID`", attributes: ["`Plan Name`"]}
sources:
  use: {table: answers, key: "`Record ID`", time: day}
dimensions:
  d:
    measures:
      n: {count: use, where: "%s", bad: 0, good: 1}
      score: {share: use, of: "`Satisfaction Score` = 'Good'", bad: 0, good: 1}
segments:
  big: {when: "%s", weights: {d: 2}}
"""
TABLES = {
    "accounts": "Record ID,Plan Name\nA,Gold\nB,Tin\n",
    "answers": "Record ID,day,Satisfaction Score,stars,Other\nA,2026-01-02,Good,5,Good\nB,2026-01-03,Poor,2,x\n",
}
FINE = ("stars > 1", "`Plan Name` = 'Gold'")


def problems_of(
    folder: Path, where: str = FINE[0], when: str = FINE[1], *, database: bool = False
) -> list[Problem]:
    text = (
        MODEL.replace("%s", where, 1)
        .replace("%s", when, 1)
        .replace("score: {share", "rating: {share")
    )
    return project(folder, TABLES, text, database=database).check()


@pytest.mark.parametrize("database", [False, True])
def test_names_with_blanks_are_read(tmp_path: Path, database: bool) -> None:
    assert (
        problems_of(tmp_path, "`Satisfaction Score` = 'Good' and stars >= 5", database=database)
        == []
    )
    scores = open_project(tmp_path).score("2026-01-31")
    assert scores.ids == ("A", "B")
    assert open_project(tmp_path).explain("A", "2026-01-31").as_dict()["measures"][0]["value"] == 1


@pytest.mark.parametrize("database", [False, True])
@pytest.mark.parametrize(
    ("where", "what", "fix"),
    [
        (
            "`Satisfaction Score` = 'good'",
            "no row has `Satisfaction Score` = 'good'",
            "did you mean 'Good'?",
        ),
        (
            "`Satisfaction Score` in ('good', 'poor')",
            "no row has `Satisfaction Score` in ('good', 'poor')",
            "did you mean 'Good'?",
        ),
        (
            "`Satisfaction Score` != 'poor'",
            "no row has `Satisfaction Score` = 'poor'",
            "did you mean 'Poor'?",
        ),
        (
            "`Satisfaction Score` = 'Other'",
            "no row has `Satisfaction Score` = 'Other'",
            "write a column in backticks: `Other`",
        ),
        (
            "'Satisfaction Score' = 'Good'",
            "`where` of measure `n` compares a text, not a column",
            "write the column in backticks: `Satisfaction Score`",
        ),
        ("true", "`where` of measure `n` compares a text, not a column", "name a column"),
        ("stars > 5", "no row meets `where` of measure `n`", "check its values"),
        (
            "`Satisfaction Score` like 'good%'",
            "no row meets `where` of measure `n`",
            "check its values",
        ),
    ],
)
def test_a_condition_that_no_row_meets(
    tmp_path: Path, where: str, what: str, fix: str, database: bool
) -> None:
    (problem,) = problems_of(tmp_path, where, database=database)
    assert problem.severity == "warning"
    assert problem.what.startswith(what)
    assert fix in str(problem.fix)
    assert problem.line == 9


def test_attributes_in_segments(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, when="`Plan Name` = 'gold'")
    assert (problem.severity, problem.line, problem.fix) == ("warning", 12, "did you mean 'Gold'?")
    (problem,) = problems_of(tmp_path / "quoted", when="'Plan Name' = 'Gold'")
    assert problem.fix == "write the column in backticks: `Plan Name`"


def test_some_words_that_occur_are_enough(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "`Satisfaction Score` in ('Good', 'Great')") == []


@pytest.mark.parametrize(
    "where",
    [
        "`Satisfaction Score` != 'Deleted'",
        "not `Satisfaction Score` in ('Deleted', 'Spam')",
        "`Satisfaction Score` != ''",
    ],
)
def test_nothing_to_exclude_is_no_problem(tmp_path: Path, where: str) -> None:
    assert problems_of(tmp_path, where) == []
    assert (
        problems_of(tmp_path / "attribute", when=where.replace("Satisfaction Score", "Plan Name"))
        == []
    )


def test_a_rare_value_of_many_is_found(tmp_path: Path) -> None:
    rows = "".join(f"K{place},Plan {place:04d}\n" for place in range(1500))
    text = (
        MODEL.replace("%s", FINE[0], 1)
        .replace("%s", "`Plan Name` = 'Plan 1499'", 1)
        .replace("score: {share", "rating: {share")
    )
    many = project(
        tmp_path, {**TABLES, "accounts": f"Record ID,Plan Name\nA,Gold\nB,Tin\n{rows}"}, text
    )
    assert many.check() == []


def test_the_values_of_the_history_count(tmp_path: Path) -> None:
    text = (
        MODEL.replace("%s", FINE[0], 1)
        .replace("%s", FINE[1], 1)
        .replace("score: {share", "rating: {share")
    )
    text = text.replace(
        'attributes: ["`Plan Name`"]',
        'attributes: ["`Plan Name`"], history: {table: plans, time: at}',
    )
    (problem,) = project(
        tmp_path,
        {**TABLES, "plans": "Record ID,at,Plan Name\nA,2025-01-01,gold\nB,2025-01-01,Tin\n"},
        text,
    ).check()
    assert (problem.severity, problem.fix) == ("warning", "did you mean 'gold'?")


PLAIN = """\
version: 1
name: conditions
entity: {name: account, table: accounts, key: id}
sources:
  use: {table: answers, key: id, time: day}
dimensions:
  d: {measures: {n: {count: use, where: "%s", bad: 0, good: 1}}}
"""
ANSWERS = {
    "accounts": "id\nA\nB\n",
    "answers": "id,day,satisfaction_score\nA,2026-01-02,Good\nB,2026-01-03,Poor\n",
}


@pytest.mark.parametrize(
    ("where", "fix"),
    [
        ("satisfaction_score = 'good'", "did you mean 'Good'?"),
        ("'satisfaction_score' = 'Good'", "write the column in backticks: `satisfaction_score`"),
    ],
)
def test_no_points_for_anybody_are_never_silent(tmp_path: Path, where: str, fix: str) -> None:
    (problem,) = project(tmp_path, ANSWERS, PLAIN % where).check()
    assert (problem.severity, problem.line, problem.fix) == ("warning", 7, fix)
