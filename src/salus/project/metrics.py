"""`salus metrics`: the numbers of the whole book over a period, each with its interval, or the reason why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa

from salus.errors import DataError, UsageError
from salus.facts.newest import newest_day
from salus.facts.partial import Attributes
from salus.facts.population import attributes, entities
from salus.facts.singles import Singles, first_days, singles
from salus.insight.cohorts import MONTHS, Cohort, Step, cohorts
from salus.insight.first_value import observed_from, time_to_value
from salus.insight.metric import Metric, Unit
from salus.insight.patterns import Patterns, patterns
from salus.insight.predictors import Predictors, standing_for
from salus.insight.receivables import dso
from salus.insight.retention import VARIANTS, Variant, kept, logo_loss, money_loss, per_entity
from salus.insight.validation import compared
from salus.insight.voice import average, recommending, share
from salus.model.metrics import Quantity
from salus.model.model import Model, Outcome
from salus.model.suggest import did_you_mean
from salus.periods.day import day_number
from salus.project.book import RECOGNITIONS, Recognition, Told, loss, outcome_named, told_book
from salus.project.judged import Asked, judged
from salus.project.project import Project
from salus.sources.connection import Connection

CAPACITY = 0.1                               # asked for by `judged`, and of no meaning here
UNITS: dict[str, Unit] = {
    "nps": "points", "csat": "share", "ces": "answer", "logo_churn_rate": "share", "money_churn_gross": "share",
    "money_churn_net": "share", "grr": "share", "nrr": "share", "arpa": "money", "dso": "days", "time_to_value": "days"}


@dataclass(frozen=True)
class Settings:
    """What was asked for; `outcome` None: the first that is a loss. Patterns and predictors are those of the outcome."""

    variant: Variant = "start"
    recognise: Recognition = "end_of_service"
    outcome: str | None = None
    horizon: int = 90
    step: Step = "month"
    quick: bool = False                      # without patterns and predictors, which score past dates


def settings(variant: str, recognise: str, outcome: str | None, horizon: int, step: str, quick: bool) -> Settings:
    """The settings, if there are such."""
    for word, known, what in ((variant, VARIANTS, "variant of churn"), (recognise, RECOGNITIONS, "way to recognise a loss"),
                              (step, tuple(MONTHS), "step of cohorts")):
        if word not in known:
            raise UsageError(f"`{word}` is no {what}", did_you_mean(word, known) or f"choose one of {', '.join(known)}")
    return Settings(cast(Variant, variant), cast(Recognition, recognise), outcome, horizon, cast(Step, step), quick)


@dataclass(frozen=True)
class Portfolio:
    """All metrics of a model's book from the day `first` to the midnight of `stop`, which is no longer part of it.

    `at_start`, `at_end`: how many entities were there; None: not known.
    """

    model: Model
    first: dt.date
    stop: dt.date
    settings: Settings
    outcome: Outcome | None
    at_start: int | None
    at_end: int | None
    recognised: str
    metrics: dict[str, Metric]
    cohorts: tuple[Cohort, ...]
    patterns: Patterns | None
    predictors: Predictors | None

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus metrics --json`."""
        asked = self.settings
        return {"model": {"name": self.model.name, "fingerprint": self.model.fingerprint}, "from": self.first.isoformat(),
                "to": self.stop.isoformat(), "days": (self.stop - self.first).days, "at_start": self.at_start,
                "at_end": self.at_end,
                "settings": {"variant": asked.variant, "recognise": asked.recognise, "recognised": self.recognised,
                             "outcome": self.outcome.name if self.outcome else None, "horizon_days": asked.horizon},
                **{name: metric.as_dict() for name, metric in self.metrics.items()},
                "cohorts": [cohort.as_dict() for cohort in self.cohorts],
                "patterns": self.patterns.as_dict() if self.patterns else None,
                "predictors": self.predictors.as_dict() if self.predictors else None}

    def __str__(self) -> str:
        from salus.project.metrics_text import told
        return told(self)

    def _repr_html_(self) -> str:
        from salus.project.text import as_html
        return as_html(str(self))


def metrics(project: Project, first: dt.date | None, last: dt.date | None, settings: Settings) -> Portfolio:
    """From `first` (default: a year before) to the midnight of `last` (default: after the newest fact)."""
    model = project.model
    outcome = outcome_named(model, settings.outcome)
    connection = project.connect()
    try:
        start, stop = _period(model, connection, first, last)
        period = _Period(model, connection, day_number(start), day_number(stop))
        told = told_book(model, connection, period.known, period.stop, settings.recognise, loss(model, outcome))
        found = {**period.voices(), **_movements(told, period, settings.variant), "dso": period.waiting(),
                 "time_to_value": period.first_value(told)}
    finally:
        connection.close()
    people = model.entity.smallest_group or 0
    shown = {name: _withheld(found[name], people) for name in UNITS}
    book = told.book
    grown = tuple(one for one in cohorts(book, period.stop, settings.step) if one.number >= people) if book else ()
    at_start, at_end = (int(np.count_nonzero(book.there(day))) if book else None for day in (period.first, period.stop))
    before, beside = (None, None) if settings.quick else _judged(project, outcome, settings, stop)
    return Portfolio(model, start, stop, settings, outcome, at_start, at_end, told.says, shown, grown, before, beside)


def _period(model: Model, connection: Connection, first: dt.date | None, last: dt.date | None) -> tuple[dt.date, dt.date]:
    if last is None:
        newest = newest_day(model, connection)
        if newest is None:
            raise UsageError("the tables hold no fact, so there is no period to tell of", "check [data] url")
        last = newest + dt.timedelta(days=1)
    if first is None:
        first = last.replace(year=last.year - 1, day=min(last.day, 28) if last.month == 2 else last.day)
    if first >= last:
        raise UsageError(f"a period from {first} to {last} has no day", "choose a `--from` before `--to`")
    return first, last


def _withheld(metric: Metric, people: int) -> Metric:
    """Nothing is told of fewer people than the model allows."""
    if metric.found is None or metric.n >= people:
        return metric
    return Metric.refused(metric.unit, f"withheld: it rests on fewer than {people}")


@dataclass(frozen=True)
class _Period:
    """The facts of a period that starts with the day `first` and ends before the day `stop`."""

    model: Model
    connection: Connection
    first: int
    stop: int

    @property
    def days(self) -> int:
        return self.stop - self.first

    @cached_property
    def known(self) -> Attributes:
        """The entities, with the history known at the end."""
        keys = entities(self.model, self.connection) if self.model.entity.table is None else None
        return attributes(self.model, self.connection, self.stop, keys)

    @cached_property
    def keys(self) -> pa.Array:
        return pa.array(self.known.ids, pa.string())

    def voices(self) -> dict[str, Metric]:
        """NPS, CSAT, CES."""
        asked = self.model.metrics
        return {"nps": self._of("nps", asked.nps, self._nps), "csat": self._of("csat", asked.csat, self._survey),
                "ces": self._of("ces", asked.ces, self._survey)}

    def _of(self, name: str, quantity: Quantity | None, told: Callable[[Quantity], Metric]) -> Metric:
        """The metric, or why its facts can't be read."""
        if quantity is None:
            return Metric.refused(UNITS[name], f"the model doesn't say where it is found: add `{_line(name)}` under `metrics:`")
        try:
            return told(quantity)
        except DataError as error:
            return Metric.refused(UNITS[name], "; ".join(problem.what for problem in error.problems))

    def _answers(self, quantity: Quantity) -> tuple[Singles, str]:
        """The answers of the period; where each is open until the next one, only the last."""
        found = singles(self.model, self.connection, quantity, self.keys, self.first, self.stop)
        source = self.model.sources[quantity.source]
        if not source.until_next:
            return found, "every answer of the period"
        whose = source.until_group or self.model.entity.name
        return found.at(found.closed >= self.stop), f"of each `{whose}` the last answer, where it is of the period"

    def _nps(self, quantity: Quantity) -> Metric:
        answers, counted = self._answers(quantity)
        return recommending(answers.value, answers.entity, counted)

    def _survey(self, quantity: Quantity) -> Metric:
        answers, counted = self._answers(quantity)
        if quantity.of is not None:
            return share(answers.value, answers.entity, counted)
        assert quantity.bad is not None and quantity.good is not None
        return average(answers.value, answers.entity, quantity.bad, quantity.good, counted)

    def waiting(self) -> Metric:
        """DSO."""
        return self._of("dso", self.model.metrics.invoiced, self._dso)

    def _dso(self, quantity: Quantity) -> Metric:
        keys, overdue = self.keys, self.model.metrics.overdue
        bills = singles(self.model, self.connection, quantity, keys, self.first, self.stop, still_open=True)
        late = None
        if overdue is not None:
            due = singles(self.model, self.connection, overdue, keys, self.first, self.stop, still_open=True)
            late = _summed(due.at(due.closed >= self.stop), len(keys))
        new = bills.at(bills.begun >= self.first)
        return dso(_summed(bills.at(bills.closed >= self.stop), len(keys)), late, _summed(new, len(keys)), self.days, len(new))

    def first_value(self, told: Told) -> Metric:
        """Time to value."""
        return self._of("time_to_value", self.model.metrics.first_value, lambda quantity: self._first_value(quantity, told))

    def _first_value(self, quantity: Quantity, told: Told) -> Metric:
        if told.book is None:
            return Metric.refused("days", str(told.reason))
        value = first_days(self.model, self.connection, quantity.source, self.keys, self.stop)
        return time_to_value(told.book, value, max(self.first, observed_from(value)), self.stop)


def _line(name: str) -> str:
    """What a model would have to say."""
    return {"csat": "csat: {share: …, of: …}", "ces": "ces: {mean: …, bad: …, good: …}", "dso": "invoiced: source.column",
            "time_to_value": "first_value: source"}.get(name, f"{name}: source.column")


def _summed(found: Singles, number: int) -> Any:
    return np.bincount(found.entity, weights=found.value, minlength=number)


def _movements(told: Told, period: _Period, variant: Variant) -> dict[str, Metric]:
    """Churn, retention and value."""
    money = ("money_churn_gross", "money_churn_net", "grr", "nrr", "arpa")
    book, first, stop = told.book, period.first, period.stop
    if book is None:
        return {name: Metric.refused(UNITS[name], str(told.reason)) for name in ("logo_churn_rate", *money)}
    logos = {"logo_churn_rate": logo_loss(book, first, stop, variant)}
    if book.worth is None:
        return logos | {name: Metric.refused(UNITS[name], str(told.no_money)) for name in money}
    return logos | dict(zip(money, (*money_loss(book, first, stop, variant), *kept(book, first, stop), per_entity(book, stop)),
                            strict=True))


def _judged(project: Project, outcome: Outcome | None, settings: Settings, stop: dt.date) -> tuple[Patterns, Predictors]:
    """Patterns before the outcome, and the score beside surveys, on the rows that `salus validate` judges by."""
    model = project.model
    if outcome is None:
        reason = "the model declares no outcome that is a loss"
        return Patterns((), 0, 0, reason), Predictors(None, 0, None, (), (), reason)
    last = stop - dt.timedelta(days=settings.horizon)
    try:
        found = judged(project, outcome.name, settings.horizon, Asked(None, last, "month"), CAPACITY)
    except UsageError as error:
        reason = "; ".join(problem.what for problem in error.problems)
        return Patterns((), 0, 0, reason), Predictors(None, 0, None, (), (), reason)
    rows = found.panel.at(np.flatnonzero(~np.isnan(found.panel.score)))
    told, beside = compared(model, rows, found.question)
    surveys = {name: standing_for(model, quantity) for name, quantity in model.metrics.declared.items()
               if name in ("nps", "csat", "ces")}
    shown = tuple((name, one) for name, measures in surveys.items() for one in beside if one.name in measures)
    without = tuple(name for name in surveys if name not in {metric for metric, _ in shown})
    alike = None if told else f"`{outcome.name}` came to {rows.events} of {len(np.unique(rows.entity))} on the dates looked at"
    return patterns(model, found.panel), Predictors(
        found.question, rows.events, told.interval if told else None, shown, without, alike)
