"""What buyers without a contract will still buy: BG/NBD for how often, Gamma-Gamma for how much.

BG/NBD (Fader, Hardie and Lee 2005): while a buyer is there, purchases come at a rate of its own
(gamma distributed, r and α); after each purchase it leaves for good with a chance of its own (beta
distributed, a and b). Gamma-Gamma (Fader and Hardie 2013): the value of a purchase varies about a
mean of its own, which doesn't depend on how often it buys.

Where nobody lapses, a runs to 0 and the model to that of Poisson purchases at gamma distributed
rates alone (NBD, Ehrenberg 1959). That limit is taken as it is: near it BG/NBD's own formula
subtracts numbers that agree in all their digits.

In: of each buyer `repeats` x (purchases after the first), `last` tₓ (time from the first to the
last) and `age` T (from the first until now), in the same unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from salus.scoring.scored import Floats

GAIN = 2.0  # in log likelihood, for two more parameters (Akaike 1974)
WIDE = 7.0  # logs of parameters within ±7 cost nothing; data that don't vary ask for more
EVALUATIONS = 5000


@dataclass(frozen=True)
class Buyers:
    """One row each."""

    repeats: Floats
    last: Floats
    age: Floats


@dataclass(frozen=True)
class BuyingModel:
    """Parameters of BG/NBD; a = 0: nobody leaves."""

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float = float("nan")  # log likelihood of the fit

    def alive(self, those: Buyers) -> Floats:
        """The probability that each is still there; 1 for those that never came back, whom nothing
        tells apart.
        """
        if self.a == 0:
            return np.ones(len(those.repeats))
        x, gone = those.repeats, self.a / (self.b + np.maximum(those.repeats, 1) - 1)
        silence = (self.r + x) * np.log((self.alpha + those.age) / (self.alpha + those.last))
        return np.where(x > 0, special.expit(-np.log(gone) - silence), 1.0)

    def expected(self, those: Buyers, time: float) -> Floats:
        """Purchases expected within `time` from now."""
        if self.a == 0:
            return self.steady(those, time)
        x, size = those.repeats, self.a + self.b + those.repeats - 1
        shrink = (self.alpha + those.age) / (self.alpha + those.age + time)
        series = special.hyp2f1(
            self.r + x, self.b + x, size, time / (self.alpha + those.age + time)
        )
        return np.asarray(
            size / (self.a - 1) * (1 - shrink ** (self.r + x) * series) * self.alive(those)
        )

    def steady(self, those: Buyers, time: float) -> Floats:
        """The same if each stays and keeps its rate: nobody can be expected to buy more than
        that.
        """
        return np.asarray((self.r + those.repeats) / (self.alpha + those.age) * time)


def fit_buying(those: Buyers) -> BuyingModel:
    """The most likely parameters; of buyers that leave only where they fit clearly better than
    buyers that stay.
    """
    stay, leave = _staying(those), _leaving(those)
    return leave if leave.likelihood - stay.likelihood > GAIN else stay


def _leaving(those: Buyers) -> BuyingModel:
    found, cost = _most_likely(
        lambda logs: -_likelihood(np.exp(logs), those), np.array([1.0, 0.0, 1.0, 1.0])
    )
    r, alpha, a, b = np.exp(found).tolist()
    return BuyingModel(r, alpha, a, b, -cost)


def _staying(those: Buyers) -> BuyingModel:
    """NBD, by the logs of the mean rate r ÷ α and of r: where rates are alike r and α are known
    only together.
    """

    def cost(logs: Floats) -> float:
        rate, r = np.exp(logs)
        alpha, x = r / rate, those.repeats
        each = (
            special.gammaln(r + x)
            - special.gammaln(r)
            + r * np.log(alpha)
            - (r + x) * np.log(alpha + those.age)
        )
        return -float(np.sum(each))

    logs, least = _most_likely(cost, np.array([0.0, 1.0]))
    rate, r = np.exp(logs).tolist()
    return BuyingModel(r, r / rate, 0.0, 1.0, -least)


def _likelihood(parameters: Floats, those: Buyers) -> float:
    r, alpha, a, b = parameters
    x, last, age = those.repeats, those.last, those.age
    fixed = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    fixed = (
        fixed
        + special.gammaln(a + b)
        + special.gammaln(b + x)
        - special.gammaln(b)
        - special.gammaln(a + b + x)
    )
    there = -(r + x) * np.log(alpha + age)
    left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    return float(np.sum(fixed + np.where(x > 0, np.logaddexp(there, left), there)))


@dataclass(frozen=True)
class SpendingModel:
    """Parameters of Gamma-Gamma."""

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """Of all customers."""
        return self.p * self.v / (self.q - 1)

    def expected(self, repeats: Floats, mean: Floats) -> Floats:
        """The mean value of a customer's purchases in the long run, from that of its repeats so
        far.
        """
        return np.asarray(self.p * (self.v + repeats * mean) / (self.p * repeats + self.q - 1))


def fit_spending(repeats: Floats, mean: Floats) -> SpendingModel:
    """The most likely parameters; customers with at least one repeat, and the mean value of their
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
    """The logs of parameters that cost least, from 0 on.

    Where `bounded` is 1 a log beyond ±WIDE costs the square of its excess: data that don't vary
    would send it to infinity, where rounding decides and the likelihood no more.
    """
    from scipy import optimize

    def bound(logs: Floats) -> float:
        beyond = bounded * np.maximum(np.abs(logs) - WIDE, 0.0)
        return cost(logs) + float(beyond @ beyond)

    found = optimize.minimize(
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
    return np.asarray(found.x), float(found.fun)
