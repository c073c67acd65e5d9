"""Paths of scores: the pairs by a slow count, quantiles of known changes, ranges that hold on later
dates.
"""

from __future__ import annotations

import numpy as np

from salus.insight.forecast.score_transitions import estimate_transition, pair_scores


def walks(
    seed: int, entities: int, dates: int, sd: float = 5.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Random walks every 30 days: entity, day, score."""
    draw = np.random.default_rng(seed)
    steps = np.cumsum(draw.normal(0, sd, (entities, dates)), axis=1)
    score = np.clip(draw.uniform(30, 70, entities)[:, None] + steps, 0, 100)
    entity = np.repeat(np.arange(entities), dates)
    return entity, np.tile(30 * np.arange(dates), entities).astype(np.int32), score.ravel()


def test_pairs_are_those_of_a_count_by_hand() -> None:
    draw = np.random.default_rng(1)
    entity, day, score = walks(2, 20, 12)
    some = np.flatnonzero(draw.random(len(entity)) < 0.7)
    entity, day, score = (
        entity[some],
        day[some],
        np.where(draw.random(len(some)) < 0.1, np.nan, score[some]),
    )
    rows = {
        (e, d): s
        for e, d, s in zip(entity.tolist(), day.tolist(), score.tolist(), strict=True)
        if s == s
    }
    expected = sorted(
        (e, d, s, rows[e, d + 60]) for (e, d), s in rows.items() if (e, d + 60) in rows
    )
    pairs = pair_scores(entity, day, score, 60)
    assert (
        sorted(
            zip(
                pairs.entity.tolist(),
                pairs.day.tolist(),
                pairs.start.tolist(),
                pairs.end.tolist(),
                strict=True,
            )
        )
        == expected
    )
    assert len(expected) > 50


def test_the_range_of_a_known_change() -> None:
    """A step of sd 5: 10 % and 90 % lie 6.41 points off the middle, which stays."""
    transition = estimate_transition(pair_scores(*walks(3, 2000, 6), 30), 30)
    assert transition is not None
    low, middle, high = transition.ahead(np.array([50.0]))[0]
    np.testing.assert_allclose([low, middle, high], [43.59, 50, 56.41], atol=0.6)


def test_ranges_hold_on_later_dates_and_say_where_they_do_not() -> None:
    entity, day, score = walks(4, 400, 18, 2.0)
    calm = estimate_transition(pair_scores(entity, day, score, 60), 60)
    assert calm is not None and calm.held is not None
    assert calm.held.low - 0.01 < 0.8 < calm.held.high + 0.01
    assert calm.held.high - calm.held.low < 0.08
    wild = np.where(
        day >= 300,
        np.clip(score + np.random.default_rng(5).normal(0, 15, len(score)), 0, 100),
        score,
    )
    transition = estimate_transition(pair_scores(entity, day, wild, 60), 60)
    assert transition is not None and transition.held is not None
    assert transition.held.high < 0.65


def test_paths_stay_within_the_scale_and_in_order() -> None:
    transition = estimate_transition(pair_scores(*walks(6, 300, 12, 20.0), 30), 30)
    assert transition is not None
    ahead = transition.ahead(np.linspace(0, 100, 41))
    assert (ahead >= 0).all() and (ahead <= 100).all()
    assert (np.diff(ahead, axis=1) >= 0).all()


def test_equal_scores_are_one_level() -> None:
    entity, day, score = walks(7, 200, 6)
    transition = estimate_transition(pair_scores(entity, day, np.full(len(score), 60.0), 30), 30)
    assert transition is not None
    assert transition.ahead(np.array([60.0, 10.0])).tolist() == [[60.0] * 3, [10.0] * 3]


def test_few_pairs_are_no_path() -> None:
    assert estimate_transition(pair_scores(*walks(8, 20, 6), 30), 30) is None
    assert (
        estimate_transition(
            pair_scores(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0), 30),
            30,
        )
        is None
    )
