"""Renewals in the model, and the last day for a notice."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from salus.demo.months import compute_notice_deadline
from salus.model.source import Notice, Purchases, Renewal
from salus.periods.day import date_of, day_number
from salus.periods.notice_period import last_day
from tests.model.text import TINY, messages, read


def with_entity(more: str) -> str:
    return TINY.replace("attributes: [seats, plan]}", f"attributes: [seats, plan], {more}}}")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("renewal: {decide_by: cancel_by}", Renewal("cancel_by")),
        ("renewal: {term_end: until, notice: 3m}", Renewal(None, "until", Notice(months=3))),
        ("renewal: {term_end: until, notice: 6w}", Renewal(None, "until", Notice(days=42))),
        ("renewal: {term_end: until}", Renewal(None, "until")),
        ("renewal: {decide_by: cancel_by, term_end: until}", Renewal("cancel_by", "until")),
    ],
)
def test_forms(written: str, expected: Renewal) -> None:
    model = read(with_entity(written))
    assert model.entity.renewal == expected
    assert {expected.decide_by, expected.term_end} - {None} <= set(model.entity.columns)


def test_renewals_and_purchases_do_not_change_scores() -> None:
    plain = read(TINY).fingerprint
    assert read(with_entity("renewal: {decide_by: cancel_by}")).fingerprint == plain
    assert read(with_entity("purchases: logins.amount")).fingerprint == plain
    assert read(with_entity("purchases: logins.amount")).entity.purchases == Purchases(
        "logins", "amount"
    )


def test_an_input_may_say_when_a_renewal_is_decided() -> None:
    """Then no column of the entity's table is read for it."""
    text = with_entity("renewal: {term_end: ends_next, notice: 3m}").replace(
        "dimensions:", "inputs:\n  ends_next: {min: tickets.ends_on, open: true}\ndimensions:"
    )
    entity = read(text).entity
    assert entity.renewal == Renewal(None, "ends_next", Notice(months=3), ("ends_next",))
    assert "ends_next" not in entity.columns


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("renewal: {}", "needs `decide_by` or `term_end`"),
        ("renewal: {decide_by: a, notice: 3m}", "needs a `term_end`"),
        ("renewal: {decide_by: a, term_end: b, notice: 3m}", "both set the last day"),
        ("renewal: {term_end: a, notice: 3}", "must be a notice period"),
        ("renewal: {term_end: a, notice: 99m}", "at most 60m"),
        ("renewal: {decided: a}", "isn't a key of"),
        ("purchases: orders.net", "which is not declared"),
        ("purchases: logins", "needs the column of the amount"),
    ],
)
def test_mistakes_are_reported(written: str, message: str) -> None:
    assert message in messages(with_entity(written))


def test_terms_need_a_table() -> None:
    assert "`renewal` of the entity needs a table" in messages(
        with_entity("renewal: {decide_by: a}").replace("table: accounts, ", "")
    )


@pytest.mark.parametrize(
    ("end", "notice", "last"),
    [
        ("2026-12-31", {"months": 3}, "2026-09-30"),
        ("2026-12-31", {"months": 1}, "2026-11-30"),
        ("2027-02-28", {"months": 3}, "2026-11-30"),
        ("2026-06-30", {"months": 3}, "2026-03-31"),
        ("2027-03-14", {"months": 1}, "2027-02-14"),
        ("2029-02-28", {"months": 12}, "2028-02-29"),
        ("2028-02-29", {"months": 12}, "2027-02-28"),
        ("2026-12-31", {"days": 42}, "2026-11-19"),
        ("2026-09-30", {"days": 42}, "2026-08-19"),
        ("2026-09-30", {}, "2026-09-30"),
    ],
)
def test_the_last_day_for_a_notice(end: str, notice: dict[str, int], last: str) -> None:
    result = last_day(np.array([day_number(dt.date.fromisoformat(end))]), **notice)
    assert date_of(int(result[0])).isoformat() == last


def test_the_demo_company_uses_the_same_rule() -> None:
    ends = np.arange(20_000, 21_500)
    for months in (1, 2, 3, 6, 12):
        np.testing.assert_array_equal(
            last_day(ends, months=months), compute_notice_deadline(ends, np.full(len(ends), months))
        )
