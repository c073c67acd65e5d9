"""`salus metrics` from tables to figures: a small company counted by hand, refusals with their
reasons, and the demo company.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from pyarrow.csv import read_csv

from salus.cli.main import main
from salus.demo import generate
from salus.errors import UsageError
from salus.model.read import read_text
from salus.project import open_project
from salus.verbs.init.init import init
from tests.insight.portfolio import write_book

MODEL = """\
version: 1
name: small
entity: {name: account, table: accounts, key: id, value: arr, currency: EUR, starts: since, ends: until,
         history: {table: worth, time: from_day, recorded: seen}}
sources:
  use: {table: events, key: id, time: at}
  answers: {table: answers, key: id, time: at, until: next person, where: "kind = 'nps'"}
  csat_given: {table: answers, key: id, time: at, where: "kind = 'csat'"}
  ces_given: {table: answers, key: id, time: at, where: "kind = 'ces'"}
  issued: {table: bills, key: id, time: issued, until: paid}
  due: {table: bills, key: id, time: due, until: paid}
dimensions:
  use:
    measures:
      quiet: {days_since: use, bad: 30d, good: 2d}
      mood: {mean: answers.score, within: 365d, bad: 0, good: 10}
outcomes:
  churned: {table: churn, key: id, time: left, decided: notice}
metrics:
  nps: answers.score
  csat: {share: csat_given, of: "score >= 4"}
  ces: {mean: ces_given.score, bad: 7, good: 1}
  first_value: use
  invoiced: issued.amount
  overdue: due.amount
"""
TABLES = {
    "accounts": (
        "id,arr,since,until",
        [
            "A,100,2023-01-01,",
            "B,260,2023-01-01,",
            "C,240,2023-01-01,",
            "D,150,2023-01-01,2024-06-30",
            "E,50,2023-01-01,2025-02-01",
            "F,400,2024-11-01,",
            *[f"N{i},10,2024-03-0{i + 1}," for i in range(5)],
        ],
    ),
    "worth": (
        "id,from_day,seen,arr",
        [
            "A,2023-01-01,2023-01-01,100",
            "B,2023-01-01,2023-01-01,200",
            "B,2024-05-01,2024-05-03,260",
            "C,2023-01-01,2023-01-01,300",
            "C,2024-09-01,2024-09-01,240",
            "D,2023-01-01,2023-01-01,150",
            "E,2023-01-01,2023-01-01,50",
            "F,2024-11-01,2024-11-01,400",
            "A,2024-12-01,2025-06-01,999",
        ],
    ),  # recorded after the period, so unknown at its end
    "events": (
        "id,at",
        ["A,2023-01-05", *[f"N{i},2024-03-1{i}" for i in range(4)], "F,2024-11-03", "A,2025-06-30"],
    ),
    "answers": (
        "id,person,kind,at,score",
        [
            "A,a1,nps,2024-02-01,2",
            "A,a1,nps,2024-08-01,10",
            "A,a2,nps,2024-08-01,9",
            "B,b1,nps,2024-08-01,7",
            "C,c1,nps,2024-08-02,0",
            "D,d1,nps,2023-05-01,0",
            "A,a1,nps,2025-03-01,0",
            "B,b1,csat,2024-03-01,5",
            "B,b1,csat,2024-04-01,4",
            "C,c1,csat,2024-05-01,1",
            "C,c1,csat,2025-05-01,1",
            "A,a1,ces,2024-05-01,2",
            "B,b1,ces,2024-05-01,",
        ],
    ),
    "bills": (
        "id,issued,due,paid,amount",
        [
            "A,2024-02-01,2024-03-01,2024-02-20,600",
            "B,2024-10-01,2024-11-01,2025-03-01,400",
            "C,2024-12-15,2025-01-15,,100",
            "C,2023-06-01,2023-07-01,,100",
            "A,2025-02-01,2025-03-01,,5000",
        ],
    ),
    "churn": ("id,left,notice", ["D,2024-06-30,2024-03-31", "E,2025-02-01,2024-11-30"]),
}
PERIOD = ("2024-01-01", "2025-01-01")  # 366 days


def company(folder: Path, model: str = MODEL) -> Path:
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    for name, (head, rows) in TABLES.items():
        (data / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company(tmp_path_factory.mktemp("metrics") / "small")


def measure(folder: Path, *period: str, **arguments: Any) -> dict[str, Any]:
    document: dict[str, Any] = (
        open_project(folder).metrics(*(period or PERIOD), quick=True, **arguments).as_dict()
    )
    return json.loads(json.dumps(document, allow_nan=False))  # type: ignore[no-any-return]


def test_the_company_is_sound(folder: Path) -> None:
    assert all(
        "The date looks wrong" in problem.what for problem in open_project(folder).check()
    )  # of years with one fact


def test_each_person_counts_once_with_the_latest_answer_of_the_period(folder: Path) -> None:
    """10, 9, 7, 0, not the answer of spring nor the one after the period; with that one 0, 9, 7, 0."""
    document = measure(folder)["nps"]
    assert (document["value"], document["n"], document["entities"]) == (25.0, 4, 3)
    later = measure(folder, "2024-01-01", "2025-03-02")["nps"]
    assert (later["value"], later["n"]) == (-25.0, 4)


def test_answers_of_one_moment_count_once(tmp_path: Path) -> None:
    """a2 answered 9 and 3 at one moment, a3 9 twice; two answers without a person are two."""
    folder = company(tmp_path / "part")
    with (folder / "data" / "answers.csv").open("a", encoding="utf-8") as file:
        file.write(
            "A,a2,nps,2024-08-01,3\nA,a3,nps,2024-08-03,9\nA,a3,nps,2024-08-03,9\nB,,nps,2024-08-04,7\nB,,nps,2024-08-04,7\n"
        )
    document = measure(folder)["nps"]
    assert (document["n"], document["value"]) == (7, pytest.approx(100 * (3 - 1) / 7))


def test_surveys_by_hand(folder: Path) -> None:
    document = measure(folder)
    assert (document["csat"]["value"], document["csat"]["n"]) == (pytest.approx(2 / 3), 3)
    assert (
        document["ces"]["value"],
        document["ces"]["n"],
        document["ces"]["low"],
        document["ces"]["high"],
    ) == (2.0, 1, 1.0, 7.0)
    assert "7 (worst) to 1 (best)" in document["ces"]["definition"]


def test_money_and_logos_by_hand(folder: Path) -> None:
    """There at the start: A to E with 800; D is lost with 150, B grows by 60, C shrinks by 60."""
    document = measure(folder)
    assert (document["at_start"], document["at_end"]) == (5, 10)
    assert document["logo_churn_rate"]["value"] == pytest.approx(1 / 5)
    assert document["grr"]["value"] == pytest.approx(590 / 800)
    assert document["nrr"]["value"] == pytest.approx(650 / 800)
    assert document["money_churn_gross"]["value"] == pytest.approx(210 / 800)
    assert (document["arpa"]["value"], document["arpa"]["n"]) == (
        pytest.approx((100 + 260 + 240 + 50 + 400) / 5),
        5,
    )


def test_a_loss_counts_on_the_day_that_is_asked_for(folder: Path) -> None:
    """E gave notice in November and leaves in February, so it is lost in that year only by its
    decision.
    """
    rates = {
        way: measure(folder, recognise=way)["logo_churn_rate"]
        for way in ("end_of_service", "on_cancel", "when_scheduled")
    }
    assert {way: rate["lost"] for way, rate in rates.items()} == {
        "end_of_service": 1,
        "on_cancel": 1,
        "when_scheduled": 2,
    }
    assert "`notice`" in measure(folder, recognise="when_scheduled")["settings"]["recognised"]


def test_dso_by_hand(folder: Path) -> None:
    """Owed at the end: 400, 100 and an old 100; invoiced in the year: 1,100. B's bill and C's old
    one are overdue.
    """
    document = measure(folder)["dso"]
    assert document["value"] == pytest.approx(600 / 1100 * 366)
    assert (document["delinquent"], document["best_possible"]) == pytest.approx(
        (500 / 1100 * 366, 100 / 1100 * 366)
    )


def test_time_to_value_by_hand(folder: Path) -> None:
    """Six came in the year: four after 9 days each, one after 2, one waits."""
    document = measure(folder)["time_to_value"]
    assert (document["n"], document["with_value"], document["value"]) == (6, 5, 9.0)


def test_the_period_is_the_last_year_by_default(folder: Path) -> None:
    document = open_project(folder).metrics(quick=True)
    assert (str(document.first), str(document.stop)) == (
        "2024-03-02",
        "2025-03-02",
    )  # later days are single ones


@pytest.mark.parametrize(
    ("old", "new", "name", "words"),
    [
        (
            "metrics:\n  nps: answers.score\n",
            "metrics:\n",
            "nps",
            "add `nps: source.column` under `metrics:`",
        ),
        ("starts: since, ", "", "logo_churn_rate", "add `starts:`"),
        ("starts: since, ", "", "time_to_value", "add `starts:`"),
        ("value: arr, currency: EUR, ", "", "grr", "add `value:`"),
        (
            ",\n         history: {table: worth, time: from_day, recorded: seen}",
            "",
            "nrr",
            "add `history:`",
        ),
        ("ends: until,", "", "logo_churn_rate", None),
        ("bad: 7, good: 1", "bad: 5, good: 3", "ces", "1 of 1 answers lie outside 3 to 5"),
        ("kind = 'nps'", "kind = 'ces'", "nps", None),
        ("kind = 'csat'", "kind = 'none'", "csat", "no answer in the period"),
        ("nps: answers.score", "nps: answers.person", "nps", "is text; numbers are needed"),
    ],
)
def test_what_cannot_be_told_says_why(
    tmp_path: Path, old: str, new: str, name: str, words: str | None
) -> None:
    assert old in MODEL
    document = measure(company(tmp_path / "part", MODEL.replace(old, new)))[name]
    assert (document["value"] is None) == (words is not None)
    if words is not None:
        assert words in document["reason"]


def test_without_an_end_of_its_own_the_outcome_tells_who_left(tmp_path: Path) -> None:
    document = measure(company(tmp_path / "part", MODEL.replace("ends: until,", "")))
    assert document["logo_churn_rate"]["lost"] == 1
    assert "`left` of outcome `churned`" in document["settings"]["recognised"]


def test_small_groups_of_people_are_withheld(tmp_path: Path) -> None:
    model = MODEL.replace(
        "starts: since", "people: {population: workforce, smallest_group: 5}, starts: since"
    )
    document = measure(company(tmp_path / "part", model))
    assert (document["nps"]["value"], document["nps"]["n"]) == (None, 0)
    assert "Withheld" in document["nps"]["reason"]
    assert document["grr"]["value"] is not None
    assert {row["n"] for row in document["cohorts"]} == {5}


def test_check_finds_a_column_that_is_no_number(tmp_path: Path) -> None:
    folder = company(tmp_path / "part", MODEL.replace("nps: answers.score", "nps: answers.person"))
    assert any(
        ".person` is text, but metric `nps` needs a number" in str(problem)
        for problem in open_project(folder).check()
    )
    folder = company(tmp_path / "other", MODEL.replace("nps: answers.score", "nps: answers.skore"))
    assert any("no column `skore`" in str(problem) for problem in open_project(folder).check())


def test_metrics_change_no_score(folder: Path) -> None:
    without = MODEL[: MODEL.index("metrics:")]
    assert (
        read_text(without).fingerprint
        == read_text(MODEL).fingerprint
        == open_project(folder).model.fingerprint
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"variant": "startt"},
        {"recognise": "never"},
        {"step": "week"},
        {"outcome": "chruned"},
        {"first": "2026-01-01", "last": "2026-01-01"},
        {"horizon": "soon"},
    ],
)
def test_questions_without_an_answer(folder: Path, arguments: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        open_project(folder).metrics(**arguments)


def test_patterns_and_predictors_of_a_book_with_falling_use(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "book")
    document = open_project(folder).metrics().as_dict()
    real = {
        row["measure"]: row["difference"] for row in document["patterns"]["measures"] if row["real"]
    }
    assert set(real) == {"logins_30d", "quiet"}
    assert max(real.values()) < 0
    assert document["patterns"]["correction"] == "Holm"
    assert document["predictors"]["auc"] > 0.6
    assert document["predictors"]["comparisons"] == []  # the model names no survey


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with the pack; the period of the tests ends with its data."""
    folder = tmp_path_factory.mktemp("demo")
    generate(folder / "made", accounts=120, seed=2, years=1.5)
    init(folder / "acme", pack="b2b_saas")
    for file in (folder / "made" / "data").iterdir():
        file.rename(folder / "acme" / "data" / file.name)
    return folder / "acme"


def test_the_demo_company_on_the_pack(demo: Path) -> None:
    result = CliRunner().invoke(
        main, ["-C", str(demo), "metrics", "--json"], catch_exceptions=False
    )
    document = json.loads(result.stdout)
    for name in (
        "nps",
        "csat",
        "ces",
        "logo_churn_rate",
        "money_churn_gross",
        "money_churn_net",
        "grr",
        "nrr",
        "arpa",
        "dso",
        "time_to_value",
    ):
        assert document[name]["low"] <= document[name]["value"] <= document[name]["high"], name
        assert document[name]["n"] > 0
    assert document["grr"]["value"] == pytest.approx(1 - document["money_churn_gross"]["value"])
    assert document["nrr"]["value"] == pytest.approx(1 - document["money_churn_net"]["value"])
    assert {row["name"] for row in document["predictors"]["comparisons"]} == {
        "nps_account",
        "csat",
        "ces",
    }
    mood = next(row for row in document["patterns"]["measures"] if row["measure"] == "mood")
    assert mood["difference"] < 0  # mood is a cause of leaving in the demo


ORACLE = """
with book as (
  select a.account_id, a.ended_on is null or a.ended_on >= date '{stop}' as stays,
    (select h.arr from '{data}/account_history.csv' h where h.account_id = a.account_id and h.valid_from < date '{first}'
      and h.recorded_at < date '{stop}' order by h.valid_from desc, h.recorded_at desc limit 1) as before,
    (select h.arr from '{data}/account_history.csv' h where h.account_id = a.account_id and h.valid_from < date '{stop}'
      and h.recorded_at < date '{stop}' order by h.valid_from desc, h.recorded_at desc limit 1) as after
  from '{data}/account.csv' a
  where a.customer_since < date '{first}' and (a.ended_on is null or a.ended_on >= date '{first}'))
select count(*) filter (not stays) / count(*), sum(case when stays then least(before, after) else 0 end) / sum(before),
  sum(case when stays then after else 0 end) / sum(before) from book"""
VOICES = """
with answers as (
  select score, row_number() over (partition by contact_id order by responded_at desc) as n
  from '{data}/survey_response.csv' r join '{data}/survey.csv' s using (survey_id)
  where s.kind = 'nps' and score is not null and responded_at >= '{first}' and responded_at < '{stop}')
select 100.0 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / count(*), count(*) from answers where n = 1"""


def test_the_demo_company_like_plain_queries(demo: Path) -> None:
    first, stop = "2025-07-01", "2026-05-01"
    document = measure(demo, first, stop)
    with duckdb.connect() as database:
        rows = [
            database.execute(text.format(data=demo / "data", first=first, stop=stop)).fetchone()
            for text in (ORACLE, VOICES)
        ]
    assert rows[0] is not None and rows[1] is not None
    names = ("logo_churn_rate", "grr", "nrr")
    assert [document[name]["value"] for name in names] == pytest.approx(list(rows[0]), rel=1e-9)
    assert (document["nps"]["value"], document["nps"]["n"]) == (
        pytest.approx(rows[1][0]),
        rows[1][1],
    )
    assert document["nrr"]["value"] != document["grr"]["value"] < 1


def test_the_same_figures_from_postgresql(folder: Path, postgres: str, tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    connection = dbapi.connect(postgres)
    try:
        with connection.cursor() as cursor:
            for name in TABLES:
                cursor.adbc_ingest(
                    name,
                    read_csv(folder / "data" / f"{name}.csv"),
                    mode="create",
                    db_schema_name="public",
                )
        connection.commit()
        (tmp_path / "salus.yaml").write_text(MODEL, encoding="utf-8")
        (tmp_path / "salus.toml").write_text(f'[data]\nurl = "{postgres}"\n', encoding="utf-8")
        assert measure(tmp_path) == measure(folder)
    finally:
        with connection.cursor() as cursor:
            for name in TABLES:
                cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
        connection.commit()
        connection.close()


def test_the_text_says_what_it_counts(folder: Path) -> None:
    result = CliRunner().invoke(
        main,
        [
            "-C",
            str(folder),
            "metrics",
            "--from",
            "2024-01-01",
            "--to",
            "2025-01-01",
            "--churn",
            "stripe",
            "--cohorts",
            "quarter",
        ],
        catch_exceptions=False,
    )
    assert result.exit_code == 0
    for words in (
        "5 accounts at the start, 10 at the end",
        "average revenue per account (ARPA), ARR EUR",
        "GRR",
        "2024-Q1",
        "lost in the last 30 days",
        "No patterns.",
    ):
        assert words in " ".join(result.output.split())


def test_a_shop_without_table_or_metrics_still_has_a_book(tmp_path: Path) -> None:
    init(tmp_path / "shop", pack="ecommerce")
    rows = [
        f"o{who}-{n},K{who},2024-{n:02}-0{1 + who % 9},20,paid"
        for who in range(12)
        for n in range(1, 13 if who else 4)
    ]
    data = tmp_path / "shop" / "data"
    (data / "order.csv").write_text(
        "\n".join(["order_id,account_id,at,net,status", *rows]) + "\n", encoding="utf-8"
    )
    lines = [f"K{who},2024-01-0{1 + who % 9},p,1,20" for who in range(12)]
    (data / "order_line.csv").write_text(
        "\n".join(["account_id,at,product_id,quantity,net", *lines, "K1,2024-02-02,p,-1,-5"])
        + "\n",
        encoding="utf-8",
    )
    document = measure(tmp_path / "shop", "2024-02-01", "2024-12-31")
    assert (document["logo_churn_rate"]["lost"], document["logo_churn_rate"]["n"]) == (1, 12)
    assert "without facts in `orders`" in document["settings"]["recognised"]
    assert "add `value:`" in document["grr"]["reason"]


def test_the_page_shows_the_lines_of_the_pack() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "explanation" / "metrics.md").read_text(encoding="utf-8")
    assert page.split("```yaml\n")[1].split("```")[0] in (
        root / "src" / "salus" / "packs" / "b2b_saas.yaml"
    ).read_text(encoding="utf-8")
