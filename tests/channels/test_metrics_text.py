"""The text of `salus metrics`: figures with their basis, patterns, predictors and cohorts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from salus.channels.text import width
from salus.channels.text.width import limit_width
from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import Pattern, Patterns
from salus.insight.metrics.predictors import Predictors
from salus.insight.metrics.retention_cohorts import RetentionCohort
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.question import Question
from salus.project import open_project
from salus.verbs.metrics.result import PortfolioCounts, PortfolioMetrics
from tests.project.test_metrics import PERIOD, company

QUESTION = Question(outcome="churned", horizon=90, score="score", sign=-1, capacity=0.1)
REASON = Finding("metrics.no_loss_outcome")
SHARE = Interval(0.5, 0.25, 0.75)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A window in which no sentence is wrapped."""
    monkeypatch.setattr(width, "PROSE", 10_000)
    with limit_width(10_000):
        yield


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> PortfolioMetrics:
    """Metrics of a small company, without patterns and predictors."""
    folder = company(tmp_path_factory.mktemp("metrics") / "small")
    return open_project(folder).metrics(*PERIOD, quick=True)


def pattern(name: str, difference: float, p: float) -> Pattern:
    return Pattern(
        measure=name,
        dimension=None,
        points_with=50 + difference,
        points_without=50,
        difference=Interval(difference, difference - 4, difference + 4),
        p=p,
        known_with=0.9,
        known_without=0.8,
        n_with=40,
        n_without=60,
    )


def with_patterns(result: PortfolioMetrics, *patterns: Pattern) -> str:
    return str(replace(result, patterns=Patterns(patterns, 40, 60)))


def with_metric(result: PortfolioMetrics, name: str, **changes: Any) -> PortfolioMetrics:
    metric = replace(result.metrics[name], **changes)
    return replace(result, metrics={**result.metrics, name: metric})


def line(text: str, start: str) -> str:
    (match,) = (row.strip() for row in text.splitlines() if row.strip().startswith(start))
    return match.replace("−", "-")


def numbers(row: str) -> list[float]:
    """The numbers of a row."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", row)]


def test_patterns_are_divided_by_direction(result: PortfolioMetrics) -> None:
    lower, higher, chance = (
        pattern("logins", -20, 0.0004),
        pattern("tickets", 12, 0.031),
        pattern("coin", 1, 0.6),
    )
    text = with_patterns(result, lower, higher, chance)
    places = [
        text.index(word) for word in ("lower before churned", "Logins", "higher before", "Ticke")
    ]
    assert places == sorted(places)
    assert line(text, "Logins").split()[1:] == [
        *("30", "50", "-20", "-24", "to", "-16", "<.001", "90%", "|", "80%")
    ]
    assert line(text, "Tickets").split()[1:] == [
        *("62", "50", "+12", "+8", "to", "+16", ".031", "90%", "|", "80%")
    ]
    assert "Coin" in line(text, "No clear difference")
    assert "40 accounts" in text and "60 others" in text


def test_only_differences_of_one_direction_have_one_table(result: PortfolioMetrics) -> None:
    text = with_patterns(result, pattern("logins", -20, 0.001))
    assert "lower before churned" in text
    assert "higher before churned" not in text
    assert "No clear difference" not in text


@pytest.mark.parametrize(("p", "difference"), [(0.001, -20.0), (0.001, 20.0), (0.5, -20.0)])
def test_a_long_list_is_cut_and_says_how_many_are_left(
    result: PortfolioMetrics, p: float, difference: float
) -> None:
    text = with_patterns(result, *(pattern(f"m{n:02}", difference, p) for n in range(15)))
    assert "M11" in text and "M12" not in text
    assert "and 3 more" in text
    full = with_patterns(result, *(pattern(f"m{n:02}", difference, p) for n in range(12)))
    assert "M11" in full and "more (all" not in full


def test_an_outcome_with_a_day_of_decision_names_its_column(result: PortfolioMetrics) -> None:
    text = with_patterns(result, pattern("logins", -20, 0.001))
    assert "`notice`" in text
    assert result.outcome is not None
    other = replace(result, outcome=replace(result.outcome, decided=None))
    assert "`notice`" not in with_patterns(other, pattern("logins", -20, 0.001))


def test_without_patterns_or_predictors_the_reason_is_given(result: PortfolioMetrics) -> None:
    why = result.words.paragraph([REASON])
    text = str(
        replace(
            result,
            outcome=None,
            patterns=Patterns(reason=REASON),
            predictors=Predictors(reason=REASON),
        )
    )
    assert text.count(why) == 2
    assert "AUC" not in text
    assert why not in str(result)


def test_the_score_is_compared_with_each_survey(result: PortfolioMetrics) -> None:
    predictors = Predictors(
        QUESTION,
        40,
        Interval(0.8, 0.7, 0.9),
        (
            (
                "nps",
                MeasureComparison("mood", 0.55, Interval(0.6, 0.5, 0.7), Interval(0.2, 0.1, 0.3)),
            ),
            (
                "csat",
                MeasureComparison("CSAT", 0.4, Interval(0.5, 0.4, 0.6), Interval(0.3, 0.2, 0.4)),
            ),
        ),
        without=("ces",),
    )
    text = str(replace(result, predictors=predictors))
    assert "salus validate --outcome churned" in text
    assert numbers(line(text, "the score  ")) == [0.8, 0.7, 0.9]
    assert numbers(line(text, "NPS: Mood")) == [55, 0.6, 0.5, 0.7, 0.2, 0.1, 0.3]
    assert [0.4 * 100, 0.5] in [
        numbers(row)[:2] for row in text.splitlines() if row.startswith("CSAT  ")
    ]
    alone = str(replace(result, predictors=replace(predictors, without=())))
    assert (text.count("\nCES: "), alone.count("\nCES: ")) == (1, 0)
    further = replace(predictors, question=replace(QUESTION, score="growth"))
    assert line(str(replace(result, predictors=further)), "the score Growth")


def test_cohorts_have_a_column_per_age_and_a_row_of_all(result: PortfolioMetrics) -> None:
    cohorts = (
        RetentionCohort("2023-01", 5, {1: SHARE}, early=True),
        RetentionCohort("2023-02", 20, {1: Interval(0.9, 0.8, 0.95), 3: SHARE}, early=False),
        RetentionCohort("2023-03", 30, {1: Interval(0.8, 0.7, 0.9)}, early=False),
        RetentionCohort("2024-09", 7, {}, early=False),  # too young for any age
    )
    text = str(replace(result, cohorts=cohorts))
    assert numbers(line(text, "started  ")) == [1, 3]
    assert numbers(line(text, "2023-01*").removeprefix("2023-01*")) == [5, 50, 25, 75]
    assert numbers(line(text, "2023-02").removeprefix("2023-02"))[1:] == [90, 80, 95, 50, 25, 75]
    assert numbers(line(text, "without *"))[:2] == [50, 84]  # (18 + 24) / 50
    assert "2024-09" not in text
    assert line(text, "* ")
    assert "started  " not in str(replace(result, cohorts=cohorts[3:]))


def test_a_single_cohort_has_neither_a_mark_nor_a_row_of_all(result: PortfolioMetrics) -> None:
    cohort = RetentionCohort("2023-02", 20, {1: SHARE}, early=False)
    rows = [row.strip() for row in str(replace(result, cohorts=(cohort,))).splitlines()]
    assert not [row for row in rows if row.startswith(("all ", "without *", "* ", "2023-02*"))]


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Interval.alone(9.0), "no interval"),
        (Interval(9.0, 4.0, math.inf), "4 days or more"),
        (Interval(1.0, 1.0, 4.0), "1 day to 4 days"),
    ],
)
def test_an_interval_may_be_open_or_unknown(
    result: PortfolioMetrics, estimate: Interval, words: str
) -> None:
    text = str(with_metric(result, "time_to_value", estimate=estimate))
    assert words in line(text, "time to value  ")


def test_a_net_churn_below_zero_says_what_it_means(result: PortfolioMetrics) -> None:
    usual, grown = (
        line(str(with_metric(result, "money_churn_net", estimate=estimate)), "revenue churn, net  ")
        for estimate in (Interval(0.05, 0.01, 0.09), Interval(-0.05, -0.09, -0.01))
    )
    assert usual.endswith("accounts")
    assert "below 0" in grown


def test_one_account_and_one_answer_are_singular(result: PortfolioMetrics) -> None:
    one = with_metric(with_metric(result, "csat", n=1), "logo_churn_rate", n=1)
    assert "1 answer " in line(str(one), "CSAT  ") + " "
    assert "1 account " in line(str(one), "customer churn (logo churn)  ")
    assert "3 answers" in line(str(result), "CSAT  ")


def test_entities_that_lapse_and_return_are_counted(result: PortfolioMetrics) -> None:
    text = str(replace(result, counts=PortfolioCounts(40, 50, 8, 3)))
    assert "40 accounts at the start, 50 at the end" in text
    assert "8 lapsed, 3 returned" in text
    assert "lapsed" not in str(result)


def test_nothing_measured_is_a_list_of_reasons(result: PortfolioMetrics) -> None:
    refused = {
        name: Metric.refused(metric.unit, Finding("metric.withheld", least=5))
        for name, metric in result.metrics.items()
    }
    text = str(
        replace(result, metrics=refused, counts=PortfolioCounts(), cohorts=(), recognition=None)
    )
    assert "Nothing can be measured" in text
    assert "95% interval" not in text
    assert "How it is counted" not in text
    assert "at the start" not in text
    assert text.count(result.words.finding(Finding("metric.withheld", least=5))) == 1


def test_patterns_of_a_portfolio_with_falling_use(tmp_path: Path) -> None:
    """The figures of the text are those of the document."""
    from tests.insight.portfolio import write_book

    result = open_project(write_book(tmp_path / "book")).metrics()
    document: Any = result.as_dict()
    (quiet,) = (row for row in document["patterns"]["measures"] if row["measure"] == "quiet")
    shown = line(str(result), "Quiet").split()
    assert shown[1:3] == [f"{quiet['with']:.0f}", f"{quiet['without']:.0f}"]
    assert f"{document['predictors']['auc']:.2f}" in line(str(result), "the score  ")
