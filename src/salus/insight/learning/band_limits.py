"""Limits of bands that follow from risk: the worst band from twice the usual rate on, the best one
up to half of it.

The rate at a score is a logistic fit over the rows: logit P = a + b · score. What each band then
holds is counted, not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from salus.finding import Finding
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import FEWEST, rate
from salus.insight.statistics.walk_forward import logistic
from salus.insight.validation.misses import Miss
from salus.insight.validation.panel import Panel
from salus.model.model import Model

HIGH, LOW = 2.0, 0.5  # times the usual rate
COIN = 0.5


@dataclass(frozen=True)
class BandShare:
    """What a band holds: a share of all rows, their rate of the outcome (None: too few rows), a
    share of all outcomes.
    """

    name: str
    low: float  # the score from which on it reaches
    share: Interval
    rate: Interval | None
    captured: Interval

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name,
            "from": self.low,
            "share": self.share.value,
            "share_ci": self.share.ends,
            "rate": self.rate.value if self.rate else None,
            "rate_ci": self.rate.ends if self.rate else None,
            "captured": self.captured.value,
            "captured_ci": self.captured.ends,
        }


@dataclass(frozen=True)
class BandLimits:
    """Limits for every band, best first, and what each band then holds; empty with a `reason` where
    none are proposed.
    """

    base_rate: float | None  # None where it wasn't looked at
    limits: tuple[tuple[str, float], ...] = ()
    shares: tuple[BandShare, ...] = ()
    reason: Finding | None = None
    at_risk: float | None = (
        None  # the score below which risk is at least twice the usual, proposed or not
    )

    def as_dict(self) -> dict[str, object]:
        """The JSON form without the reason, which needs words."""
        return {
            "base_rate": self.base_rate,
            "limits": dict(self.limits),
            "bands": [share.as_dict() for share in self.shares],
        }


def band_limits(model: Model, panel: Panel) -> BandLimits:
    """Of the main score in the rows, which all have one; in whole points. Bands between the best
    and the worst keep theirs.
    """
    base = float(panel.had_outcome.mean())
    if not panel.had_outcome.any() or panel.had_outcome.all():
        return BandLimits(base, reason=Finding("bands.alike"))
    if auc(-panel.score, panel.had_outcome, panel.entity).interval.low <= COIN:
        return BandLimits(base, reason=Finding("bands.no_sign"))
    if any(not isinstance(limit, float) for _, limit in model.bands):
        return BandLimits(base, reason=Finding("bands.percentiles"))
    intercept, slope = logistic(panel.score, panel.had_outcome)
    worst, best = (_score_at(share * base, intercept, slope) for share in (HIGH, LOW))
    own = [(name, float(limit)) for name, limit in model.bands if isinstance(limit, float)]
    limits = _replaced(own, worst, best)
    if limits is None:
        return BandLimits(
            base,
            reason=Finding("bands.no_limit"),
            at_risk=worst,
        )
    return BandLimits(base, limits, tuple(_shares(limits, panel)), at_risk=worst)


def _score_at(chance: float, intercept: float, slope: float) -> float | None:
    """The score with this chance, in whole points; None where no score has it."""
    if chance >= 1 or slope >= 0:
        return None
    score = float(np.round((float(special.logit(chance)) - intercept) / slope))
    return score if 0 < score < 100 else None


def _replaced(
    own: list[tuple[str, float]], worst: float | None, best: float | None
) -> tuple[tuple[str, float], ...] | None:
    """The limits with the two that are known; None where there is no worst one, or they don't fall
    strictly.
    """
    if worst is None or len(own) < 2:
        return None
    found = list(own)
    found[0] = (own[0][0], best if best is not None and len(own) > 2 else own[0][1])
    found[-2] = (own[-2][0], worst)
    falling = all(before > after for (_, before), (_, after) in zip(found, found[1:], strict=False))
    return tuple(found) if falling else None


def _shares(limits: tuple[tuple[str, float], ...], panel: Panel) -> list[BandShare]:
    place = np.array([_position(limits, score) for score in panel.score.tolist()])
    found = []
    for position, (name, low) in enumerate(limits):
        there = place == position
        rows = panel.at(np.flatnonzero(there))
        found.append(
            BandShare(
                name,
                low,
                rate(there, panel.entity),
                rate(rows.had_outcome, rows.entity) if len(rows) >= FEWEST else None,
                rate(there[panel.had_outcome], panel.entity[panel.had_outcome]),
            )
        )
    return found


def _position(limits: tuple[tuple[str, float], ...], score: float) -> int:
    return next(place for place, (_, low) in enumerate(limits) if score >= low)


@dataclass(frozen=True)
class MissedOutcomes:
    """How many of those with the outcome the worst band missed, and how many of these another limit
    would have caught.
    """

    band: str
    missed: int
    all: int
    limit: float | None  # None: no higher limit is proposed
    caught: int

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "band": self.band,
            "missed": self.missed,
            "of": self.all,
            "limit": self.limit,
            "caught": self.caught,
        }


def count_missed(
    model: Model, misses: tuple[Miss, ...], found: BandLimits
) -> MissedOutcomes | None:
    """None without any outcome. Caught is who had a score below the limit on one of the days that
    the register looks at.
    """
    if not misses:
        return None
    lost = [one for one in misses if one.missed]
    own, limit = model.bands[-2][1] if len(model.bands) > 1 else 0.0, found.at_risk
    higher = limit if limit is not None and isinstance(own, float) and limit > own else None
    caught = 0 if higher is None else sum(_below(one, higher) for one in lost)
    return MissedOutcomes(model.bands[-1][0], len(lost), len(misses), higher, caught)


def _below(one: Miss, limit: float) -> bool:
    return any(prior.score is not None and prior.score < limit for prior in one.prior_scores)
