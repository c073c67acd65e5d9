"""`salus metrics`: the metrics of the portfolio over a period, each with its interval or the reason
why it isn't measured.
"""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

import salus.verbs.metrics.text  # noqa: F401  registers the text
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel, find_dated_outcome
from salus.datasets.data_quality import find_doubtful_days
from salus.datasets.portfolio import PortfolioData, find_loss_outcome, load_portfolio
from salus.errors import OptionError, UsageError
from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import Patterns, find_patterns
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.predictors import Predictors, survey_measures
from salus.insight.metrics.retention import (
    Variant,
    measure_arpa,
    measure_lost_entities,
    measure_lost_value,
    measure_retention,
)
from salus.insight.metrics.retention_cohorts import build_cohorts
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.insight.validation.validation import compare_with_measures
from salus.model.model import Model, Outcome
from salus.periods.day import day_number
from salus.sources.connection import Connection
from salus.verbs.metrics.period import UNITS, Period
from salus.verbs.metrics.result import PortfolioCounts, PortfolioMetrics
from salus.verbs.metrics.settings import MetricSettings
from salus.workspace.workspace import Workspace

SURVEYS = ("nps", "csat", "ces")
VALUE_METRICS = ("money_churn_gross", "money_churn_net", "grr", "nrr", "arpa")


def metrics(
    workspace: Workspace, first: dt.date | None, last: dt.date | None, settings: MetricSettings
) -> PortfolioMetrics:
    """From `first` (None: a year before the end) to the midnight at which `last` begins (None: the
    end of the data).
    """
    model = workspace.model
    outcome = (
        find_loss_outcome(model)
        if settings.outcome is None
        else find_dated_outcome(model, settings.outcome)
    )
    with workspace.connected() as connection:
        start, stop, notes = _dates(workspace, connection, (first, last))
        period = Period(model, connection, day_number(start), day_number(stop))
        data = load_portfolio(
            model,
            connection,
            period.known,
            period.stop,
            settings.recognise,
            find_loss_outcome(model, outcome),
        )
        measured = _measure(period, data, settings.variant)
    least = model.entity.smallest_group or 0
    cohorts = build_cohorts(data.portfolio, period.stop, settings.step) if data.portfolio else ()
    patterns, predictors = (
        (None, None) if settings.quick else _look_back(workspace, outcome, settings, stop)
    )
    return PortfolioMetrics(
        model=model,
        first=start,
        stop=stop,
        settings=settings,
        outcome=outcome,
        counts=_count(data.portfolio, period),
        recognition=data.recognition,
        metrics={name: _publishable(measured[name], least) for name in UNITS},
        cohorts=tuple(cohort for cohort in cohorts if cohort.number >= least),
        patterns=patterns,
        predictors=predictors,
        notes=notes,
    )


def _dates(
    workspace: Workspace,
    connection: Connection,
    period: tuple[dt.date | None, dt.date | None],
) -> tuple[dt.date, dt.date, tuple[Finding, ...]]:
    """The first day, the midnight of the end, and what doesn't count for the end of the data."""
    first, last = period
    notes: tuple[Finding, ...] = ()
    if last is None:
        end = workspace.find_data_end(workspace.model, connection)
        last, notes = end.midnight, tuple(find_doubtful_days(end))
        if last is None:
            raise UsageError(
                "the tables hold no fact, so there is no period to report on", "check [data] url"
            )
    if first is None:
        day = min(last.day, 28) if last.month == 2 else last.day
        first = last.replace(year=last.year - 1, day=day)
    if first >= last:
        raise OptionError(
            f"a period from {first} to {last} has no day", "choose a `--from` before `--to`"
        )
    return first, last, notes


def _measure(period: Period, data: PortfolioData, variant: Variant) -> dict[str, Metric]:
    """Every metric by name."""
    with np.errstate(over="ignore", invalid="ignore"):  # `_publishable` refuses infinite values
        return {
            **period.measure_surveys(),
            **_measure_movements(data, period, variant),
            "dso": period.measure_receivables(),
            "time_to_value": period.measure_first_value(data),
        }


def _measure_movements(data: PortfolioData, period: Period, variant: Variant) -> dict[str, Metric]:
    """Churn, retention and value."""
    portfolio, first, stop = data.portfolio, period.first, period.stop
    if portfolio is None:
        assert data.reason is not None
        return _refuse(("logo_churn_rate", *VALUE_METRICS), data.reason)
    lost = {"logo_churn_rate": measure_lost_entities(portfolio, first, stop, variant)}
    if data.no_value is not None:
        return lost | _refuse(VALUE_METRICS, data.no_value)
    values = (
        *measure_lost_value(portfolio, first, stop, variant),
        *measure_retention(portfolio, first, stop),
        measure_arpa(portfolio, stop),
    )
    return lost | dict(zip(VALUE_METRICS, values, strict=True))


def _refuse(names: tuple[str, ...], reason: Finding) -> dict[str, Metric]:
    return {name: Metric.refused(UNITS[name], reason) for name in names}


def _publishable(metric: Metric, least: int) -> Metric:
    """The metric; refused where it rests on fewer than `least` people, or isn't finite."""
    if metric.estimate is None:
        return metric
    if metric.n < least:
        return Metric.refused(metric.unit, Finding("metric.withheld", least=least))
    if not math.isfinite(metric.estimate.value):
        return Metric.refused(metric.unit, Finding("metric.too_large"), metric.n)
    return metric


def _count(portfolio: PortfolioHistory | None, period: Period) -> PortfolioCounts:
    if portfolio is None:
        return PortfolioCounts()
    at_start, at_end = (
        int(np.count_nonzero(portfolio.active_on(day))) for day in (period.first, period.stop)
    )
    if portfolio.away is None:
        return PortfolioCounts(at_start, at_end)
    return PortfolioCounts(
        at_start,
        at_end,
        portfolio.lapsed(period.first, period.stop),
        portfolio.returned(period.first, period.stop),
    )


def _look_back(
    workspace: Workspace, outcome: Outcome | None, settings: MetricSettings, stop: dt.date
) -> tuple[Patterns, Predictors]:
    """Patterns before the outcome, and the score compared with surveys, on the rows that `salus
    validate` uses.
    """
    if outcome is None:
        reason = Finding("metrics.no_loss_outcome")
        return Patterns(reason=reason), Predictors(reason=reason)
    last = stop - dt.timedelta(days=settings.horizon)
    period = DateRange(None, last, "month")
    try:
        request = BacktestRequest(outcome.name, settings.horizon, period)
        data = build_panel(workspace, request, with_warnings=False)
    except UsageError as error:
        problem = "; ".join(problem.what for problem in error.problems)
        reason = Finding("metrics.no_past_dates", problem=problem)
        return Patterns(reason=reason), Predictors(reason=reason)
    scored = data.panel.at(np.flatnonzero(~np.isnan(data.panel.score)))
    return (
        find_patterns(workspace.model, data.panel),
        _compare_surveys(workspace.model, scored, data.question),
    )


def _compare_surveys(model: Model, rows: Panel, question: Question) -> Predictors:
    """The score compared with the measures of each survey."""
    score, comparisons = compare_with_measures(model, rows, question)
    measures = {
        name: survey_measures(model, quantity)
        for name, quantity in model.metrics.declared.items()
        if name in SURVEYS
    }
    matches = tuple(
        (name, comparison)
        for name, own in measures.items()
        for comparison in comparisons
        if comparison.name in own
    )
    alike = Finding(
        "metrics.outcomes_alike",
        outcome=question.outcome,
        events=rows.events,
        all=len(np.unique(rows.entity)),
    )
    return Predictors(
        question,
        rows.events,
        score.interval if score else None,
        matches,
        tuple(name for name in measures if name not in {metric for metric, _ in matches}),
        None if score else alike,
    )
