"""A break planted at a score of 40 is found within its interval, and where there is none, none is
reported.

Worlds: entities on 6 dates with a steady score each. The outcome happens to 20 % below 40 and to 4
% from 40 on. In some worlds entities have luck of their own, so that their rows resemble each
other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import special
from tests.insight.test_deciles import panel

from salus.insight.validation.deciles import Break, find_break

SEEDS, FIRST, DATES = 400, 1000, 6
BREAK, BELOW, ABOVE = 40.0, 0.20, 0.04


def planted(score: np.ndarray) -> np.ndarray:
    return np.where(score < BREAK, BELOW, ABOVE)


def slope(score: np.ndarray) -> np.ndarray:
    return BELOW - (BELOW - ABOVE) * score / 100


def level(score: np.ndarray) -> np.ndarray:
    return np.full(len(score), 0.08)


def breaks(
    rate: Callable[[np.ndarray], np.ndarray], entities: int, luck: float = 0.0
) -> list[Break]:
    """The breaks reported in all worlds. `luck`: the standard deviation of the change of each
    entity's log odds.
    """

    def world(seed: int) -> Break | None:
        own = luck * np.repeat(np.random.default_rng(seed + 10**6).normal(size=entities), DATES)
        return find_break(
            panel(
                seed, lambda score: special.expit(special.logit(rate(score)) + own), entities, DATES
            )
        )

    return [each for each in map(world, range(FIRST, FIRST + SEEDS)) if each is not None]


def widths(found_breaks: list[Break]) -> np.ndarray:
    return np.array([each.score.high - each.score.low for each in found_breaks])


@pytest.mark.parametrize(("entities", "luck"), [(400, 0.0), (400, 1.0), (120, 0.0), (120, 1.0)])
def test_the_planted_break(entities: int, luck: float) -> None:
    reported = breaks(planted, entities, luck)
    held = float(np.mean([BREAK in each.score for each in reported]))
    far = float(np.median([abs(each.score.value - BREAK) for each in reported]))
    print(
        f"{entities} entities, luck {luck:g}: told in {len(reported) / SEEDS:.3f}, its interval holds"
        f" {BREAK:g} in {held:.3f}, median width {np.median(widths(reported)):.1f}, median distance"
        f" {far:.2f}"
    )
    assert len(reported) / SEEDS >= 0.95 and held >= 0.93


@pytest.mark.parametrize("luck", [0.0, 1.0])
def test_no_break_where_there_is_none(luck: float) -> None:
    reported = breaks(level, 400, luck)
    print(f"one rate, luck {luck:g}: told in {len(reported) / SEEDS:.4f}")
    assert len(reported) / SEEDS <= 0.02


def test_a_steady_slope_mostly_has_a_wide_interval() -> None:
    """From 20 % at a score of 0 to 4 % at 100 there is no break, but a best place to cut."""
    reported = breaks(slope, 400)
    wide = widths(reported)
    print(
        f"steady slope: told in {len(reported) / SEEDS:.3f}, median width {np.median(wide):.1f}, a"
        f" tenth under {np.quantile(wide, 0.1):.1f}"
    )
    assert np.median(wide) >= 20
