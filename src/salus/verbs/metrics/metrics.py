"""`salus metrics`: the numbers of the whole book over a period, each with its interval, or the
reason why there is none.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import cast

import numpy as np

from salus.channels.result import RowResult
from salus.datasets.backtest import DateRange, build_panel, dated_outcome
from salus.datasets.portfolio import (
    RECOGNITIONS,
    PortfolioData,
    Recognition,
    find_loss_outcome,
    load_portfolio,
)
from salus.errors import OptionError, UsageError
from salus.facts.data_end import load_data_end
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import Patterns, find_patterns
from salus.insight.metrics.predictors import Predictors, survey_measures
from salus.insight.metrics.retention import (
    VARIANTS,
    Variant,
    measure_arpa,
    measure_lost_entities,
    measure_lost_value,
    measure_retention,
)
from salus.insight.metrics.retention_cohorts import (
    MONTHS,
    CohortStep,
    RetentionCohort,
    build_cohorts,
)
from salus.insight.validation.validation import compare_with_measures
from salus.model.model import Model, Outcome
from salus.model.suggest import did_you_mean
from salus.periods.day import day_number
from salus.sources.connection import Connection
from salus.verbs.metrics.period import UNITS, Period
from salus.workspace.workspace import Workspace

CAPACITY = 0.1  # asked for by `judged`, and of no meaning here


@dataclass(frozen=True)
class MetricSettings:
    """What was asked for; `outcome` None: the first that is a loss. Patterns and predictors are
    those of the outcome.
    """

    variant: Variant = "start"
    recognise: Recognition = "end_of_service"
    outcome: str | None = None
    horizon: int = 90
    step: CohortStep = "month"
    quick: bool = False  # without patterns and predictors, which score past dates


def check_settings(
    variant: str, recognise: str, outcome: str | None, horizon: int, step: str, quick: bool
) -> MetricSettings:
    """The settings, if there are such."""
    for word, known, what in (
        (variant, VARIANTS, "variant of churn"),
        (recognise, RECOGNITIONS, "way to recognise a loss"),
        (step, tuple(MONTHS), "step of cohorts"),
    ):
        if word not in known:
            raise OptionError(
                f"`{word}` is not a {what}",
                did_you_mean(word, known) or f"choose one of {', '.join(known)}",
            )
    return MetricSettings(
        cast(Variant, variant),
        cast(Recognition, recognise),
        outcome,
        horizon,
        cast(CohortStep, step),
        quick,
    )


@dataclass(frozen=True)
class NamedMetric:
    """A metric with its name in the document."""

    name: str
    metric: Metric

    def as_dict(self) -> dict[str, object]:
        """The name, then the JSON form of the metric."""
        return {"name": self.name, **self.metric.as_dict()}


@dataclass(frozen=True, kw_only=True)
class PortfolioMetrics(RowResult[NamedMetric]):
    """Portfolio metrics over a period. As rows: each metric with its name."""

    model: Model
    first: dt.date  # first day of the period
    stop: dt.date  # the midnight that ends it
    settings: MetricSettings
    outcome: Outcome | None
    at_start: int | None  # entities at the start; None: unknown
    at_end: int | None  # entities at the end; None: unknown
    recognised: str
    metrics: dict[str, Metric]
    cohorts: tuple[RetentionCohort, ...]
    patterns: Patterns | None
    predictors: Predictors | None
    notes: tuple[str, ...] = ()  # where the data end, and why not later
    lapsed: int | None = None  # in the period; None: nothing takes an entity out for a time
    returned: int | None = None

    @property
    def rows(self) -> tuple[NamedMetric, ...]:
        """Each metric with its name, in the order of the document."""
        return tuple(NamedMetric(name, metric) for name, metric in self.metrics.items())

    def _dates(self) -> str:
        return f"{self.first} to {self.stop}"

    def _values(self) -> dict[str, object]:
        return {"entities at start": self.at_start, "entities at end": self.at_end}

    def as_dict(self) -> dict[str, object]:
        """The document of `salus metrics --json`."""
        asked = self.settings
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "from": self.first.isoformat(),
            "to": self.stop.isoformat(),
            "days": (self.stop - self.first).days,
            "at_start": self.at_start,
            "at_end": self.at_end,
            "lapsed": self.lapsed,
            "returned": self.returned,
            "settings": {
                "variant": asked.variant,
                "recognise": asked.recognise,
                "recognised": self.recognised,
                "outcome": self.outcome.name if self.outcome else None,
                "horizon_days": asked.horizon,
            },
            **{name: metric.as_dict() for name, metric in self.metrics.items()},
            "cohorts": [cohort.as_dict() for cohort in self.cohorts],
            "patterns": self.patterns.as_dict() if self.patterns else None,
            "predictors": self.predictors.as_dict() if self.predictors else None,
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        from salus.verbs.metrics.text import render_metrics

        return render_metrics(self)


def metrics(
    workspace: Workspace, first: dt.date | None, last: dt.date | None, settings: MetricSettings
) -> PortfolioMetrics:
    """From `first` (default: a year before) to the midnight of `last` (default: where the data
    end).
    """
    model = workspace.model
    outcome = (
        find_loss_outcome(model)
        if settings.outcome is None
        else dated_outcome(model, settings.outcome)
    )
    connection = workspace.connect()
    try:
        start, stop, notes = _period(model, connection, workspace.today, (first, last))
        period = Period(model, connection, day_number(start), day_number(stop))
        told = load_portfolio(
            model,
            connection,
            period.known,
            period.stop,
            settings.recognise,
            find_loss_outcome(model, outcome),
        )
        with np.errstate(over="ignore", invalid="ignore"):  # `_withheld` refuses what isn't finite
            found = {
                **period.voices(),
                **_movements(told, period, settings.variant),
                "dso": period.waiting(),
                "time_to_value": period.first_value(told),
            }
    finally:
        connection.close()
    people = model.entity.smallest_group or 0
    shown = {name: _withheld(found[name], people) for name in UNITS}
    book = told.book
    grown = (
        tuple(
            one for one in build_cohorts(book, period.stop, settings.step) if one.number >= people
        )
        if book
        else ()
    )
    at_start, at_end = (
        int(np.count_nonzero(book.there(day))) if book else None
        for day in (period.first, period.stop)
    )
    lapsed = returned = None
    if book is not None and book.away is not None:
        lapsed, returned = (
            book.lapsed(period.first, period.stop),
            book.returned(period.first, period.stop),
        )
    before, beside = (None, None) if settings.quick else _judged(workspace, outcome, settings, stop)
    return PortfolioMetrics(
        model=model,
        first=start,
        stop=stop,
        settings=settings,
        outcome=outcome,
        at_start=at_start,
        at_end=at_end,
        recognised=told.says,
        metrics=shown,
        cohorts=grown,
        patterns=before,
        predictors=beside,
        notes=notes,
        lapsed=lapsed,
        returned=returned,
    )


def _period(
    model: Model,
    connection: Connection,
    today: dt.date,
    asked: tuple[dt.date | None, dt.date | None],
) -> tuple[dt.date, dt.date, tuple[str, ...]]:
    first, last = asked
    notes: tuple[str, ...] = ()
    if last is None:
        end = load_data_end(model, connection, today)
        last, notes = end.midnight, tuple(map(str, end.doubtful))
        if last is None:
            raise UsageError(
                "the tables hold no fact, so there is no period to report on", "check [data] url"
            )
    if first is None:
        first = last.replace(
            year=last.year - 1, day=min(last.day, 28) if last.month == 2 else last.day
        )
    if first >= last:
        raise OptionError(
            f"a period from {first} to {last} has no day", "choose a `--from` before `--to`"
        )
    return first, last, notes


def _withheld(metric: Metric, people: int) -> Metric:
    """Nothing is told of fewer people than the model allows, or of values that can't be added
    up.
    """
    if metric.found is None:
        return metric
    if metric.n < people:
        return Metric.refused(metric.unit, f"withheld: it rests on fewer than {people}")
    if not math.isfinite(metric.found.value):
        return Metric.refused(metric.unit, "the values are too large to be added up", metric.n)
    return metric


def _movements(told: PortfolioData, period: Period, variant: Variant) -> dict[str, Metric]:
    """Churn, retention and value."""
    money = ("money_churn_gross", "money_churn_net", "grr", "nrr", "arpa")
    book, first, stop = told.book, period.first, period.stop
    if book is None:
        return {
            name: Metric.refused(UNITS[name], str(told.reason))
            for name in ("logo_churn_rate", *money)
        }
    logos = {"logo_churn_rate": measure_lost_entities(book, first, stop, variant)}
    if book.worth is None:
        return logos | {name: Metric.refused(UNITS[name], str(told.no_money)) for name in money}
    return logos | dict(
        zip(
            money,
            (
                *measure_lost_value(book, first, stop, variant),
                *measure_retention(book, first, stop),
                measure_arpa(book, stop),
            ),
            strict=True,
        )
    )


def _judged(
    workspace: Workspace, outcome: Outcome | None, settings: MetricSettings, stop: dt.date
) -> tuple[Patterns, Predictors]:
    """Patterns before the outcome, and the score beside surveys, on the rows that `salus validate`
    judges by.
    """
    model = workspace.model
    if outcome is None:
        reason = "the model declares no outcome that is a loss"
        return Patterns((), 0, 0, reason), Predictors(None, 0, None, (), (), reason)
    last = stop - dt.timedelta(days=settings.horizon)
    try:
        found = build_panel(
            workspace, outcome.name, settings.horizon, DateRange(None, last, "month"), CAPACITY
        )
    except UsageError as error:
        reason = "; ".join(problem.what for problem in error.problems)
        return Patterns((), 0, 0, reason), Predictors(None, 0, None, (), (), reason)
    rows = found.panel.at(np.flatnonzero(~np.isnan(found.panel.score)))
    told, beside = compare_with_measures(model, rows, found.question)
    surveys = {
        name: survey_measures(model, quantity)
        for name, quantity in model.metrics.declared.items()
        if name in ("nps", "csat", "ces")
    }
    shown = tuple(
        (name, one) for name, measures in surveys.items() for one in beside if one.name in measures
    )
    without = tuple(name for name in surveys if name not in {metric for metric, _ in shown})
    alike = (
        None
        if told
        else (
            f"`{outcome.name}` came to {rows.events} of {len(np.unique(rows.entity))} on the dates"
            " looked at"
        )
    )
    return find_patterns(model, found.panel), Predictors(
        found.question, rows.events, told.interval if told else None, shown, without, alike
    )
