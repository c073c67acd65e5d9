"""Scores of past dates, each with what was known then, and what came after: what validation and
learning rest on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.datasets.current_values import measures_of_current_attributes
from salus.datasets.data_quality import check_data, find_outcome_names, numeric_column
from salus.datasets.flag_rows import flag_rows
from salus.errors import OptionError, UsageError
from salus.facts.build import FactSet, open_fact_reader
from salus.facts.data_end import DataEnd, load_data_end
from salus.facts.population import load_entity_keys
from salus.insight.quality.data_warning import DataWarning
from salus.insight.quality.integrity import Integrity
from salus.insight.validation.misses import Miss, days_before, register
from salus.insight.validation.panel import Panel, join_panels, rows_of
from salus.insight.validation.question import Question
from salus.kernel.cells import required_grid
from salus.model.model import FurtherScore, Model, Outcome
from salus.model.suggest import did_you_mean
from salus.model.yaml.values import parse_span
from salus.outcomes.events import OutcomeEvents, load_events
from salus.periods.dates import dates
from salus.periods.day import NEVER, date_of, day_number
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Scored
from salus.scoring.subset import subset
from salus.scoring.timeline import score_dates
from salus.workspace.workspace import Workspace

RANGE = 10_000  # entities at a time
TOGETHER = 64  # of those with the outcome, for the register
WARM = 90  # days of facts before the first date
BACK = 3 * 365  # days from the first date to the last, unless asked for
LONGEST = 3660  # days of a horizon


@dataclass(frozen=True)
class DateRange:
    """The dates that were asked for; None: as far as the facts go."""

    first: dt.date | None
    last: dt.date | None
    every: str


@dataclass(frozen=True)
class BacktestData:
    """The rows of the panel, what is at stake in each, and the register of those to whom the
    outcome came.
    """

    question: Question
    panel: Panel
    money: Floats | None
    misses: tuple[Miss, ...]
    faults: tuple[DataWarning, ...]  # of the facts themselves


def days_of(horizon: str | int) -> int:
    """Days from `90d`, `12w` or a number.

    >>> days_of("12w"), days_of(90)
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
    outcome: str,
    horizon: int,
    asked: DateRange,
    capacity: float,
    *,
    valued: bool = False,
    doubt: bool = True,
) -> BacktestData:
    """Of the model's score, or of the further score whose `goal` the outcome is.

    `valued`: with the values of measures; `doubt`: also look at the facts themselves. Of a flag the
    horizon is ignored.
    """
    model = workspace.model
    target = outcome_named(model, outcome)
    headline = next((one for one in model.scores if one.goal == outcome), None)
    if target.flag is not None:
        return _by_flag(workspace, target, headline, capacity, valued=valued)
    connection = workspace.connect()
    try:
        where = load_data_end(model, connection, workspace.today)
        if where.midnight is None:
            raise UsageError(
                "the tables hold no fact, so there is nothing to judge by", "check [data] url"
            )
        end = day_number(where.midnight)
        days = _days(asked, where.starts, end, horizon)
        keys = load_entity_keys(model, connection)
        if not len(keys):
            raise UsageError(
                f"the data hold no {model.entity.name}", "check the table and key of the entity"
            )
        found = load_events(model, connection, target, keys.to_pylist(), end)
        rows = _Rows(model, headline, found, horizon, end, days, valued)
        needed = np.union1d(rows.days, rows.before).astype(np.int32)
        facts = open_fact_reader(
            model, connection, required_grid(model, needed), workspace.partials, keys
        )
        for first, known in facts.ranges(RANGE):
            rows.add(first, known)
        attributes, panel = facts.attributes, rows.panel
        told = check_data(connection, facts, rows.integrity, target, found, panel, rows.now, end)
        wrong = (*_doubtful(where), *told) if doubt else ()
    finally:
        connection.close()
    misses = (
        ()
        if headline
        else register(rows.scored, rows.told, attributes.ids, _labels(model, attributes.columns))
    )
    question = Question(
        outcome,
        horizon,
        headline.name if headline else "score",
        1.0 if headline else -1.0,
        capacity,
        None if target.quiet else _notice(found),
        measures_of_current_attributes(model, attributes.changing),
    )
    return BacktestData(question, panel, _money(model, attributes.columns, panel), misses, wrong)


def _doubtful(where: DataEnd) -> Iterator[DataWarning]:
    """Facts dated far after all others: they say nothing of where the data end."""
    for days in where.doubtful:
        yield DataWarning(
            "warning.doubtful_day",
            source=days.source,
            facts=days.facts,
            first=days.first,
            days=(days.first - days.before).days,
        )


def _by_flag(
    workspace: Workspace,
    target: Outcome,
    headline: FurtherScore | None,
    capacity: float,
    *,
    valued: bool,
) -> BacktestData:
    """Everybody once, at the end of the data; no register, as there are no dates."""
    connection = workspace.connect()
    try:
        end = load_data_end(workspace.model, connection, workspace.today)
        day = end.midnight or end.today
        found = flag_rows(workspace, connection, target, headline, day_number(day), valued=valued)
    finally:
        connection.close()
    question = Question(
        target.name,
        None,
        headline.name if headline else "score",
        1.0 if headline else -1.0,
        capacity,
    )
    return BacktestData(
        question,
        found.panel,
        _money(workspace.model, found.attributes.columns, found.panel),
        (),
        tuple(find_outcome_names(workspace.model)),
    )


def outcome_named(model: Model, name: str) -> Outcome:
    """The outcome of a name, or a UsageError with the nearest one."""
    found = next((one for one in model.outcomes if one.name == name), None)
    if found is None:
        names = [one.name for one in model.outcomes]
        raise UsageError(
            f"the model declares no outcome `{name}`",
            did_you_mean(name, names)
            or (
                f"name one of {', '.join(names)}"
                if names
                else "declare one under `outcomes:` in salus.yaml"
            ),
        )
    return found


def dated_outcome(model: Model, name: str) -> Outcome:
    """The outcome of a name; refused where it is a flag, which says nothing of when."""
    found = outcome_named(model, name)
    if found.flag is not None:
        raise UsageError(
            f"`{name}` is a flag without a date, so no probability by a date follows from it",
            "`salus validate` and `salus learn` compare by it; name an outcome with dates here",
        )
    return found


def _days(asked: DateRange, oldest: Sequence[dt.date], end: int, horizon: int) -> Days:
    """Firsts of months, unless steps or a first date were asked for, with their whole horizon
    before the end of the facts.
    """
    last = min(day_number(asked.last), end - horizon) if asked.last else end - horizon
    if asked.first is not None:
        first = asked.first
    else:
        half = sorted(oldest)[len(oldest) // 2]  # by then most sources had begun
        first = _month_start(max(half + dt.timedelta(days=WARM), date_of(last - BACK)))
    if day_number(first) > last:
        raise UsageError(
            f"from {first} on no date has {horizon} days of facts after it: they end before"
            f" {date_of(end)}",
            "choose a shorter horizon, or an earlier first date",
        )
    return np.array(dates(first, date_of(last), asked.every), dtype=np.int32)


def _month_start(day: dt.date) -> dt.date:
    """The first day of a month on or after the day."""
    return day if day.day == 1 else (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


class _Rows:
    """Collects rows of the panel, and what was said before each event, range by range of
    entities.
    """

    def __init__(
        self,
        model: Model,
        headline: FurtherScore | None,
        found: OutcomeEvents,
        horizon: int,
        end: int,
        days: Days,
        valued: bool,
    ) -> None:
        self.model, self.headline, self.events, self.horizon, self.end = (
            model,
            headline,
            found,
            horizon,
            end,
        )
        self.days = np.append(days, np.int32(end))  # on the last, measures are only looked at
        self.valued = valued
        self.told = _since(found, int(days[0]))
        self.scored: list[Scored] = []
        self.integrity = Integrity(model)
        self._parts: list[Panel] = []
        self._now: list[Panel] = []

    @property
    def before(self) -> Days:
        return days_before(self.told.day)

    @property
    def panel(self) -> Panel:
        return join_panels(self._parts)

    @property
    def now(self) -> Panel:
        """The rows of the day on which the facts end."""
        return join_panels(self._now)

    def add(self, first: int, known: FactSet) -> None:
        self.integrity.add(known)
        for scored in score_dates(self.model, known, self.days):
            self._parts.append(
                rows_of(
                    scored, self.headline, self.events, self.horizon, self.end, first, self.valued
                )
            )
            today = rows_of(scored, self.headline, self.events, 0, self.end, first)
            self._now.append(today.at(np.flatnonzero(today.day == self.end)))
        for some, here in self._with_outcome(first, len(known.attributes.ids)):
            part = subset(known, here - first)
            for scored in score_dates(self.model, part, days_before(some)):
                cells = scored.cells
                self.scored.append(replace(scored, cells=replace(cells, entity=here[cells.entity])))

    def _with_outcome(self, first: int, number: int) -> Iterator[tuple[Days, NDArray[np.int64]]]:
        """The days of some events at a time, near one another, and the entities they came to."""
        here = np.flatnonzero((self.told.entity >= first) & (self.told.entity < first + number))
        order = here[np.argsort(self.told.day[here], kind="stable")]
        for start in range(0, len(order), TOGETHER):
            some = order[start : start + TOGETHER]
            yield self.told.day[some], np.unique(self.told.entity[some])


def _notice(found: OutcomeEvents) -> int | None:
    """The median of days from decision to effect, where both are told and differ."""
    days = (found.effective_day.astype(np.int64) - found.day)[
        (found.effective_day < NEVER) & (found.effective_day > found.day)
    ]
    return int(np.median(days)) if len(days) else None


def _since(found: OutcomeEvents, first: int) -> OutcomeEvents:
    """The events on or after a day."""
    rows = np.flatnonzero(found.day >= first)
    return replace(
        found,
        entity=found.entity[rows],
        day=found.day[rows],
        effective_day=found.effective_day[rows],
    )


def _labels(model: Model, columns: Mapping[str, Any]) -> dict[int, str | None]:
    name = model.entity.label
    values = columns[name].to_pylist() if name is not None and name in columns else []
    return {place: None if value is None else str(value) for place, value in enumerate(values)}


def _money(model: Model, columns: Mapping[str, Any], panel: Panel) -> Floats | None:
    """What is at stake in each row, as the entity's table says today."""
    values = None if model.entity.value is None else numeric_column(columns, model.entity.value)
    return None if values is None else values[panel.entity]
