"""Leaks and faults planted in the demo company are found by kind and name; in the clean one nothing
is.

Small here; `prove/test_warnings_on_the_demo.py` has the clean company of the size of `salus demo`,
and twenty seeds.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from salus.project import open_project
from tests.insight.company import Tables, copy_of, day_of, deal_outcomes, make_company, rows_where

ACCOUNTS = 150
Named = set[tuple[str, str | None]]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company") / "demo", ACCOUNTS, 1)


def find_warnings(project: Path) -> Named:
    """Kind, and the measure or source it is about."""
    document = open_project(project).validate("churned", "90d").as_dict()
    return {(key["kind"], key["measure"] or key["source"]) for key in document["warnings"]}


def test_nothing_is_found_in_the_clean_company(company: Path) -> None:
    assert find_warnings(company) == set()


def test_dealt_outcomes_are_no_evidence(company: Path, tmp_path: Path) -> None:
    """Who left, and when, dealt out anew; that those who truly left fell silent, and others went
    on, shows as faults.
    """
    words = []
    for seed in range(2):
        project = copy_of(company, tmp_path / str(seed))
        deal_outcomes(project, seed)
        document = open_project(project).validate("churned", "90d").as_dict()
        words.append(document["finding"])
        assert 0.3 < document["auc"] < 0.7
        assert ("after end", "use") in {
            (key["kind"], key["source"]) for key in document["warnings"]
        }
    assert words == ["no evidence", "no evidence"]


# --- columns that know
# -------------------------------------------------------------------------------------------------


def a_score_of_churn(tables: Tables) -> Named:
    """A vendor's score on the accounts, computed when it was known who left: far from perfect, so
    that it looks possible.
    """
    draw, left = np.random.default_rng(1), set(tables.read("churn")["account_id"].to_pylist())
    tables.edit(
        "account",
        lambda table: table.append_column(
            "churn_score",
            pa.array(
                [
                    round(float(np.clip(45 + 25 * (key in left) + 12 * draw.normal(), 0, 100)), 1)
                    for key in table["account_id"].to_pylist()
                ]
            ),
        ),
    )
    tables.model(
        ("[tier, industry", "[churn_score, tier, industry"),
        (
            "  voice:\n",
            "  vendor:\n    weight: 1\n    measures:\n      vendor_risk: {value: churn_score, bad: 100, good: 0}\n  voice:\n",
        ),
    )
    return {("named", "vendor_risk"), ("never changes", "vendor_risk")}


def one_row_each(tables: Tables) -> Named:
    """The sum of a whole life, dated at its beginning."""
    draw, account, left = (
        np.random.default_rng(2),
        tables.read("account"),
        set(tables.read("churn")["account_id"].to_pylist()),
    )
    ids = account["account_id"].to_pylist()
    tables.write(
        "summary",
        pa.table(
            {
                "account_id": ids,
                "as_of": account["customer_since"],
                "orders": [int(draw.poisson(40 if key in left else 80)) for key in ids],
            }
        ),
    )
    tables.model(
        (
            "dimensions:\n  usage:",
            "dimensions:\n  life:\n    weight: 1\n    measures:\n"
            "      orders: {latest: totals.orders, bad: 0, good: 120}\n  usage:",
        ),
        ("inputs: ", "  totals: {table: summary, key: account_id, time: as_of}\ninputs: "),
    )
    return {("one row each", "totals"), ("never changes", "orders"), ("knows early", "orders")}


def pulses_entered_after_the_notice(tables: Tables) -> Named:
    """Moods dated in the quarter before a notice, entered in the week after it."""
    churn = tables.read("churn")
    days = [
        (key, notice, back)
        for key, notice in zip(
            churn["account_id"].to_pylist(), churn["notice_on"].to_pylist(), strict=True
        )
        for back in range(3, 90, 14)
    ]

    def change(table: pa.Table) -> pa.Table:
        given = [
            dt.datetime.combine(notice - dt.timedelta(days=back), dt.time(9), dt.UTC)
            for _, notice, back in days
        ]
        late = [
            dt.datetime.combine(notice + dt.timedelta(days=5), dt.time(9), dt.UTC)
            for _, notice, _ in days
        ]
        table = table.append_column("recorded_at", table["given_at"])
        more = pa.table(
            {
                "account_id": [key for key, _, _ in days],
                "given_at": pa.array(given, table["given_at"].type),
                "mood": ["leaving"] * len(days),
                "reason": [None] * len(days),
                "author": ["x@ordalin.example"] * len(days),
                "recorded_at": pa.array(late, table["given_at"].type),
            },
            table.schema,
        )
        return pa.concat_tables([table, more])

    tables.edit("pulse", change)
    return {("late", "mood"), ("recorded unsaid", "pulse")}


# --- facts that can't be where they are
# ----------------------------------------------------------------------------------


def tickets_after_the_end(tables: Tables) -> Named:
    """Half of those who left go on writing tickets, months later."""
    churn = tables.read("churn")
    gone = {
        key: end
        for key, end in zip(
            churn["account_id"].to_pylist(), churn["ended_on"].to_pylist(), strict=True
        )
        if end < dt.date(2026, 3, 1)
    }

    def change(table: pa.Table) -> pa.Table:
        rows = table.slice(0, len(gone))
        moments = pa.array(
            [
                dt.datetime.combine(end + dt.timedelta(days=70), dt.time(9), dt.UTC)
                for end in gone.values()
            ],
            table["created_at"].type,
        )
        for name, values in (
            ("account_id", pa.array(list(gone))),
            ("created_at", moments),
            ("ticket_id", pa.array([f"T-X{key}" for key in gone])),
        ):
            rows = rows.set_column(table.column_names.index(name), name, values)
        return pa.concat_tables([table, rows])

    tables.edit("ticket", change)
    return {("after end", "tickets")}


def a_feed_that_stopped(tables: Tables) -> Named:
    """No meeting is recorded since February."""
    tables.edit(
        "interaction",
        lambda table: rows_where(table, "at", lambda at: day_of(at) < dt.date(2026, 2, 1)),
    )
    return {("stale", "touches"), ("stale", "meetings")}


def usage_loaded_late_and_changed(tables: Tables) -> Named:
    """A third of the events arrived two months late; one in ten was sent again with another user."""

    def change(table: pa.Table) -> pa.Table:
        draw = np.random.default_rng(3)
        received, late = table["received_at"].to_pylist(), draw.random(len(table)) < 0.33
        received = [
            key + dt.timedelta(days=60) if slow else key
            for key, slow in zip(received, late, strict=True)
        ]
        table = table.set_column(
            table.column_names.index("received_at"),
            "received_at",
            pa.array(received, table["received_at"].type),
        )
        again = table.filter(pa.array(draw.random(len(table)) < 0.1))
        other = pa.array([f"{key}-2" for key in again["user_id"].to_pylist()])
        later = pa.array(
            [key + dt.timedelta(days=2) for key in again["received_at"].to_pylist()],
            table["received_at"].type,
        )
        again = again.set_column(table.column_names.index("user_id"), "user_id", other).set_column(
            table.column_names.index("received_at"), "received_at", later
        )
        return pa.concat_tables([table, again])

    tables.edit("event", change)
    return {("recorded late", "use"), ("revised", "use")}


# --- measures that tell nothing, or only one thing
# -----------------------------------------------------------------------


def a_constant_and_a_size(tables: Tables) -> Named:
    """The number of products on offer, three for everyone; and the seats of today."""
    tables.model(
        ("industry, country", "industry, products_offered, country"),
        (
            "  voice:\n",
            "  plan:\n    weight: 1\n    measures:\n      offer: {value: products_offered, bad: 0, good: 5}\n"
            "      plan_size: {value: seats, bad: 0, good: 300}\n  voice:\n",
        ),
    )
    return {("constant", "offer"), ("size", "plan_size")}


PLANTS = (
    a_score_of_churn,
    one_row_each,
    pulses_entered_after_the_notice,
    tickets_after_the_end,
    a_feed_that_stopped,
    usage_loaded_late_and_changed,
    a_constant_and_a_size,
)
#: What follows from the planted: measures of a source that is planted in, and what shares its
#: table.
FOLLOW = {
    "vendor_risk",
    "orders",
    "mood",
    "replies",
    "solved",
    "last_touch_ratio",
    "meeting_cadence",
    "multithreading",
    "sponsor_status",
    "touch_csat",
}


@pytest.fixture(scope="module")
def planted(company: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Named]:
    """Everything in one company."""
    project = copy_of(company, tmp_path_factory.mktemp("planted") / "project")
    return project, set().union(*(plant(Tables(project)) for plant in PLANTS))


def test_what_is_planted_is_found_and_no_other(planted: tuple[Path, Named]) -> None:
    project, expected = planted
    document = find_warnings(project)
    assert expected <= document, expected - document
    assert {name for _, name in document} <= {name for _, name in expected} | FOLLOW


def test_a_recording_that_is_declared_takes_the_leak_away(
    planted: tuple[Path, Named], tmp_path: Path
) -> None:
    """The same pulses, known from the day they were entered on."""
    project = copy_of(planted[0], tmp_path / "project")
    Tables(project).model(("time: given_at,", "time: given_at, recorded: recorded_at,"))
    assert {"mood", "pulse"} & {name for _, name in find_warnings(project)} == set()


def test_learned_weights_that_see_the_outcome_are_not_adopted(
    planted: tuple[Path, Named], tmp_path: Path
) -> None:
    document = (
        open_project(planted[0]).learn("churned", "90d", out=tmp_path / "proposed.yaml").as_dict()
    )
    assert document["allowed"] == "proposal"
    assert "Vendor risk" in document["reason"] and "Pulse" in document["reason"]
