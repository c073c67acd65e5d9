"""Purchases of buyers without a contract: BG/NBD for how often, Gamma-Gamma for how much.

BG/NBD (Fader, Hardie and Lee 2005): while a buyer is active, it buys at its own rate (gamma
distributed with r and α). After each purchase it leaves for good with its own chance (beta
distributed with a and b). Gamma-Gamma (Fader and Hardie 2013): the amounts of a buyer vary around its
own mean, which doesn't depend on how often it buys.

Where nobody leaves, a goes to 0, and the model becomes that of Poisson purchases at gamma distributed
rates (NBD, Ehrenberg 1959). This limit is fitted separately: near it, the formula of BG/NBD subtracts
numbers that agree in all their digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from salus.scoring.scored import Floats

GAIN = 2.0  # in log likelihood, for two more parameters (Akaike 1974)
WIDE = 7.0  # logs of parameters within ±7 cost nothing; data without variation need more
EVALUATIONS = 5000


@dataclass(frozen=True)
class Buyers:
    """One row per buyer; times in the same unit."""

    repeats: Floats  # x: purchases after the first
    last: Floats  # tₓ: time from the first purchase to the last
    age: Floats  # T: time from the first purchase until now


@dataclass(frozen=True)
class BuyingModel:
    """The parameters of BG/NBD; with a = 0 nobody leaves."""

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float = float("nan")  # log likelihood of the fit

    def alive(self, buyers: Buyers) -> Floats:
        """The probability that each buyer is still active; 1 for buyers without a repeat, because
        nothing says more about them.
        """
        if self.a == 0:
            return np.ones(len(buyers.repeats))
        x, gone = buyers.repeats, self.a / (self.b + np.maximum(buyers.repeats, 1) - 1)
        silence = (self.r + x) * np.log((self.alpha + buyers.age) / (self.alpha + buyers.last))
        return np.where(x > 0, special.expit(-np.log(gone) - silence), 1.0)

    def expected(self, buyers: Buyers, time: float) -> Floats:
        """The purchases expected within `time` from now."""
        if self.a == 0:
            return self.steady(buyers, time)
        x, size = buyers.repeats, self.a + self.b + buyers.repeats - 1
        shrink = (self.alpha + buyers.age) / (self.alpha + buyers.age + time)
        series = special.hyp2f1(
            self.r + x, self.b + x, size, time / (self.alpha + buyers.age + time)
        )
        return np.asarray(
            size / (self.a - 1) * (1 - shrink ** (self.r + x) * series) * self.alive(buyers)
        )

    def steady(self, buyers: Buyers, time: float) -> Floats:
        """The purchases if each buyer stays and keeps its rate; no buyer is expected to buy more."""
        return np.asarray((self.r + buyers.repeats) / (self.alpha + buyers.age) * time)


def fit_buying(buyers: Buyers) -> BuyingModel:
    """The most likely parameters. Buyers leave only where that fits clearly better than buyers that
    stay.
    """
    stay, leave = _staying(buyers), _leaving(buyers)
    return leave if leave.likelihood - stay.likelihood > GAIN else stay


def _leaving(buyers: Buyers) -> BuyingModel:
    """BG/NBD."""
    logs, cost = _most_likely(
        lambda logs: -_likelihood(np.exp(logs), buyers), np.array([1.0, 0.0, 1.0, 1.0])
    )
    r, alpha, a, b = np.exp(logs).tolist()
    return BuyingModel(r, alpha, a, b, -cost)


def _staying(buyers: Buyers) -> BuyingModel:
    """NBD, by the logs of the mean rate r ÷ α and of r. Where rates are equal, only r ÷ α is
    known.
    """

    def cost(logs: Floats) -> float:
        rate, r = np.exp(logs)
        alpha, x = r / rate, buyers.repeats
        each = (
            special.gammaln(r + x)
            - special.gammaln(r)
            + r * np.log(alpha)
            - (r + x) * np.log(alpha + buyers.age)
        )
        return -float(np.sum(each))

    logs, least = _most_likely(cost, np.array([0.0, 1.0]))
    rate, r = np.exp(logs).tolist()
    return BuyingModel(r, r / rate, 0.0, 1.0, -least)


def _likelihood(parameters: Floats, buyers: Buyers) -> float:
    """The log likelihood of BG/NBD."""
    r, alpha, a, b = parameters
    x, last, age = buyers.repeats, buyers.last, buyers.age
    fixed = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    fixed = (
        fixed
        + special.gammaln(a + b)
        + special.gammaln(b + x)
        - special.gammaln(b)
        - special.gammaln(a + b + x)
    )
    active = -(r + x) * np.log(alpha + age)
    left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    return float(np.sum(fixed + np.where(x > 0, np.logaddexp(active, left), active)))


@dataclass(frozen=True)
class SpendingModel:
    """The parameters of Gamma-Gamma."""

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """The mean amount of all buyers."""
        return self.p * self.v / (self.q - 1)

    def expected(self, repeats: Floats, mean: Floats) -> Floats:
        """The long-run mean amount of each buyer, from the number and mean of its repeats so far."""
        return np.asarray(self.p * (self.v + repeats * mean) / (self.p * repeats + self.q - 1))


def fit_spending(repeats: Floats, mean: Floats) -> SpendingModel:
    """The most likely parameters, from buyers with at least one repeat and the mean amount of their
    repeats.
    """

    def cost(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        x, m = repeats, mean
        parts = (
            special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(v)
        )
        parts = (
            parts + (p * x - 1) * np.log(m) + p * x * np.log(x) - (p * x + q) * np.log(v + x * m)
        )
        return -float(np.sum(parts))

    p, q, v = np.exp(_most_likely(cost, np.ones(3))[0]).tolist()
    return SpendingModel(p, q, v)


def _most_likely(cost: Callable[[Floats], float], bounded: Floats) -> tuple[Floats, float]:
    """The logs of the parameters with the lowest cost, starting from 0.

    Where `bounded` is 1, a log beyond ±WIDE costs the square of its excess. Otherwise data without
    variation would send it to infinity, where only rounding decides.
    """
    from scipy import optimize

    def bound(logs: Floats) -> float:
        beyond = bounded * np.maximum(np.abs(logs) - WIDE, 0.0)
        return cost(logs) + float(beyond @ beyond)

    result = optimize.minimize(
        bound,
        np.zeros(len(bounded)),
        method="Nelder-Mead",
        options={
            "maxiter": EVALUATIONS,
            "maxfev": EVALUATIONS,
            "xatol": 1e-9,
            "fatol": 1e-9,
            "adaptive": True,
        },
    )
    return np.asarray(result.x), float(result.fun)
