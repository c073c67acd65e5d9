"""The portfolio from the tables: when each entity was active, and its value over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.contract_values import ContractValues
from salus.facts.partials.partial import Attributes
from salus.facts.spells import find_spells
from salus.facts.sql.fact_rows import load_first_days
from salus.finding import Finding
from salus.insight.metrics.portfolio import Absences, PortfolioHistory, ValueHistory, ValuesOverTime
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents, load_events
from salus.outcomes.inactivity import InactivityRule, find_silences
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.scoring.scored import Floats
from salus.sources.connection import Connection

Recognition = Literal["end_of_service", "on_cancel", "when_scheduled"]
RECOGNITIONS: tuple[Recognition, ...] = ("end_of_service", "on_cancel", "when_scheduled")


@dataclass(frozen=True)
class PortfolioData:
    """The portfolio, or the reason why there is none."""

    portfolio: PortfolioHistory | None
    recognition: Finding | None = None  # when a loss counts
    reason: Finding | None = None
    no_value: Finding | None = None  # why no values are known


@dataclass(frozen=True)
class _Tables:
    """What the tables say before the day `stop`; `known` are the attributes known by then."""

    model: Model
    connection: Connection
    known: Attributes
    stop: int

    def first_days(self, source: str) -> Days:
        """The day of each entity's first known fact."""
        keys = pa.array(self.known.ids, pa.string())
        return load_first_days(
            self.model, self.connection, source, keys, self.stop, by_known_day=True
        )

    def days(self, column: str | None) -> Days | None:
        """The days in a column of the entity; None without that column."""
        if column is None or column not in self.known.columns:
            return None
        return _days(self.known.columns[column])


def load_portfolio(
    model: Model,
    connection: Connection,
    known: Attributes,
    stop: int,
    recognition: Recognition,
    outcome: Outcome | None,
) -> PortfolioData:
    """What is known before the day `stop`. `known` are the attributes known by then."""
    tables = _Tables(model, connection, known, stop)
    values = _values(model, known, stop)
    history, no_value = (None, values) if isinstance(values, Finding) else (values, None)
    if known.contracts is not None:
        portfolio = _of_contracts(tables, history, recognition)
        return PortfolioData(portfolio, _end_of_contracts(model, recognition), None, no_value)
    start = _starts(tables)
    if start is None:
        return PortfolioData(None, reason=Finding("portfolio.no_start"))
    rule = _inactivity_rule(tables, outcome, recognition)
    if rule is not None:
        own = tables.days(model.entity.ends)
        end = np.full(len(start), NEVER, dtype=np.int32) if own is None else own
        portfolio = PortfolioHistory(start, end, history, _absences(tables, rule))
        return PortfolioData(portfolio, _recognition_of(model, rule), None, no_value)
    loss = _ends(tables, start, outcome, recognition)
    if isinstance(loss, Finding):
        return PortfolioData(None, reason=loss)
    end, finding = loss
    return PortfolioData(PortfolioHistory(start, end, history), finding, None, no_value)


def _of_contracts(
    tables: _Tables, values: ValuesOverTime | None, recognition: Recognition
) -> PortfolioHistory:
    """Entities are away between and after their contracts. Days in the entity's table must hold as
    well.
    """
    model, rows = tables.model, tables.known.contracts
    assert model.entity.contracts is not None and rows is not None
    spells = find_spells(rows, model.entity.contracts.gap, tables.stop)
    start, end = (np.full(len(tables.known.ids), NEVER, dtype=np.int32) for _ in range(2))
    start[spells.entity[::-1]] = spells.begun[::-1]  # the first row of an entity stays
    first, last = tables.days(model.entity.starts), tables.days(model.entity.ends)
    over = np.flatnonzero(spells.ended < NEVER)
    away = Absences(
        spells.entity[over],
        (spells.decided if recognition == "when_scheduled" else spells.ended)[over],
        np.where(
            np.append(spells.entity, -1)[over + 1] == spells.entity[over],
            np.append(spells.begun, NEVER)[over + 1],
            NEVER,
        ).astype(np.int32),
    )
    return PortfolioHistory(
        start if first is None else np.maximum(start, first),
        end if last is None else last,
        values,
        away,
    )


def _end_of_contracts(model: Model, recognition: Recognition) -> Finding | None:
    """When a loss counts; None where contracts have no end."""
    contracts = model.entity.contracts
    assert contracts is not None
    if recognition == "when_scheduled" and contracts.decided is not None:
        return Finding("recognition.decided", column=contracts.decided)
    return None if contracts.ends is None else Finding("recognition.end", column=contracts.ends)


def _inactivity_rule(
    tables: _Tables, outcome: Outcome | None, recognition: Recognition
) -> InactivityRule | None:
    """The inactivity that is a loss until the entity returns; None: a loss has a date."""
    entity = tables.model.entity
    if entity.active is not None:
        return InactivityRule(entity.active.source, entity.active.within)
    if outcome is None or outcome.quiet is None or outcome.silent_for is None:
        return None
    if recognition == "when_scheduled" or (
        recognition == "end_of_service" and tables.days(entity.ends) is not None
    ):
        return None
    return InactivityRule(outcome.quiet, outcome.silent_for, outcome.where)


def _recognition_of(model: Model, rule: InactivityRule) -> Finding:
    if model.entity.ends is None:
        return Finding("recognition.inactive", days=rule.wait, source=rule.source)
    return Finding(
        "recognition.inactive_or_end",
        days=rule.wait,
        source=rule.source,
        column=model.entity.ends,
    )


def _absences(tables: _Tables, rule: InactivityRule) -> Absences:
    """Every time of inactivity that was complete before the day `stop`."""
    keys, silences = find_silences(tables.model, tables.connection, rule, tables.stop)
    place = pc.index_in(
        pa.array(keys, pa.string()), value_set=pa.array(tables.known.ids, pa.string())
    ).fill_null(-1)
    entity = place.to_numpy(zero_copy_only=False).astype(np.int64)[silences.entity]
    rows = np.flatnonzero(entity >= 0)
    rows = rows[np.lexsort([silences.day[rows], entity[rows]])]
    return Absences(entity[rows], silences.day[rows], silences.back[rows])


def find_loss_outcome(model: Model, preferred: Outcome | None = None) -> Outcome | None:
    """The outcome that is a loss: the preferred one, unless a further score has it as its goal;
    otherwise the first outcome with a date that is no such goal.
    """
    goals = {score.goal for score in model.scores}
    candidates = (preferred, *model.outcomes)
    return next(
        (
            outcome
            for outcome in candidates
            if outcome is not None and outcome.flag is None and outcome.name not in goals
        ),
        None,
    )


def _starts(tables: _Tables) -> Days | None:
    """The declared day; without a table of entities the day of the first known fact. None where the
    model says neither.

    Where facts make an entity active, it doesn't start before the first of them.
    """
    entity = tables.model.entity
    declared = tables.days(entity.starts)
    if entity.active is not None:
        first = tables.first_days(entity.active.source)
        return first if declared is None else np.maximum(first, declared)
    if entity.table is None:
        return np.minimum.reduce([tables.first_days(name) for name in tables.model.sources])
    return declared


def _ends(
    tables: _Tables, start: Days, outcome: Outcome | None, recognition: Recognition
) -> tuple[Days, Finding] | Finding:
    """The last day of each entity, and what it is taken from; or why it isn't known."""
    model = tables.model
    column = model.entity.ends
    own = tables.days(column)
    if recognition == "end_of_service" and own is not None:
        return own, Finding("recognition.end", column=column)
    if outcome is None:
        return Finding("portfolio.no_outcome" if own is not None else "portfolio.no_end")
    if recognition == "when_scheduled" and outcome.decided is None:
        return Finding("portfolio.no_decision", outcome=outcome.name)
    events = load_events(model, tables.connection, outcome, list(tables.known.ids), tables.stop)
    if recognition == "when_scheduled":
        end = _last_days(events, own, start, tables.stop, events.day)
        return end, Finding("recognition.decided", column=outcome.decided)
    end = _last_days(events, own, start, tables.stop, events.effective_day)
    return end, Finding(
        "recognition.outcome_end" if recognition == "end_of_service" else "recognition.effect",
        column=outcome.time,
        outcome=outcome.name,
    )


def _last_days(events: OutcomeEvents, own: Days | None, start: Days, stop: int, day: Days) -> Days:
    """The day of the event by which each entity left. An event before its start belongs to an
    earlier relationship.

    Without a column for the end the first event counts, as everywhere: nothing says who returned.
    With such a column the last event counts, unless the entity has no end and so has returned. An
    entity without an event ends by the column.
    """
    rows = np.flatnonzero(events.effective_day >= start[events.entity])
    if own is None:
        end, rows = np.full(len(start), NEVER, dtype=np.int32), rows[::-1]
    else:
        end = own.copy()
        rows = rows[(own[events.entity[rows]] < NEVER) | (events.effective_day[rows] >= stop)]
    end[events.entity[rows]] = day[rows]  # the last row of an entity stays
    return end


@dataclass(frozen=True)
class ContractValueHistory:
    """The values of contracts over time, all at the exchange rates of the day `rates`, so that a
    change of a rate is neither growth nor a loss.
    """

    values: ContractValues
    rates: int

    def on(self, day: int | Days, entities: int) -> Floats:
        """The value of each entity on a day, or on a day for each entity; NaN where none is known."""
        return self.values.on(day, entities, self.rates)


def _values(model: Model, known: Attributes, stop: int) -> ValuesOverTime | Finding:
    """The values over time, or why they aren't known."""
    name = model.entity.value
    if name is None:
        return Finding("portfolio.no_value")
    contracts = model.entity.contracts
    if contracts is not None and known.contracts is not None and known.rates is not None:
        values = ContractValues.of(known.contracts, contracts.gap, known.rates)
        return ContractValueHistory(values, stop)
    if known.history is None or name not in known.changing:
        return Finding("portfolio.no_value_history", column=name)
    numbers = (
        known.changing[name]
        .cast(pa.float64())
        .fill_null(float("nan"))
        .to_numpy(zero_copy_only=False)
    )
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    return ValueHistory(known.history.entity.astype(np.int64), known.history["begun"], numbers)


def _days(column: Any) -> Days:
    """A column as day numbers, NEVER where it has no date."""
    days: Days = (
        column.cast(pa.date32(), safe=False)
        .cast(pa.int32())
        .fill_null(NEVER)
        .to_numpy(zero_copy_only=False)
    )
    return days
