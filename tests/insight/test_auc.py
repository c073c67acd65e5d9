"""AUC against counting every pair, and its errors against drawing entities anew."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from salus.insight.statistics.auc import auc, average_precision


def drawn(
    seed: int, entities: int = 30, rows: int = 4
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Risks with ties, outcomes that follow them somewhat, and the entity of each row."""
    draw = np.random.default_rng(seed)
    entity = np.repeat(np.arange(entities), rows)
    new_curves = np.repeat(draw.normal(size=entities), rows)
    risk = np.round(new_curves + draw.normal(size=len(entity)), 1)
    return risk, draw.random(len(entity)) < 1 / (1 + np.exp(1 - new_curves)), entity


def pairs(risk: np.ndarray, had_outcome: np.ndarray) -> float:
    """Of all pairs the share that is in order; ties count half."""
    wins = [(a > b) + 0.5 * (a == b) for a, b in product(risk[had_outcome], risk[~had_outcome])]
    return sum(wins) / len(wins)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_share_of_pairs_in_order(seed: int) -> None:
    risk, had_outcome, entity = drawn(seed)
    assert auc(risk, had_outcome, entity).value == pytest.approx(
        pairs(risk, had_outcome), abs=1e-12
    )


def test_the_same_rows_twice_are_no_more_evidence() -> None:
    risk, had_outcome, entity = drawn(7)
    once, twice = (
        auc(risk, had_outcome, entity),
        auc(np.tile(risk, 2), np.tile(had_outcome, 2), np.tile(entity, 2)),
    )
    assert twice.value == pytest.approx(once.value, abs=1e-12)
    assert twice.error == pytest.approx(once.error, abs=1e-12)
    assert (
        auc(np.tile(risk, 2), np.tile(had_outcome, 2), np.arange(2 * len(risk))).error
        < 0.8 * once.error
    )


def test_row_order_does_not_matter() -> None:
    risk, had_outcome, entity = drawn(8)
    order = np.random.default_rng(0).permutation(len(risk))
    first, other = (
        auc(risk, had_outcome, entity),
        auc(risk[order], had_outcome[order], entity[order]),
    )
    assert (first.value, first.error) == pytest.approx((other.value, other.error), abs=1e-12)


def test_the_error_is_that_of_other_entities() -> None:
    """Many worlds of the same kind: the spread of the AUC among them is what the error says."""
    aucs = [auc(*drawn(seed, 60)) for seed in range(300)]
    assert np.mean([sample.error for sample in aucs]) == pytest.approx(
        np.std([sample.value for sample in aucs]), rel=0.12
    )


def test_a_difference_is_that_of_the_values_and_smaller_for_numbers_alike() -> None:
    risk, had_outcome, entity = drawn(9)
    noise = np.random.default_rng(1).normal(size=len(risk))
    near, far = risk + 0.1 * noise, noise
    score = auc(risk, had_outcome, entity)
    for other in (near, far):
        other_auc = auc(other, had_outcome, entity)
        assert score.against(other_auc).value == pytest.approx(
            score.value - other_auc.value, abs=1e-12
        )
    wide = [score.against(auc(other, had_outcome, entity)) for other in (near, far)]
    assert wide[0].high - wide[0].low < 0.5 * (wide[1].high - wide[1].low)
    same = score.against(score)
    assert (same.low, same.high) == (0.0, 0.0)


def test_all_in_order_is_not_certain() -> None:
    score = auc(
        np.array([3.0, 2.0, 1.0, 0.0]), np.array([True, True, False, False]), np.arange(4)
    ).interval
    assert score.value == 1.0 and score.high == 1.0 and score.low < 0.5


def test_average_precision_steps_through_the_levels() -> None:
    """By hand: at .9 one of one, at .5 two of four (three tied rows, one of them with the outcome)."""
    risk, had_outcome = (
        np.array([0.9, 0.5, 0.5, 0.5, 0.1]),
        np.array([True, True, False, False, False]),
    )
    assert average_precision(risk, had_outcome) == pytest.approx((1 / 1 + 2 / 4) / 2)
