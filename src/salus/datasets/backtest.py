"""Scores of past dates with what was known then, and the outcomes that followed: the rows that
validation and learning use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.datasets.current_values import find_current_measures
from salus.datasets.data_quality import (
    check_data,
    find_doubtful_days,
    find_outcome_names,
    numeric_column,
)
from salus.datasets.flag_rows import load_flag_rows
from salus.datasets.past_cells import PastCells
from salus.datasets.row_collector import RowCollector
from salus.errors import OptionError, UsageError
from salus.facts.contract_values import ContractValues
from salus.facts.data_end import DataEnd
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_entity_keys
from salus.insight.quality.data_warning import DataWarning
from salus.insight.validation.misses import Miss, find_misses
from salus.insight.validation.panel import OutcomeWindow, Panel
from salus.insight.validation.question import Question
from salus.model.model import FurtherScore, Model, Outcome
from salus.model.suggest import did_you_mean
from salus.model.yaml.values import parse_span
from salus.outcomes.events import OutcomeEvents, load_events
from salus.periods.dates import dates
from salus.periods.day import NEVER, date_of, day_number
from salus.periods.grid import Days
from salus.scoring.scored import Floats
from salus.workspace.workspace import Workspace

WARM = 90  # days of facts before the first date
BACK = 3 * 365  # days from the first date to the last, unless a first date is given
LONGEST = 3660  # days of a horizon
CAPACITY = 0.1  # the share of entities that a team can look after


@dataclass(frozen=True)
class DateRange:
    """The dates to score; None: as far as the facts reach."""

    first: dt.date | None
    last: dt.date | None
    every: str


@dataclass(frozen=True)
class BacktestRequest:
    """The outcome, and the past dates to compare it with. A flag has no horizon and no dates."""

    outcome: str
    horizon: int  # days after each date
    period: DateRange
    capacity: float = CAPACITY  # the share of entities that counts as the worst


@dataclass(frozen=True)
class BacktestData:
    """The rows of a backtest."""

    question: Question
    panel: Panel
    money: Floats | None  # the value of each row
    misses: tuple[Miss, ...]  # every entity with the outcome
    warnings: tuple[DataWarning, ...]  # about the facts themselves


def parse_horizon(horizon: str | int) -> int:
    """The days of a horizon such as `90d`, `12w` or a number.

    >>> parse_horizon("12w"), parse_horizon(90)
    (84, 90)
    """
    try:
        days = horizon if isinstance(horizon, int) else parse_span(horizon)
    except ValueError:
        raise OptionError(
            f"'{horizon}' is not a valid span of time", "write it as 90d or 12w"
        ) from None
    if not 1 <= days <= LONGEST:
        raise OptionError(
            f"a horizon of {days} days is out of range", f"choose one from 1d to {LONGEST}d"
        )
    return days


def build_panel(
    workspace: Workspace,
    request: BacktestRequest,
    *,
    with_values: bool = False,
    with_warnings: bool = True,
) -> BacktestData:
    """The rows of the model's score, or of the further score whose `goal` is the outcome.

    `with_values` adds the values of measures to the rows. Raises UsageError where the tables hold
    no facts or entities, or no date has a whole horizon after it.
    """
    model = workspace.model
    outcome = find_outcome(model, request.outcome)
    further = next((score for score in model.scores if score.goal == outcome.name), None)
    if outcome.flag is not None:
        return _build_flag_panel(workspace, outcome, further, request.capacity, with_values)
    with workspace.connected() as connection:
        end = workspace.find_data_end(model, connection)
        days = _days(request.period, end, request.horizon)
        stop = _midnight(end)
        keys = load_entity_keys(model, connection)
        if not len(keys):
            raise UsageError(
                f"the data hold no {model.entity.name}", "check the table and key of the entity"
            )
        events = load_events(model, connection, outcome, keys.to_pylist(), stop)
        window = OutcomeWindow(events, request.horizon, stop)
        all_days = _days_until(days, request.period.every, stop)
        rows = RowCollector(model, further, window, days, all_days, with_values=with_values)
        past = PastCells(
            workspace=workspace, model=model, connection=connection, keys=keys, dates=rows.dates
        )
        for first, cells in past.ranges():
            rows.add(first, cells)
        warnings: tuple[DataWarning, ...] = ()
        if with_warnings:
            checks = check_data(past, outcome, events, rows)
            warnings = (*find_doubtful_days(end), *checks)
        attributes = past.attributes
    return BacktestData(
        Question(
            outcome=outcome.name,
            horizon=request.horizon,
            capacity=request.capacity,
            notice=None if outcome.quiet else _notice(events),
            current=find_current_measures(model, attributes.changing),
            **_score_of(further),
        ),
        rows.panel,
        row_values(model, attributes, rows.panel),
        ()
        if further
        else find_misses(
            rows.scored, rows.recent, attributes.ids, _labels(model, attributes.columns)
        ),
        warnings,
    )


def _build_flag_panel(
    workspace: Workspace,
    outcome: Outcome,
    further: FurtherScore | None,
    capacity: float,
    with_values: bool,
) -> BacktestData:
    """Every entity once, at the end of the data. A flag has no dates, so no misses are listed."""
    model = workspace.model
    with workspace.connected() as connection:
        end = workspace.find_data_end(model, connection)
        day = day_number(end.midnight or end.today)
        rows = load_flag_rows(workspace, connection, outcome, further, day, with_values=with_values)
    return BacktestData(
        Question(outcome=outcome.name, horizon=None, capacity=capacity, **_score_of(further)),
        rows.panel,
        row_values(model, rows.attributes, rows.panel),
        (),
        tuple(find_outcome_names(model)),
    )


def _score_of(further: FurtherScore | None) -> dict[str, Any]:
    """The score that a question is about, and the direction of its risk."""
    return {
        "score": further.name if further else "score",
        "sign": 1.0 if further else -1.0,
    }


def find_outcome(model: Model, name: str) -> Outcome:
    """The outcome with this name; UsageError with the nearest name where there is none."""
    match = next((outcome for outcome in model.outcomes if outcome.name == name), None)
    if match is None:
        names = [outcome.name for outcome in model.outcomes]
        raise UsageError(
            f"the model declares no outcome `{name}`",
            did_you_mean(name, names)
            or (
                f"name one of {', '.join(names)}"
                if names
                else "declare one under `outcomes:` in salus.yaml"
            ),
        )
    return match


def find_dated_outcome(model: Model, name: str) -> Outcome:
    """The outcome with this name; UsageError also where it is a flag, which has no date."""
    outcome = find_outcome(model, name)
    if outcome.flag is not None:
        raise UsageError(
            f"`{name}` is a flag without a date, so Salus can't say when it will happen",
            "`salus validate` and `salus learn` work with a flag; name an outcome with dates here",
        )
    return outcome


def _midnight(end: DataEnd) -> int:
    """The day number of the midnight at which the data end."""
    if end.midnight is None:
        raise UsageError(
            "the tables hold no fact, so there is nothing to compare with", "check [data] url"
        )
    return day_number(end.midnight)


def _days(period: DateRange, data_end: DataEnd, horizon: int) -> Days:
    """The dates of the period that have their whole horizon before the end of the facts. Without a
    first date the first of a month, after a time of facts.
    """
    end = _midnight(data_end)
    last = min(day_number(period.last), end - horizon) if period.last else end - horizon
    first = period.first or _first_date(data_end.starts, last)
    if day_number(first) > last:
        raise UsageError(
            f"no date from {first} on has {horizon} days of facts after it: they end before"
            f" {date_of(end)}",
            "choose a shorter horizon, or an earlier first date",
        )
    return np.array(dates(first, date_of(last), period.every), dtype=np.int32)


def _days_until(days: Days, every: str, stop: int) -> Days:
    """The days, and those after them up to `stop` in the same steps."""
    return np.array(dates(date_of(int(days[0])), date_of(stop), every), dtype=np.int32)


def _first_date(starts: Sequence[dt.date], last: int) -> dt.date:
    """The first of a month by which most sources have facts for a while, at most three years before
    the last date.
    """
    median = sorted(starts)[len(starts) // 2]
    return _month_start(max(median + dt.timedelta(days=WARM), date_of(last - BACK)))


def _month_start(day: dt.date) -> dt.date:
    """The first day of a month on or after the day."""
    return day if day.day == 1 else (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _notice(events: OutcomeEvents) -> int | None:
    """The median number of days from a decision to its effect, where both are known and differ."""
    days = (events.effective_day.astype(np.int64) - events.day)[
        (events.effective_day < NEVER) & (events.effective_day > events.day)
    ]
    return int(np.median(days)) if len(days) else None


def _labels(model: Model, columns: Mapping[str, Any]) -> dict[int, str | None]:
    """The label of each entity by position; empty where the model has no label."""
    name = model.entity.label
    values = columns[name].to_pylist() if name is not None and name in columns else []
    return {
        position: None if value is None else str(value) for position, value in enumerate(values)
    }


def row_values(model: Model, attributes: Attributes, panel: Panel) -> Floats | None:
    """The value of each row: of its date if it follows from contracts, else by the entity's table as
    it is today.
    """
    name, contracts = model.entity.value, model.entity.contracts
    if contracts is not None and attributes.contracts is not None and attributes.rates is not None:
        worth = ContractValues.of(attributes.contracts, contracts.gap, attributes.rates)
        money = np.full(len(panel.entity), np.nan)
        for day in sorted(set(panel.day.tolist())):
            rows = np.flatnonzero(panel.day == day)
            money[rows] = worth.on(day, len(attributes.ids), day)[panel.entity[rows]]
        return money
    values = None if name is None else numeric_column(attributes.columns, name)
    return None if values is None else values[panel.entity]
