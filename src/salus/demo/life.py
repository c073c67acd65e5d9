"""Simulates what truly happens to accounts: causes, hazards, notices and growth.

All tables of the demo company follow from this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salus.demo.causes import Departures, draw_causes, find_price_day
from salus.demo.customers import CustomerBase
from salus.demo.decisions import INVOLUNTARY as OUTSIDE
from salus.demo.decisions import (
    KINDS,
    TERM,
    TermDecisions,
    Terms,
    list_decisions,
    plan_terms,
    values_at,
)
from salus.demo.draw import make_generator, sigmoid
from salus.demo.effects import INTERCEPTS, INVOLUNTARY, sum_effects
from salus.demo.incidents import Incidents
from salus.demo.season import Flags, Floats, Ints, Season

NEVER = 2**40
GROWTH_INTERCEPT, SHRINK_INTERCEPT = -4.9, -2.0
FIRST_EXPANSION_AFTER = 26 * 7  # days a customer, before the first expansion


@dataclass(frozen=True)
class Growth:
    """Expansions and contractions."""

    months: Ints  # accounts × months: the Monday on which an expansion may take effect
    chance: Floats  # accounts × months
    steps: Floats  # accounts × weeks: change of the log of seats


@dataclass(frozen=True, kw_only=True)
class Life:
    """The simulated accounts. Arrays are accounts × weeks unless a comment says otherwise.

    Days are day numbers, NEVER if nothing happened.
    """

    customers: CustomerBase
    season: Season
    incidents: Incidents
    terms: Terms
    causes: dict[str, Floats]
    departures: Departures
    decisions: TermDecisions
    hazard: Floats  # per decision: the chance that notice is given then
    notice: Ints  # per account: the day
    ended: Ints  # per account: last day of service
    voluntary: Flags  # per account
    growth: Growth
    price_day: Ints  # per account: the first day with the new price

    @cached_property
    def health(self) -> Floats:
        """The true health: 0 is usual, higher is healthier."""
        return health(self.causes)

    @cached_property
    def adoption(self) -> Floats:
        """The share of seats in use, before any notice."""
        return adoption(self.causes, self.customers, self.season)

    @cached_property
    def sentiment(self) -> Floats:
        """How content people are: 0 is usual."""
        return sum_effects(self.causes, "sentiment")

    @cached_property
    def seats(self) -> Ints:
        """The number of paid seats."""
        grown = np.exp(np.cumsum(self.growth.steps, axis=1))
        seats: Ints = np.maximum(1, np.round(self.customers.seats[:, None] * grown)).astype(
            np.int64
        )
        return seats

    @cached_property
    def price(self) -> Floats:
        """EUR per seat and month, after discount."""
        raised = self.season.mondays >= self.price_day[:, None]
        return np.round(
            self.customers.price[:, None] * (1 + raised * self.customers.price_step[:, None]), 2
        )

    @cached_property
    def mrr(self) -> Floats:
        """Monthly recurring revenue."""
        return np.round(self.seats * self.price, 2)

    @cached_property
    def interest(self) -> Floats:
        """The factor on usage: 1 before a notice; after it, down to a sixth within weeks."""
        since = (self.season.mondays + 6 - self.notice[:, None]) / 7
        return np.where(since < 0, 1.0, 0.15 + 0.85 * np.exp(-np.maximum(since, 0) / 3))

    @cached_property
    def alive(self) -> Flags:
        """Whether the account is a customer on at least one day of the week."""
        mondays = self.season.mondays
        return (mondays + 6 >= self.customers.since[:, None]) & (mondays <= self.ended[:, None])

    @cached_property
    def last_contract_day(self) -> Ints:
        """Per account: the last day of its contract, or of the season."""
        return np.minimum(self.ended, self.season.last)

    def serves(self, account: Ints, days: Ints) -> Flags:
        """Whether the account is a customer on that day of the season."""
        return (
            (days >= self.customers.since[account])
            & (days <= self.ended[account])
            & self.season.has(days)
        )

    def at(self, values: Floats, account: Ints, days: Ints) -> Floats:
        """The weekly values of accounts on some days."""
        at_days: Floats = values[account, self.season.week(days)]
        return at_days


def health(causes: dict[str, Floats]) -> Floats:
    """The health: minus what the causes, except frailty, add to the log-odds of a notice."""
    return -sum_effects(
        {name: cause for name, cause in causes.items() if name != "frailty"}, "notice"
    )


def adoption(causes: dict[str, Floats], customers: CustomerBase, season: Season) -> Floats:
    """The share of seats in use, before any notice.

    It rises in the first weeks, faster after good onboarding.
    """
    tenure = (season.mondays + 7 - customers.since[:, None]) / 7
    pace = 7 * np.exp(-0.4 * customers.quality)[:, None]
    return sigmoid(1.15 + sum_effects(causes, "usage")) * -np.expm1(-np.maximum(tenure, 0) / pace)


def simulate(
    customers: CustomerBase, season: Season, incidents: Incidents, seed: int, part: int
) -> Life:
    """Simulate the accounts through the season."""
    terms = plan_terms(customers, season)
    causes, departures = draw_causes(
        customers, season, incidents, terms, make_generator(seed, part, "causes")
    )
    decisions = list_decisions(customers, season, terms, make_generator(seed, part, "decisions"))
    chance = compute_hazard(decisions, causes, season)
    rng = make_generator(seed, part, "leave")
    notice, ended, kind = _leave(decisions, chance, len(customers), rng)
    growth = _grow(
        customers, season, causes, decisions, notice, make_generator(seed, part, "growth")
    )
    return Life(
        customers=customers,
        season=season,
        incidents=incidents,
        terms=terms,
        causes=causes,
        departures=departures,
        decisions=decisions,
        hazard=chance,
        notice=notice,
        ended=ended,
        voluntary=kind != OUTSIDE,
        growth=growth,
        price_day=find_price_day(customers, season, incidents, terms),
    )


def compute_hazard(rows: TermDecisions, causes: dict[str, Floats], season: Season) -> Floats:
    """The probability of a notice at each decision, from the causes of its week."""
    intercept = np.array([INTERCEPTS[kind] for kind in KINDS])[rows.kind]
    chosen = values_at(sum_effects(causes, "notice"), rows, season)
    forced = sum(
        (rate * values_at(causes[name], rows, season) for name, rate in INVOLUNTARY.items()),
        0 * chosen,
    )
    return sigmoid(intercept + np.where(rows.kind == OUTSIDE, forced, chosen))


def _leave(
    rows: TermDecisions, chance: Floats, accounts: int, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Per account: the day of the first notice, the last day of service, and the kind of
    decision.
    """
    left = np.flatnonzero(rng.random(len(rows)) < chance)
    left = left[np.argsort(rows.decided[left], kind="stable")]
    leavers, first = np.unique(rows.account[left], return_index=True)
    first = left[first]
    notice, ended, kind = (
        np.full(accounts, NEVER),
        np.full(accounts, NEVER),
        np.full(accounts, TERM),
    )
    notice[leavers], ended[leavers], kind[leavers] = (
        rows.decided[first],
        rows.ends[first],
        rows.kind[first],
    )
    return notice, ended, kind


def _grow(
    customers: CustomerBase,
    season: Season,
    causes: dict[str, Floats],
    rows: TermDecisions,
    notice: Ints,
    rng: np.random.Generator,
) -> Growth:
    """Draw expansions every fourth week, and contractions at the end of terms."""
    weeks = np.arange(2, season.weeks - 1, 4)
    mondays = season.mondays[weeks] + 0 * customers.since[:, None]
    in_use = adoption(causes, customers, season)[:, weeks]
    ready = (mondays - customers.since[:, None] >= FIRST_EXPANSION_AFTER) & (
        mondays < notice[:, None]
    )
    pulled = sum_effects({name: cause[:, weeks] for name, cause in causes.items()}, "expansion")
    chance = ready * sigmoid(GROWTH_INTERCEPT + pulled + 3 * (in_use - 0.7))
    steps = np.zeros((len(customers), season.weeks))
    steps[:, weeks] = (rng.random(chance.shape) < chance) * np.log1p(
        rng.uniform(0.15, 0.6, chance.shape)
    )
    _shrink(steps, season, adoption(causes, customers, season), rows, notice, rng)
    return Growth(mondays, chance, steps)


def _shrink(
    steps: Floats,
    season: Season,
    in_use: Floats,
    rows: TermDecisions,
    notice: Ints,
    rng: np.random.Generator,
) -> None:
    """Accounts that renew a term but use few seats may reduce them from the Monday after the
    deadline.
    """
    chance = sigmoid(SHRINK_INTERCEPT - 5 * (values_at(in_use, rows, season) - 0.6))
    week = (rows.deadline - season.first) // 7 + 1
    fewer = (
        (rows.kind == TERM)
        & (rng.random(len(rows)) < chance)
        & (notice[rows.account] > rows.deadline)
    )
    fewer &= week < season.weeks
    steps[rows.account[fewer], week[fewer]] = np.log(rng.uniform(0.6, 0.9, int(fewer.sum())))
