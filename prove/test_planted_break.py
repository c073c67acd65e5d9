"""A break planted at a score of 40 is found within its interval, and where there is none, none is told.

Worlds: 400 entities on 6 dates, a steady score each; the outcome comes with 20 % below 40 and 4 % from it on. In the second
kind of world entities have luck of their own, so that their rows resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special
from tests.insight.test_deciles import panel

from salus.insight.deciles import Break, break_of

SEEDS, FIRST, ENTITIES, DATES = 400, 1000, 400, 6
BREAK, BELOW, ABOVE = 40.0, 0.20, 0.04


def planted(score: np.ndarray) -> np.ndarray:
    return np.where(score < BREAK, BELOW, ABOVE)


def with_luck(score: np.ndarray, seed: int) -> np.ndarray:
    """Log odds moved by what each entity has for itself, standard deviation 1."""
    luck = np.repeat(np.random.default_rng(seed + 10**6).normal(size=ENTITIES), DATES)
    return special.expit(special.logit(planted(score)) + luck)


def found(rate: Callable[[np.ndarray, int], np.ndarray]) -> list[Break | None]:
    return [break_of(panel(seed, lambda score, seed=seed: rate(score, seed), ENTITIES, DATES))  # type: ignore[misc]
            for seed in range(FIRST, FIRST + SEEDS)]


def told(name: str, breaks: list[Break | None]) -> tuple[float, float]:
    """The shares of worlds with a break, and of those the share whose interval holds the true place."""
    there = [one for one in breaks if one is not None]
    held = float(np.mean([BREAK in one.score for one in there]))
    place, wide = (np.array([how(one.score) for one in there]) for how in (lambda at: at.value, lambda at: at.high - at.low))
    print(f"{name}: found in {len(there)} of {len(breaks)}, its interval holds {BREAK:g} in {held:.3f}, median width "
          f"{np.median(wide):.1f}, median distance {np.median(np.abs(place - BREAK)):.2f}")
    return len(there) / len(breaks), held


def test_the_planted_break() -> None:
    share, held = told("planted", found(lambda score, seed: planted(score)))
    assert share >= 0.99 and held >= 0.93


def test_the_planted_break_where_entities_have_luck_of_their_own() -> None:
    share, held = told("planted, with luck", found(with_luck))
    assert share >= 0.95 and held >= 0.93


def test_a_steady_slope_has_a_wide_interval() -> None:
    """From 20 % at a score of 0 to 4 % at 100 there is no break, but a best place to cut: the interval must show it."""
    breaks = [one for one in found(lambda score, seed: BELOW - (BELOW - ABOVE) * score / 100) if one is not None]
    wide = np.array([one.score.high - one.score.low for one in breaks])
    print(f"steady slope: told in {len(breaks)} of {SEEDS}, median width {np.median(wide):.1f}, a tenth under "
          f"{np.quantile(wide, 0.1):.1f}")
    assert np.median(wide) >= 20


def test_no_break_where_there_is_none() -> None:
    """One rate for all, and entities with luck of their own."""
    for name, luck in (("one rate", 0.0), ("one rate, with luck", 1.0)):
        def rate(score: np.ndarray, seed: int, luck: float = luck) -> np.ndarray:
            own = np.repeat(np.random.default_rng(seed + 10**6).normal(size=ENTITIES), DATES)
            return special.expit(special.logit(0.08) + luck * own)
        false = sum(one is not None for one in found(rate))
        print(f"{name}: a break told in {false} of {SEEDS}")
        assert false / SEEDS <= 0.03
