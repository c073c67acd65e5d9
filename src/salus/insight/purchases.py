"""What buyers without a contract will still buy: BG/NBD for how often, Gamma-Gamma for how much.

BG/NBD (Fader, Hardie and Lee 2005): while a buyer is there, purchases come at a rate of its own (gamma distributed,
r and α); after each purchase it leaves for good with a chance of its own (beta distributed, a and b). Gamma-Gamma (Fader and
Hardie 2013): the value of a purchase varies about a mean of its own, which doesn't depend on how often it buys.

In: of each buyer `repeats` x (purchases after the first), `last` tₓ (time from the first to the last) and `age` T (from
the first until now), in the same unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from salus.scoring.scored import Floats


@dataclass(frozen=True)
class Buyers:
    """One row each."""

    repeats: Floats
    last: Floats
    age: Floats


@dataclass(frozen=True)
class Buying:
    """Parameters of BG/NBD."""

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float = float("nan")         # log likelihood of the fit

    def alive(self, those: Buyers) -> Floats:
        """The probability that each is still there; 1 for those that never came back, whom nothing tells apart."""
        x, gone = those.repeats, self.a / (self.b + np.maximum(those.repeats, 1) - 1)
        ratio = ((self.alpha + those.age) / (self.alpha + those.last)) ** (self.r + x)
        return np.where(x > 0, 1 / (1 + gone * ratio), 1.0)

    def expected(self, those: Buyers, time: float) -> Floats:
        """Purchases expected within `time` from now."""
        x, size = those.repeats, self.a + self.b + those.repeats - 1
        shrink = (self.alpha + those.age) / (self.alpha + those.age + time)
        series = special.hyp2f1(self.r + x, self.b + x, size, time / (self.alpha + those.age + time))
        return np.asarray(size / (self.a - 1) * (1 - shrink ** (self.r + x) * series) * self.alive(those))


def buying(those: Buyers) -> Buying:
    """The most likely parameters."""
    found, cost = _most_likely(lambda logs: -_likelihood(np.exp(logs), those), 4)
    r, alpha, a, b = np.exp(found).tolist()
    return Buying(r, alpha, a, b, -cost)


def _likelihood(parameters: Floats, those: Buyers) -> float:
    r, alpha, a, b = parameters
    x, last, age = those.repeats, those.last, those.age
    fixed = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    fixed = fixed + special.gammaln(a + b) + special.gammaln(b + x) - special.gammaln(b) - special.gammaln(a + b + x)
    there = -(r + x) * np.log(alpha + age)
    left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    return float(np.sum(fixed + np.where(x > 0, np.logaddexp(there, left), there)))


@dataclass(frozen=True)
class Spending:
    """Parameters of Gamma-Gamma."""

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """Of all customers."""
        return self.p * self.v / (self.q - 1)

    def expected(self, repeats: Floats, mean: Floats) -> Floats:
        """The mean value of a customer's purchases in the long run, from that of its repeats so far."""
        return np.asarray(self.p * (self.v + repeats * mean) / (self.p * repeats + self.q - 1))


def spending(repeats: Floats, mean: Floats) -> Spending:
    """The most likely parameters; customers with at least one repeat, and the mean value of their repeats."""
    def cost(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        x, m = repeats, mean
        parts = special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(v)
        parts = parts + (p * x - 1) * np.log(m) + p * x * np.log(x) - (p * x + q) * np.log(v + x * m)
        return -float(np.sum(parts))
    p, q, v = np.exp(_most_likely(cost, 3)[0]).tolist()
    return Spending(p, q, v)


def _most_likely(cost: object, number: int) -> tuple[Floats, float]:
    """The logs of parameters that cost least, from 0 on."""
    from scipy import optimize
    found = optimize.minimize(cost, np.zeros(number), method="Nelder-Mead",
                              options={"maxiter": 20_000, "maxfev": 20_000, "xatol": 1e-9, "fatol": 1e-9, "adaptive": True})
    return np.asarray(found.x), float(found.fun)
