"""The kind of an expression is known before any row is read."""

from __future__ import annotations

import pytest

from salus.model.expressions.conditions import parse
from salus.model.expressions.kinds import Kind, Mismatch, kind_of, require_truth

KINDS: dict[str, Kind] = {
    "seats": "number",
    "paid": "bool",
    "plan": "text",
    "since": "date",
    "ends": "date",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("seats", "number"),
        ("plan", "text"),
        ("unknown", "null"),
        ("null", "null"),
        ("true", "bool"),
        ("date '2026-01-31'", "date"),
        ("-seats", "number"),
        ("abs(seats)", "number"),
        ("seats * 2 + paid", "number"),
        ("since - ends", "number"),  # days
        ("unknown - since", "number"),
        ("since - unknown", "null"),  # days or a date
        ("since + 30", "date"),
        ("since - 30", "date"),
        ("30 + since", "date"),
        ("ago(seats, 28d)", "number"),
        ("ago(since, 28d)", "date"),
        ("coalesce(unknown, plan)", "text"),
        ("greatest(seats, paid)", "number"),
        ("least(since, '2026-01-31')", "date"),
        ("coalesce(null, unknown)", "null"),
        ("seats > 3", "bool"),
        ("not paid", "bool"),
        ("paid and seats or plan is null", "bool"),
        ("plan like 'gold%'", "bool"),
        ("plan in ('gold', 'tin', null)", "bool"),
        ("since >= '2026-01-31'", "bool"),
    ],
)
def test_the_kind_follows_from_the_parts(text: str, kind: Kind) -> None:
    assert kind_of(parse(text, past=True), KINDS) == kind


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-plan", "`plan` is text; a number is needed here"),
        ("abs(since)", "`since` is a date; a number is needed here"),
        ("seats + 'three'", "'three' is text; a number is needed here"),
        ("since + ends", "`ends` is a date; a number is needed here"),
        ("plan + since", "`plan` is text; a number is needed here"),
        ("30 - since", "`since` is a date; a number is needed here"),
        ("since - plan", "`plan` is text; a number is needed here"),
        ("plan > 3", "`plan` is text; a number is needed here"),
        ("paid = 'yes'", "'yes' is text; a number is needed here"),
        ("since > 'soon'", "'soon' is text; a date is needed here"),
        ("since in ('2026-01-31', plan)", "`plan` is text; a date is needed here"),
        ("since > seats", "`seats` is a number; a date is needed here"),
        ("seats like '3%'", "`seats` is a number; text is needed here"),
        ("not plan", "`plan` is text; a condition is needed here"),
        ("paid and since", "`since` is a date; a condition is needed here"),
        ("(since + 30) * 2", "a part of the expression is a date; a number is needed here"),
    ],
)
def test_a_part_of_another_kind_is_named_with_the_kind_it_needs(text: str, message: str) -> None:
    with pytest.raises(Mismatch) as error:
        kind_of(parse(text), KINDS)
    assert str(error.value) == message


def test_only_a_name_can_be_looked_up_as_a_column() -> None:
    names = []
    for text in ("-plan", "seats + 'three'"):
        with pytest.raises(Mismatch) as error:
            kind_of(parse(text), KINDS)
        names.append(error.value.name)
    assert names == ["plan", None]


@pytest.mark.parametrize("text", ["paid", "seats", "unknown", "plan = 'gold'"])
def test_truths_and_numbers_are_conditions(text: str) -> None:
    require_truth(parse(text), KINDS)


@pytest.mark.parametrize("text", ["plan", "since", "least(plan, 'gold')"])
def test_a_text_or_a_date_is_no_condition(text: str) -> None:
    with pytest.raises(Mismatch, match="a condition is needed here"):
        require_truth(parse(text), KINDS)
