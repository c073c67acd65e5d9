"""Tickets: what they are about, and what is known of them only later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.draft.roles.tables import Rows, draft, opened, values

DAY = dt.date(2026, 7, 1)
HEAD = "account,ticket_id,type,priority,created,first_reply_at,resolved_at,resolution_status,is_escalated\n"
ROWS = (
    "A,1,Problem,High,2026-05-01 10:00:00,2026-05-01 12:00:00,2026-05-03 10:00:00,SLA Violated,true",
    "A,2,Question,Low,2026-05-04 10:00:00,2026-05-04 11:00:00,2026-05-04 16:00:00,Within SLA,false",
    "A,3,Incident,Low,2026-06-01 10:00:00,,,,false",
    "B,4,Complaint,Low,2026-06-02 10:00:00,2026-06-02 11:00:00,2026-07-09 10:00:00,SLA Violated,true",
    "B,5,Question,Low,2026-06-03 10:00:00,2026-06-03 14:00:00,2026-06-04 10:00:00,Within SLA,false",
    "B,6,Cancellation,Low,2026-06-20 10:00:00,2026-06-20 14:00:00,2026-06-21 10:00:00,Within SLA,false",
)


def tickets(*rows: str, head: str = HEAD) -> Rows:
    return Rows(
        text=head + "\n".join(rows) + "\n",
        role="tickets",
        time="created",
        until="resolved_at",
        row_id="ticket_id",
    )


def found(tmp_path: Path, table: Rows) -> dict[str, dict[str, float | None]]:
    with opened(tmp_path, {"tickets": table}) as connection:
        return values(connection, DAY, draft(connection, {"tickets": table})["tickets"])


def test_tickets_count_by_kind_and_the_notice_itself_does_not(tmp_path: Path) -> None:
    measured = found(tmp_path, tickets(*ROWS))
    assert measured["open_tickets"] == {"A": 1, "B": 1}
    assert measured["problem_share"] == {"A": 0.666667, "B": 0}
    assert measured["complaints"] == {"A": 0, "B": 1}
    assert measured["urgent_share"] == {"A": 0.333333, "B": 0}


def test_what_is_known_at_the_solution_counts_from_then_on(tmp_path: Path) -> None:
    """Ticket 4 is solved after the day, so nobody knows yet that it was late."""
    measured = found(tmp_path, tickets(*ROWS))
    assert measured["late_solutions"] == {"A": 0.5, "B": None}  # B has one solution: too few
    assert measured["hours_to_solve"] == {"A": 27, "B": None}
    assert measured["escalations"] == {"A": 1, "B": 0}
    assert measured["hours_to_reply"] == {"A": 1.5, "B": 2.5}


def test_later_rows_of_a_ticket_are_the_same_ticket(tmp_path: Path) -> None:
    again = [row.replace("2026-05-01 10:00:00", "2026-05-02 10:00:00") for row in ROWS[:1]]
    assert found(tmp_path / "two", tickets(*ROWS, *again)) == found(
        tmp_path / "one", tickets(*ROWS)
    )


@pytest.mark.parametrize(
    ("column", "values_"),
    [
        ("Reopens", ("0", "2", "0")),
        ("Tags", ("", "reopened", "vip")),
        ("wiedereröffnet", ("false", "true", "false")),
    ],
)
def test_reopened_tickets_are_known_in_several_spellings(
    tmp_path: Path, column: str, values_: tuple[str, ...]
) -> None:
    rows = [
        f"A,{n},2026-05-0{n + 1} 10:00:00,2026-05-1{n} 10:00:00,{values_[n % 3]}" for n in range(6)
    ]
    table = tickets(*rows, head=f"account,ticket_id,created,resolved_at,{column}\n")
    assert found(tmp_path, table)["reopen_rate"] == {"A": 0.333333}


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        (("Fehler", "Frage"), "Typ = 'Fehler'"),
        (("Störung", "Anfrage"), "Typ = 'Störung'"),
        (("Fejl", "Spørgsmål"), "Typ = 'Fejl'"),
        (("bug", "how-to"), "Typ = 'bug'"),
    ],
)
def test_problems_are_known_in_three_languages(
    tmp_path: Path, words: tuple[str, str], problems: str
) -> None:
    rows = [f"A,{n},{words[n % 2]},2026-05-0{n + 1},2026-05-1{n}" for n in range(6)]
    table = tickets(*rows, head="account,ticket_id,Typ,created,resolved_at\n")
    with opened(tmp_path, {"tickets": table}) as connection:
        lines = draft(connection, {"tickets": table})["tickets"]
    (share,) = (m for m in lines.measures if m.name == "problem_share")
    assert share.body["of"] == problems


def test_a_number_says_how_long_the_first_reply_took(tmp_path: Path) -> None:
    rows = [f"A,{n},2026-05-0{n + 1},2026-05-1{n},{10 * n}" for n in range(6)]
    head = "account,ticket_id,created,resolved_at,First reply time in minutes\n"
    assert found(tmp_path, tickets(*rows, head=head))["hours_to_reply"] == {"A": 25}


@pytest.mark.parametrize("word", ["Kündigung", "Opsigelse", "cancellation request"])
def test_a_ticket_that_is_the_notice_is_left_out(tmp_path: Path, word: str) -> None:
    rows = [f"A,{n},{('Frage', word)[n % 2]},2026-05-0{n + 1},2026-05-1{n}" for n in range(6)]
    table = tickets(*rows, head="account,ticket_id,type,created,resolved_at\n")
    with opened(tmp_path, {"tickets": table}) as connection:
        lines = draft(connection, {"tickets": table})["tickets"]
    assert {source.body["where"] for source in lines.sources} == {f"type != '{word}'"}
    assert any("notice" in note for note in lines.guessed)
