"""`salus forecast`: what will be renewed, where scores go, what contracts and buyers are still
worth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.channels.pictures import Picture, build_outlook
from salus.channels.result import ChartResult, TableResult
from salus.channels.words.labels import words_for
from salus.datasets.backtest import BACK, WARM, dated_outcome, outcome_named
from salus.datasets.past_scores import VALUE, PastScores, add_terms, load_past_scores
from salus.errors import OptionError, UsageError
from salus.facts.build import open_fact_reader
from salus.facts.data_end import DataEnd, load_data_end
from salus.facts.population import load_entity_keys
from salus.insight.forecast.expansion import ExpansionCandidates, find_candidates
from salus.insight.forecast.lifetime import FEWEST as FEWEST_LEFT
from salus.insight.forecast.lifetime import RemainingLifetime, RetentionCurve, estimate_lifetime
from salus.insight.forecast.purchase_value import PurchaseValue, estimate_purchase_value
from salus.insight.forecast.renewal_decisions import forecast_days
from salus.insight.forecast.renewals import RenewalChances
from salus.insight.forecast.renewals import simulate_renewals as foretold
from salus.insight.forecast.score_transitions import (
    ScoreTransition,
    estimate_transition,
    pair_scores,
)
from salus.kernel.cells import required_grid
from salus.kernel.chunk import to_floats
from salus.model.model import Model, Outcome
from salus.outcomes.events import events
from salus.periods.day import NEVER, date_of, day_number
from salus.periods.grid import Days
from salus.scores.scores import EntityDetails
from salus.scoring.scored import Floats, Scored, Truths
from salus.sources.connection import Connection
from salus.verbs.forecast.document import document, kept
from salus.verbs.forecast.log import ForecastLog
from salus.verbs.forecast.purchases import load_purchases
from salus.verbs.forecast.renewals import RenewalForecast, forecast_renewals
from salus.verbs.forecast.scenario import ValueChange, apply_changes
from salus.verbs.forecast.track_record import ForecastResult, compare_with_outcome
from salus.workspace.workspace import Workspace

STEPS = (30, 60, 90)  # days ahead of a score's path
SHORTEST = 14  # days of a horizon
KNOWN = 7  # days of facts after a date, from which on it is foretold no longer
CAP = 3 * 365  # days: how far the worth of a contract is looked ahead


@dataclass(frozen=True)
class Scenario:
    """The forecast as if values were others: association, not effect."""

    changes: tuple[ValueChange, ...]
    score: Floats  # of the rows of `now`
    due_score: Floats  # of the terms due
    forecast: RenewalChances | None
    due: float


@dataclass(frozen=True)
class Forecast(TableResult, ChartResult):
    """Everything a forecast holds. `now`: the scores of today, with names; `places` are positions
    in the list of entities.
    """

    model: Model
    outcome: Outcome
    as_of: dt.date
    horizon: int
    ids: tuple[str, ...]  # of all entities
    now: Scored
    asked: Truths  # of the rows of `now`: no notice was given
    names: EntityDetails  # of the rows of `now`
    renewing: RenewalForecast | None  # None: the model doesn't say when terms are decided
    supposed: Scenario | None
    growth: Mapping[
        str, tuple[str, ExpansionCandidates]
    ]  # further score -> its goal, and who may get there
    paths: Mapping[int, ScoreTransition | None]
    lifetime: RemainingLifetime | None  # of the rows that are `asked`
    worth: PurchaseValue | str | None  # why there is none; None: the model names no purchases
    fared: tuple[ForecastResult, ...]
    notes: tuple[str, ...]

    def to_arrow(self) -> pa.Table:
        """One row per term that is decided, most money to lose first."""
        from salus.verbs.forecast.document import renewals

        return renewals(self)

    def as_dict(self) -> dict[str, object]:
        """The document of `salus forecast --json`."""
        return document(self)

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """What will be renewed, as a fan; none where no renewal is foretold."""
        if self.renewing is None or self.renewing.outlook is None:
            return ()
        entity = self.model.entity
        return (
            build_outlook(
                self.renewing.outlook,
                words_for(self.model, language),
                valued=entity.value is not None,
                currency=entity.currency,
            ),
        )

    def __str__(self) -> str:
        from salus.verbs.forecast.text import render_forecast

        return render_forecast(self)

    @cached_property
    def row(self) -> Mapping[int, int]:
        """The row of `now` of each entity there today."""
        return {int(entity): row for row, entity in enumerate(self.now.cells.entity)}

    def label(self, place: int) -> str | None:
        """What people call an entity that is there today."""
        return self.names.labels[self.row[place]] if place in self.row else None


def forecast(
    workspace: Workspace,
    as_of: dt.date | None,
    horizon: int,
    outcome: str | None,
    changes: Sequence[str],
    *,
    keep: bool,
) -> Forecast:
    """Forecast from a date on (None: the default date). With `keep` what was told of renewals is
    kept.
    """
    if horizon < SHORTEST:
        raise OptionError(
            f"a horizon of {horizon} days is too short", f"choose a horizon of {SHORTEST}d or more"
        )
    model = workspace.model
    target = _target(model, outcome)
    what = tuple(map(ValueChange.of, changes))
    connection = workspace.connect()
    try:
        where = load_data_end(model, connection, workspace.today)
        if where.day is None:
            raise UsageError(
                "the tables hold no fact, so there is nothing to forecast from", "check [data] url"
            )
        today = day_number(as_of or where.as_of)
        past = _Past(workspace, connection, target, today, where, horizon)
        told = past.build(what)
    finally:
        connection.close()
    log = ForecastLog(workspace.store.forecasts)
    told = replace(
        told, fared=compare_with_outcome(log.all(), target.name, past.events, past.places, past.end)
    )
    found = told.renewing
    if not keep or found is None or found.forecast is None or not len(found.due):
        return told
    if day_number(where.day) >= today + KNOWN:
        note = f"not kept as a forecast: facts go on until {where.day}"
        return replace(told, notes=(*told.notes, note))
    log.keep(kept(told, found, found.forecast))
    return told


def _target(model: Model, name: str | None) -> Outcome:
    """The outcome named, else the one that judges the main score: the first that is no goal of a
    further one.
    """
    if name is not None:
        return dated_outcome(model, name)
    goals = {one.goal for one in model.scores}
    found = next(
        (one for one in model.outcomes if one.name not in goals and one.flag is None), None
    )
    if found is None:
        raise UsageError(
            "the model declares no outcome that tells who left",
            "declare one under `outcomes:` in salus.yaml",
        )
    return found


class _Past:
    """What was known and what came, up to today, and what follows from it."""

    def __init__(
        self,
        workspace: Workspace,
        connection: Connection,
        outcome: Outcome,
        today: int,
        where: DataEnd,
        horizon: int,
    ) -> None:
        self.model, self.connection, self.outcome = workspace.model, connection, outcome
        assert where.midnight is not None
        self.today, self.end, self.horizon = today, min(today, day_number(where.midnight)), horizon
        model = add_terms(self.model)
        keys = load_entity_keys(model, connection)
        if not len(keys):
            raise UsageError(
                f"the data hold no {model.entity.name}", "check the table and key of the entity"
            )
        days = self._days(where.starts)
        facts = open_fact_reader(
            model, connection, required_grid(model, days), workspace.partials, keys
        )
        self.seen: PastScores = load_past_scores(model, facts, days, today)
        if self.seen.now is None:
            raise UsageError(
                f"no {model.entity.name} is part of the population on the date of the forecast",
                "choose another date, or check `starts` and `ends`",
            )
        self.now: Scored = self.seen.now
        self.events = events(self.model, connection, outcome, keys.to_pylist(), self.end)
        self.places = {one: place for place, one in enumerate(self.ids)}

    @property
    def ids(self) -> tuple[str, ...]:
        return self.seen.attributes.ids

    def _days(self, starts: Sequence[dt.date]) -> Days:
        """Today, whole horizons before it, and steps of thirty days, as far back as most sources
        reach, at most three years.
        """
        oldest = sorted(map(day_number, starts))
        first = max(oldest[len(oldest) // 2] + WARM, self.today - BACK)
        return np.union1d(
            forecast_days(self.today, self.horizon, first),
            forecast_days(self.today, STEPS[0], first),
        ).astype(np.int32)

    def build(self, changes: tuple[ValueChange, ...]) -> Forecast:
        """Everything but how past forecasts fared."""
        renewals = self._renewing()
        there = self.seen.standing.at(np.flatnonzero(self.seen.standing.day == self.today))
        names = EntityDetails(self.model.entity, self.seen.attributes, self.now.cells.entity)
        asked = self.events.next(there.entity, there.day)[1]
        return Forecast(
            self.model,
            self.outcome,
            date_of(self.today),
            self.horizon,
            self.ids,
            self.now,
            asked,
            names,
            renewals,
            self._supposed(renewals, changes),
            self._growth(),
            self._paths(),
            self._lifetime(there.entity[asked]),
            self._worth(),
            (),
            tuple(self._notes()),
        )

    def _notes(self) -> list[str]:
        entity, found = self.model.entity, []
        if self.today > self.end:
            found.append(f"facts end {self.today - self.end} days before the date of the forecast")
        if (
            entity.renewal is not None
            and entity.value is not None
            and not self._dated(entity.value)
        ):
            found.append(
                f"what `{entity.value}` was earlier isn't kept: past decisions are weighed by"
                " today's"
            )
        return found

    def _dated(self, column: str | None) -> bool:
        return column in self.seen.attributes.changing

    def _renewing(self) -> RenewalForecast | None:
        renewal = self.model.entity.renewal
        if renewal is None:
            return None
        return forecast_renewals(
            self.model,
            self.outcome,
            self.seen.standing,
            self.events,
            self.today,
            self.horizon,
            self.end,
            kept=self.seen.attributes.changing,
        )

    def _supposed(
        self, found: RenewalForecast | None, changes: tuple[ValueChange, ...]
    ) -> Scenario | None:
        if not changes:
            return None
        score, cells = apply_changes(self.now, changes)
        if found is None:
            return Scenario(changes, score, np.zeros(0), None, 0.0)
        rows = np.searchsorted(self.now.cells.entity, found.due.rows.entity)
        stake = found.stake
        if VALUE in cells.values:
            stake = np.nan_to_num(cells.values[VALUE].data[rows], posinf=0.0, neginf=0.0)
        told = None if found.fitted is None else foretold(found.fitted, score[rows], stake)
        return Scenario(changes, score, score[rows], told, float(stake.sum()))

    def _growth(self) -> dict[str, tuple[str, ExpansionCandidates]]:
        found = {}
        for one in self.model.scores:
            goal = None if one.goal is None else outcome_named(self.model, one.goal)
            if goal is not None and goal.flag is None and goal != self.outcome:
                came = events(self.model, self.connection, goal, list(self.ids), self.end)
                rows = replace(self.seen.standing, score=self.seen.further[one.name])
                found[one.name] = (
                    goal.name,
                    find_candidates(rows, came, self.today, self.horizon, self.end),
                )
        return found

    def _paths(self) -> dict[int, ScoreTransition | None]:
        """From who hadn't given notice at the start: a score after notice goes its own way."""
        rows = self.seen.standing
        start = np.where(self.events.next(rows.entity, rows.day)[1], rows.score, np.nan)
        return {
            apart: estimate_transition(pair_scores(rows.entity, rows.day, start, apart), apart)
            for apart in STEPS
        }

    def _lifetime(self, there: NDArray[np.int64]) -> RemainingLifetime | None:
        """None where the model names no begin or no value, or too few have left to tell how long
        anyone stays.
        """
        entity, found, columns = self.model.entity, self.events, self.seen.attributes.columns
        named = [entity.starts or "", entity.value or ""]
        began, value = (to_floats(columns[name])[0] if name in columns else None for name in named)
        if began is None or value is None:
            return None
        left_for_good = (
            np.flatnonzero(found.over == NEVER) if self.outcome.quiet else np.arange(len(found))
        )
        gone, place = np.unique(found.entity[left_for_good], return_index=True)
        first = left_for_good[place]
        if len(gone) < FEWEST_LEFT:
            return None
        stop = np.full(len(began), float(min(self.today, self.end)))
        stop[gone] = np.where(found.over[first] < NEVER, found.over[first], found.day[first])
        left = np.zeros(len(began), dtype=bool)
        left[gone] = True
        began = np.floor(began)
        known = np.flatnonzero(~np.isnan(began) & (began < stop))
        view = np.maximum(float(found.day.min()) - began, 0.0)
        curve = RetentionCurve.of((stop - began)[known], left[known], view[known])
        told = estimate_lifetime(curve, len(gone), (self.today - began)[there], value[there], CAP)
        return told if np.isfinite(told.days).any() and np.isfinite(told.total.ends).all() else None

    def _worth(self) -> PurchaseValue | str | None:
        named = self.model.entity.purchases
        if named is None:
            return None
        return estimate_purchase_value(
            load_purchases(self.model, self.connection, named, self.ids, date_of(self.today)),
            self.today,
            365,
        )
