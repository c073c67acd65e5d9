"""Invoices, deals and put-off deals: only what was known on the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from salus.draft.lines import MeasureDraft, SpreadPoints, UniqueNames
from salus.draft.picture import ContractsPicture, CustomersPicture
from salus.draft.profile import profile_table
from salus.draft.roles.field_history import draft_field_history
from salus.draft.table import DatedTable
from salus.draft.time_columns import TimeColumns
from tests.draft.roles.tables import KEY, WEEKLY, Rows, draft, opened, values

DAY = dt.date(2026, 7, 1)
INVOICES = Rows(
    text="account,number,kind,issued,due,paid,amount,status\n"
    "A,1,Invoice,2026-02-01,2026-02-15,2026-02-25,100,Paid\n"
    "A,2,Invoice,2026-03-01,2026-03-15,2026-03-10,300,Paid\n"
    "A,3,Credit Note,2026-03-01,2026-03-15,2026-09-01,900,Refunded\n"
    "B,4,Invoice,2026-04-01,2026-05-02,2026-07-20,50,Paid\n"
    "B,5,Invoice,2026-04-01,2026-04-15,2026-04-16,50,Paid\n",
    role="invoices",
    time="issued",
    until="paid",
    row_id="number",
    leaks=("status",),
)


def test_days_late_are_weighted_and_credit_notes_are_no_debts(tmp_path: Path) -> None:
    with opened(tmp_path, {"bills": INVOICES}) as connection:
        lines = draft(connection, {"bills": INVOICES})["bills"]
        found = values(connection, DAY, lines)
    assert found["days_beyond_terms"] == {"A": 2.5, "B": 30.5}  # 10·100 and 0·300; 60·50 and 1·50
    assert found["max_overdue_days"] == {"A": 0, "B": 60}
    assert not any("status" in str(source.body) for source in lines.sources)


def test_without_due_dates_days_to_payment_are_compared(tmp_path: Path) -> None:
    text = INVOICES.text.replace(",due,", ",service_month,")
    table = replace(INVOICES, text=text)
    with opened(tmp_path, {"bills": table}) as connection:
        found = values(connection, DAY, draft(connection, {"bills": table})["bills"])
    assert found["days_to_pay"]["A"] == pytest.approx((24 * 100 + 9 * 300) / 400)
    assert "max_overdue_days" not in found


def test_without_payments_nothing_is_guessed(tmp_path: Path) -> None:
    table = replace(INVOICES, until=None)
    with opened(tmp_path, {"bills": table}) as connection:
        lines = draft(connection, {"bills": table})["bills"]
    assert not lines.measures and "when an invoice was paid" in lines.left_out[0]


@pytest.mark.parametrize(
    ("column", "won", "lost"),
    [
        ("is_won", "true", "false"),
        ("Stage", "Closed Won", "Closed Lost"),
        ("Stage", "Gewonnen", "x"),
    ],
)
def test_only_won_deals_on_top_count(tmp_path: Path, column: str, won: str, lost: str) -> None:
    rows = (
        f"A,1,Upsell,2026-05-01,{won}",
        f"A,2,Upsell,2026-06-01,{lost}",
        f"A,3,Renewal,2026-06-01,{won}",
        f"A,4,Upsell,2026-08-01,{won}",
        f"B,5,New Business,2026-06-01,{won}",
    )
    head = f"account,id,type,close_date,{column}\n"
    table = Rows(
        text=head + "\n".join(rows) + "\n", role="deals", time="close_date", leaks=(column,)
    )
    with opened(tmp_path, {"deals": table}) as connection:
        found = values(connection, DAY, draft(connection, {"deals": table})["deals"])
    assert found["bought_more"] == {"A": 1} or found["bought_more"] == {"A": 1, "B": 0}


def test_a_close_date_that_moves_forward_is_no_delay(tmp_path: Path) -> None:
    history = Rows(
        text="account,id,field,old_value,new_value,changed_at\n"
        "A,1,CloseDate,2026-05-31,2026-06-30,2026-05-20\n"
        "A,2,CloseDate,2026-06-30,2026-06-15,2026-06-01\n"
        "A,3,StageName,Open,Closed Lost,2026-06-20\n"
        "A,4,CloseDate,2026-06-30,2026-07-31,2026-07-01\n",
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
        lines = draft_field_history(table, UniqueNames(), "deals")
        assert values(connection, DAY, lines)["pushed_deals"] == {"A": 1}
        assert not draft_field_history(table, UniqueNames(), "contracts").measures


def test_the_first_close_date_of_a_deal_is_no_delay(tmp_path: Path) -> None:
    """HubSpot's history has a row for the first close date, too, and no old value."""
    history = Rows(
        text="account,deal,field,new_value,changed_at\n"
        "A,d1,closedate,2026-06-30,2025-05-20\nA,d1,closedate,2026-07-31,2026-06-01\n"
        "A,d2,closedate,2026-09-30,2026-05-01\nB,d3,closedate,2026-06-30,2026-06-01\n"
        "C,d4,closedate,2026-06-30,2026-05-01\nC,d4,closedate,2026-07-30,2026-06-01\n"
        "C,d4,closedate,2026-08-30,2026-06-20\n",
        role="field_history",
        time="changed_at",
    )
    with opened(tmp_path, {"changes": history}) as connection:
        table = DatedTable(
            profile=profile_table(connection, "changes"),
            key={"deals": "deal"},
            times=TimeColumns("changed_at"),
            pace=WEEKLY,
            role="field_history",
        )
        lines = draft_field_history(table, UniqueNames(), "deals")
        source = replace(lines.sources[0], body={**lines.sources[0].body, "key": KEY})
        lines = replace(lines, sources=(source,))
        assert values(connection, DAY, lines)["pushed_deals"] == {"A": 1, "B": 0, "C": 2}


@pytest.mark.parametrize(
    ("column", "failed", "paid"),
    [
        ("status", "failed", "succeeded"),
        ("Status", "Rücklastschrift", "bezahlt"),
        ("failed", "true", "false"),
    ],
)
def test_failed_payments_are_a_share_of_the_attempts(
    tmp_path: Path, column: str, failed: str, paid: str
) -> None:
    words = (failed, paid, paid, paid)
    rows = [f"A,{n},2026-05-0{n + 1},{word}" for n, word in enumerate(words)]
    head = f"account,id,paid_at,{column}\n"
    table = Rows(text=head + "\n".join(rows) + "\n", role="payments", time="paid_at")
    with opened(tmp_path, {"charges": table}) as connection:
        found = values(connection, DAY, draft(connection, {"charges": table})["charges"])
    assert found["failed_payment"] == {"A": 0.25}


def test_notice_for_all_running_contracts_limits_the_score(tmp_path: Path) -> None:
    """A: both contracts end. B: only one does. C: the notice comes later. D: it has ended."""
    table = Rows(
        text="account,started,ended,notice_on,plan\nA,2026-01-01,2026-08-31,2026-06-01,x\n"
        "A,2026-01-01,2026-09-30,2026-06-15,y\nB,2026-01-01,2026-08-31,2026-06-01,x\n"
        "B,2026-01-01,,,y\nC,2026-01-01,2026-12-31,2026-07-01,x\n"
        "D,2026-01-01,2026-06-30,2026-05-01,x\nD,2026-01-01,,,x\n",
        role="contracts",
        time="started",
        until="ended",
    )
    contracts = ContractsPicture(
        table="signed", starts="started", ends="ended", decided="notice_on"
    )
    customers = CustomersPicture(table="accounts", key="account", contracts=contracts)
    with opened(tmp_path, {"signed": table}) as connection:
        lines = draft(connection, {"signed": table}, customers)["signed"]
        assert not lines.measures
        counted = replace(
            lines,
            measures=(
                MeasureDraft("any", "commercial", {"count": "contracts"}, SpreadPoints("good"), ""),
            ),
        )
        found = values(connection, DAY, counted)
    (cap,) = lines.caps
    limited = {
        entity
        for entity, given in found["notice_given"].items()
        if given and given >= (found["running_contracts"][entity] or 0)
    }
    assert (
        limited == {"A"} and cap["when"] == "notice_given > 0 and notice_given >= running_contracts"
    )


@pytest.mark.parametrize(
    ("per", "currency", "grows"),
    [("month", "EUR", True), ("month", None, True), (None, "EUR", False), ("month", "code", False)],
)
def test_growth_of_value_needs_values(
    tmp_path: Path, per: str | None, currency: str | None, grows: bool
) -> None:
    """Without months per amount, or with several currencies and no rates, there is no value."""
    text = "account,started,ended,price,code\nA,2026-01-01,,10,EUR\nB,2026-01-01,,20,USD\n"
    table = Rows(text=text, role="contracts", time="started", until="ended")
    contracts = ContractsPicture(
        table="signed",
        starts="started",
        ends="ended",
        amount="price",
        per=per,
        currency=currency,
    )
    customers = CustomersPicture(table="accounts", key="account", contracts=contracts)
    with opened(tmp_path, {"signed": table}) as connection:
        lines = draft(connection, {"signed": table}, customers)["signed"]
    assert [measure.name for measure in lines.measures] == (["arr_growth"] if grows else [])
