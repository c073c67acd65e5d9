"""Meetings and calls, new owners, and tables that say nothing of a past."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.draft.lines import UniqueNames
from salus.draft.picture import TableRole
from salus.draft.profile import profile_table
from salus.draft.roles.field_history import draft_field_history
from salus.draft.table import DatedTable
from salus.draft.time_columns import TimeColumns
from tests.draft.roles.tables import KEY, WEEKLY, Rows, draft, opened, values

DAY = dt.date(2026, 7, 1)


def test_a_mail_is_no_touch_where_meetings_can_be_told(tmp_path: Path) -> None:
    table = Rows(
        text="account,contact_id,type,status,held_at\n"
        "A,P1,Meeting,Completed,2026-06-01\nA,P2,Call,Completed,2026-05-01\n"
        "A,P1,Email,Completed,2026-06-28\nA,P1,Meeting,Cancelled,2026-06-29\n"
        "B,P9,Anruf,Completed,2026-06-20\n",
        role="activities",
        time="held_at",
    )
    with opened(tmp_path, {"touches": table}) as connection:
        found = values(connection, DAY, draft(connection, {"touches": table})["touches"])
    assert found["last_touch_days"] == {"A": 30, "B": 11}
    assert found["touches_held"] == {"A": 2, "B": 1}
    assert found["people_met"] == {"A": 2, "B": 1}


def test_a_new_owner_is_told_and_a_new_status_is_not(tmp_path: Path) -> None:
    history = Rows(
        text="account,id,field,old_value,new_value,changed_at\n"
        "A,1,Owner,u1,u2,2026-05-20\nA,2,Type,Customer,Former customer,2026-06-01\n"
        "A,5,Owner,Anna Holm,Tom Brandt,2026-05-20\n"  # the same change, by name
        "B,3,Betreuer,u1,u2,2025-05-20\nB,4,Owner,,u1,2026-06-20\n",
        role="field_history",
        time="changed_at",
    )
    with opened(tmp_path, {"changes": history}) as connection:
        table = DatedTable(
            profile=profile_table(connection, "changes"),
            key=KEY,
            times=TimeColumns("changed_at"),
            pace=WEEKLY,
            role="field_history",
        )
        lines = draft_field_history(table, UniqueNames(), "customers")
        assert values(connection, DAY, lines)["new_owner"] == {"A": 1, "B": 0}
    assert "Type" not in str(lines.sources[0].body)
    assert "status" in lines.left_out[0]


def test_the_first_owner_is_no_new_one(tmp_path: Path) -> None:
    """HubSpot's history has a row for the first owner, too, and no old value."""
    history = Rows(
        text="account,field,new_value,changed_at\n"
        "A,Company owner,u1,2026-05-20\nA,Company owner,u2,2026-06-20\nB,Company owner,u1,2026-06-01\n"
        "C,Company owner,u1,2024-06-01\nC,Company owner,u2,2026-03-01\nD,Company owner,u1,2024-06-01\n",
        role="field_history",
        time="changed_at",
    )
    with opened(tmp_path, {"changes": history}) as connection:
        table = DatedTable(
            profile=profile_table(connection, "changes"),
            key=KEY,
            times=TimeColumns("changed_at"),
            pace=WEEKLY,
            role="field_history",
        )
        lines = draft_field_history(table, UniqueNames(), "customers")
        assert values(connection, DAY, lines)["new_owner"] == {"A": 1, "B": 0, "C": 1, "D": 0}


def test_a_call_that_nobody_answered_is_no_touch(tmp_path: Path) -> None:
    table = Rows(
        text="account,type,Call outcome,Meeting outcome,held_at\n"
        "A,Call,Connected,,2026-06-01\nA,Call,No answer,,2026-06-20\n"
        "A,Call,Left voicemail,,2026-06-21\nA,Meeting,,No show,2026-06-22\nA,Note,,,2026-06-23\n",
        role="activities",
        time="held_at",
    )
    with opened(tmp_path, {"touches": table}) as connection:
        found = values(connection, DAY, draft(connection, {"touches": table})["touches"])
    assert found["last_touch_days"] == {"A": 30} and found["touches_held"] == {"A": 1}


@pytest.mark.parametrize(("role", "expected"), [("role", {"A": 1}), ("remark", {"A": 7})])
def test_people_with_a_say_who_left_are_counted(
    tmp_path: Path, role: str, expected: dict[str, float]
) -> None:
    rows = [
        f"A,p{n},{'Admin' if n == 3 else 'Viewer'},2025-01-01,{f'2026-06-0{n}' if 1 <= n < 8 else '2026-02-01'}"
        for n in range(12)
    ]
    head = f"account,id,{role},created_at,deactivated_at\n"
    table = Rows(text=head + "\n".join(rows) + "\n", role="people", time="created_at")
    with opened(tmp_path, {"users": table}) as connection:
        found = values(connection, DAY, draft(connection, {"users": table})["users"])
    assert found["people_left"] == expected


@pytest.mark.parametrize("role", ["open_items", "snapshot", "people", "payments", "unknown"])
def test_a_table_without_a_past_is_explained(tmp_path: Path, role: TableRole) -> None:
    table = Rows(text="account,day,amount\nA,2026-05-01,3\n", role=role, time="day")
    with opened(tmp_path, {"things": table}) as connection:
        lines = draft(connection, {"things": table})["things"]
    assert not lines.measures and len(lines.left_out) == 1
    assert lines.left_out[0].startswith("table things: ")
