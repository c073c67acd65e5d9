"""The terms that are decided within the horizon: each one's probability, the money expected, and
how it would have gone.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from salus.insight.forecast.outlook import ValueOutlook, build_outlook, step_ends
from salus.insight.forecast.renewal_decisions import (
    EntitySnapshots,
    RenewalDecisions,
    find_decisions,
    select_settled,
    too_few,
)
from salus.insight.forecast.renewals import (
    SDS,
    RenewalChances,
    RenewalFit,
    RenewalHistory,
    fit_renewals,
    simulate_renewals,
)
from salus.insight.statistics.interval import Interval
from salus.model.model import Model, Outcome
from salus.outcomes.events import Events
from salus.scoring.scored import Floats


@dataclass(frozen=True)
class RenewalBacktest:
    """A horizon of the past, foretold from what was known before it."""

    day: int
    renewals: int
    total: Interval
    actual: float


@dataclass(frozen=True)
class RenewalForecast:
    """The terms ahead, in the order of `due`; no forecast where `reason` says why."""

    due: RenewalDecisions  # with a score, not yet decided
    stake: Floats  # of each: its value, 1 where the model names none
    fitted: RenewalFit | None
    forecast: RenewalChances | None
    reason: str | None
    past: int  # decisions learned from
    lost: int  # of them
    shock: float | None  # mean of the posterior of the common luck's sd, in log odds
    trials: tuple[RenewalBacktest, ...]
    outlook: ValueOutlook | None  # of all who have not given notice
    gone: EntitySnapshots  # notice was given already, and the last day for it lies ahead
    unscored: EntitySnapshots
    undated: EntitySnapshots

    @property
    def at_risk(self) -> float | None:
        """The money expected to be lost, of what is due."""
        return (
            None if self.forecast is None else float(np.sum(self.stake) - self.forecast.total.value)
        )


def renewal_stake(model: Model, rows: EntitySnapshots) -> Floats:
    """What counts of each row: its value (nothing where it has no finite one), or 1 where the model
    names no value.
    """
    return (
        np.ones(len(rows))
        if model.entity.value is None
        else np.where(np.isfinite(rows.value), rows.value, 0.0)
    )


def forecast_renewals(
    model: Model,
    outcome: Outcome,
    standing: EntitySnapshots,
    found: Events,
    today: int,
    horizon: int,
    end: int,
    *,
    kept: Container[str | None],
) -> RenewalForecast:
    """`kept`: columns of which it is known how they stood earlier. `end`: the first day of which
    facts know nothing.
    """
    late = outcome.quiet is None and outcome.decided is None
    every = find_decisions(standing, found, today, horizon, late=late)
    ahead = every.at(np.flatnonzero(every.period == 0))
    scored = ~np.isnan(ahead.rows.score)
    due, past = ahead.at(np.flatnonzero(scored)), select_settled(every, min(today, end))
    money = renewal_stake(model, due.rows)
    reason = _refusal(model, outcome, past, late=late, kept=kept)
    fitted = None if reason else fit_renewals(_history(past))
    ends = step_ends(today, horizon)
    step = np.searchsorted(ends, due.rows.decide_by, "right")
    told = simulate_renewals(fitted, due.rows.score, money, step, len(ends)) if fitted else None
    asked, here = found.next(standing.entity, standing.day)[1], standing.day == today
    still, now, asked = standing.at(asked), standing.at(here), asked[here]
    within = (now.decide_by >= today) & (now.decide_by < today + horizon)
    before = model.entity.value is None or model.entity.value in kept
    return RenewalForecast(
        due,
        money,
        fitted,
        told,
        reason,
        len(past),
        int(past.lost.sum()),
        float(SDS @ fitted.shocks) if fitted else None,
        () if reason else tuple(_trials(model, every, min(today, end))),
        (
            build_outlook(
                still, renewal_stake(model, still), today, horizon, told.lost, before=before
            )
            if told
            else None
        ),
        now.at(np.flatnonzero(within & ~asked)),
        ahead.rows.at(np.flatnonzero(~scored)),
        now.at(np.flatnonzero(np.isnan(now.decide_by) & asked)),
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
) -> str | None:
    renewal = model.entity.renewal
    if late and (renewal is None or renewal.term_end is None):
        return (
            f"outcome `{outcome.name}` has no `decided`, so a loss shows at the end of the term,"
            " and `renewal` names no `term_end`"
        )
    if renewal is not None and (renewal.decide_by or renewal.term_end) not in kept:
        return (
            "how terms stood on earlier dates isn't kept, so past decisions can't be learned from;"
            f" name a `history` of the {model.entity.names} that has the column"
        )
    return too_few(past)


def _trials(model: Model, every: RenewalDecisions, by: int) -> Iterator[RenewalBacktest]:
    """Each earlier horizon that is over, foretold from those before it: only what was known by
    then.
    """
    for period in np.unique(every.period[every.period > 0])[::-1]:
        rows = every.at(
            np.flatnonzero(
                (every.period == period) & (every.seen < by) & ~np.isnan(every.rows.score)
            )
        )
        if not len(rows):
            continue
        day = int(rows.rows.day[0])
        before = select_settled(every.at(np.flatnonzero(every.period > period)), day)
        if too_few(before) is None:
            money = renewal_stake(model, rows.rows)
            told = simulate_renewals(fit_renewals(_history(before)), rows.rows.score, money)
            yield RenewalBacktest(day, len(rows), told.total, float(money @ ~rows.lost))
