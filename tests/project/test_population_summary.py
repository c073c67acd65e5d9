"""What `check` says about who is counted, against counts made day by day and customer by customer."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow.csv import read_csv

from salus import open_project
from salus.datasets.population_summary import PopulationSummary
from salus.project.project import Project
from tests.oracle.contracts import ends
from tests.project import test_active, test_contracts

DAY = dt.timedelta(days=1)


def summary_of(project: Project) -> PopulationSummary:
    inspection = project.inspect()
    assert [each for each in inspection.problems if each.severity == "error"] == []
    assert inspection.population is not None
    return inspection.population


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month; only for days that every month has."""
    month = day.year * 12 + day.month - 1 - months
    return day.replace(year=month // 12, month=month % 12 + 1)


def require_days(
    summary: PopulationSummary, first: dt.date, members: Callable[[dt.date], set[str]]
) -> None:
    """Compare with the members of every single day from `first` on."""
    as_of = summary.as_of
    days = [first + number * DAY for number in range((as_of - first).days + 1)]
    every = {day: members(day) for day in days}
    today = every[as_of]

    def gone(months: int) -> int:
        start = months_before(as_of, months)
        return len(set().union(*(every[day] for day in days if day >= start)) - today)

    assert summary.today == len(today)
    assert summary.year_before == len(every[months_before(as_of, 12)])
    assert summary.ever == len(set().union(*every.values()))
    assert (summary.left, summary.left_last_year) == (gone(18), gone(12))


def test_customers_by_contract(tmp_path: Path) -> None:
    project = test_contracts.works(tmp_path / "works")
    summary = summary_of(project)
    assert str(summary.as_of) == test_contracts.TODAY
    require_days(summary, test_contracts.FIRST, test_contracts.members)
    stop, start = (
        (day - test_contracts.FIRST).days
        for day in (summary.as_of, months_before(summary.as_of, 18))
    )
    last = [over for own in test_contracts.contracts().values() for _, over in ends(own, 30, stop)]
    (outcome,) = summary.outcomes
    assert outcome.recent == sum(start <= over < stop for over in last)
    assert outcome.before == sum(over < start for over in last)
    assert outcome.ahead == sum(over >= stop for over in last)
    for month in outcome.months:
        same = [test_contracts.day(over).replace(day=1) for over in last if start <= over < stop]
        assert month.events == same.count(month.month)


def test_customers_by_facts(tmp_path: Path) -> None:
    project = test_active.shop(tmp_path / "shop")
    summary = summary_of(project)
    require_days(summary, test_active.FIRST, test_active.members)


def test_first_and_last_days_values_and_events(tmp_path: Path) -> None:
    """Random customers with a first and a last day; the population equals that of a score."""
    draw = random.Random(7)
    first, today = dt.date(2023, 1, 1), dt.date(2026, 3, 15)
    rows = []
    for number in range(60):
        start = first + draw.randrange(1100) * DAY
        end = start + draw.randrange(1, 700) * DAY if draw.random() < 0.6 else None
        value = "" if number % 9 == 0 else draw.randrange(1, 90) * 100
        rows.append((f"k{number:02}", start, end, value))
    gone = [(key, end) for key, _, end, _ in rows if end is not None]
    tables = {
        "customers": ["id,since,gone,arr", *(f"{k},{s},{e or ''},{v}" for k, s, e, v in rows)],
        "use": ["id,day", *(f"{k},{today - number * DAY}" for k, *_ in rows for number in (1, 9))],
        "churn": ["id,day,told", *(f"{key},{end},{end - 40 * DAY}" for key, end in gone)],
    }
    model = """\
version: 1
name: days
entity: {name: customer, table: customers, key: id, starts: since, ends: gone, value: arr, currency: EUR}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {recent: {count: use, within: 30d, bad: 0, good: 2}}}
outcomes:
  churned: {table: churn, key: id, time: day, decided: told}
"""
    write(tmp_path, model, tables)
    project = open_project(tmp_path, today)
    summary = summary_of(project)

    def members(day: dt.date) -> set[str]:
        return {key for key, start, end, _ in rows if start < day and (end is None or end >= day)}

    require_days(summary, first, members)
    scored = {each.id for each in project.score(summary.as_of, keep=False)}
    assert scored == members(summary.as_of)
    known = {key: value for key, _, _, value in rows if value != ""}
    assert summary.value == sum(known.get(key, 0) for key in scored)
    assert summary.without_value == len(scored - set(known))
    assert summary.value_year_before is None  # values of earlier days aren't kept
    (outcome,) = summary.outcomes
    start = months_before(today, 18)
    assert outcome.recent == sum(start <= end < today for _, end in gone)
    assert outcome.last_year == sum(months_before(today, 12) <= end < today for _, end in gone)
    assert outcome.before == sum(end < start for _, end in gone)
    assert outcome.ahead == sum(end - 40 * DAY < today <= end for _, end in gone) > 0
    assert sum(month.events for month in outcome.months) == outcome.recent


def write(folder: Path, model: str, tables: dict[str, list[str]]) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    for name, lines in tables.items():
        (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_without_a_table_everybody_with_a_fact_is_counted(tmp_path: Path) -> None:
    model = """\
version: 1
name: plain
entity: {name: account, key: id}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {recent: {count: use, within: 30d, bad: 0, good: 2}}}
"""
    lines = ["id,day", "a,2024-01-01", "a,2026-01-01", "b,2025-11-01", "c,2025-06-30"]
    write(tmp_path, model, {"use": lines})
    summary = summary_of(open_project(tmp_path, "2026-01-02"))
    assert (summary.today, summary.year_before, summary.ever, summary.left) == (3, 1, 3, None)
    assert summary.value is None and summary.outcomes == ()


@pytest.mark.parametrize("word", ["Yes", "No"])
def test_a_flag_has_no_months(tmp_path: Path, word: str) -> None:
    model = f"""\
version: 1
name: flags
entity: {{name: customer, table: customers, key: id, attributes: [seats]}}
dimensions:
  d: {{measures: {{size: {{value: seats, bad: 0, good: 9}}}}}}
outcomes:
  left: {{flag: gone, is: "{word}"}}
"""
    lines = ["id,seats,gone", "a,1,Yes", "b,2,No", "c,3,Yes"]
    write(tmp_path, model, {"customers": lines})
    inspection = open_project(tmp_path, "2026-01-02").inspect()
    assert inspection.population is not None
    (outcome,) = inspection.population.outcomes
    assert outcome.flagged == {"Yes": 2, "No": 1}[word]
    assert f"`left`: {outcome.flagged} of 3 customers" in str(inspection)


def test_the_document_has_the_same_numbers(tmp_path: Path) -> None:
    inspection = test_contracts.works(tmp_path / "works").inspect()
    summary = inspection.population
    assert summary is not None
    document = json.loads(json.dumps(inspection.as_dict()))
    assert document["population"]["today"] == summary.today
    assert document["population"]["as_of"] == str(summary.as_of)
    assert [each["name"] for each in document["outcomes"]] == ["churned"]
    assert f"{summary.ever} accounts ever, {summary.today} on {summary.as_of}" in str(inspection)


def test_the_same_picture_from_postgresql(postgres: str, tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    works = test_contracts.works(tmp_path / "works")
    expected = works.inspect().as_dict()
    names = ("accounts", "subscriptions", "use")
    with contextlib.closing(dbapi.connect(postgres)) as connection:
        with connection.cursor() as cursor:
            for name in names:
                rows = read_csv(tmp_path / "works" / "data" / f"{name}.csv")
                cursor.adbc_ingest(name, rows, mode="create", db_schema_name="public")
        connection.commit()
        try:
            copy = tmp_path / "copy"
            copy.mkdir()
            shutil.copy(tmp_path / "works" / "salus.yaml", copy)
            (copy / "salus.toml").write_text(f'[data]\nurl = "{postgres}"\n', encoding="utf-8")
            document = open_project(copy, test_contracts.TODAY).inspect().as_dict()
        finally:
            with connection.cursor() as cursor:
                for name in names:
                    cursor.execute(f'DROP TABLE public."{name}"')
            connection.commit()
    for part in ("tables", "population", "outcomes", "problems"):
        assert document[part] == expected[part]
    assert document["files"] == document["unused"] == []
