"""Ratings in words or numbers, and survey answers on their own scales."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.draft.lines import DraftLines
from tests.draft.roles.tables import Rows, draft, opened, values

DAY = dt.date(2026, 7, 1)
Found = dict[str, dict[str, float | None]]


def drafted(tmp_path: Path, table: Rows) -> tuple[DraftLines, Found]:
    with opened(tmp_path, {"voices": table}) as connection:
        lines = draft(connection, {"voices": table})["voices"]
        return lines, values(connection, DAY, lines)


def ratings(*words: str) -> Rows:
    rows = [f"A,{n},{word},2026-05-{n + 1:02}" for n, word in enumerate(words)]
    head = "account,ticket_id,rating,answered_at\n"
    return Rows(text=head + "\n".join(rows) + "\n", role="ratings", time="answered_at")


@pytest.mark.parametrize(
    ("words", "share"),
    [
        (("Good", "Bad", "Offered", "Good", "Offered"), 0.666667),
        (("good", "bad", "unoffered", "goodwithcomment", "badwithcomment"), 0.5),
        (("Gut", "Schlecht", "Angeboten", "Sehr gut"), 0.666667),
        (("God", "Dårlig", "Tilbudt", "God"), 0.666667),
        (("satisfied", "unsatisfied", "satisfied", "satisfied"), 0.75),
        (("Happy", "Neutral", "Unhappy", "Happy"), 0.5),
    ],
)
def test_an_invitation_is_no_answer(tmp_path: Path, words: tuple[str, ...], share: float) -> None:
    assert drafted(tmp_path, ratings(*words))[1]["satisfaction"] == {"A": share}


def test_numbers_are_averaged_on_their_scale(tmp_path: Path) -> None:
    lines, found = drafted(tmp_path, ratings("5", "3", "4", "4"))
    assert found["satisfaction"] == {"A": 4}
    assert lines.measures[0].scale.body == {"bad": 2, "good": 4.5}  # type: ignore[union-attr]


def test_unknown_words_are_explained(tmp_path: Path) -> None:
    with opened(tmp_path, {"voices": ratings("x", "y", "z")}) as connection:
        lines = draft(connection, {"voices": ratings("x", "y", "z")})["voices"]
    assert not lines.measures and "no column holds a rating" in lines.left_out[0]


def answers(*rows: str, head: str = "account,person_id,score,created_at\n") -> Rows:
    return Rows(text=head + "\n".join(rows) + "\n", role="answers", time="created_at")


def test_nps_takes_the_newest_answer_of_each_person(tmp_path: Path) -> None:
    table = answers(
        "A,P1,2,2026-01-05", "A,P1,9,2026-05-05", "A,P2,10,2026-04-05", "B,P3,0,2026-03-01"
    )
    found = drafted(tmp_path, table)[1]
    assert found["nps_n"] == {"A": 2, "B": 1}
    assert found["nps_raw"] == {"A": 100, "B": -100}
    assert found["nps_account"] == {
        "A": 50,
        "B": 8.333333,
    }  # (2 · 100 + 5 · 30) / 7, (-100 + 150) / 6


@pytest.mark.parametrize("score", ["1", "5"])
def test_satisfaction_on_five_points_is_no_nps(tmp_path: Path, score: str) -> None:
    rows = [f"A,P{n},{1 + n % 5},2026-05-{n + 1:02}" for n in range(10)]
    lines, found = drafted(tmp_path, answers(*rows, f"B,P99,{score},2026-05-20"))
    assert found["rating"] == {"A": 3, "B": float(score)}
    assert "nps_account" not in found and len(lines.measures) == 1


def test_several_surveys_in_one_table_are_told_apart(tmp_path: Path) -> None:
    head = "account,person_id,score,survey_type,created_at\n"
    rows = [
        *(f"A,P{n},{n % 11},nps,2026-05-{n + 1:02}" for n in range(11)),
        *(f"A,P{n},{1 + n % 5},csat,2026-05-{n + 1:02}" for n in range(10)),
    ]
    lines, found = drafted(tmp_path, answers(*rows, head=head))
    assert found["nps_raw"]["A"] == pytest.approx(-45.5, abs=2)  # 2 promoters, 7 detractors of 11
    assert len(lines.sources) == 2 and found["rating"] == {"A": 3}
