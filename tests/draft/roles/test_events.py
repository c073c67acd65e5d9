"""Events of use: people count, machines don't, and each customer is compared with its own past."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from salus.draft.picture import ContractsPicture, CustomersPicture
from salus.model.read import read_text
from tests.draft.roles.tables import Rows, draft, model_text, opened, values

DAY = dt.date(2026, 7, 1)
HEAD = "account,user_id,event,time\n"


def events(*rows: str, head: str = HEAD) -> Rows:
    return Rows(text=head + "\n".join(rows) + "\n", role="events", time="time")


def used(account: str, user: str, event: str, ago: int) -> str:
    return f"{account},{user},{event},{DAY - dt.timedelta(days=ago)}"


def test_what_machines_and_service_accounts_do_is_no_use(tmp_path: Path) -> None:
    table = events(
        used("A", "ann@a.example", "Report viewed", 3),
        used("A", "bob@a.example", "Report viewed", 3),
        used("A", "sync@a.example", "Report viewed", 2),
        used("A", "ann@a.example", "Sync completed", 1),
        used("B", "eve@b.example", "Export made", 9),
        used("B", "noreply@b.example", "Page opened", 4),
    )
    with opened(tmp_path, {"events": table}) as connection:
        lines = draft(connection, {"events": table})["events"]
        found = values(connection, DAY, lines)
    assert found["active_users"] == {"A": 2, "B": 1}
    assert found["active_days"] == {"A": 1, "B": 1}
    assert found["last_active_days"] == {"A": 3, "B": 9}
    assert any("Sync completed" in note for note in lines.guessed)
    assert any("`sync@`" in note and "`noreply@`" in note for note in lines.guessed)


def test_users_are_compared_with_the_seats_of_the_running_contracts(tmp_path: Path) -> None:
    tables = {
        "events": events(
            *(used("A", f"u{n}@a.example", f"Step {n % 3}", n + 1) for n in range(6)),
            *(used("B", f"u{n}@b.example", f"Step {n % 3}", n + 1) for n in range(3)),
        ),
        "deals_signed": Rows(
            text="account,started,ended,plan_quantity\nA,2026-01-01,,12\nA,2025-01-01,2025-12-31,50\n"
            "A,2026-02-01,,3\nB,2026-01-01,,4\n",
            role="contracts",
            time="started",
            until="ended",
        ),
    }
    contracts = ContractsPicture(table="deals_signed", starts="started", ends="ended")
    customers = CustomersPicture(table="accounts", key="account", contracts=contracts)
    with opened(tmp_path, tables) as connection:
        lines = draft(connection, tables, customers)
        found = values(connection, DAY, *lines.values())
    assert found["seats"] == {"A": 12, "B": 4}
    assert found["licence_utilisation"] == {"A": 0.5, "B": 0.75}
    assert "active_users" not in found


def test_the_trend_compares_with_the_customers_own_past(tmp_path: Path) -> None:
    table = events(
        *(used("A", "ann", "Step", n) for n in range(1, 112, 2)),  # every second day
        *(used("B", "bob", "Step", n) for n in range(29, 112, 2)),  # stopped four weeks ago
    )
    with opened(tmp_path, {"events": table}) as connection:
        found = values(connection, DAY, draft(connection, {"events": table})["events"])
    assert found["usage_trend"] == {"A": 0, "B": -1}


@pytest.mark.parametrize(
    "header", ["user_id", "distinct_id", "Benutzer", "bruger", "email", "actor"]
)
def test_people_are_known_by_several_headers(tmp_path: Path, header: str) -> None:
    table = events(
        *(used("A", f"u{n}", f"Step {n % 3}", n + 1) for n in range(4)),
        head=HEAD.replace("user_id", header),
    )
    with opened(tmp_path, {"events": table}) as connection:
        found = values(connection, DAY, draft(connection, {"events": table})["events"])
    assert found["active_users"] == {"A": 4}


@pytest.mark.parametrize(
    ("head", "event", "reason"),
    [
        (HEAD, "Webhook delivered", "machines make its events"),
        (HEAD, "Störung behoben", "machines make its events"),
        ("account,severity,impact,event,time\n", "Step", "incidents or deliveries"),
        ("account,endpoint,response_code,event,time\n", "Step", "incidents or deliveries"),
    ],
)
def test_incidents_and_deliveries_are_never_use(
    tmp_path: Path, head: str, event: str, reason: str
) -> None:
    columns = head.count(",") - 2
    table = events(
        *(f"A{n % 3},{','.join(['x'] * columns)},{event},2026-06-{n:02}" for n in range(1, 20)),
        head=head,
    )
    with opened(tmp_path, {"log": table}) as connection:
        lines = draft(connection, {"log": table})["log"]
    assert not lines.measures and not lines.sources
    assert reason in lines.left_out[0]


def test_a_window_has_several_active_days_of_a_typical_customer(tmp_path: Path) -> None:
    table = events(used("A", "ann", "Step", 1), used("B", "bob", "Walk", 2))
    windows = {}
    with opened(tmp_path, {"events": table}) as connection:
        for gap in (1.0, 9.0, 12.0, 40.0, 200.0):
            rows = replace(table, pace=replace(table.pace, gap=gap))
            lines = draft(connection, {"events": rows})["events"]
            windows[gap] = {m.body["within"] for m in lines.measures if m.dimension == "usage"}
    assert windows == {1: {"28d"}, 9: {"28d"}, 12: {"56d"}, 40: {"182d"}, 200: {"182d"}}


def test_a_smaller_channel_says_only_whether_use_goes_on(tmp_path: Path) -> None:
    tables = {
        "app": events(*(used("A", f"u{n}", f"Tap {n % 3}", n + 1) for n in range(4))),
        "web": events(*(used("A", f"u{n}", f"Step {n % 4}", n + 1) for n in range(40))),
    }
    with opened(tmp_path, tables) as connection:
        lines = draft(connection, tables)
    assert {m.dimension for m in lines["app"].measures} == {"momentum"}
    assert {m.dimension for m in lines["web"].measures} == {"momentum", "usage"}
    weights = {m.name: m.weight for each in lines.values() for m in each.measures}
    assert weights["app_usage_trend"] < weights["usage_trend"]


HOSTILE = (
    'Sync\'s "end"',
    "Sync `x` # y",
    "Sync\nversion: 2",
    "Sync: {a: 1}",
    "Sync ' or true",
    "Sync\\",
)


def test_words_from_outside_stay_texts(tmp_path: Path) -> None:
    rows = [
        f'A,ann,"{word.replace(chr(34), chr(34) * 2)}",2026-06-0{n + 1}'
        for n, word in enumerate(HOSTILE)
    ]
    table = events(*rows, used("A", "ann", "Step", 9), head="account,`user id`,event,time\n")
    with opened(tmp_path, {"events": table}) as connection:
        lines = draft(connection, {"events": table})["events"]
        found = values(connection, DAY, lines)
        text = model_text(lines)
    assert found["active_days"] == {"A": 1}
    assert read_text(text).name == "tried"
    header = YAML(typ="safe").load(text)
    assert set(header) == {"version", "name", "entity", "sources", "dimensions", "bands"}
