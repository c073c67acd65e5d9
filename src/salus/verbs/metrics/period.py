"""The facts of a period as metrics: what was said, what is owed, how long first value took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from salus.datasets.portfolio import PortfolioData
from salus.errors import DataError
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_attributes, load_entity_keys
from salus.facts.sql.fact_rows import FactPeriod, FactRows, load_fact_rows, load_first_days
from salus.insight.metrics.first_value import measure_time_to_value, observed_from
from salus.insight.metrics.metric import Metric, Unit
from salus.insight.metrics.receivables import measure_dso
from salus.insight.metrics.survey_metrics import measure_ces, measure_csat, measure_nps
from salus.model.metrics import Quantity
from salus.model.model import Model
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


@dataclass(frozen=True)
class Period:
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
        keys = (
            load_entity_keys(self.model, self.connection)
            if self.model.entity.table is None
            else None
        )
        return load_attributes(self.model, self.connection, self.stop, keys)

    @cached_property
    def keys(self) -> pa.Array:
        return pa.array(self.known.ids, pa.string())

    def voices(self) -> dict[str, Metric]:
        """NPS, CSAT, CES."""
        asked = self.model.metrics
        return {
            "nps": self._of("nps", asked.nps, self._nps),
            "csat": self._of("csat", asked.csat, self._survey),
            "ces": self._of("ces", asked.ces, self._survey),
        }

    def _of(
        self, name: str, quantity: Quantity | None, told: Callable[[Quantity], Metric]
    ) -> Metric:
        """The metric, or why its facts can't be read."""
        if quantity is None:
            return Metric.refused(
                UNITS[name],
                f"the model doesn't say where it is found: add `{_line(name)}` under `metrics:`",
            )
        try:
            return told(quantity)
        except DataError as error:
            return Metric.refused(
                UNITS[name], "; ".join(problem.what for problem in error.problems)
            )

    def _answers(self, quantity: Quantity) -> tuple[FactRows, str]:
        """The answers of the period; where each is open until the next one, only the last."""
        found = load_fact_rows(
            self.model,
            self.connection,
            quantity,
            self.keys,
            FactPeriod(self.first, self.stop),
        )
        source = self.model.sources[quantity.source]
        if not source.until_next:
            return found, "every answer of the period"
        whose = source.until_group or self.model.entity.name
        return found.at(
            found.closed >= self.stop
        ), f"of each `{whose}` the last answer, where it is of the period"

    def _nps(self, quantity: Quantity) -> Metric:
        answers, counted = self._answers(quantity)
        return measure_nps(answers.value, answers.entity, counted)

    def _survey(self, quantity: Quantity) -> Metric:
        answers, counted = self._answers(quantity)
        if quantity.of is not None:
            return measure_csat(answers.value, answers.entity, counted)
        assert quantity.bad is not None and quantity.good is not None
        return measure_ces(answers.value, answers.entity, quantity.bad, quantity.good, counted)

    def waiting(self) -> Metric:
        """DSO."""
        return self._of("dso", self.model.metrics.invoiced, self._dso)

    def _dso(self, quantity: Quantity) -> Metric:
        keys, overdue = self.keys, self.model.metrics.overdue
        period = FactPeriod(self.first, self.stop, still_open=True)
        bills = load_fact_rows(self.model, self.connection, quantity, keys, period)
        late = None
        if overdue is not None:
            due = load_fact_rows(self.model, self.connection, overdue, keys, period)
            late = _summed(due.at(due.closed >= self.stop), len(keys))
        new = bills.at(bills.begun >= self.first)
        return measure_dso(
            _summed(bills.at(bills.closed >= self.stop), len(keys)),
            late,
            _summed(new, len(keys)),
            self.days,
            len(new),
        )

    def first_value(self, told: PortfolioData) -> Metric:
        """Time to value."""
        return self._of(
            "time_to_value",
            self.model.metrics.first_value,
            lambda quantity: self._first_value(quantity, told),
        )

    def _first_value(self, quantity: Quantity, told: PortfolioData) -> Metric:
        if told.book is None:
            return Metric.refused("days", str(told.reason))
        value = load_first_days(self.model, self.connection, quantity.source, self.keys, self.stop)
        return measure_time_to_value(
            told.book, value, max(self.first, observed_from(value)), self.stop
        )


def _line(name: str) -> str:
    """What a model would have to say."""
    return {
        "csat": "csat: {share: …, of: …}",
        "ces": "ces: {mean: …, bad: …, good: …}",
        "dso": "invoiced: source.column",
        "time_to_value": "first_value: source",
    }.get(name, f"{name}: source.column")


def _summed(found: FactRows, number: int) -> Any:
    return np.bincount(found.entity, weights=found.value, minlength=number)
