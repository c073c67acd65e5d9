"""The text of `salus forecast`: every part, and why a part is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salus.channels.text import width
from salus.channels.text.width import limit_width
from salus.finding import Finding
from salus.insight.forecast.expansion import ExpansionCandidates
from salus.insight.forecast.purchase_value import PurchaseBacktest, PurchaseValue
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval
from salus.project import open_project
from salus.verbs.forecast.parts import PurchaseForecast, ScoreOutlook
from salus.verbs.forecast.renewals import RenewalForecast
from salus.verbs.forecast.result import NOT_DECLARED, Forecast
from salus.verbs.forecast.track_record import ForecastResult
from tests.project.terms import write_terms

NOW = dt.date(2025, 7, 1)
REASON = Finding("renewals.few_decisions", lost=2, renewed=30, least=10)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A window in which no sentence is wrapped."""
    monkeypatch.setattr(width, "PROSE", 10_000)
    with limit_width(10_000):
        yield


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    folder = write_terms(tmp_path_factory.mktemp("terms") / "project", until=NOW)
    return open_project(folder).forecast(NOW, keep=False)


def renewals(result: Forecast) -> RenewalForecast:
    assert result.renewals is not None
    return result.renewals


def with_renewals(result: Forecast, **changes: Any) -> Forecast:
    return replace(result, renewals=replace(renewals(result), **changes))


def some(result: Forecast, *values: float) -> EntitySnapshots:
    """Terms with these values."""
    rows = renewals(result).due.rows.at(np.arange(len(values)))
    return replace(rows, value=np.array(values))


def with_entity(result: Forecast, **changes: Any) -> Forecast:
    model = replace(result.model, entity=replace(result.model.entity, **changes))
    return replace(result, model=model)


def line(text: str, start: str) -> str:
    (match,) = (row.strip() for row in text.splitlines() if row.strip().startswith(start))
    return match.replace("−", "-")


def test_the_first_row_is_the_largest_expected_loss(result: Forecast) -> None:
    text, first = str(result), result.rows[0]
    shown = line(text, first.id).split()
    assert first.value is not None and first.probability is not None
    assert f"{first.value:,.0f}" in shown
    assert shown[-1] == f"{first.value * (1 - first.probability):,.0f}"
    listed = [row for row in text.splitlines() if row.strip().startswith("A-")]
    assert listed[0].strip().startswith(first.id)


def test_terms_without_a_forecast_come_by_date_with_the_reason(result: Forecast) -> None:
    refused = with_renewals(result, chances=None, reason=REASON)
    text = str(refused)
    assert result.words.finding(REASON) in text
    assert "Expected to renew" not in text
    assert "expected loss" not in text
    days = [term.decide_by for term in refused.rows]
    assert days == sorted(days)
    assert str(days[0]) in line(text, refused.rows[0].id)


def test_a_model_without_renewals_says_what_to_declare(result: Forecast) -> None:
    text = str(replace(result, renewals=None))
    assert result.words.finding(NOT_DECLARED) in text
    assert "Renewals due" not in text


def test_no_term_within_the_horizon_is_no_table(result: Forecast) -> None:
    part = renewals(result)
    none = with_renewals(result, due=part.due.at(np.arange(0)), stake=np.zeros(0))
    text = str(none)
    assert "2025-09-28" in line(text, "0 accounts ")
    assert "Expected to renew" not in text
    assert "Renewals due" not in text


def test_entities_that_are_left_out_are_counted_with_their_value(result: Forecast) -> None:
    text = str(
        with_renewals(
            result,
            notice_given=some(result, 1000.0, 2500.0),
            without_score=some(result, 700.0),
            without_date=some(result, 40.0, np.nan),
        )
    )
    assert line(text, "2 more accounts (ARR 3,500 EUR) with ")
    assert line(text, "1 more account (ARR 700 EUR) with ")
    date = line(text, "2 accounts (ARR 40 EUR) have ")
    assert "`cancel_by`" in date and "`accounts`" in date


def test_without_a_value_of_the_entity_renewals_are_counted(result: Forecast) -> None:
    part = renewals(result)
    counted = with_entity(
        with_renewals(
            result,
            has_value=False,
            stake=np.ones(len(part.due)),
            without_score=some(result, np.nan, np.nan),
        ),
        value=None,
        currency=None,
    )
    text = str(counted)
    assert line(text, f"{len(part.due)} accounts ").endswith("2025-09-28.")
    assert line(text, "2 more accounts with a notice deadline by 2025-09-28 have no score")
    assert "EUR" not in text


def test_the_only_account_is_singular(result: Forecast) -> None:
    part = renewals(result)
    single = with_renewals(
        result, due=part.due.at(np.arange(1)), stake=part.stake[:1], chances=None, reason=REASON
    )
    assert line(str(single), "1 account has its notice deadline by 2025-09-28")


@pytest.mark.parametrize(
    ("actual", "mark"), [(90.0, "below"), (100.0, None), (180.0, None), (181.0, "above")]
)
def test_a_saved_forecast_is_marked_where_it_missed(
    result: Forecast, actual: float, mark: str | None
) -> None:
    past = ForecastResult(
        as_of=dt.date(2024, 2, 3),
        fingerprint="aaaa",
        renewals=12,
        expected=150.0,
        low=100.0,
        high=180.0,
        actual=actual,
        lost=2,
    )
    text = str(replace(result, track_record=(past,)))
    row = line(text, "2024-02-03").split()
    numbers = [word for word in row[1:] if word.isdecimal()]
    assert numbers == ["12", "150", "100", "180", f"{actual:.0f}"]
    assert [word for word in ("below", "above") if f"({word}" in row] == ([mark] if mark else [])
    assert f"{0 if mark else 1} of 1" in line(text, "Check of saved forecasts")


def test_expansion_candidates_or_the_reason_why_there_are_none(result: Forecast) -> None:
    part = result.expansion["growth"]
    first = part.entities.ids[part.candidates.entity[0]]
    text = str(result)
    chance = f"{part.candidates.probability[0]:.0%}"
    assert any(chance in row for row in text.splitlines() if first in row)
    reason = Finding("expansion.too_few", events=3, periods=2, least=10, least_periods=4)
    refused = replace(part, candidates=ExpansionCandidates.refused(reason))
    assert result.words.finding(reason) in str(replace(result, expansion={"growth": refused}))


def test_scores_of_too_short_a_past_are_not_predicted(result: Forecast) -> None:
    outlook = ScoreOutlook(dict.fromkeys((30, 60, 90)), (), np.zeros(0))
    text = str(replace(result, scores=outlook))
    assert "too few past scores" in text
    assert "after 30 days" not in text
    assert "after 30 days" in str(result)


def test_a_curve_that_ends_early_says_whose_value_is_more(result: Forecast) -> None:
    assert result.lifetime is not None
    part = result.lifetime.lifetime
    cut = np.zeros(len(part.days), dtype=bool)
    whole, short = (
        str(
            replace(
                result,
                lifetime=replace(result.lifetime, lifetime=replace(part, truncated=truncated)),
            )
        )
        for truncated in (cut, np.arange(len(cut)) < 3)
    )
    assert ("3 of the" in short, "3 of the" in whole) == (True, False)
    assert ("at least" in short, "at least" in whole) == (True, False)
    assert "Value of the contracts" not in str(replace(result, lifetime=None))


@pytest.mark.parametrize(("related", "warned"), [(0.1, False), (0.45, True), (-0.45, True)])
def test_purchases_are_summed_and_a_relation_is_a_warning(
    result: Forecast, related: float, warned: bool
) -> None:
    value = PurchaseValue(
        buyer=np.arange(3),
        alive=np.array([1.0, 0.6, 0.4]),
        purchases=np.array([10.0, 1.0, 1.0]),
        money=np.array([900.0, 80.0, 70.0]),
        days=365,
        related=related,
        backtest=None,
    )
    text = str(replace(result, purchases=PurchaseForecast(("a", "b", "c"), value)))
    shown = line(text, "Purchases expected within 365 days")
    assert "12, value 1,050" in shown
    assert "3 buyers 2 " in shown
    assert ("correlation" in text) is warned
    assert "days ago" not in text
    tested = replace(value, backtest=PurchaseBacktest(20.4, 22, 1800.0, 1950.0))
    text = str(replace(result, purchases=PurchaseForecast(("a", "b", "c"), tested)))
    assert all(
        number in line(text, "The same forecast") for number in ("20 ", "22 ", "1,800", "1,950")
    )


def test_purchases_that_cannot_be_predicted_say_why(result: Forecast) -> None:
    reason = Finding("purchases.few_returned", buyers=12, least=50)
    text = str(replace(result, purchases=PurchaseForecast((), reason)))
    assert result.words.finding(reason) in text


def test_a_scenario_without_a_forecast_compares_scores_only(tmp_path: Path) -> None:
    """Without a history of terms no chance is learned, so only the scores can be compared."""
    from tests.project.terms import MODEL

    model = MODEL.replace("history: {table: account_history, time: valid_from}, ", "")
    folder = write_terms(tmp_path / "project", until=NOW, accounts=60, model=model)
    scenario = open_project(folder).forecast(NOW, keep=False, changes=("level=-20%",))
    text = str(scenario)
    change = line(text, "Scenario level=-20%").removeprefix("Scenario level=-20%")
    assert re.search(r"-\d", change)
    assert "no renewal forecast" in text
    assert "Expected to renew" not in text


def test_notes_come_last(result: Forecast) -> None:
    note = Finding("forecast.facts_end", days=12)
    text = str(replace(result, notes=(note,)))
    assert text.splitlines()[-1].endswith(result.words.finding(note))


def test_a_range_names_its_currency_once(result: Forecast) -> None:
    chances = renewals(result).chances
    assert chances is not None
    total = Interval(123_456.0, 100_000.0, 150_000.0)
    text = str(with_renewals(result, chances=replace(chances, total=total)))
    shown = line(text, "Expected to renew")
    assert "123,456 EUR (80%" in shown
    assert "100,000 to 150,000)" in shown
