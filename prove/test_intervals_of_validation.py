"""The 95 % interval of an AUC holds the truth in 93 to 97 of 100 worlds, although rows of an entity
resemble each other.

Worlds: 300 entities on 12 monthly dates, each with a steady trait and a changing one, and an
outcome that follows both; an entity leaves with its first outcome. The truth is the AUC of one very
large world.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from salus.insight.statistics.auc import auc
from salus.insight.statistics.rates import rate
from salus.scoring.scored import Truths

WORLDS, ENTITIES, DATES = 1000, 300, 12


def world(seed: int, entities: int) -> tuple[np.ndarray, Truths, np.ndarray]:
    """Risk, outcome and entity of each row."""
    draw = np.random.default_rng(seed)
    steady = np.repeat(draw.normal(size=entities), DATES).reshape(entities, DATES)
    risk = steady + draw.normal(size=(entities, DATES))
    happened = draw.random((entities, DATES)) < special.expit(-4.2 + 0.8 * risk)
    present = np.cumsum(happened, axis=1) - happened == 0  # up to and including the first
    row, column = np.nonzero(present)
    return risk[row, column], happened[row, column], row


def test_coverage_of_auc_and_base_rate() -> None:
    risk, happened, entity = world(10**6, 400_000)
    true_auc, true_rate = auc(risk, happened, entity).value, float(happened.mean())
    held = [0, 0]
    for seed in range(WORLDS):
        sample = world(seed, ENTITIES)
        held[0] += true_auc in auc(*sample).interval
        held[1] += true_rate in rate(sample[1], sample[2])
    print(
        f"AUC {true_auc:.3f} held in {held[0] / WORLDS:.3f}, rate {true_rate:.4f} in"
        f" {held[1] / WORLDS:.3f}"
    )
    assert all(0.93 <= number / WORLDS <= 0.97 for number in held)


def test_coverage_of_a_paired_difference() -> None:
    """The risk against a noisier copy of it, on the same rows."""

    def noisy(risk: np.ndarray, seed: int) -> np.ndarray:
        return risk + np.random.default_rng(seed + 7).normal(size=len(risk))

    risk, happened, entity = world(10**6, 400_000)
    true = auc(risk, happened, entity).value - auc(noisy(risk, 0), happened, entity).value
    held = 0
    for seed in range(WORLDS):
        risk, happened, entity = world(seed, ENTITIES)
        held += true in auc(risk, happened, entity).against(
            auc(noisy(risk, seed), happened, entity)
        )
    print(f"difference {true:.3f} held in {held / WORLDS:.3f}")
    assert 0.93 <= held / WORLDS <= 0.97
