"""NPS and shares: golden values, the airport's survey, and refusals."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import multinomial

from salus.errors import DataError
from salus.finding import Finding
from salus.insight.metrics.first_value import measure_time_to_value
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.survey_metrics import Answers, measure_nps
from salus.insight.metrics.surveys import (
    count_independent,
    estimate_mean,
    estimate_net_share,
    estimate_nps,
    estimate_satisfied,
    wilson,
)
from salus.insight.statistics.survival import survival
from salus.periods.day import NEVER


@pytest.mark.parametrize(
    ("answers", "value"), [([9, 10, 7, 0], 25), ([10] * 5, 100), ([0, 6], -100), ([7, 8], 0)]
)
def test_golden_values(answers: list[int], value: float) -> None:
    assert estimate_nps(np.array(answers, dtype=float)).value == value


def test_the_interval_holds_the_true_nps() -> None:
    """Drawn from a portfolio with an NPS of 20: nineteen of twenty intervals hold it."""
    draw = np.random.default_rng(1)
    estimates = [
        estimate_nps(draw.choice([0.0, 7.0, 10.0], 200, p=[0.25, 0.3, 0.45])) for _ in range(1000)
    ]
    assert 0.93 <= np.mean([20 in estimate for estimate in estimates]) <= 0.97


@pytest.mark.parametrize("answers", [[], [11.0, 9.0], [-1.0], [np.nan, 9.0]])
def test_other_codes_are_refused(answers: list[float]) -> None:
    with pytest.raises(DataError, match="from 0 to 10"):
        estimate_nps(np.array(answers))


def test_the_airport_in_2017(shared: Path) -> None:
    """+39.8 of 2,746 answers; code 11 and blanks are none."""
    with gzip.open(
        shared / "data" / "sfo_nps_survey" / "sfo_2017.csv.gz", "rt", encoding="utf-8"
    ) as file:
        texts = [row["NETPRO"].strip() for row in csv.DictReader(file)]
    answers = np.array([float(text) for text in texts if text and float(text) <= 10])
    assert len(answers) == 2746
    assert estimate_nps(answers).value == pytest.approx(39.8, abs=0.05)


def test_wilson_at_the_ends() -> None:
    assert (wilson(0, 20).low, wilson(20, 20).high) == (0, 1)
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=1e-4)


def naive(time: np.ndarray, had_outcome: np.ndarray, at: float) -> float:
    share = 1.0
    for when in sorted(
        {event for event, hit in zip(time, had_outcome, strict=True) if hit and event <= at}
    ):
        share *= 1 - np.sum((time == when) & had_outcome) / np.sum(time >= when)
    return share


def test_survival_against_the_product_by_hand() -> None:
    draw = np.random.default_rng(2)
    time, had_outcome = np.ceil(draw.exponential(10, 80)), draw.random(80) < 0.6
    curve = survival(time, had_outcome)
    for at in (0.5, 3, 7, 15, 60):
        assert curve.at(at) == pytest.approx(naive(time, had_outcome, at), abs=1e-12)
    assert (curve.low <= curve.share + 1e-12).all() and (curve.high >= curve.share - 1e-12).all()
    assert curve.mean_until(12) == pytest.approx(
        np.mean([curve.at(x) for x in np.arange(0, 12, 0.001)]) * 12, rel=1e-3
    )


def test_where_most_still_wait_there_is_no_median() -> None:
    assert survival(np.array([1.0, 5.0, 5.0]), np.array([True, False, False])).median is None


def test_a_published_example_of_a_hundred() -> None:
    """50 promoters, 30 passives, 20 detractors: +30, ±15.3 by the formula for many, which ours is
    with ten thousand.
    """
    answers = np.repeat([10.0, 8.0, 3.0], [50, 30, 20])
    estimate, many = estimate_nps(answers), estimate_nps(np.repeat(answers, 100))
    assert (estimate.value, (estimate.high - estimate.low) / 2) == (
        pytest.approx(30),
        pytest.approx(15.3, abs=0.2),
    )
    assert many.ends == pytest.approx([30 - 1.531, 30 + 1.531], abs=0.01)


def test_the_ends_of_an_nps_are_where_the_score_of_the_difference_says() -> None:
    """Tango's statistic with the likelihood maximised by brute force over a fine grid."""
    up, down, number = 0.4, 0.1, 20.0
    estimate = estimate_net_share(up, down, number)
    for true in estimate.ends:
        other = np.linspace(max(-true, 0), (1 - true) / 2, 200_001)[1:-1]
        likelihood = (
            up * np.log(other + true)
            + down * np.log(other)
            + (1 - up - down) * np.log(1 - 2 * other - true)
        )
        error = np.sqrt((2 * other[np.argmax(likelihood)] + true - true**2) / number)
        assert abs(up - down - true) / error == pytest.approx(1.96, abs=1e-3)


@pytest.mark.parametrize("number", [2, 3, 5, 10])
def test_an_nps_of_few_answers_holds_the_truth(number: int) -> None:
    """By all possible outcomes, with their probabilities."""
    outcomes = [(up, down) for up in range(number + 1) for down in range(number + 1 - up)]
    estimates = {
        outcome: estimate_net_share(outcome[0] / number, outcome[1] / number, number)
        for outcome in outcomes
    }
    held = []
    for up, down in [(0.1, 0.1), (0.3, 0.1), (0.5, 0.2), (0.6, 0.3), (0.8, 0.1), (0.05, 0.9)]:
        chances = multinomial.pmf(
            [[*outcome, number - sum(outcome)] for outcome in outcomes],
            number,
            [up, down, 1 - up - down],
        )
        held.append(
            sum(
                chance
                for outcome, chance in zip(outcomes, chances, strict=True)
                if up - down in estimates[outcome]
            )
        )
    assert min(held) >= 0.899
    assert np.mean(held) >= 0.94


def test_answers_that_are_all_alike_are_not_certain() -> None:
    five, hundred = estimate_nps(np.full(5, 10.0)), estimate_nps(np.full(100, 10.0))
    assert (five.value, five.high, hundred.value) == (100, 100, 100)
    assert five.low < 20
    assert 90 < hundred.low < 100


def repeated(draw: np.random.Generator, entities: int) -> tuple[np.ndarray, np.ndarray]:
    """Entities with one to eight answers, of which all of one are near each other: mean .5 on 0 to
    1 for any of them.
    """
    entity = np.repeat(np.arange(entities), draw.integers(1, 9, entities))
    feels = draw.normal(0, 1, entities)[entity] + draw.normal(0, 0.6, len(entity))
    return feels, entity


def test_answers_of_one_entity_count_as_fewer() -> None:
    draw = np.random.default_rng(6)
    alone, together = [], []
    for _ in range(500):
        feels, entity = repeated(draw, 60)
        answers = np.where(feels > 0.5, 10.0, np.where(feels > -0.5, 7.0, 0.0))
        alone.append(0 in estimate_nps(answers))
        together.append(
            (
                0 in estimate_nps(answers, entity),
                0.5 in estimate_satisfied((feels > 0).astype(float), entity),
                0.0 in estimate_mean(np.clip(feels, -3, 3), entity, -3, 3),
            )
        )
    assert np.mean(alone) < 0.85
    assert all(0.92 <= share <= 0.98 for share in np.mean(together, axis=0))


def test_one_answer_each_is_the_published_interval() -> None:
    answers = np.array([9.0, 10.0, 7.0, 0.0])
    assert estimate_nps(answers, np.arange(4)) == estimate_nps(answers)
    assert count_independent(answers, np.arange(4)) == 4


def test_a_mean_stays_on_its_scale() -> None:
    estimate = estimate_mean(np.array([7.0, 7.0, 6.0]), np.arange(3), 1, 7)
    assert (estimate.value, estimate.high) == (pytest.approx(20 / 3), 7)
    same = estimate_mean(np.array([7.0, 7.0]), np.arange(2), 1, 7)
    assert (same.value, same.high) == (7, 7)
    assert same.low < 4
    with pytest.raises(DataError, match="from 1 to 7"):
        estimate_mean(np.array([0.0]), np.arange(1), 1, 7)


def test_another_scale_is_no_nps() -> None:

    def nps(answers: np.ndarray) -> Metric:
        return measure_nps(Answers(answers, np.arange(30), Finding("answers.all")))

    refused = nps(np.repeat([5.0, 4.0, 1.0], 10))
    assert refused.estimate is None
    assert refused.reason == Finding("metric.nps_other_scale", all=30)
    coded = nps(np.append(np.full(29, 9.0), 99.0))
    assert coded.estimate is None
    assert coded.reason == Finding("metric.nps_other_codes", outside=1, all=30)
    estimate = nps(np.full(30, 9.0)).estimate
    assert estimate is not None and estimate.value == 100


def test_the_median_wait_has_an_interval_that_holds_it() -> None:
    """Exponential waits of median 10 ln 2, looked at for at most 15."""
    draw, held = np.random.default_rng(7), []
    for _ in range(400):
        wait, observed = draw.exponential(10, 60), draw.uniform(5, 15, 60)
        median = survival(np.minimum(wait, observed), wait <= observed).median_interval
        held.append(median is None or median.low <= 10 * np.log(2) <= median.high)
    assert 0.92 <= np.mean(held) <= 0.985


def test_time_to_value_counts_those_who_wait() -> None:
    """Ten start on day 10: five get value after 20 days, one leaves after 5 days without, four
    wait on day 100.
    """
    start = np.full(12, 10, dtype=np.int32)
    start[10:] = 200, -5  # one comes later, one came before
    end = np.full(12, NEVER, dtype=np.int32)
    end[9] = 15
    value = np.full(12, NEVER, dtype=np.int32)
    value[:5] = 30
    metric = measure_time_to_value(PortfolioHistory(start, end), value, 0, 101)
    assert (metric.n, metric.details["with_value"]) == (10, 5)
    assert metric.estimate is not None  # four of nine still wait on day 20
    assert (metric.estimate.value, metric.estimate.high) == (20, np.inf)
    assert metric.as_dict()["high"] is None
    assert metric.details["share_within"]["30"] == pytest.approx(5 / 9)
    few = measure_time_to_value(
        PortfolioHistory(start, end), np.where(np.arange(12) < 4, value, NEVER), 0, 101
    )
    assert few.estimate is None
    assert few.reason == Finding("metric.few_with_value", got=4, all=10)
