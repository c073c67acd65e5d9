"""The metrics that rest on the facts of a period: surveys, invoices and first value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from salus.datasets.portfolio import PortfolioData
from salus.errors import DataError
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_attributes, load_entity_keys
from salus.facts.sql.fact_rows import FactPeriod, FactRows, load_fact_rows, load_first_days
from salus.finding import Finding
from salus.insight.metrics.first_value import measure_time_to_value, observed_from
from salus.insight.metrics.metric import Metric, Unit
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.receivables import Receivables, measure_dso
from salus.insight.metrics.survey_metrics import Answers, measure_ces, measure_csat, measure_nps
from salus.model.metrics import Quantity
from salus.model.model import Model
from salus.model.yaml.places import ModelLocations
from salus.scoring.scored import Floats
from salus.sources.connection import Connection

UNITS: dict[str, Unit] = {
    "nps": "points",
    "csat": "share",
    "ces": "answer",
    "logo_churn_rate": "share",
    "money_churn_gross": "share",
    "money_churn_net": "share",
    "grr": "share",
    "nrr": "share",
    "arpa": "money",
    "dso": "days",
    "time_to_value": "days",
}
DECLARATIONS = {
    "nps": "nps: source.column",
    "csat": "csat: {share: …, of: …}",
    "ces": "ces: {mean: …, bad: …, good: …}",
    "dso": "invoiced: source.column",
    "time_to_value": "first_value: source",
}  # the line of a model that a metric needs


@dataclass(frozen=True)
class Period:
    """The facts of a period that begins with the day `first` and ends before the day `stop`."""

    model: Model
    connection: Connection
    first: int
    stop: int

    @property
    def days(self) -> int:
        """The length of the period."""
        return self.stop - self.first

    @cached_property
    def known(self) -> Attributes:
        """The entities, with the history known at the end of the period."""
        keys = (
            load_entity_keys(self.model, self.connection)
            if self.model.entity.table is None
            else None
        )
        return load_attributes(self.model, self.connection, self.stop, keys)

    @cached_property
    def keys(self) -> pa.Array:
        """The keys of the entities."""
        return pa.array(self.known.ids, pa.string())

    def measure_surveys(self) -> dict[str, Metric]:
        """NPS, CSAT and CES."""
        declared = self.model.metrics
        return {
            "nps": self._measure("nps", declared.nps, self._nps),
            "csat": self._measure("csat", declared.csat, self._survey),
            "ces": self._measure("ces", declared.ces, self._survey),
        }

    def _measure(
        self, name: str, quantity: Quantity | None, measure: Callable[[Quantity], Metric]
    ) -> Metric:
        """The metric; refused where the model doesn't declare it or its facts can't be read."""
        if quantity is None:
            line = DECLARATIONS[name]
            return Metric.refused(UNITS[name], Finding("metric.not_declared", line=line))
        try:
            return measure(quantity)
        except DataError as error:
            problem = "; ".join(problem.what for problem in error.problems)
            return Metric.refused(UNITS[name], Finding("metric.unreadable", problem=problem))

    def _rows(self, quantity: Quantity, *, still_open: bool = False) -> FactRows:
        period = FactPeriod(self.first, self.stop, still_open)
        return load_fact_rows(self.model, self.connection, quantity, self.keys, period)

    def _answers(self, quantity: Quantity) -> Answers:
        """The answers of the period. Where an answer holds until the next one, only the last."""
        rows, source = self._rows(quantity), self.model.sources[quantity.source]
        selection = Finding("answers.all")
        if source.until_next:
            rows = rows.at(rows.closed >= self.stop)
            group = source.until_group or self.model.entity.name
            selection = Finding("answers.last", group=group.removesuffix("_id"))
        return Answers(rows.value, rows.entity, selection)

    def _nps(self, quantity: Quantity) -> Metric:
        return measure_nps(self._answers(quantity))

    def _survey(self, quantity: Quantity) -> Metric:
        answers = self._answers(quantity)
        if quantity.of is not None:
            condition = ModelLocations(self.model).text(("metrics", "csat", "of"))
            return measure_csat(answers, condition or "of")
        assert quantity.bad is not None and quantity.good is not None
        return measure_ces(answers, quantity.bad, quantity.good)

    def measure_receivables(self) -> Metric:
        """DSO."""
        return self._measure("dso", self.model.metrics.invoiced, self._dso)

    def _dso(self, quantity: Quantity) -> Metric:
        overdue = self.model.metrics.overdue
        bills = self._rows(quantity, still_open=True)
        new = bills.at(bills.begun >= self.first)
        receivables = Receivables(
            owed=self._owed(bills),
            overdue=None if overdue is None else self._owed(self._rows(overdue, still_open=True)),
            invoiced=self._sum(new),
            invoices=len(new),
        )
        return measure_dso(receivables, self.days)

    def _owed(self, bills: FactRows) -> Floats:
        """What each entity has not paid at the end of the period."""
        return self._sum(bills.at(bills.closed >= self.stop))

    def _sum(self, rows: FactRows) -> Floats:
        return np.bincount(rows.entity, weights=rows.value, minlength=len(self.keys)).astype(
            np.float64
        )

    def measure_first_value(self, data: PortfolioData) -> Metric:
        """Time to value."""

        def measure(quantity: Quantity) -> Metric:
            if data.portfolio is None:
                assert data.reason is not None
                return Metric.refused("days", data.reason)
            return self._first_value(quantity, data.portfolio)

        return self._measure("time_to_value", self.model.metrics.first_value, measure)

    def _first_value(self, quantity: Quantity, portfolio: PortfolioHistory) -> Metric:
        value = load_first_days(self.model, self.connection, quantity.source, self.keys, self.stop)
        since = max(self.first, observed_from(value))
        return measure_time_to_value(portfolio, value, since, self.stop)
