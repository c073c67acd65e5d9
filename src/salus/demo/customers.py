"""Draws the accounts of one part of the demo company: firms, contracts, habits, and which tables
have rows for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.demo.draw import make_generator, pick, pick_by_row, sigmoid
from salus.demo.names import Firm, invent_firms
from salus.demo.season import Flags, Floats, Ints, Season

PLANS = ("Starter", "Team", "Business")
PRICES = np.array([59.0, 99.0, 149.0])  # EUR per seat and month
CORE_ENTITLED = np.array([3, 4, 5])
TIERS = ("A", "B", "C")
CADENCE = np.array([30, 60, 90])  # days between two contacts, by tier
MEETINGS = np.array([6, 3, 2])  # planned in half a year, by tier
TERMS_DAYS = (14, 30, 45, 60)
PER_CSM = 45
MOST_SEATS = 600


@dataclass(frozen=True, kw_only=True)
class CustomerBase:
    """One row per account, as parallel arrays. Days are day numbers."""

    numbers: Ints
    firms: tuple[Firm, ...]
    since: Ints
    seats: Ints
    plan: Ints
    price: Floats  # per seat and month, after discount
    discount: Floats
    term_months: Ints  # 1: a monthly contract
    notice_months: Ints
    terms_days: Ints
    billing_months: Ints
    tier: Ints
    csm: Ints
    pay_habit: Floats  # days late, on average
    price_affected: Flags
    price_step: Floats
    has_survey: Flags
    has_meetings: Flags
    has_pulse: Flags
    has_goals: Flags
    has_tickets: Flags
    fit: Floats
    quality: Floats
    frailty: Floats

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def ids(self) -> list[str]:
        """The account ids."""
        return [f"A-{number:05d}" for number in self.numbers]

    @property
    def monthly(self) -> Flags:
        """Whether the account can leave at the end of any month."""
        return self.term_months == 1


def draw_customers(numbers: Ints, season: Season, seed: int, part: int, csms: int) -> CustomerBase:
    """Draw the accounts with these numbers."""
    rng = make_generator(seed, part, "book")
    n = len(numbers)
    seats = _seats(rng, n)
    plan = pick_by_row(rng, _plan_weights(seats))
    discount = np.where(rng.random(n) < 0.35, rng.choice([0.05, 0.1, 0.15, 0.2], n), 0.0)
    price = np.round(PRICES[plan] * np.exp(rng.normal(0, 0.08, n)) * (1 - discount), 2)
    term_months = _term_months(rng, seats)
    tier = np.digitize(-seats * price * 12, [-40_000, -10_000])
    return CustomerBase(
        numbers=numbers,
        firms=tuple(invent_firms(numbers.tolist(), seed)),
        since=_since(rng, n, season),
        seats=seats,
        plan=plan,
        price=price,
        discount=discount,
        term_months=term_months,
        notice_months=np.where(term_months == 1, 1, rng.choice([1, 2, 3, 3], n)),
        terms_days=np.where(
            term_months == 1, 14, np.array(TERMS_DAYS)[pick(rng, (0.3, 0.5, 0.1, 0.1), n)]
        ),
        billing_months=np.where(
            term_months == 1, 1, rng.choice([1, 3, 12], n, p=[0.25, 0.4, 0.35])
        ),
        tier=tier,
        csm=rng.integers(0, csms, n),
        pay_habit=np.where(term_months == 1, 0.0, rng.normal(1, 5, n)),
        price_affected=rng.random(n) < 0.6,
        price_step=np.round(rng.uniform(0.04, 0.12, n), 3),
        has_survey=rng.random(n) < 0.85,
        has_meetings=rng.random(n) < 0.9,
        has_pulse=rng.random(n) < 0.88,
        has_goals=rng.random(n) < sigmoid(1.0 - tier),
        has_tickets=rng.random(n) < 0.95,
        fit=rng.normal(size=n),
        quality=rng.normal(size=n),
        frailty=rng.normal(size=n),
    )


def _seats(rng: np.random.Generator, n: int) -> Ints:
    """Mostly small numbers of seats, with a tail that is heavier than log-normal."""
    body = np.exp(rng.normal(np.log(8), 0.8, n))
    tail = 50 * (1 + rng.pareto(1.4, n))
    seats: Ints = np.clip(
        np.round(np.where(rng.random(n) < 0.03, tail, body)), 2, MOST_SEATS
    ).astype(np.int64)
    return seats


def _plan_weights(seats: Ints) -> Floats:
    size = np.log(seats / 8)
    return np.exp(np.column_stack([0.2 - 0.8 * size, np.full(len(seats), 0.6), -0.3 + 0.8 * size]))


def _term_months(rng: np.random.Generator, seats: Ints) -> Ints:
    monthly = rng.random(len(seats)) < np.where(seats < 8, 0.6, 0.3)
    return np.where(monthly, 1, rng.choice([12, 24], len(seats), p=[0.9, 0.1]))


def _since(rng: np.random.Generator, n: int, season: Season) -> Ints:
    """The first day as a customer: for most before the season, for the others during it."""
    before = season.first - 1 - (1500 * rng.random(n) ** 1.3).astype(np.int64)
    during = rng.integers(season.first, season.last - 6, n)
    return np.where(rng.random(n) < 0.7, before, during)
