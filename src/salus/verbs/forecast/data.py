"""The data of a forecast: past scores, outcomes, and the entities of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salus.datasets.backtest import BACK, WARM
from salus.datasets.past_cells import PastCells
from salus.datasets.past_scores import PastScores, add_terms, load_past_scores
from salus.errors import UsageError
from salus.facts.data_end import DataEnd
from salus.facts.population import load_entity_keys
from salus.insight.forecast.renewal_decisions import forecast_days
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents, load_events
from salus.periods.day import day_number
from salus.periods.grid import Days
from salus.scores.scores import EntityDetails
from salus.scoring.daily_past import PastDates
from salus.scoring.scored import Scored, Truths
from salus.sources.connection import Connection
from salus.verbs.forecast.entities import EntityLabels
from salus.verbs.forecast.window import ForecastWindow
from salus.workspace.workspace import Workspace

STEPS = (30, 60, 90)  # days ahead for which scores are predicted


@dataclass(frozen=True, kw_only=True)
class ForecastData:
    """What is known before the end of the window."""

    model: Model
    outcome: Outcome
    window: ForecastWindow
    past: PastScores
    now: Scored  # the entities of today
    undecided: Truths  # no notice was given, for each row of `now`
    events: OutcomeEvents  # of the outcome
    entities: EntityLabels

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys of all entities."""
        return self.entities.ids

    def is_history_kept(self, column: str | None) -> bool:
        """Whether earlier values of a column of the entity are known."""
        return column in self.past.attributes.dated


def load_forecast_data(
    workspace: Workspace,
    connection: Connection,
    outcome: Outcome,
    data_end: DataEnd,
    span: tuple[int, int],
) -> ForecastData:
    """The data of a forecast; `span` holds the day number of today and the days ahead. Raises
    UsageError without entities.
    """
    model, (today, horizon) = workspace.model, span
    assert data_end.midnight is not None
    window = ForecastWindow(today, horizon, min(today, day_number(data_end.midnight)))
    with_terms = add_terms(model)
    keys = load_entity_keys(with_terms, connection)
    if not len(keys):
        raise UsageError(
            f"the data hold no {model.entity.name}", "check the table and key of the entity"
        )
    days = _days(window, data_end.starts)
    cells = PastCells(
        workspace=workspace,
        model=with_terms,
        connection=connection,
        keys=keys,
        dates=PastDates.of(days),
    )
    past = load_past_scores(cells, today)
    if past.now is None:
        raise UsageError(
            f"no {model.entity.name} is active on the date of the forecast",
            "choose another date, or check `starts` and `ends`",
        )
    known = load_events(model, connection, outcome, keys.to_pylist(), window.end)
    rows = past.snapshots.at(np.flatnonzero(past.snapshots.day == today))
    positions = past.now.cells.entity
    labels = EntityDetails(model.entity, past.attributes, positions).labels
    return ForecastData(
        model=model,
        outcome=outcome,
        window=window,
        past=past,
        now=past.now,
        undecided=known.next(rows.entity, rows.day)[1],
        events=known,
        entities=EntityLabels(
            past.attributes.ids, dict(zip(positions.tolist(), labels, strict=True))
        ),
    )


def _days(window: ForecastWindow, starts: Sequence[dt.date]) -> Days:
    """Today and the days before it in whole horizons and in steps of thirty days. They go as far back
    as most sources reach, at most three years.
    """
    oldest = sorted(map(day_number, starts))
    first = max(oldest[len(oldest) // 2] + WARM, window.today - BACK)
    return np.union1d(
        forecast_days(window.today, window.horizon, first),
        forecast_days(window.today, STEPS[0], first),
    ).astype(np.int32)
