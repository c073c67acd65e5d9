"""Renewal forecasts: quadrature, a fit against another way, and intervals that know of common luck."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special

from salus.insight.forecast.renewals import SDS, RenewalHistory, fit_renewals, simulate_renewals


def drawn(
    seed: int, sd: float, renewals: int = 1200, quarters: int = 12
) -> tuple[RenewalHistory, np.ndarray]:
    """A history with a common shock each quarter, and the generator's shocks."""
    draw = np.random.default_rng(seed)
    quarter = np.repeat(np.arange(quarters), renewals // quarters)
    score, shock = draw.uniform(20, 100, len(quarter)), sd * draw.normal(size=quarters)
    renewed = draw.random(len(quarter)) < special.expit(-1 + 0.05 * score + shock[quarter])
    return RenewalHistory(score, renewed, quarter), shock


def test_gauss_and_hermite() -> None:
    """E x² = 1 and E e^0.4x = 1.083287 by 15 nodes."""
    nodes, weights = special.roots_hermitenorm(15)
    weights = weights / weights.sum()
    assert weights @ nodes**2 == pytest.approx(1, abs=1e-12)
    assert weights @ np.exp(0.4 * nodes) == pytest.approx(1.083287, abs=1e-6)


def test_it_is_the_penalised_maximum() -> None:
    history, _ = drawn(1, 0.0)
    chances = fit_renewals(history)
    sign, x = np.where(history.renewed, 1, -1), (history.score - chances.center) / chances.scale

    def cost(beta: np.ndarray) -> float:
        return float(
            -np.sum(special.log_expit(sign * (beta[0] + beta[1] * x))) + 0.5 * (beta[1] / 1.5) ** 2
        )

    np.testing.assert_allclose(
        chances.beta, optimize.minimize(cost, [0, 0], tol=1e-12).x, atol=1e-4
    )


def test_a_common_shock_is_found_where_there_is_one() -> None:
    calm, rough = (float(SDS @ fit_renewals(drawn(2, sd)[0]).shocks) for sd in (0.0, 0.9))
    assert calm < 0.25
    assert rough > 0.5


def test_the_interval_is_wider_with_common_luck_and_holds_its_middle() -> None:
    score, value = np.full(200, 60.0), np.full(200, 10.0)
    calm, rough = (
        simulate_renewals(fit_renewals(drawn(3, sd)[0]), score, value) for sd in (0.0, 0.9)
    )
    for fitted in (calm, rough):
        assert fitted.total.low < fitted.total.value < fitted.total.high
        assert (fitted.low < fitted.probability).all() and (fitted.probability < fitted.high).all()
    assert rough.total.high - rough.total.low > 1.5 * (calm.total.high - calm.total.low)


def test_a_better_score_is_renewed_more_often() -> None:
    chances = simulate_renewals(fit_renewals(drawn(4, 0.3)[0]), np.linspace(20, 100, 9), np.ones(9))
    assert (np.diff(chances.probability) > 0).all()


def test_nothing_to_renew_is_nothing() -> None:
    chances = simulate_renewals(fit_renewals(drawn(5, 0.3)[0]), np.zeros(0), np.zeros(0))
    assert chances.total.value == chances.total.low == chances.total.high == 0


def test_what_is_lost_by_the_last_step_is_what_is_not_renewed() -> None:
    score, value = np.linspace(20, 100, 300), np.linspace(1, 50, 300)
    fitted, step = fit_renewals(drawn(6, 0.4)[0]), np.arange(300) % 3
    plain, chances = (
        simulate_renewals(fitted, score, value),
        simulate_renewals(fitted, score, value, step, 3),
    )
    assert (chances.total, plain.lost) == (plain.total, ())
    last, total = chances.lost[-1], value.sum()
    assert (total - last.value, total - last.high, total - last.low) == pytest.approx(
        (chances.total.value, chances.total.low, chances.total.high)
    )
    assert chances.lost[0].value == pytest.approx(
        ((1 - chances.probability) * value)[step == 0].sum()
    )
    alone = simulate_renewals(fitted, score[step == 0], value[step == 0]).total
    assert value[step == 0].sum() - chances.lost[0].high == pytest.approx(alone.low, rel=0.05)


@pytest.mark.parametrize(
    "value", [[7.0], [0.0], [0.1] * 30, [-5.0, 10.0, 3.0], [1e300, 2e300], [1e-300] * 3]
)
@pytest.mark.parametrize("lost", [0.001, 0.5, 0.999])
def test_what_is_renewed_or_lost_is_never_more_than_is_at_stake(
    value: list[float], lost: float
) -> None:
    draw, stake = np.random.default_rng(2), np.array(value)
    score = draw.uniform(0, 100, 600)
    renewed = draw.random(600) >= lost
    renewed[:2] = True, False
    chances = simulate_renewals(
        fit_renewals(RenewalHistory(score, renewed, np.repeat(np.arange(6), 100))),
        draw.uniform(0, 100, len(stake)),
        stake,
        np.zeros(len(stake), dtype=np.intp),
        1,
    )
    least, most = np.minimum(stake, 0).sum(), np.maximum(stake, 0).sum()
    for interval in (chances.total, *chances.lost):
        assert least <= interval.low <= interval.value <= interval.high <= most
