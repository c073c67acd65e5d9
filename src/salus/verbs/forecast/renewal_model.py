"""The chances that coming terms are renewed: learned from earlier decisions, tested on the past."""

from __future__ import annotations

from collections.abc import Container, Iterator

import numpy as np

from salus.datasets.past_scores import PastScores
from salus.finding import Finding
from salus.insight.forecast.outlook import build_outlook, step_ends
from salus.insight.forecast.renewal_decisions import (
    EntitySnapshots,
    RenewalDecisions,
    find_decisions,
    select_settled,
    too_few,
)
from salus.insight.forecast.renewals import SDS, RenewalHistory, fit_renewals, simulate_renewals
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents
from salus.scoring.scored import Floats
from salus.verbs.forecast.entities import EntityLabels
from salus.verbs.forecast.renewals import RenewalBacktest, RenewalForecast
from salus.verbs.forecast.window import ForecastWindow


def renewal_stake(model: Model, rows: EntitySnapshots) -> Floats:
    """The value of each row, 0 where it has none. Each row counts 1 where the model names no value."""
    return (
        np.ones(len(rows))
        if model.entity.value is None
        else np.where(np.isfinite(rows.value), rows.value, 0.0)
    )


def forecast_renewals(
    model: Model,
    outcome: Outcome,
    past: PastScores,
    events: OutcomeEvents,
    window: ForecastWindow,
    entities: EntityLabels,
) -> RenewalForecast:
    """The terms that are due within the window. Without a forecast `reason` says why."""
    today, horizon, end = window.today, window.horizon, min(window.today, window.end)
    snapshots, kept_columns = past.snapshots, past.attributes.dated
    late = outcome.quiet is None and outcome.decided is None
    decisions = find_decisions(snapshots, events, today, horizon, late=late)
    ahead = decisions.at(np.flatnonzero(decisions.period == 0))
    scored = ~np.isnan(ahead.rows.score)
    due, history = ahead.at(np.flatnonzero(scored)), select_settled(decisions, end)
    stake = renewal_stake(model, due.rows)
    reason = _refusal(model, outcome, history, late=late, kept=kept_columns)
    fit = None if reason else fit_renewals(_history(history))
    ends = step_ends(today, horizon)
    step = np.searchsorted(ends, due.rows.decide_by, "right")
    chances = simulate_renewals(fit, due.rows.score, stake, step, len(ends)) if fit else None
    no_notice, of_today = events.next(snapshots.entity, snapshots.day)[1], snapshots.day == today
    active, now, undecided = snapshots.at(no_notice), snapshots.at(of_today), no_notice[of_today]
    within = (now.decide_by >= today) & (now.decide_by < today + horizon)
    before = model.entity.value is None or model.entity.value in kept_columns
    return RenewalForecast(
        entities=entities,
        has_value=model.entity.value is not None,
        due=due,
        stake=stake,
        fit=fit,
        chances=chances,
        reason=reason,
        decisions=len(history),
        lost=int(history.lost.sum()),
        shock=float(SDS @ fit.shocks) if fit else None,
        backtests=() if reason else tuple(_backtests(model, decisions, end)),
        outlook=(
            build_outlook(
                active, renewal_stake(model, active), today, horizon, chances.lost, before=before
            )
            if chances
            else None
        ),
        notice_given=now.at(np.flatnonzero(within & ~undecided)),
        without_score=ahead.rows.at(np.flatnonzero(~scored)),
        without_date=now.at(np.flatnonzero(np.isnan(now.decide_by) & undecided)),
    )


def _history(past: RenewalDecisions) -> RenewalHistory:
    return RenewalHistory(past.rows.score, ~past.lost, past.period)


def _refusal(
    model: Model,
    outcome: Outcome,
    past: RenewalDecisions,
    *,
    late: bool,
    kept: Container[str | None],
) -> Finding | None:
    """Why the chances can't be learned; None where they can."""
    renewal = model.entity.renewal
    if late and (renewal is None or renewal.term_end is None):
        return Finding("renewals.no_term_end", outcome=outcome.name)
    if renewal is not None and (renewal.decide_by or renewal.term_end) not in kept:
        return Finding("renewals.no_history")
    return too_few(past)


def _backtests(model: Model, decisions: RenewalDecisions, by: int) -> Iterator[RenewalBacktest]:
    """A forecast for each earlier period that is over, with what was known before it."""
    for period in np.unique(decisions.period[decisions.period > 0])[::-1]:
        rows = decisions.at(
            np.flatnonzero(
                (decisions.period == period)
                & (decisions.known_day < by)
                & ~np.isnan(decisions.rows.score)
            )
        )
        if not len(rows):
            continue
        day = int(rows.rows.day[0])
        before = select_settled(decisions.at(np.flatnonzero(decisions.period > period)), day)
        if too_few(before) is None:
            stake = renewal_stake(model, rows.rows)
            chances = simulate_renewals(fit_renewals(_history(before)), rows.rows.score, stake)
            yield RenewalBacktest(day, len(rows), chances.total, float(stake @ ~rows.lost))
