"""Customers without a contract: those who pause lapse, and those who buy again return, in every
verb and on every date.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from salus import open_project
from salus.errors import UsageError
from salus.model.read import check_text
from salus.project.project import Project

DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 6, 30)
TODAY = "2026-05-01"
MODEL = """\
version: 1
name: shop
entity: {name: customer, table: customers, key: id%s}
sources:
  orders: {table: orders, key: id, time: day}
dimensions:
  d: {measures: {recent: {count: orders, within: 90d, bad: 0, good: 12}}}
outcomes:
  lapsed: {quiet: orders, for: 60d}
"""
ACTIVE = ", active: {within: 60d, of: orders}"
PAUSE = (dt.date(2024, 8, 1), dt.date(2025, 1, 15))


def orders() -> dict[str, list[dt.date]]:
    """Twenty buy weekly, ten pause in the second half of 2024 and come back, ten went for good at
    the end of 2023, one never came.
    """
    result = {}
    for number in range(40):
        days = [FIRST + number * DAY + week * 7 * DAY for week in range(140)]
        if 20 <= number < 30:
            days = [day for day in days if not PAUSE[0] <= day < PAUSE[1]]
        if number >= 30:
            days = [day for day in days if day < dt.date(2024, 1, 1)]
        result[f"c{number:02}"] = [day for day in days if day <= LAST]
    return {**result, "c40": []}


def shop(folder: Path, more: str = ACTIVE) -> Project:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL % more, encoding="utf-8")
    (folder / "data" / "customers.csv").write_text(
        "id\n" + "\n".join(orders()) + "\n", encoding="utf-8"
    )
    rows = [f"{each},{day}" for each, days in orders().items() for day in days]
    (folder / "data" / "orders.csv").write_text(
        "id,day\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return open_project(folder, TODAY)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return shop(tmp_path_factory.mktemp("active") / "shop")


def members(day: dt.date) -> set[str]:
    """Counted day by day."""
    return {
        each
        for each, days in orders().items()
        if any(day - 60 * DAY <= bought < day for bought in days)
    }


@pytest.mark.parametrize(
    "day",
    [
        "2023-01-05",
        "2024-01-01",
        "2024-02-28",
        "2024-03-05",
        "2024-12-01",
        "2025-01-16",
        "2025-07-01",
    ],
)
def test_who_is_active_is_the_population(day: str, project: Project) -> None:
    assert set(project.score(day, keep=False).ids) == members(dt.date.fromisoformat(day))


def test_a_replay_a_score_and_kept_facts_agree_to_the_byte(tmp_path: Path) -> None:
    from salus.workspace import workspace as workspace_module

    here = shop(tmp_path / "shop")
    replayed = here.replay("2024-09-01", "2025-07-01", every="month").to_arrow()
    for day in ("2024-10-01", "2025-02-01", "2025-07-01"):
        rows = replayed.filter([each.isoformat() == day for each in replayed["as_of"].to_pylist()])
        assert set(rows["entity"].to_pylist()) == members(dt.date.fromisoformat(day))
        raw = here.score(day, keep=False).to_arrow()
        before, workspace_module.PARTIALS_FROM = workspace_module.PARTIALS_FROM, 0
        try:
            kept = [here.score(day, keep=False).to_arrow() for _ in range(2)]
        finally:
            workspace_module.PARTIALS_FROM = before
        assert kept[0].equals(raw) and kept[1].equals(raw)
        assert dict(
            zip(rows["entity"].to_pylist(), rows["score"].to_pylist(), strict=True)
        ) == dict(zip(raw["entity"].to_pylist(), raw["score"].to_pylist(), strict=True))
    with (tmp_path / "shop" / "data" / "orders.csv").open("a", encoding="utf-8") as file:
        file.write(
            "c40,2025-06-29\n"
        )  # one more fact: the customer belongs to the population from the next score on
    assert "c40" in open_project(tmp_path / "shop", TODAY).score("2025-07-01", keep=False).ids


def test_who_went_years_ago_is_on_no_list(project: Project, tmp_path: Path) -> None:
    page = project.report(tmp_path / "report.html").path.read_text(encoding="utf-8")
    assert "c35" not in page
    assert "c05" in page
    assert "c35" in shop(tmp_path / "all", "").report(tmp_path / "all.html").path.read_text(
        encoding="utf-8"
    )


def test_who_returned_is_no_loss(project: Project) -> None:
    """All members at the end bought in the last month; the ten who paused lapsed and returned."""
    result = project.metrics("2024-07-01", "2025-07-01", quick=True).as_dict()
    assert (result["at_start"], result["at_end"], result["lapsed"], result["returned"]) == (
        30,
        30,
        10,
        10,
    )
    assert result["logo_churn_rate"]["lost"] == 0
    half = project.metrics("2024-07-01", "2024-12-01", quick=True).as_dict()
    assert (half["at_start"], half["at_end"], half["lapsed"], half["returned"]) == (30, 20, 10, 0)
    assert half["logo_churn_rate"]["lost"] == 10
    daily = project.metrics("2024-07-01", "2025-07-01", quick=True, variant="daily").as_dict()
    assert daily["logo_churn_rate"]["lost"] == 10
    assert "10 lapsed, 10 returned" in str(project.metrics("2024-07-01", "2025-07-01", quick=True))
    json.dumps(result, allow_nan=False)


def test_a_quiet_outcome_alone_counts_who_returned_too(tmp_path: Path) -> None:
    """Without `active`, and with every customer known from a start in the table on."""
    here = shop(tmp_path / "shop", ", starts: since")
    customers = (
        "id,since\n"
        + "\n".join(f"{each},2022-12-31" for each, days in orders().items() if days)
        + "\n"
    )
    (tmp_path / "shop" / "data" / "customers.csv").write_text(customers, encoding="utf-8")
    result = here.metrics("2024-07-01", "2025-07-01", quick=True).as_dict()
    assert (result["at_start"], result["at_end"], result["lapsed"], result["returned"]) == (
        30,
        30,
        10,
        10,
    )
    assert result["logo_churn_rate"]["lost"] == 0


@pytest.mark.parametrize("more", [ACTIVE, ""])
def test_validate_asks_again_from_the_next_fact_on(more: str, tmp_path: Path) -> None:
    """Firsts of months: the paused leave the rows between the silence's day and their next order,
    those gone for good remain out.
    """
    result = shop(tmp_path / "shop", more).validate(
        "lapsed", "30d", first="2024-07-01", last="2025-05-01"
    )
    dates = [dt.date(2024 + (6 + n) // 12, (6 + n) % 12 + 1, 1) for n in range(11)]
    expected = sum(len(members(day)) for day in dates)
    extra = 0 if more else len(dates)  # customers who never bought anything have no day of silence
    assert result.as_dict()["rows"] == expected + extra
    assert result.as_dict()["events"] == 10


def test_nobody_active_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="no customer is part of the population"):
        project.score("2026-04-01", keep=False)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("{within: 60d, of: ordrs}", "`active` of the entity reads source `ordrs`"),
        ("{within: 60d}", "`of`"),
        ("{within: 0d, of: orders}", "`within` must be a time span, not '0d'"),
        ("{within: soon, of: orders}", "time span"),
        ("{within: 60d, of: orders, for: 3d}", "`for`"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written: str, what: str) -> None:
    model, problems = check_text(MODEL % f", active: {written}", "salus.yaml", None)
    assert model is None
    assert any(what in problem.what and problem.line == 3 for problem in problems), problems


def test_a_source_of_activity_is_read_even_without_a_measure() -> None:
    text = (MODEL % ", active: {within: 60d, of: visits}").replace(
        "sources:\n", "sources:\n  visits: {table: visits, key: id, time: day}\n"
    )
    model, problems = check_text(text, "salus.yaml", None)
    assert model is not None and not problems
    plain, _ = check_text(MODEL % "", "salus.yaml", None)
    assert plain is not None and plain.fingerprint != model.fingerprint
