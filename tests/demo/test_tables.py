"""The tables of the demo company: they fit together, nothing comes from the future, and the
promised traps are there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.demo.conftest import Ask

AFTER = "timestamptz '2026-07-01 00:00+00'"
MOMENTS = (
    ("event", "received_at"),
    ("ticket", "created_at"),
    ("ticket", "first_public_reply_at"),
    ("ticket", "last_solved_at"),
    ("ticket", "closed_at"),
    ("survey_response", "responded_at"),
    ("interaction", "at"),
    ("pulse", "given_at"),
    ("advocacy_event", "at"),
)
DAYS = (
    ("usage_daily", "day"),
    ("invoice", "issued_on"),
    ("invoice", "paid_on"),
    ("payment", "paid_on"),
    ("milestone", "done_on"),
    ("objective", "evidence_on"),
    ("account_history", "recorded_at"),
    ("churn", "notice_on"),
    ("expansion", "changed_on"),
    ("contact_account", "valid_to"),
)
KEYED = (
    "account_history",
    "contact_account",
    "contract",
    "subscription_item",
    "entitlement",
    "usage_daily",
    "ticket",
    "ticket_text",
    "survey_response",
    "invoice",
    "interaction",
    "pulse",
    "objective",
    "milestone",
    "advocacy_event",
    "lifecycle_event",
    "churn",
    "expansion",
)


@pytest.mark.parametrize(("table", "column"), MOMENTS)
def test_no_moment_lies_after_the_last_day(ask: Ask, table: str, column: str) -> None:
    assert ask(f"""select max("{column}") < {AFTER} from data.{table}""") == [(True,)]


@pytest.mark.parametrize(("table", "column"), DAYS)
def test_no_day_lies_after_the_last_day(ask: Ask, table: str, column: str) -> None:
    assert ask(f"select max({column}) <= date '2026-06-30' from data.{table}") == [(True,)]


@pytest.mark.parametrize("table", KEYED)
def test_every_row_belongs_to_an_account(ask: Ask, table: str) -> None:
    assert ask(f"select count(*) from data.{table} anti join data.account using (account_id)") == [
        (0,)
    ]


def test_payments_belong_to_invoices_and_texts_to_tickets(ask: Ask) -> None:
    assert ask("select count(*) from data.payment anti join data.invoice using (invoice_id)") == [
        (0,)
    ]
    assert ask("select count(*) from data.ticket_text anti join data.ticket using (ticket_id)") == [
        (0,)
    ]


def test_a_contact_has_one_role_so_that_it_can_be_looked_up(ask: Ask) -> None:
    assert ask("select count(*) - count(distinct contact_id) from data.contact_account") == [(0,)]


def test_nothing_is_used_after_the_end_of_service(ask: Ask) -> None:
    assert ask(
        "select count(*) from data.usage_daily join data.account using (account_id) "
        "where day > ended_on or day < customer_since"
    ) == [(0,)]


def test_tickets_run_through_their_life_in_order(ask: Ask) -> None:
    assert ask("""select count(*) from data.ticket where first_public_reply_at <= created_at
                  or first_solved_at <= first_public_reply_at or last_solved_at < first_solved_at
                  or closed_at <= last_solved_at""") == [(0,)]


def test_a_breach_is_a_reply_slower_than_its_target(ask: Ask) -> None:
    assert ask(
        "select count(*) from data.ticket where sla_breached <> (first_reply_bm > sla_target_min)"
    ) == [(0,)]


def test_scores_lie_on_their_scales(ask: Ask) -> None:
    assert ask("""select count(*) from data.survey_response join data.survey using (survey_id)
                  where score not between scale_min and scale_max""") == [(0,)]


def test_the_account_of_today_equals_the_end_of_its_history(ask: Ask) -> None:
    assert ask("""select count(*) from data.account a join (
                    select account_id, arg_max(arr, valid_from) arr, arg_max(seats, valid_from) seats
                    from data.account_history where recorded_at = valid_from group by 1) h using (account_id)
                  where a.account_id not in (select account_id from data.account_history where recorded_at > valid_from)
                  and (a.arr <> h.arr or a.seats <> h.seats)""") == [(0,)]


def test_history_has_a_notice_only_from_its_day_on(ask: Ask) -> None:
    wrong = """select count(*) from data.account_history left join data.churn using (account_id)
               where (notice_received_at is not null) <> coalesce(valid_from >= notice_on, false)"""
    assert ask(wrong) == [(0,)]


def test_notice_comes_before_the_deadline(ask: Ask) -> None:
    assert ask("""select count(*) from data.churn join data.contract using (account_id)
                  where voluntary and notice_on > cancel_by_date""") == [(0,)]


def test_sizes_have_a_heavy_tail(ask: Ask) -> None:
    middle, mean, tail = ask(
        "select median(seats), avg(seats), quantile_cont(seats, 0.99) from data.account"
    )[0]
    assert mean > 1.2 * middle
    assert tail > 8 * middle


def test_weekends_holidays_and_summers_are_quiet(ask: Ask) -> None:
    sunday, tuesday = (
        ask("""select sum(events) filter (isodow(day) = 7), sum(events) filter (isodow(day) = 2)
                             from data.usage_daily""")[0]
    )
    assert sunday < 0.15 * tuesday
    christmas, plain = ask("""select sum(events) filter (day between '2025-12-22' and '2025-12-28'),
                              sum(events) filter (day between '2025-12-01' and '2025-12-07') from data.usage_daily""")[
        0
    ]
    assert christmas < 0.6 * plain
    august, october = (
        ask("""select avg(n) filter (month(day) = 8), avg(n) filter (month(day) = 10) from (
        select day, sum(events) n from data.usage_daily where year(day) = 2025 and isodow(day) < 6 group by 1)""")[
            0
        ]
    )
    assert august < 0.9 * october


def test_some_events_come_days_late_in_batches(ask: Ask) -> None:
    late = ask("select avg((received_at > timestamp + interval 1 day)::int) from data.event")[0][0]
    assert 0.03 < late < 0.08
    batch = ask("""select max(n) from (select user_id, received_at, count(*) n from data.event
                   where received_at > timestamp + interval 1 day group by all)""")[0][0]
    assert batch > 1


def test_some_events_come_twice_with_the_same_id(ask: Ask) -> None:
    twice = ask("select 1 - count(distinct message_id) / count(*) from data.event")[0][0]
    assert 0.005 < twice < 0.015
    assert ask(
        "select max(n) from (select count(distinct (timestamp, user_id, event)) n "
        "from data.event group by message_id)"
    ) == [(1,)]


def test_some_events_have_no_key_or_an_unknown_one(ask: Ask) -> None:
    without = ask("select avg((group_id is null)::int) from data.event")[0][0]
    assert 0.001 < without < 0.006
    unknown = ask("""select count(*) / (select count(*) from data.event) from data.event
                     where group_id not in (select account_id from data.account)""")[0][0]
    assert 0.0005 < unknown < 0.005


def test_the_feed_stops_for_days_but_use_does_not(ask: Ask, demo: Path) -> None:
    first, last = json.loads((demo / "truth" / "company.json").read_text(encoding="utf-8"))[
        "days_without_event_feed"
    ]
    inside = f"between date '{first}' and date '{last}'"
    assert ask(f"select count(*) from data.event where received_at::date {inside}") == [(0,)]
    assert ask(f"select count(*) > 1000 from data.usage_daily where day {inside}") == [(True,)]


def test_some_accounts_lack_whole_sources(ask: Ask) -> None:
    for table in ("survey_response", "interaction", "pulse", "objective"):
        old = "(select account_id from data.account where customer_since < '2025-06-30' and ended_on is null)"
        share = ask(
            f"select avg((account_id not in (select account_id from data.{table}))::int) from {old}"
        )[0][0]
        assert 0.01 < share < 0.8, table


def test_the_unhappy_answer_surveys_less(ask: Ask) -> None:
    """Not missing at random: the health of those who answer is better than that of those who don't."""
    answered, silent = ask("""select avg(health) filter (responded_at is not null),
        avg(health) filter (responded_at is null) from data.survey_response s
        join truth.health h on s.account_id = h.account_id and s.invited_at::date between h.week and h.week + 6
        where survey_id = 'S-NPS'""")[0]
    assert answered > silent + 0.4


def test_use_collapses_after_a_notice(ask: Ask) -> None:
    """The trap: rows of an account between notice and end would teach a model that quiet accounts
    leave.
    """
    before, after = ask("""select sum(events) filter (day between notice_on - 28 and notice_on - 1),
        sum(events) filter (day between notice_on + 28 and notice_on + 55)
        from data.usage_daily join data.churn using (account_id)
        where ended_on > notice_on + 56 and notice_on < date '2026-05-01'""")[0]
    assert after < 0.4 * before


def test_use_grows_in_the_first_weeks(ask: Ask) -> None:
    early, later = (
        ask("""select sum(events) filter (day between customer_since and customer_since + 13),
        sum(events) filter (day between customer_since + 84 and customer_since + 97)
        from data.usage_daily join data.account using (account_id)
        where customer_since between date '2024-07-10' and date '2026-02-28' and ended_on is null""")[
            0
        ]
    )
    assert early < 0.7 * later


def test_outages_show_in_tickets(ask: Ask, demo: Path) -> None:
    weeks = json.loads((demo / "truth" / "company.json").read_text(encoding="utf-8"))[
        "outage_weeks"
    ]
    during = " or ".join(
        f"created_at::date between date '{week}' and date '{week}' + 13" for week in weeks
    )
    inside, outside = ask(f"""select avg((category = 'outage')::int) filter ({during}),
        avg((category = 'outage')::int) filter (not ({during})) from data.ticket where category is not null""")[
        0
    ]
    assert inside > 3 * outside


def test_about_one_in_eight_leaves_a_year(ask: Ask) -> None:
    rate = ask("""select count(notice_on) / sum(least(coalesce(notice_on, '2026-07-01'), date '2026-07-01')
        - greatest(customer_since, date '2024-07-01')) * 365.25
        from data.account left join data.churn using (account_id)""")[0][0]
    assert 0.08 < rate < 0.16
