"""The causes of `effects.py` as numbers per account and week: drifts, shocks that fade, spells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.demo.book import CustomerBase
from salus.demo.decisions import Terms
from salus.demo.incidents import Incidents
from salus.demo.season import Flags, Floats, Ints, Season

ROLES = ("exec_sponsor", "champion")


@dataclass(frozen=True)
class Departures:
    """Accounts × weeks: who leaves in that week; index into ROLES where `happens`."""

    happens: Flags
    role: Ints


def causes(
    book: CustomerBase, season: Season, hit: Incidents, planned: Terms, rng: np.random.Generator
) -> tuple[dict[str, Floats], Departures]:
    """Every cause, and the departures behind `champion_left`."""
    shape = len(book), season.weeks
    departures = Departures(
        rng.random(shape) < 0.22 / 52, (rng.random(shape) < 0.6).astype(np.int64)
    )
    tenure = np.maximum(0, season.mondays - book.since[:, None]) / 7
    fixed = np.ones(shape)
    found = {
        "mood": _drift(rng, shape, 0.985),
        "fit": book.fit[:, None] * fixed,
        "onboarding": book.quality[:, None] * np.exp(-tenure / 60),
        "champion_left": _fading(departures.happens, 0.97),
        "usage_drop": _spells(rng, shape, 0.25, (10, 45), 0.5),
        "outage": _fading(_outages(rng, shape, hit), 0.90),
        "support_pain": _spells(rng, shape, 0.45, (8, 26), 0.4),
        "price_rise": price_pressure(book, season, price_day(book, season, hit, planned)),
        "payment_trouble": _spells(rng, shape, 0.07, (12, 36), 0.5),
        "frailty": book.frailty[:, None] * fixed,
    }
    return found, departures


def _drift(rng: np.random.Generator, shape: tuple[int, int], keeps: float) -> Floats:
    """A first-order autoregression with mean 0 and standard deviation 1."""
    drift = rng.normal(size=shape)
    for week in range(1, shape[1]):
        drift[:, week] = keeps * drift[:, week - 1] + np.sqrt(1 - keeps**2) * drift[:, week]
    return drift


def _fading(happens: Flags, keeps: float) -> Floats:
    level = happens.astype(np.float64)
    for week in range(1, level.shape[1]):
        level[:, week] = np.minimum(1.2, level[:, week] + keeps * level[:, week - 1])
    return level


def _outages(rng: np.random.Generator, shape: tuple[int, int], hit: Incidents) -> Flags:
    struck = np.zeros(shape, dtype=np.bool_)
    for week in hit.outage_weeks:
        struck[:, week] = rng.random(shape[0]) < 0.45
    return struck


def _spells(
    rng: np.random.Generator,
    shape: tuple[int, int],
    per_year: float,
    weeks: tuple[int, int],
    shallowest: float,
) -> Floats:
    """Spells of a few weeks, each with a depth; a new one replaces one that is still on."""
    starts = rng.random(shape) < per_year / 52
    lengths, depths = rng.integers(*weeks, shape), rng.uniform(shallowest, 1, shape)
    left, depth = np.zeros(shape[0], dtype=np.int64), np.zeros(shape[0])
    level = np.zeros(shape)
    for week in range(shape[1]):
        left = np.where(starts[:, week], lengths[:, week], left - 1)
        depth = np.where(starts[:, week], depths[:, week], depth)
        level[:, week] = np.where(left > 0, depth, 0.0)
    return level


def price_day(book: CustomerBase, season: Season, hit: Incidents, planned: Terms) -> Ints:
    """The day from which each account pays the new price: at once by the month, else with the next
    term.
    """
    announced = season.mondays[hit.price_week]
    later = np.where(planned.begins >= announced, planned.begins, np.iinfo(np.int64).max).min(
        axis=1
    )
    never = np.iinfo(np.int64).max
    return np.where(book.price_affected, np.where(book.monthly, announced, later), never)


def price_pressure(book: CustomerBase, season: Season, effective: Ints) -> Floats:
    """The size of the rise, 1 at 8 %, while it is in the air."""
    known = effective < np.iinfo(np.int64).max
    away = season.mondays - np.where(known, effective, 0)[:, None]
    near = known[:, None] & (away >= -140) & (away <= 56)
    return near * (book.price_step / 0.08)[:, None]
