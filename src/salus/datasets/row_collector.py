"""Collects the rows of a backtest, range by range of entities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salus.datasets.past_cells import RANGE
from salus.insight.validation.misses import BEFORE
from salus.insight.validation.panel import OutcomeWindow, Panel, build_rows, join_panels
from salus.kernel.cells import Cells
from salus.model.model import FurtherScore, Model
from salus.outcomes.events import OutcomeEvents
from salus.periods.grid import Days
from salus.scoring.daily_past import PastDates
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.scoring.timeline import BATCH


class RowCollector:
    """The rows of the dates, the rows of the day on which the facts end, and the scores before each
    event.

    `all_days` may hold further dates, so that other horizons need the same cells.
    """

    def __init__(
        self,
        model: Model,
        further: FurtherScore | None,
        window: OutcomeWindow,
        days: Days,
        all_days: Days,
        *,
        with_values: bool,
    ) -> None:
        self.model, self.further, self.window = model, further, window
        self.with_values = with_values
        self.recent = _since(window.events, int(days[0]))
        self.days = np.append(days, np.int32(window.end))
        self.dates = _dates_before(self.recent, np.union1d(all_days, self.days))
        self.scored: list[Scored] = []  # on days before events
        self._past: list[Panel] = []
        self._today: list[Panel] = []

    @property
    def panel(self) -> Panel:
        """The rows of the dates."""
        return join_panels(self._past)

    @property
    def today(self) -> Panel:
        """The rows of the day on which the facts end; their outcomes aren't known yet."""
        return join_panels(self._today)

    def add(self, first: int, cells: Cells) -> None:
        """Score the cells of a range of entities; the first of them has the position `first`."""
        grid = cells.at(np.flatnonzero(np.isin(cells.day, self.days)))
        for start in range(0, max(len(grid), 1), BATCH):
            self._add_rows(first, score(self.model, grid.at(slice(start, start + BATCH))))
        own = self.dates.part(first, first + RANGE).includes_own(cells)
        own_cells = cells.at(np.flatnonzero(own))
        if len(own_cells):
            scored = score(self.model, own_cells)
            own_cells = replace(own_cells, entity=own_cells.entity + first)
            self.scored.append(replace(scored, cells=own_cells))

    def _add_rows(self, first: int, scored: Scored) -> None:
        self._past.append(
            build_rows(scored, self.further, self.window, first, with_values=self.with_values)
        )
        rows = build_rows(scored, self.further, replace(self.window, horizon=0), first)
        self._today.append(rows.at(np.flatnonzero(rows.day == self.window.end)))


def _dates_before(events: OutcomeEvents, days: Days) -> PastDates:
    """Every entity on the days, and each entity with an event on the days before it."""
    return PastDates(
        days.astype(np.int32),
        np.repeat(events.entity, len(BEFORE)),
        (events.day[:, None] - np.array(BEFORE, dtype=np.int32)).ravel().astype(np.int32),
    )


def _since(events: OutcomeEvents, first: int) -> OutcomeEvents:
    """The events on or after a day."""
    rows = np.flatnonzero(events.day >= first)
    return replace(
        events,
        entity=events.entity[rows],
        day=events.day[rows],
        effective_day=events.effective_day[rows],
    )
