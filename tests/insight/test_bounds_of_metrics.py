"""Every metric of odd and small portfolios: value and interval lie on the scale of the metric, and
few entities never make it certain.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from salus.finding import Finding
from salus.insight.metrics.first_value import measure_time_to_value
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import PortfolioHistory, ValueHistory
from salus.insight.metrics.receivables import Receivables, measure_dso
from salus.insight.metrics.retention import (
    VARIANTS,
    measure_arpa,
    measure_lost_entities,
    measure_lost_value,
    measure_retention,
)
from salus.insight.metrics.survey_metrics import Answers, measure_ces, measure_csat, measure_nps
from salus.periods.day import NEVER

FIRST, STOP = 100, 465
FEW = 20  # under which an interval of no width would claim too much
SCALES = {
    "nps": (-100, 100),
    "csat": (0, 1),
    "ces": (1, 7),
    "logo_churn_rate": (0, 1),
    "money_churn_gross": (0, 1),
    "money_churn_net": (-math.inf, 1),
    "grr": (0, 1),
    "nrr": (0, math.inf),
    "arpa": (0, math.inf),
    "dso": (0, math.inf),
    "time_to_value": (0, math.inf),
    "logo_churn_rate daily": (0, math.inf),
    "money_churn_gross daily": (0, math.inf),  # sums of daily shares
    "money_churn_net daily": (-math.inf, math.inf),
}
AMOUNTS = {
    "alike": lambda draw, n: np.full(n, 10.1),
    "spread": lambda draw, n: draw.lognormal(3, 1.5, n),
    "nothing": lambda draw, n: np.zeros(n),
    "some nothing": lambda draw, n: draw.choice([0.0, 10.0], n),
    "one giant": lambda draw, n: np.where(np.arange(n) == 0, 1e6, 1.0),
    "huge": lambda draw, n: draw.uniform(1, 9, n) * 1e300,
    "tiny": lambda draw, n: draw.uniform(1, 9, n) * 1e-300,
    "credits": lambda draw, n: draw.normal(5, 10, n),
    "unknown": lambda draw, n: draw.choice([np.nan, 10.0, 20.0], n),
}
CHANGES = {
    "none": (1.0,),
    "all grow alike": (1.1,),
    "all shrink alike": (0.7,),
    "all stop": (0.0,),
    "any": (0.0, 0.7, 1.0, 1.0, 1.3),
    "one doubles": (1.0, 2.0),
    "turn into credits": (-1.0, 1.0),
}


def surveys(draw: np.random.Generator, number: int) -> Iterator[tuple[str, Metric]]:
    """Surveys, with answers that go together or are all alike."""
    entity = np.sort(draw.integers(0, max(number // 2, 1), number))
    scores = draw.choice(
        [[0.0] * 3, [10.0] * 3, [8.0] * 3, [0.0, 8.0, 10.0]][draw.integers(4)], number
    )
    selection = Finding("answers.all")
    yield "nps", measure_nps(Answers(scores, entity, selection))
    yield "csat", measure_csat(Answers((scores > 7).astype(float), entity, selection), "score > 7")
    feels = draw.choice(
        [[1.0] * 3, [7.0] * 3, [6.1] * 3, [1.0, 6.1, 7.0]][draw.integers(4)], number
    )
    yield "ces", measure_ces(Answers(feels, entity, selection), 7, 1)


def money(
    draw: np.random.Generator, number: int, amounts: str, changes: str
) -> Iterator[tuple[str, Metric]]:
    """Movements of a portfolio: values before and after, some leave, some come."""
    before = np.asarray(AMOUNTS[amounts](draw, number), dtype=np.float64)
    after = before * draw.choice(CHANGES[changes], number)
    when = draw.integers(FIRST + 1, STOP - 1, number)
    start = np.where(draw.random(number) < 0.8, 0, draw.integers(0, STOP, number)).astype(np.int32)
    end = np.where(draw.random(number) < 0.8, NEVER, draw.integers(0, STOP + 50, number)).astype(
        np.int32
    )
    worth = ValueHistory(
        np.repeat(np.arange(number), 2),
        np.column_stack([np.full(number, -1), when]).ravel().astype(np.int32),
        np.column_stack([before, after]).ravel(),
    )
    portfolio = PortfolioHistory(start, end, worth)
    for variant in VARIANTS:
        name = " daily" if variant == "daily" else ""
        yield f"logo_churn_rate{name}", measure_lost_entities(portfolio, FIRST, STOP, variant)
        gross, net = measure_lost_value(portfolio, FIRST, STOP, variant)
        yield from ((f"money_churn_gross{name}", gross), (f"money_churn_net{name}", net))
    yield from zip(("grr", "nrr"), measure_retention(portfolio, FIRST, STOP), strict=True)
    yield "arpa", measure_arpa(portfolio, STOP)
    invoiced = np.abs(np.nan_to_num(before))
    owed = draw.choice([0.0, 0.3, 1.0], number) * invoiced
    yield "dso", measure_dso(Receivables(owed, None, invoiced, number), STOP - FIRST)
    waited = draw.choice([20, int(draw.integers(0, 99))], number)
    yield (
        "time_to_value",
        measure_time_to_value(portfolio, (start + waited).astype(np.int32), 0, STOP),
    )


def on_scale(name: str, metric: Metric) -> None:
    """The value and both ends, in the document too; and no certainty of a few."""
    document: dict[str, Any] = json.loads(json.dumps(metric.as_dict(), allow_nan=False))
    if metric.estimate is None:
        assert metric.reason
        assert document["value"] is None
        return
    low, high = SCALES[name]
    estimate = metric.estimate
    assert low <= estimate.value <= high, (name, estimate)
    if not estimate.known:
        assert metric.no_interval
        assert (document["low"], document["high"]) == (None, None)
        return
    slack = 1e-9 * abs(estimate.value)
    assert low <= estimate.low <= estimate.value + slack, (name, estimate)
    assert estimate.value - slack <= estimate.high <= high, (name, estimate)
    if metric.n < FEW:
        assert estimate.high - estimate.low > 1e-6 * abs(estimate.value), (name, estimate, metric.n)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 12])
@pytest.mark.parametrize("amounts", AMOUNTS)
def test_odd_and_small_books(amounts: str, number: int) -> None:
    draw = np.random.default_rng(number)
    for changes in CHANGES:
        for _ in range(2):
            for name, metric in (*surveys(draw, number), *money(draw, number, amounts, changes)):
                on_scale(name, metric)


def test_one_account_that_stays_is_not_certain() -> None:
    flat = PortfolioHistory(
        np.zeros(1, np.int32),
        np.full(1, NEVER, np.int32),
        ValueHistory(np.zeros(1, np.int64), np.zeros(1, np.int32), np.array([10.0])),
    )
    for estimate in (metric.estimate for metric in measure_retention(flat, FIRST, STOP)):
        assert estimate is not None and estimate.value == 1
        assert estimate.low < 0.2


def test_a_trial_that_begins_to_pay_is_new_business() -> None:
    """Ten pay all the time, one from the middle on; one of the ten grows. Daily churn counts only
    that one.
    """
    portfolio = PortfolioHistory(
        np.zeros(11, np.int32),
        np.full(11, NEVER, np.int32),
        ValueHistory(
            np.array([*range(11), 9, 10]),
            np.array([1] * 11 + [200, 200], dtype=np.int32),
            np.array([10.0] * 10 + [0.0, 15.0, 50.0]),
        ),
    )
    order = (
        np.argsort(portfolio.values.entity, kind="stable")
        if portfolio.values
        else np.zeros(0, np.int64)
    )
    assert portfolio.values is not None
    worth = ValueHistory(
        portfolio.values.entity[order], portfolio.values.day[order], portfolio.values.value[order]
    )
    gross, net = measure_lost_value(
        PortfolioHistory(portfolio.start, portfolio.end, worth), FIRST, STOP, "daily"
    )
    assert gross.estimate is not None and net.estimate is not None
    assert gross.estimate.value == 0
    assert net.estimate.value == pytest.approx(-5 / 100)
    assert net.estimate.low < net.estimate.value < net.estimate.high


def test_a_useless_interval_is_left_out() -> None:
    """Two that pay 1 and 1,000, and five that pay the same."""

    def paying(*amounts: float) -> Metric:
        number = len(amounts)
        worth = ValueHistory(np.arange(number), np.zeros(number, np.int32), np.array(amounts))
        return measure_arpa(
            PortfolioHistory(np.zeros(number, np.int32), np.full(number, NEVER, np.int32), worth),
            STOP,
        )

    assert paying().estimate is None
    for metric, code in (
        (paying(1, 1000), "metric.few_pay"),
        (paying(5, 5, 5, 5, 5), "metric.all_pay_the_same"),
        (paying(1, 1, 1, 1, 1, 1e6), "metric.pay_differs"),
    ):
        assert metric.estimate is not None and not metric.estimate.known
        assert metric.no_interval is not None and metric.no_interval.code == code
    usual = paying(90, 100, 110, 95, 105).estimate
    assert usual is not None and 0 < usual.low < 100 < usual.high < 200
