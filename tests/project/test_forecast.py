"""`salus forecast`, from tables to expected renewals."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.errors import DataError, UsageError
from salus.periods.day import date_of
from salus.project import open_project
from tests.insight.test_purchase_value import drawn
from tests.project.terms import END, MODEL, NOTICE, START, write_terms

NOW = dt.date(2025, 7, 1)  # the day the tables end, in most tests
HORIZON = dt.timedelta(days=90)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_terms(tmp_path_factory.mktemp("terms") / "project", until=NOW)


@pytest.fixture(scope="module")
def document(book: Path) -> dict[str, Any]:
    result: dict[str, Any] = open_project(book).forecast(NOW, keep=False).as_dict()
    return result


def rows(book: Path, name: str) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = pq.read_table(book / "data" / f"{name}.parquet").to_pylist()
    return result


def stood(book: Path, day: dt.date) -> dict[str, tuple[dt.date, float]]:
    """The last day for a notice and the value of each account, as its history said on a day, by a
    slow count.
    """
    result: dict[str, tuple[dt.date, float]] = {}
    for row in sorted(rows(book, "account_history"), key=lambda row: row["valid_from"]):
        if row["valid_from"] < day:
            result[row["id"]] = (row["cancel_by"], row["arr"])
    return result


def test_the_document_holds_what_the_contract_names(document: dict[str, Any]) -> None:
    assert {"renewals", "total", "at_risk"} <= set(document)
    assert {"id", "decide_by", "value", "probability", "low", "high"} <= set(
        document["renewals"][0]
    )
    assert set(document["total"]) == {"value", "low", "high"}
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["reason"] is None


def test_the_terms_ahead_are_those_of_a_count_by_hand(book: Path, document: dict[str, Any]) -> None:
    """Of accounts without notice whose last day for one lies in the next 90 days."""
    noticed = {row["id"] for row in rows(book, "churn")}
    due = {
        key: (by, arr)
        for key, (by, arr) in stood(book, NOW).items()
        if NOW <= by < NOW + HORIZON and key not in noticed
    }
    assert {
        row["id"]: (dt.date.fromisoformat(row["decide_by"]), row["value"])
        for row in document["renewals"]
    } == due
    assert document["due"] == sum(arr for _, arr in due.values())
    assert len(due) > 20


def test_past_decisions_are_those_of_a_count_by_hand(book: Path, document: dict[str, Any]) -> None:
    """Every 90 days back: the terms of the 90 days after, of accounts without notice on the day,
    and whether one came.
    """
    churn = {row["id"]: row["notice"] for row in rows(book, "churn")}
    first = min(row["at"] for row in rows(book, "usage")) + dt.timedelta(days=90)
    decisions = lost = 0
    day = NOW - HORIZON
    while day >= max(first, NOW - dt.timedelta(days=3 * 365)):
        for key, (by, _) in stood(book, day).items():
            if day <= by < day + HORIZON and not (key in churn and churn[key] < day):
                decisions += 1
                lost += key in churn and churn[key] <= by
        day -= HORIZON
    assert (document["history"]["decisions"], document["history"]["lost"]) == (decisions, lost)
    assert lost > 40


def test_the_score_is_that_of_the_day(book: Path, document: dict[str, Any]) -> None:
    scores = open_project(book).score(NOW, keep=False)
    for term in document["renewals"]:
        assert term["score"] == scores.scored.score[scores.row(term["id"])]


def test_chances_follow_the_score_and_stay_within_their_range(document: dict[str, Any]) -> None:
    by_score = sorted(document["renewals"], key=lambda row: row["score"])
    chance = np.array([row["probability"] for row in by_score])
    assert (np.diff(chance) >= 0).all()
    assert chance[0] < 0.6
    assert chance[-1] > 0.85
    assert all(
        0 < row["low"] < row["probability"] < row["high"] < 1 for row in document["renewals"]
    )


def test_the_money_adds_up(document: dict[str, Any]) -> None:
    expected = sum(row["value"] * row["probability"] for row in document["renewals"])
    assert document["total"]["value"] == pytest.approx(expected)
    assert document["at_risk"] == pytest.approx(document["due"] - expected)
    assert document["total"]["low"] < expected < document["total"]["high"] <= document["due"]


def test_trials_used_nothing_of_later_days(
    book: Path, document: dict[str, Any], tmp_path: Path
) -> None:
    """The trial of a date equals the forecast of that date if the tables had ended there."""
    trial = document["trials"][-1]
    day = dt.date.fromisoformat(trial["as_of"])
    then = (
        open_project(write_terms(tmp_path / "then", until=day)).forecast(day, keep=False).as_dict()
    )
    assert [trial[name] for name in ("renewals", "expected", "low", "high")] == pytest.approx(
        [len(then["renewals"]), *(then["total"][name] for name in ("value", "low", "high"))]
    )


def test_a_saved_forecast_is_compared_with_the_outcome(tmp_path: Path) -> None:
    folder = write_terms(tmp_path / "project", until=NOW)
    document = open_project(folder).forecast(NOW).as_dict()
    (kept,) = (folder / "history" / "forecasts").iterdir()
    before = kept.read_bytes()
    assert document["log"] == []
    write_terms(folder, until=END)
    later = open_project(folder).forecast(END).as_dict()["log"]
    churn = {row["id"]: row["notice"] for row in rows(folder, "churn")}
    actual = sum(
        term["value"]
        for term in document["renewals"]
        if not (
            term["id"] in churn and churn[term["id"]] <= dt.date.fromisoformat(term["decide_by"])
        )
    )
    assert [(term["as_of"], term["expected"], term["actual"]) for term in later] == [
        (NOW.isoformat(), document["total"]["value"], actual)
    ]
    assert later[0]["held"] == (document["total"]["low"] <= actual <= document["total"]["high"])
    assert 0 < actual < document["due"]
    assert kept.read_bytes() == before


def test_equal_inputs_are_equal_bytes_and_the_first_forecast_stands(tmp_path: Path) -> None:
    first, other = (write_terms(tmp_path / name, until=NOW) for name in ("one", "other"))
    for folder in (first, other):
        open_project(folder).forecast(NOW)
    files = [next((folder / "history" / "forecasts").iterdir()) for folder in (first, other)]
    assert files[0].name == files[1].name
    assert files[0].read_bytes() == files[1].read_bytes()
    text = files[0].read_bytes()
    write_terms(first, seed=2, until=NOW)
    open_project(first).forecast(NOW)
    assert files[0].read_bytes() == text


def test_a_date_whose_end_is_known_already_is_not_kept(book: Path) -> None:
    result = open_project(book).forecast(NOW - HORIZON)
    assert any(note.code == "forecast.not_saved" for note in result.notes)
    assert not (book / "history" / "forecasts").exists()


def test_a_broken_file_of_the_log_is_named(tmp_path: Path) -> None:
    folder = write_terms(tmp_path / "project", until=NOW)
    open_project(folder).forecast(NOW)
    (kept,) = (folder / "history" / "forecasts").iterdir()
    kept.write_text("{", encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(folder), "forecast", "--as-of", NOW.isoformat()])
    assert result.exit_code == 1
    assert kept.name in result.stderr


def test_without_a_history_terms_are_listed_but_not_predicted(book: Path, tmp_path: Path) -> None:
    folder = write_terms(
        tmp_path / "project",
        until=NOW,
        model=MODEL.replace("history: {table: account_history, time: valid_from}, ", ""),
    )
    result = open_project(folder).forecast(NOW).as_dict()
    assert "aren’t kept" in result["reason"]
    assert result["total"] is None and result["at_risk"] is None
    assert {row["probability"] for row in result["renewals"]} == {None}
    assert len(result["renewals"]) > 20
    assert not (folder / "history" / "forecasts").exists()


def test_an_input_lists_the_same_terms_as_the_column_that_it_reads(tmp_path: Path) -> None:
    """Contracts in a table of their own: the day of decision is an input instead of a column."""
    plain = MODEL.replace("history: {table: account_history, time: valid_from}, ", "")
    named = plain.replace("decide_by: cancel_by", "decide_by: ends_next").replace(
        "sources:\n",
        "inputs:\n  ends_next: {min: terms.cancel_by, open: true}\nsources:\n"
        "  terms: {table: accounts, key: id, time: since, until: ended}\n",
    )
    column, entry = (
        open_project(write_terms(tmp_path / name, until=NOW, model=model)).forecast(NOW).as_dict()
        for name, model in (("column", plain), ("input", named))
    )
    assert len(entry["renewals"]) > 20
    assert entry["renewals"] == column["renewals"]
    assert entry["reason"] == column["reason"]
    project = open_project(tmp_path / "input")
    assert not [problem for problem in project.check() if "ends_next" in problem.what]


def test_a_day_of_decision_that_is_no_date_is_found_by_check_and_refused(tmp_path: Path) -> None:
    folder = write_terms(
        tmp_path / "project",
        until=NOW,
        model=MODEL.replace("decide_by: cancel_by", "decide_by: name"),
    )
    path = folder / "data" / "account_history.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("name", table["id"]), path)
    assert any(
        "`accounts.name` is text, but `decide_by` of the entity needs a date" in problem.what
        for problem in open_project(folder).check()
    )
    with pytest.raises(DataError, match="`decide_by` of the entity needs a date"):
        open_project(folder).forecast(NOW)


def test_entities_with_notice_are_listed_apart(book: Path, document: dict[str, Any]) -> None:
    """Their last day for giving notice is in the future, and so is the end of their term."""
    gone = {row["id"] for row in rows(book, "churn") if row["ended"] >= NOW}
    due = [
        arr
        for key, (by, arr) in stood(book, NOW).items()
        if key in gone and NOW <= by < NOW + HORIZON
    ]
    assert document["notice_given"] == {"entities": len(due), "value": sum(due)}
    assert len(due) > 0
    assert not gone & {row["id"] for row in document["scores"]}


def test_too_few_decisions_give_no_forecast(tmp_path: Path) -> None:
    result = (
        open_project(write_terms(tmp_path / "project", accounts=8, until=NOW))
        .forecast(NOW)
        .as_dict()
    )
    assert "At least 10 of each are needed" in result["reason"]
    assert result["total"] is None


def test_an_outcome_without_decisions_needs_the_end_of_the_term(tmp_path: Path) -> None:
    ends = MODEL.replace(", decided: notice", "")
    folder = write_terms(tmp_path / "project", until=NOW, model=ends)
    assert "Add `term_end`" in open_project(folder).forecast(NOW).as_dict()["reason"]


def test_a_notice_counted_from_the_end_of_the_term_says_the_same(
    book: Path, tmp_path: Path, document: dict[str, Any]
) -> None:
    """The same terms by their last day, 90 days after the last day for a notice."""
    folder = write_terms(
        tmp_path / "project",
        until=NOW,
        model=MODEL.replace("decide_by: cancel_by", f"term_end: ends_on, notice: {NOTICE}d"),
    )
    for name in ("accounts", "account_history"):
        path = folder / "data" / f"{name}.parquet"
        table = pq.read_table(path)
        ends = [day + dt.timedelta(days=NOTICE) for day in table["cancel_by"].to_pylist()]
        pq.write_table(table.append_column("ends_on", pa.array(ends, pa.date32())), path)
    result = open_project(folder).forecast(NOW, keep=False).as_dict()
    assert (result["renewals"], result["total"], result["trials"]) == (
        document["renewals"],
        document["total"],
        document["trials"],
    )


def test_without_terms_the_other_parts_are_still_there(tmp_path: Path) -> None:
    folder = write_terms(
        tmp_path / "project",
        until=NOW,
        model=MODEL.replace(", renewal: {decide_by: cancel_by}", ""),
    )
    result = open_project(folder).forecast(NOW)
    assert "add `renewal`" in result.as_dict()["reason"]
    assert "How scores usually move" in str(result)


def test_a_scenario_changes_scores_where_no_term_is_known(tmp_path: Path) -> None:
    folder = write_terms(
        tmp_path / "project",
        until=NOW,
        model=MODEL.replace(", renewal: {decide_by: cancel_by}", ""),
    )
    shown = str(open_project(folder).forecast(NOW, changes=["level.points=-10"]))
    assert "Scenario level.points=-10: scores change by −" in shown
    assert "There is no renewal forecast to compare with" in shown


def test_a_scenario_of_more_value_has_the_same_chances(
    book: Path, document: dict[str, Any]
) -> None:
    result = (
        open_project(book).forecast(NOW, changes=["arr=+10%"], keep=False).as_dict()["scenario"]
    )
    assert result["due"] == pytest.approx(1.1 * document["due"])
    assert result["total"]["value"] == pytest.approx(1.1 * document["total"]["value"])
    assert all(row["probability_from"] == row["probability_to"] for row in result["renewals"])


def test_a_date_without_terms_keeps_nothing(tmp_path: Path) -> None:
    folder = write_terms(tmp_path / "project", until=NOW)
    shown = str(open_project(folder).forecast(NOW + dt.timedelta(days=300)))
    assert "0 accounts have their notice deadline by" in shown
    assert "data ends" in shown
    assert not (folder / "history" / "forecasts").exists()


def test_candidates_are_ranked_by_a_chance_that_was_learned(document: dict[str, Any]) -> None:
    result = document["candidates"]["growth"]
    chances = [row["probability"] for row in result["entities"]]
    assert result["goal"] == "expanded"
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.1
    assert result["entities"][0]["score"] > 80


def test_everyone_with_a_score_has_a_predicted_one(document: dict[str, Any]) -> None:
    assert [row["days"] for row in document["paths"]] == [30, 60, 90]
    assert all(row["held"]["low"] < 0.85 for row in document["paths"])
    for row in document["scores"]:
        assert [step["days"] for step in row["ahead"]] == [30, 60, 90]
        assert all(
            0 <= step["low"] <= step["value"] <= step["high"] <= 100 for step in row["ahead"]
        )


def test_contracts_are_worth_less_than_three_years_of_their_value(
    book: Path, document: dict[str, Any]
) -> None:
    result = document["lifetime"]
    money = sum(row["arr"] for row in rows(book, "accounts"))
    assert (
        0.2 * money
        < result["total"]["low"]
        < result["total"]["value"]
        < result["total"]["high"]
        < 3 * money
    )
    assert 100 < result["mean_days"] < 3 * 365
    assert result["total"]["value"] == pytest.approx(
        sum(entity["value"] or 0 for entity in result["each"])
    )
    assert len(result["each"]) == len(document["scores"])


def test_renewals_as_a_table(book: Path, document: dict[str, Any]) -> None:
    table = open_project(book).forecast(NOW, keep=False).to_arrow()
    assert table.column_names == [
        "id",
        "label",
        "decide_by",
        "value",
        "score",
        "probability",
        "low",
        "high",
    ]
    assert [
        {**row, "decide_by": row["decide_by"].isoformat()} for row in table.to_pylist()
    ] == document["renewals"]


def test_a_horizon_of_half_a_year(book: Path, document: dict[str, Any]) -> None:
    result = open_project(book).forecast(NOW, "180d", keep=False).as_dict()
    assert {row["id"] for row in document["renewals"]} < {row["id"] for row in result["renewals"]}


def test_the_command_tells_it_all(book: Path) -> None:
    result = CliRunner().invoke(
        main, ["-C", str(book), "forecast", "--as-of", NOW.isoformat(), "--suppose", "level=-20%"]
    )
    assert result.exit_code == 0, result.output
    for line in (
        "accounts have their notice deadline by",
        "Expected to renew",
        "largest expected loss first",
        "Scenario level=-20%",
        "It doesn’t show what a change would cause",
        "the actual value was within",
        "most likely to expand within",
        "How scores usually move",
        "Value of the contracts",
    ):
        assert line in " ".join(result.stdout.split())


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = write_terms(tmp_path / "project", until=NOW)
    path = folder / "data" / "accounts.parquet"
    table = pq.read_table(path)
    names = [f"\x1b[31m{name}\u202e" for name in table["name"].to_pylist()]
    pq.write_table(table.set_column(1, "name", pa.array(names)), path)
    shown = str(open_project(folder).forecast(NOW, keep=False))
    assert "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"outcome": "chruned"}, "no outcome `chruned`"),
        ({"horizon": "soon"}, "not a valid span of time"),
        ({"horizon": "7d"}, "7 days is too short"),
        ({"changes": ["level"]}, "is not a valid change"),
        ({"changes": ["levle=-10%"]}, "`levle` isn't a measure"),
        ({"as_of": "2020-01-01"}, "no account is active"),
    ],
)
def test_questions_without_an_answer(book: Path, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        open_project(book).forecast(**{"as_of": NOW, "keep": False, **arguments})


SHOP = """\
version: 1
name: shop
entity: {name: customer, key: customer_id, purchases: orders.amount}
sources:
  orders: {table: cdnow_master, key: customer_id, time: date}
dimensions:
  rhythm: {measures: {last_order: {days_since: orders, bad: 365d, good: 30d}}}
outcomes:
  lapsed: {quiet: orders, for: 365d}
missing_guard: 0d
"""


def test_purchases_of_cdnow_a_year_ahead(shared: Path, tmp_path: Path) -> None:
    """Foretold on 1997-07-01 for the year after, and what came: 69,659 orders of 23,570 buyers in
    all.
    """
    (tmp_path / "data").mkdir()
    (tmp_path / "salus.yaml").write_text(SHOP, encoding="utf-8")
    table = pq.read_table(shared / "data" / "cdnow" / "cdnow_master.parquet")
    pq.write_table(table, tmp_path / "data" / "cdnow_master.parquet")
    forecast = open_project(tmp_path).forecast("1998-07-01")
    result = forecast.as_dict()["purchases"]
    check = result["check"]
    paid = {
        who
        for who, amount in zip(
            table["customer_id"].to_pylist(), table["amount"].to_pylist(), strict=True
        )
        if amount > 0
    }
    assert {row["id"] for row in result["entities"]} == paid
    assert check["purchases"] == pytest.approx(check["came"], rel=0.15)
    assert check["money"] == pytest.approx(check["earned"], rel=0.2)
    assert 0 < result["related"] < 0.2
    assert f"{check['came']:,} made" in str(forecast)


def test_postgresql_says_the_same(postgres: str, tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    bought = MODEL.replace("renewal: {", "purchases: orders.net, renewal: {").replace(
        "dimensions:", "  orders: {table: orders, key: id, time: at}\ndimensions:", 1
    )
    folder = write_terms(tmp_path / "files", until=NOW, model=bought)
    some = drawn(1, 260, (NOW - START).days)
    at = [START + dt.timedelta(days=int(day)) for day in some.day]
    pq.write_table(
        pa.table({"id": [f"A-{buyer:03}" for buyer in some.buyer], "at": at, "net": some.amount}),
        folder / "data" / "orders.parquet",
    )
    target = tmp_path / "database"
    target.mkdir()
    (target / "salus.yaml").write_text(bought, encoding="utf-8")
    (target / "salus.toml").write_text(f'[data]\nurl = "{postgres}"\n', encoding="utf-8")
    names = [path.stem for path in (folder / "data").iterdir()]
    with dbapi.connect(postgres) as connection, connection.cursor() as cursor:
        for name in names:
            cursor.adbc_ingest(
                name, pq.read_table(folder / "data" / f"{name}.parquet"), mode="create"
            )
        connection.commit()
        try:
            result = open_project(target).forecast(NOW, keep=False).as_dict()
        finally:
            for name in names:
                cursor.execute(f'DROP TABLE "{name}"')
            connection.commit()
    assert result == open_project(folder).forecast(NOW, keep=False).as_dict()
    assert result["purchases"]["purchases"] > 20


def test_the_picture_starts_from_all_without_notice_and_ends_at_what_is_expected(
    book: Path, document: dict[str, Any], tmp_path: Path
) -> None:
    """The last point is today's money less what is at risk; earlier points are those of a count by
    hand.
    """
    pytest.importorskip("altair", reason="the extra `pictures` isn't installed")
    result = CliRunner().invoke(
        main,
        [
            "-C",
            str(book),
            "forecast",
            "--as-of",
            NOW.isoformat(),
            "--pictures",
            str(tmp_path / "slides"),
        ],
    )
    assert result.exit_code == 0, result.output
    assert "the chart is in" in result.stderr
    assert [path.name for path in (tmp_path / "slides").iterdir()] == ["fan.svg"]
    outlook = open_project(book).forecast(NOW, keep=False).renewals.outlook
    gone = {row["id"]: row["notice"] for row in rows(book, "churn")}
    for day, worth in (outlook.past[0], outlook.past[-1]):
        on = date_of(day)
        here = {
            row["id"]
            for row in rows(book, "accounts")
            if row["since"] < on and not (row["ended"] and row["ended"] < on)
        }
        assert worth == pytest.approx(
            sum(
                arr
                for key, (_, arr) in stood(book, on).items()
                if key in here and not (key in gone and gone[key] < on)
            )
        )
    now, (last, end) = outlook.past[-1][1], outlook.coming[-1]
    assert date_of(last) == NOW + HORIZON
    assert end.value == pytest.approx(now - document["at_risk"])
    assert (end.low, end.high) == pytest.approx(
        (
            now - document["due"] + document["total"]["low"],
            now - document["due"] + document["total"]["high"],
        )
    )


def test_the_report_has_it_beside_the_proof_of_who_leaves_and_not_for_a_few_days(
    book: Path, tmp_path: Path
) -> None:
    for outcome, horizon, expected in (
        ("churned", "90d", True),
        ("churned", "7d", False),
        ("expanded", "90d", False),
    ):
        out = tmp_path / f"{outcome}-{horizon}.html"
        result = CliRunner().invoke(
            main,
            [
                "-C",
                str(book),
                "report",
                "--as-of",
                NOW.isoformat(),
                "--outcome",
                outcome,
                "--horizon",
                horizon,
                "--out",
                str(out),
            ],
        )
        assert result.exit_code == 0, result.output
        assert ("Renewals ahead" in out.read_text(encoding="utf-8")) is expected
