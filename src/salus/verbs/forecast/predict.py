"""Makes all parts of a forecast from its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from salus.datasets.backtest import find_outcome
from salus.datasets.past_scores import VALUE
from salus.facts.spells import Spells, find_spells, first_days, last_days
from salus.finding import Finding
from salus.insight.forecast.expansion import find_candidates
from salus.insight.forecast.lifetime import FEWEST, RetentionCurve, estimate_lifetime
from salus.insight.forecast.purchase_value import estimate_purchase_value
from salus.insight.forecast.renewals import simulate_renewals
from salus.insight.forecast.score_transitions import estimate_transition, pair_scores
from salus.kernel.chunk import to_floats
from salus.outcomes.events import load_events
from salus.periods.day import NEVER, date_of
from salus.sources.connection import Connection
from salus.verbs.forecast.data import STEPS, ForecastData
from salus.verbs.forecast.parts import (
    ExpansionForecast,
    LifetimeForecast,
    PurchaseForecast,
    Scenario,
    ScoreOutlook,
    ids_at,
)
from salus.verbs.forecast.purchases import load_purchases
from salus.verbs.forecast.renewal_model import forecast_renewals
from salus.verbs.forecast.renewals import RenewalForecast
from salus.verbs.forecast.result import Forecast
from salus.verbs.forecast.scenario import ValueChange, apply_changes

CAP = 3 * 365  # days ahead that count for the value of a contract
PURCHASE_DAYS = 365  # days ahead for which purchases are predicted


def predict(
    data: ForecastData, connection: Connection, changes: tuple[ValueChange, ...]
) -> Forecast:
    """The forecast without the track record of earlier ones."""
    renewals = None
    if data.model.entity.renewal is not None:
        renewals = forecast_renewals(
            data.model, data.outcome, data.past, data.events, data.window, data.entities
        )
    return Forecast(
        model=data.model,
        outcome=data.outcome,
        as_of=date_of(data.window.today),
        horizon=data.window.horizon,
        size=len(data.now),
        renewals=renewals,
        scenario=_scenario(data, renewals, changes),
        expansion=_expansion(data, connection),
        scores=_scores(data),
        lifetime=_lifetime(data),
        purchases=_purchases(data, connection),
        track_record=(),
        notes=tuple(_notes(data)),
    )


def _notes(data: ForecastData) -> Iterator[Finding]:
    """What makes the forecast less certain."""
    entity, window = data.model.entity, data.window
    if window.today > window.end:
        yield Finding("forecast.facts_end", days=window.today - window.end)
    if (
        entity.renewal is not None
        and entity.value is not None
        and not data.is_history_kept(entity.value)
    ):
        yield Finding("forecast.no_value_history", column=entity.value)


def _scenario(
    data: ForecastData, renewals: RenewalForecast | None, changes: tuple[ValueChange, ...]
) -> Scenario | None:
    if not changes:
        return None
    score, cells = apply_changes(data.now, changes)
    rows, stake, chances = np.zeros(0, dtype=np.intp), np.zeros(0), None
    if renewals is not None:
        rows = np.searchsorted(data.now.cells.entity, renewals.due.rows.entity)
        stake = renewals.stake
        if VALUE in cells.values:
            stake = np.nan_to_num(cells.values[VALUE].data[rows], posinf=0.0, neginf=0.0)
        if renewals.fit is not None:
            chances = simulate_renewals(renewals.fit, score[rows], stake)
    return Scenario(
        changes=changes,
        score=score,
        difference=score - data.now.score,
        due_score=score[rows],
        chances=chances,
        due=float(stake.sum()),
        base=renewals,
    )


def _expansion(data: ForecastData, connection: Connection) -> dict[str, ExpansionForecast]:
    result = {}
    positions = data.now.cells.entity.tolist()
    bands = dict(zip(positions, map(data.now.band_name, data.now.band.tolist()), strict=True))
    for score in data.model.scores:
        goal = None if score.goal is None else find_outcome(data.model, score.goal)
        if goal is not None and goal.flag is None and goal != data.outcome:
            reached = load_events(data.model, connection, goal, list(data.ids), data.window.end)
            rows = replace(data.past.snapshots, score=data.past.further[score.name])
            window = data.window
            candidates = find_candidates(rows, reached, window.today, window.horizon, window.end)
            result[score.name] = ExpansionForecast(goal.name, candidates, data.entities, bands)
    return result


def _scores(data: ForecastData) -> ScoreOutlook:
    """Learned from entities without a notice, because after a notice scores develop differently."""
    rows = data.past.snapshots
    start = np.where(data.events.next(rows.entity, rows.day)[1], rows.score, np.nan)
    transitions = {
        days: estimate_transition(pair_scores(rows.entity, rows.day, start, days), days)
        for days in STEPS
    }
    now = np.flatnonzero(data.undecided & ~np.isnan(data.now.score))
    ids = ids_at(data.entities, data.now.cells.entity[now])
    return ScoreOutlook(transitions, ids, data.now.score[now])


def _lifetime(data: ForecastData) -> LifetimeForecast | None:
    """None where no start or no value is known, or too few entities have left."""
    entity, left_events, columns = data.model.entity, data.events, data.past.attributes.columns
    named = [entity.starts or "", entity.value or ""]
    start, value = (to_floats(columns[name])[0] if name in columns else None for name in named)
    spells = _spells(data)
    if start is None and spells is not None:
        start = first_days(spells, len(data.ids))
    if start is None or value is None:
        return None
    for_good = np.arange(len(left_events))
    if data.outcome.quiet:
        for_good = np.flatnonzero(left_events.effective_day == NEVER)
    elif data.outcome.contracts and spells is not None:
        back = last_days(spells, len(data.ids))[left_events.entity]
        for_good = np.flatnonzero(left_events.effective_day == back)
    gone, place = np.unique(left_events.entity[for_good], return_index=True)
    first = for_good[place]
    if len(gone) < FEWEST:
        return None
    stop = np.full(len(start), float(min(data.window.today, data.window.end)))
    stop[gone] = np.where(
        left_events.effective_day[first] < NEVER,
        left_events.effective_day[first],
        left_events.day[first],
    )
    left = np.zeros(len(start), dtype=bool)
    left[gone] = True
    start = np.floor(start)
    known = np.flatnonzero(~np.isnan(start) & (start < stop))
    entry = np.maximum(float(left_events.day.min()) - start, 0.0)
    curve = RetentionCurve.of((stop - start)[known], left[known], entry[known])
    active = data.now.cells.entity[data.undecided]
    lifetime = estimate_lifetime(
        curve, len(gone), (data.window.today - start)[active], value[active], CAP
    )
    finite = np.isfinite(lifetime.days).any() and np.isfinite(lifetime.total.ends).all()
    return LifetimeForecast(ids_at(data.entities, active), lifetime) if finite else None


def _spells(data: ForecastData) -> Spells | None:
    """The times in which entities were customers, as known at the end of the data; None without
    contracts.
    """
    declared, contracts = data.model.entity.contracts, data.past.attributes.contracts
    if declared is None or contracts is None:
        return None
    return find_spells(contracts, declared.gap, min(data.window.today, data.window.end))


def _purchases(data: ForecastData, connection: Connection) -> PurchaseForecast | None:
    named, today = data.model.entity.purchases, data.window.today
    if named is None:
        return None
    days = load_purchases(data.model, connection, named, data.ids, date_of(today))
    return PurchaseForecast(data.ids, estimate_purchase_value(days, today, PURCHASE_DAYS))
