"""Customers by contract in a whole project: every verb counts them day by day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus import open_project
from salus.model.read import check_text
from salus.project.project import Project
from tests.oracle.contracts import Contract, ends, is_customer

TODAY = "2025-07-01"
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 6, 30)
MODEL = """\
version: 1
name: works
entity:
  name: account
  table: accounts
  key: id
  contracts: {table: subscriptions, key: customer, starts: started, ends: cancelled, decided: told, where: "kind = 'main'"}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {recent: {count: use, within: 90d, bad: 0, good: 12}}}
outcomes:
  churned: {contracts: end}
"""


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def contracts() -> dict[str, list[Contract]]:
    """Twenty stay, with a new plan each year; ten leave, five of them with a notice; five pause for
    a fortnight, five come back after half a year; one leaves after the end of the data.
    """
    every = {}
    for number in range(20):
        every[f"a{number:02}"] = [Contract(number, 365 + number), Contract(365 + number, None)]
    for number in range(10):
        end = 400 + 20 * number
        every[f"b{number:02}"] = [Contract(number, end, end - 30 if number % 2 else None)]
    for number in range(5):
        every[f"c{number:02}"] = [Contract(5, 300 + number), Contract(314 + number, None)]
        every[f"d{number:02}"] = [Contract(5, 300 + number), Contract(480 + number, None)]
    return {**every, "e00": [Contract(9, 1200, 900)]}


def works(folder: Path) -> Project:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    every = contracts()
    rows = [
        ",".join([key, *("" if one is None else str(day(one)) for one in each[:3]), "main"])
        for key, own in every.items()
        for each in own
    ]
    rows += [f"{key},2020-01-01,,,trial" for key in every]
    use = [f"{key},{day(number)}" for key in every for number in range(0, 911, 7)]
    tables = {
        "accounts": ["id", *every],
        "subscriptions": ["customer,started,cancelled,told,kind", *rows],
        "use": ["id,day", *use],
    }
    for name, lines in tables.items():
        (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_project(folder, TODAY)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return works(tmp_path_factory.mktemp("contracts") / "works")


def members(at: dt.date) -> set[str]:
    number = (at - FIRST).days
    return {key for key, own in contracts().items() if is_customer(own, 30, number)}


def test_the_project_is_sound(project: Project) -> None:
    assert project.check() == []


@pytest.mark.parametrize("at", [day(3), day(300), day(306), day(316), day(490), day(911)])
def test_the_population_of_a_score(project: Project, at: dt.date) -> None:
    scored = project.score(at, keep=False).to_arrow()
    assert set(scored["entity"].to_pylist()) == members(at)


def test_metrics_count_who_lapsed_and_returned(project: Project) -> None:
    """c pauses for less than 30 days, d for half a year, b leaves in the second year."""
    result = project.metrics(day(290), day(600), quick=True).as_dict()
    names = ("at_start", "at_end", "lapsed", "returned")
    start, end = members(day(290)), members(day(600))
    assert [result[name] for name in names] == [len(start), len(end), 15, 5]
    assert result["logo_churn_rate"]["lost"] == len(start - end) == 10


def test_validate_counts_the_ends(project: Project) -> None:
    result = project.validate("churned", "90d", first="2023-06-01", last="2025-03-01").as_dict()
    dates = [dt.date(2023 + (5 + n) // 12, (5 + n) % 12 + 1, 1) for n in range(22)]
    left = {key: ends(own, 30, 911) for key, own in contracts().items()}
    rows = [
        (key, (at - FIRST).days)
        for at in dates
        for key in members(at)
        if not any(told < (at - FIRST).days <= over for told, over in left[key])
    ]
    events = [
        min((told for told, _ in left[key] if told >= at), default=at + 999) < at + 90
        for key, at in rows
    ]
    assert (result["rows"], result["events"]) == (
        len(rows),
        len({rows[i][0] for i, e in enumerate(events) if e}),
    )


ENTITY = "  contracts: {table: s, key: k, starts: b%s}\n"


@pytest.mark.parametrize(
    ("entity", "outcome", "line", "what"),
    [
        (ENTITY % ", decided: t", "", 7, "`decided` says when an end became known"),
        (ENTITY % ", gap: soon", "", 7, "time span"),
        (ENTITY % ", until: e", "", 7, "`until`"),
        (ENTITY % "", "{contracts: end}", 13, "the entity has none with an end"),
        (ENTITY % ", ends: e", "{contracts: start}", 13, "`contracts`"),
        (ENTITY % ", ends: e", '{contracts: end, where: "a = 1"}', 13, "can't have a `where`"),
        (ENTITY % ", ends: e", "{contracts: end, table: t}", 13, "has both"),
        (ENTITY % "" + "  active: {within: 9d, of: use}\n", "", 8, "without contracts"),
        ("  contracts: {table: s, key: k}\n", "", 7, "`starts`"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    entity: str, outcome: str, line: int, what: str
) -> None:
    start, stop = MODEL.index("  contracts:"), MODEL.index("sources:")
    text = MODEL[:start] + entity + MODEL[stop:]
    text = text.replace("{contracts: end}", outcome or "{quiet: use, for: 9d}")
    model, problems = check_text(text)
    assert model is None
    assert any(what in problem.what and problem.line == line for problem in problems), problems


def test_a_model_with_contracts_has_a_fingerprint_of_its_own() -> None:
    model, problems = check_text(MODEL)
    start, stop = MODEL.index("  contracts:"), MODEL.index("sources:")
    plain, _ = check_text(MODEL[:start] + MODEL[stop : MODEL.index("outcomes:")])
    assert model is not None and plain is not None and problems == ()
    assert plain.fingerprint != model.fingerprint


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("starts: started", "starts: begun", "`begun`"),
        ("ends: cancelled", "ends: kind", "`subscriptions.kind`"),
        ("table: subscriptions", "table: subscription", "subscription"),
        ("kind = 'main'", "kid = 'main'", "`kid`"),
    ],
)
def test_check_compares_the_contracts_with_the_data(
    old: str, new: str, what: str, tmp_path: Path
) -> None:
    here = works(tmp_path / "works")
    (here.folder / "salus.yaml").write_text(MODEL.replace(old, new), encoding="utf-8")
    problems = open_project(here.folder, TODAY).check()
    assert any(what in problem.what and problem.line == 7 for problem in problems), problems


def test_nobody_with_a_contract_is_a_warning(tmp_path: Path) -> None:
    here = works(tmp_path / "works")
    (here.folder / "salus.yaml").write_text(
        MODEL.replace("kind = 'main'", "kind = 'other'"), encoding="utf-8"
    )
    problems = open_project(here.folder, TODAY).check()
    assert any("no account is active on" in problem.what for problem in problems), problems


def test_contracts_of_unknown_entities_are_named(tmp_path: Path) -> None:
    here = works(tmp_path / "works")
    with (here.folder / "data" / "subscriptions.csv").open("a", encoding="utf-8") as file:
        file.write("z99,2023-01-01,,,main\n")
    problems = open_project(here.folder, TODAY).check()
    assert any("table `subscriptions` (contracts)" in problem.what for problem in problems), (
        problems
    )
