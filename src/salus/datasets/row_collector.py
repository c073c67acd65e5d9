"""Collects the rows of a backtest, range by range of entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.insight.quality.integrity import Integrity
from salus.insight.validation.misses import days_before
from salus.insight.validation.panel import OutcomeWindow, Panel, build_rows, join_panels
from salus.model.model import FurtherScore, Model
from salus.outcomes.events import OutcomeEvents
from salus.periods.grid import Days
from salus.scoring.scored import Scored
from salus.scoring.subset import subset
from salus.scoring.timeline import score_dates

RANGE = 10_000  # entities at a time
TOGETHER = 64  # events at a time, for the scores before them


class RowCollector:
    """The rows of the dates, the rows of the day on which the facts end, and the scores before each
    event.
    """

    def __init__(
        self,
        model: Model,
        further: FurtherScore | None,
        window: OutcomeWindow,
        days: Days,
        *,
        with_values: bool,
    ) -> None:
        self.model, self.further, self.window = model, further, window
        self.with_values = with_values
        self.days = np.append(days, np.int32(window.end))
        self.recent = _since(window.events, int(days[0]))
        self.scored: list[Scored] = []  # on days before events
        self.integrity = Integrity(model)
        self._past: list[Panel] = []
        self._today: list[Panel] = []

    @property
    def needed_days(self) -> Days:
        """All days to score."""
        return np.union1d(self.days, days_before(self.recent.day)).astype(np.int32)

    @property
    def panel(self) -> Panel:
        """The rows of the dates."""
        return join_panels(self._past)

    @property
    def today(self) -> Panel:
        """The rows of the day on which the facts end; their outcomes aren't known yet."""
        return join_panels(self._today)

    def add(self, first: int, known: FactSet) -> None:
        """Score a range of entities; the first of them has the position `first`."""
        self.integrity.add(known)
        end = self.window.end
        for scored in score_dates(self.model, known, self.days):
            self._past.append(
                build_rows(scored, self.further, self.window, first, with_values=self.with_values)
            )
            rows = build_rows(scored, self.further, replace(self.window, horizon=0), first)
            self._today.append(rows.at(np.flatnonzero(rows.day == end)))
        for days, entities in self._events(first, len(known.attributes.ids)):
            part = subset(known, entities - first)
            for scored in score_dates(self.model, part, days_before(days)):
                cells = scored.cells
                cells = replace(cells, entity=entities[cells.entity])
                self.scored.append(replace(scored, cells=cells))

    def _events(self, first: int, number: int) -> Iterator[tuple[Days, NDArray[np.int64]]]:
        """The days and entities of some events of a range at a time, with days near one another."""
        events = self.recent
        rows = np.flatnonzero((events.entity >= first) & (events.entity < first + number))
        order = rows[np.argsort(events.day[rows], kind="stable")]
        for start in range(0, len(order), TOGETHER):
            group = order[start : start + TOGETHER]
            yield events.day[group], np.unique(events.entity[group])


def _since(events: OutcomeEvents, first: int) -> OutcomeEvents:
    """The events on or after a day."""
    rows = np.flatnonzero(events.day >= first)
    return replace(
        events,
        entity=events.entity[rows],
        day=events.day[rows],
        effective_day=events.effective_day[rows],
    )
