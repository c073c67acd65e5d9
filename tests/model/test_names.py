"""Names with spaces are in backticks, wherever a column or table is allowed."""

from __future__ import annotations

from salus.model.expressions.expression import Name
from salus.model.read import read_text
from tests.model.text import messages

MODEL = """\
version: 1
name: t
entity: {name: account, table: "`All accounts`", key: "`Record ID`", label: "`Company name`", value: "`A``R``R`",
         attributes: ["`Plan Name`", seats], purchases: "use.`Net. amount`"}
sources:
  use: {table: "`Use, all`", key: "`Record ID`", time: "`Day (UTC)`", until: "next `Contact ID`", where: "`Plan Name` = 'x'",
        lookup: {table: "`Look up`", on: "`Contact ID`"}}
  bills: {table: bills, key: Record ID, time: day, until: "`Paid at`"}
dimensions:
  d:
    measures:
      people: {count_distinct: "use.`User Id`", per: "`Plan Name`", bad: 0, good: 1}
      plan: {value: "`Plan Name`", points: {a: 1}}
      mean: {mean: "use.`Net. amount`", weighted_by: "`A``R``R`", bad: 0, good: 1}
      formula: {formula: "`Plan Name` / seats", bad: 0, good: 1}
metrics: {nps: "use.`How likely`"}
outcomes:
  gone: {table: "`Left us`", key: "`Record ID`", time: "`Left on`"}
"""


def test_backticks_are_allowed_everywhere() -> None:
    model = read_text(MODEL)
    entity, use, bills = model.entity, model.sources["use"], model.sources["bills"]
    assert (entity.table, entity.key, entity.label, entity.value) == (
        "All accounts",
        "Record ID",
        "Company name",
        "A`R`R",
    )
    assert entity.attributes == ("Plan Name", "seats")
    assert entity.purchases is not None
    assert entity.purchases.amount == "Net. amount"
    assert (use.table, use.key, use.time, use.until_group) == (
        "Use, all",
        "Record ID",
        "Day (UTC)",
        "Contact ID",
    )
    assert use.lookup is not None
    assert (use.lookup.table, use.lookup.on) == ("Look up", "Contact ID")
    assert (bills.key, bills.until) == ("Record ID", "Paid at")  # plain, as before
    people, plan, mean, formula = model.measures
    assert (people.column, people.per, plan.column) == ("User Id", "Plan Name", "Plan Name")
    assert (mean.column, mean.weighted_by) == ("Net. amount", "A`R`R")
    assert formula.formula is not None
    assert Name("Plan Name") in (formula.formula.left,)  # type: ignore[union-attr]
    assert model.metrics.nps is not None
    assert model.metrics.nps.column == "How likely"
    assert (model.outcomes[0].table, model.outcomes[0].time) == ("Left us", "Left on")


def test_an_open_backtick_is_a_problem_at_its_place() -> None:
    for before, after in (
        ('key: "`Record ID`", label', 'key: "`Record ID", label'),
        ('"use.`User Id`"', '"use.`User Id"'),
        ('"next `Contact ID`"', '"next `Contact ID"'),
        ('per: "`Plan Name`"', 'per: "`Plan Name"'),
        ('["`Plan Name`"', '["`Plan Name"'),
    ):
        assert "close the backtick" in messages(MODEL.replace(before, after))
