"""Draws the causes of `effects` per account and week: drifts, shocks that fade, and spells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.demo.customers import CustomerBase
from salus.demo.decisions import Terms
from salus.demo.incidents import Incidents
from salus.demo.season import Flags, Floats, Ints, Season

ROLES = ("exec_sponsor", "champion")


@dataclass(frozen=True)
class Departures:
    """Accounts × weeks: whether a person leaves in that week, and the index of the role in ROLES."""

    happens: Flags
    role: Ints


def draw_causes(
    customers: CustomerBase,
    season: Season,
    incidents: Incidents,
    terms: Terms,
    rng: np.random.Generator,
) -> tuple[dict[str, Floats], Departures]:
    """Every cause, and the departures behind `champion_left`."""
    shape = len(customers), season.weeks
    departures = Departures(
        rng.random(shape) < 0.22 / 52, (rng.random(shape) < 0.6).astype(np.int64)
    )
    tenure = np.maximum(0, season.mondays - customers.since[:, None]) / 7
    fixed = np.ones(shape)
    causes = {
        "mood": _drift(rng, shape, 0.985),
        "fit": customers.fit[:, None] * fixed,
        "onboarding": customers.quality[:, None] * np.exp(-tenure / 60),
        "champion_left": _fading(departures.happens, 0.97),
        "usage_drop": _spells(rng, shape, 0.25, (10, 45), 0.5),
        "outage": _fading(_outages(rng, shape, incidents), 0.90),
        "support_pain": _spells(rng, shape, 0.45, (8, 26), 0.4),
        "price_rise": compute_price_pressure(
            customers, season, find_price_day(customers, season, incidents, terms)
        ),
        "payment_trouble": _spells(rng, shape, 0.07, (12, 36), 0.5),
        "frailty": customers.frailty[:, None] * fixed,
    }
    return causes, departures


def _drift(rng: np.random.Generator, shape: tuple[int, int], keeps: float) -> Floats:
    """A first-order autoregression with mean 0 and standard deviation 1."""
    drift = rng.normal(size=shape)
    for week in range(1, shape[1]):
        drift[:, week] = keeps * drift[:, week - 1] + np.sqrt(1 - keeps**2) * drift[:, week]
    return drift


def _fading(happens: Flags, keeps: float) -> Floats:
    """Shocks of 1 that fade; `keeps` is the share that is left after a week."""
    level = happens.astype(np.float64)
    for week in range(1, level.shape[1]):
        level[:, week] = np.minimum(1.2, level[:, week] + keeps * level[:, week - 1])
    return level


def _outages(rng: np.random.Generator, shape: tuple[int, int], incidents: Incidents) -> Flags:
    struck = np.zeros(shape, dtype=np.bool_)
    for week in incidents.outage_weeks:
        struck[:, week] = rng.random(shape[0]) < 0.45
    return struck


def _spells(
    rng: np.random.Generator,
    shape: tuple[int, int],
    per_year: float,
    weeks: tuple[int, int],
    shallowest: float,
) -> Floats:
    """Spells of some weeks, each with a depth. A new spell replaces a current one."""
    starts = rng.random(shape) < per_year / 52
    lengths, depths = rng.integers(*weeks, shape), rng.uniform(shallowest, 1, shape)
    left, depth = np.zeros(shape[0], dtype=np.int64), np.zeros(shape[0])
    level = np.zeros(shape)
    for week in range(shape[1]):
        left = np.where(starts[:, week], lengths[:, week], left - 1)
        depth = np.where(starts[:, week], depths[:, week], depth)
        level[:, week] = np.where(left > 0, depth, 0.0)
    return level


def find_price_day(
    customers: CustomerBase, season: Season, incidents: Incidents, terms: Terms
) -> Ints:
    """The first day on which each account pays the new price.

    Monthly contracts pay it at once, others from their next term.
    """
    announced = season.mondays[incidents.price_week]
    later = np.where(terms.begins >= announced, terms.begins, np.iinfo(np.int64).max).min(axis=1)
    never = np.iinfo(np.int64).max
    return np.where(customers.price_affected, np.where(customers.monthly, announced, later), never)


def compute_price_pressure(customers: CustomerBase, season: Season, effective: Ints) -> Floats:
    """The size of the price rise, 1 for 8 %, in the weeks around it."""
    known = effective < np.iinfo(np.int64).max
    away = season.mondays - np.where(known, effective, 0)[:, None]
    near = known[:, None] & (away >= -140) & (away <= 56)
    return near * (customers.price_step / 0.08)[:, None]
