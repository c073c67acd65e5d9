"""The value of contracts in a whole project: scores, metrics, and what `check` names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from salus import open_project
from salus.datasets.backtest import row_values
from salus.errors import DataError
from salus.facts.population import load_attributes
from salus.insight.validation.panel import Panel
from salus.model.read import check_text
from salus.periods.day import day_number
from salus.project.project import Project

TODAY = "2026-01-01"
VALUE = (
    "amount: price * seats, per: months, unit: cents, currency: money, rates: {table: fx, per: EUR}"
)
MODEL = """\
version: 1
name: works
entity:
  name: account
  table: accounts
  key: id
  currency: EUR
  contracts: {table: subscriptions, key: customer, starts: started, ends: ended, %s}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {recent: {count: use, within: 90d, bad: 0, good: 12}, worth: {value: value, bad: 0, good: 100}}}
outcomes:
  churned: {contracts: end}
"""
TABLES = {
    "accounts": "id\na\nb\nc\nd\n",
    "fx": "Date,Base,Currency,Rate\n2024-01-01,EUR,DKK,7.5\n2025-07-01,EUR,DKK,8\n2025-12-01,EUR,DKK,8\n2025-10-01,EUR,JPY,160\n",
    "use": "id,day\n"
    + "".join(f"{id},2025-{month:02}-15\n" for id in "abcd" for month in range(1, 13)),
    "subscriptions": (
        "customer,started,ended,price,seats,months,money\n"
        "a,2024-03-01,2025-03-01,1000,2,1,EUR\n"  # 240 a year
        "a,2025-03-01,,1000,3,1,EUR\n"  # 360 from the same day on
        "a,2025-06-01,,12000,1,12,EUR\n"  # and 120 more
        "b,2024-03-01,,7500,1,1,dkk\n"  # 900 kroner
        "c,2024-03-01,2025-09-01,100,10,1,EUR\n"  # 120
        "d,2024-03-01,,16000,1,12,JPY\n"
    ),
}


def works(folder: Path, value: str = VALUE, **tables: str) -> Project:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL % value, encoding="utf-8")
    for name, text in {**TABLES, **tables}.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return open_project(folder, TODAY)


def money(project: Project, day: str) -> dict[str, float | None]:
    scores = project.score(dt.date.fromisoformat(day), keep=False)
    worth = scores.to_arrow()["value:worth"].to_pylist()
    ids = scores.to_arrow()["entity"].to_pylist()
    assert dict(zip(scores.ids, scores.money, strict=True)) == dict(zip(ids, worth, strict=True))
    return dict(zip(scores.ids, scores.money, strict=True))


def test_the_value_is_that_of_the_date(tmp_path: Path) -> None:
    """Amounts are cents of 1 month or 12; a yen has no cents; the rate is the last one before the date."""
    project = works(tmp_path / "works")
    assert money(project, "2025-02-01") == {"a": 240, "b": 120, "c": 120, "d": None}
    assert money(project, "2025-06-02") == {"a": 480, "b": 120, "c": 120, "d": None}
    assert money(project, "2025-07-01")["b"] == 120  # the new rate isn't known yet
    assert money(project, "2025-07-02")["b"] == 112.5
    assert money(project, "2026-01-01") == {"a": 480, "b": 112.5, "d": 100}


def test_a_rate_may_say_what_a_unit_is_worth(tmp_path: Path) -> None:
    """From kroner to euros and from euros to yen; rows between other currencies don't count."""
    pairs = (
        "Date,From,To,Rate\n2024-01-01,DKK,eur,0.125\n2024-01-01,DKK,SEK,1.5\n2025-11-01,EUR,JPY,160\n"
        "2025-12-01,dkk,EUR,0.2\n2025-12-02,DKK,EUR,0\n"
    )
    value = VALUE.replace("per: EUR}", "per: EUR, currency: From, to: To}")
    project = works(tmp_path / "works", value, fx=pairs)
    assert money(project, "2025-12-01") == {"a": 480, "b": 112.5, "d": 100}
    assert money(project, "2026-01-01") == {"a": 480, "b": 180, "d": 100}
    assert not [problem for problem in project.check() if "rate" in str(problem)]


def test_a_rate_that_changes_is_no_growth(tmp_path: Path) -> None:
    """Between the dates a grows by 240, c leaves with 120, and the krone falls."""
    project = works(tmp_path / "works")
    result = project.metrics(dt.date(2025, 2, 1), dt.date(2026, 1, 1), quick=True).as_dict()
    start, end = 240 + 112.5 + 120 + 100, 480 + 112.5 + 100
    assert result["nrr"]["value"] == pytest.approx(end / start)
    assert result["grr"]["value"] == pytest.approx((start - 120) / start)


def test_a_validation_has_the_value_of_each_date(tmp_path: Path) -> None:
    """Also of c, which has left."""
    project = works(tmp_path / "works")
    with project.connected() as connection:
        model = project.model
        attributes = load_attributes(model, connection, day_number(dt.date(2026, 1, 1)), None)
    days = [day_number(dt.date(2025, month, 2)) for month in (2, 6)]
    panel = Panel.__new__(Panel)
    object.__setattr__(panel, "entity", np.array([0, 0, 2, 2]))
    object.__setattr__(panel, "day", np.array(days * 2, dtype=np.int32))
    assert row_values(model, attributes, panel).tolist() == [240, 480, 120, 120]


def test_earlier_values_are_known(tmp_path: Path) -> None:
    project = works(tmp_path / "works")
    text = (project.folder / "salus.yaml").read_text(encoding="utf-8")
    growth = "inputs:\n  before: {value: value, ago: 365d}\n  more: {formula: value - before}\ndimensions:"
    (project.folder / "salus.yaml").write_text(
        text.replace("dimensions:", growth), encoding="utf-8"
    )
    project = open_project(project.folder, TODAY)
    assert project.check() == []
    table = project.score(dt.date(2026, 1, 1), keep=False).to_arrow()
    more = dict(zip(table["entity"].to_pylist(), table["value:more"].to_pylist(), strict=True))
    assert more == {"a": 240, "b": -7.5, "d": None}


@pytest.mark.parametrize(
    ("value", "tables", "what"),
    [
        (VALUE, {"fx": TABLES["fx"].replace("2025-10-01,EUR,JPY", "2026-02-01,EUR,JPY")}, "rate for JPY"),
        (VALUE, {"fx": TABLES["fx"].replace("2025-12-01", "2025-02-01")}, "rate for DKK is of 2025-07-01"),
        (VALUE, {"subscriptions": TABLES["subscriptions"].replace("7500", "")}, "1 of 6 contracts"),
        (VALUE, {"subscriptions": TABLES["subscriptions"].replace("JPY", "")}, "have no currency"),
        (VALUE.replace("rates: {table: fx, per: EUR}", "gap: 5d"), {}, "rate for DKK"),
        (VALUE + ", where: \"money = 'XX'\"", {}, "no row meets `where` of the contracts"),
        (VALUE.replace("seats", "sets"), {}, "no column `sets`"),
        (VALUE.replace("seats", "money"), {}, "`money` is text"),
        (VALUE.replace("currency: money", "currency: started"), {}, "`subscriptions.started` is"),
        (VALUE.replace("table: fx", "table: use"), {}, "no column with a usual name for the rate"),
        (VALUE.replace("per: EUR", "per: EUR, rate: Base"), {}, "`fx.Base` is text"),
        (VALUE, {"fx": TABLES["fx"].replace("Base", "Kurs")}, "several columns for the rate"),
    ],
)  # fmt: skip
def test_check_names_what_is_missing(
    value: str, tables: dict[str, str], what: str, tmp_path: Path
) -> None:
    problems = works(tmp_path / "works", value, **tables).check()
    assert any(what in str(problem) and problem.line == 8 for problem in problems), problems


def test_a_sound_project_has_no_problems(tmp_path: Path) -> None:
    assert works(tmp_path / "works").check() == []
    plain = works(tmp_path / "plain", "amount: price, per: year")
    assert plain.check() == []
    model = plain.folder / "salus.yaml"
    model.write_text(model.read_text("utf-8").replace("  currency: EUR\n", ""), encoding="utf-8")
    assert plain.check() == []  # one currency that nobody needs to name


def test_values_that_cant_be_added_are_refused(tmp_path: Path) -> None:
    huge = TABLES["subscriptions"].replace("7500", "900000000000000")
    with pytest.raises(DataError, match=r"9\.2e12"):
        works(tmp_path / "works", subscriptions=huge).score(dt.date(2026, 1, 1), keep=False)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("amount: price", "how many months it covers"),
        ("per: year", "belongs to an amount"),
        ("amount: price, per: 0", "a number of months above 0"),
        ("amount: price, per: year, currency: USD", "can't be converted to EUR"),
        ("amount: price, per: year, rates: {table: fx, per: EUR}", "in which currency"),
        ("amount: price, per: year, unit: dollars", "`unit` must be `cents`"),
        ("amount: price, per: year, currency: USD, rates: {table: fx, per: euro}", "a currency code"),
        ("amount: price, per: year, currency: USD, rates: {table: fx}", "needs `per`"),
        ("amount: price +, per: year", "missing after `+`"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_model_is_named(value: str, what: str) -> None:
    model, problems = check_text(MODEL % value)
    assert model is None
    assert any(what in str(problem) and problem.line == 8 for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("currency: EUR", "value: arr", "`value`, and its contracts have an `amount`"),
        ("currency: EUR", "attributes: [value]", "a column of this name is used as well"),
        ("  currency: EUR\n", "", "doesn't say the currency of its values"),
        ("worth: {", "value: {", "`value` is already the name of an attribute"),
    ],
)
def test_only_one_part_of_the_model_gives_the_value(old: str, new: str, what: str) -> None:
    model, problems = check_text((MODEL % VALUE).replace(old, new))
    assert model is None
    assert any(what in problem.what for problem in problems), problems


def test_fingerprints_depend_on_the_value_only_where_there_is_one() -> None:
    texts = [VALUE, VALUE.replace("unit: cents, ", ""), VALUE.replace("price * seats", "price")]
    read = [check_text(MODEL % text)[0] for text in texts]
    assert len({model.fingerprint for model in read if model is not None}) == 3
