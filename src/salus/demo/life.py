"""What truly happens to the accounts of a part: causes, chances, notices, growth. Everything else
is a trace of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salus.demo.book import CustomerBase
from salus.demo.causes import Departures, causes, price_day
from salus.demo.decisions import INVOLUNTARY as OUTSIDE
from salus.demo.decisions import KINDS, TERM, TermDecisions, Terms, decisions, terms, weekly
from salus.demo.draw import generator, sigmoid
from salus.demo.effects import INTERCEPTS, INVOLUNTARY, pull
from salus.demo.incidents import Incidents
from salus.demo.season import Flags, Floats, Ints, Season

NEVER = 2**40
GROWTH_INTERCEPT, SHRINK_INTERCEPT = -4.9, -2.0
YOUNGEST_GROWTH = 26 * 7  # days a customer, before the first expansion


@dataclass(frozen=True)
class Growth:
    """Expansions and contractions."""

    months: Ints  # accounts × months: the Monday on which an expansion may take effect
    chance: Floats  # accounts × months
    steps: Floats  # accounts × weeks: change of the log of seats


@dataclass(frozen=True)
class Life:
    """Accounts × weeks unless said otherwise; days are day numbers, NEVER where nothing
    happened.
    """

    book: CustomerBase
    season: Season
    hit: Incidents
    planned: Terms
    causes: dict[str, Floats]
    departures: Departures
    decisions: TermDecisions
    hazard: Floats  # per decision: the chance that notice is given then
    notice: Ints  # per account: the day
    ended: Ints  # per account: last day of service
    voluntary: Flags  # per account
    growth: Growth
    price_day: Ints  # per account: from when the new price is paid

    @cached_property
    def health(self) -> Floats:
        return health(self.causes)

    @cached_property
    def adoption(self) -> Floats:
        return adoption(self.causes, self.book, self.season)

    @cached_property
    def sentiment(self) -> Floats:
        """How people feel: 0 is usual."""
        return pull(self.causes, "sentiment")

    @cached_property
    def seats(self) -> Ints:
        """Seats paid for."""
        grown = np.exp(np.cumsum(self.growth.steps, axis=1))
        seats: Ints = np.maximum(1, np.round(self.book.seats[:, None] * grown)).astype(np.int64)
        return seats

    @cached_property
    def price(self) -> Floats:
        """EUR per seat and month, after discount."""
        raised = self.season.mondays >= self.price_day[:, None]
        return np.round(self.book.price[:, None] * (1 + raised * self.book.price_step[:, None]), 2)

    @cached_property
    def mrr(self) -> Floats:
        """Monthly recurring revenue."""
        return np.round(self.seats * self.price, 2)

    @cached_property
    def interest(self) -> Floats:
        """What is left of the use after notice: it falls to a sixth within weeks. Before notice
        1.
        """
        since = (self.season.mondays + 6 - self.notice[:, None]) / 7
        return np.where(since < 0, 1.0, 0.15 + 0.85 * np.exp(-np.maximum(since, 0) / 3))

    @cached_property
    def alive(self) -> Flags:
        """Weeks with at least one day of service."""
        mondays = self.season.mondays
        return (mondays + 6 >= self.book.since[:, None]) & (mondays <= self.ended[:, None])

    @cached_property
    def stands(self) -> Ints:
        """Per account: the last day on which its contract still reads as something."""
        return np.minimum(self.ended, self.season.last)

    def serves(self, account: Ints, days: Ints) -> Flags:
        """Is the account a customer on that day, within the season?"""
        return (
            (days >= self.book.since[account])
            & (days <= self.ended[account])
            & self.season.has(days)
        )

    def at(self, values: Floats, account: Ints, days: Ints) -> Floats:
        """A weekly value on a day of an account."""
        found: Floats = values[account, self.season.week(days)]
        return found


def health(causes: dict[str, Floats]) -> Floats:
    """Minus what the causes add to the log-odds of notice, without frailty: 0 is usual, higher is
    healthier.
    """
    return -pull({name: cause for name, cause in causes.items() if name != "frailty"}, "notice")


def adoption(causes: dict[str, Floats], book: CustomerBase, season: Season) -> Floats:
    """The share of seats in use, before any notice: it climbs in the first weeks, faster after good
    onboarding.
    """
    tenure = (season.mondays + 7 - book.since[:, None]) / 7
    pace = 7 * np.exp(-0.4 * book.quality)[:, None]
    return sigmoid(1.15 + pull(causes, "usage")) * -np.expm1(-np.maximum(tenure, 0) / pace)


def live(book: CustomerBase, season: Season, hit: Incidents, seed: int, part: int) -> Life:
    """Let the accounts live through the season."""
    planned = terms(book, season)
    found, departures = causes(book, season, hit, planned, generator(seed, part, "causes"))
    rows = decisions(book, season, planned, generator(seed, part, "decisions"))
    chance = hazard(rows, found, season)
    notice, ended, kind = _leave(rows, chance, len(book), generator(seed, part, "leave"))
    growth = _grow(book, season, found, rows, notice, generator(seed, part, "growth"))
    return Life(
        book,
        season,
        hit,
        planned,
        found,
        departures,
        rows,
        chance,
        notice,
        ended,
        kind != OUTSIDE,
        growth,
        price_day(book, season, hit, planned),
    )


def hazard(rows: TermDecisions, found: dict[str, Floats], season: Season) -> Floats:
    """The chance of notice at each decision, by the causes of its week."""
    intercept = np.array([INTERCEPTS[kind] for kind in KINDS])[rows.kind]
    chosen = weekly(pull(found, "notice"), rows, season)
    forced = sum(
        (rate * weekly(found[name], rows, season) for name, rate in INVOLUNTARY.items()), 0 * chosen
    )
    return sigmoid(intercept + np.where(rows.kind == OUTSIDE, forced, chosen))


def _leave(
    rows: TermDecisions, chance: Floats, accounts: int, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Per account: the day of the first notice, the last day of service, and the kind of the
    decision.
    """
    left = np.flatnonzero(rng.random(len(rows)) < chance)
    left = left[np.argsort(rows.decided[left], kind="stable")]
    who, first = np.unique(rows.account[left], return_index=True)
    first = left[first]
    notice, ended, kind = (
        np.full(accounts, NEVER),
        np.full(accounts, NEVER),
        np.full(accounts, TERM),
    )
    notice[who], ended[who], kind[who] = rows.decided[first], rows.ends[first], rows.kind[first]
    return notice, ended, kind


def _grow(
    book: CustomerBase,
    season: Season,
    found: dict[str, Floats],
    rows: TermDecisions,
    notice: Ints,
    rng: np.random.Generator,
) -> Growth:
    weeks = np.arange(2, season.weeks - 1, 4)
    mondays = season.mondays[weeks] + 0 * book.since[:, None]
    in_use = adoption(found, book, season)[:, weeks]
    ready = (mondays - book.since[:, None] >= YOUNGEST_GROWTH) & (mondays < notice[:, None])
    pulled = pull({name: cause[:, weeks] for name, cause in found.items()}, "expansion")
    chance = ready * sigmoid(GROWTH_INTERCEPT + pulled + 3 * (in_use - 0.7))
    steps = np.zeros((len(book), season.weeks))
    steps[:, weeks] = (rng.random(chance.shape) < chance) * np.log1p(
        rng.uniform(0.15, 0.6, chance.shape)
    )
    _shrink(steps, season, adoption(found, book, season), rows, notice, rng)
    return Growth(mondays, chance, steps)


def _shrink(
    steps: Floats,
    season: Season,
    in_use: Floats,
    rows: TermDecisions,
    notice: Ints,
    rng: np.random.Generator,
) -> None:
    """Who stays at the end of a term but uses few seats may give some back, from the Monday after
    the deadline.
    """
    chance = sigmoid(SHRINK_INTERCEPT - 5 * (weekly(in_use, rows, season) - 0.6))
    week = (rows.deadline - season.first) // 7 + 1
    back = (
        (rows.kind == TERM)
        & (rng.random(len(rows)) < chance)
        & (notice[rows.account] > rows.deadline)
    )
    back &= week < season.weeks
    steps[rows.account[back], week[back]] = np.log(rng.uniform(0.6, 0.9, int(back.sum())))
