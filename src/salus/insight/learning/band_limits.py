"""Band limits from risk: the worst band begins at twice the usual rate of the outcome, the best band
at half of it.

The rate at a score comes from a logistic fit over the rows: logit P = a + b · score. The share and
rate of each band are counted, not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import special

from salus.finding import Finding
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import FEWEST, rate
from salus.insight.statistics.walk_forward import fit_logistic
from salus.insight.validation.misses import Miss
from salus.insight.validation.panel import Panel
from salus.model.model import Model

HIGH, LOW = 2.0, 0.5  # times the usual rate
COIN = 0.5  # the AUC of chance


@dataclass(frozen=True)
class BandShare:
    """What a band holds."""

    name: str
    low: float  # the lowest score of the band
    share: Interval  # of all rows
    rate: Interval | None  # of the outcome among these rows; None: too few rows
    captured: Interval  # the share of all outcomes

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
    """Limits for every band, best first, and what each band then holds; or a `reason` why none are
    proposed.
    """

    base_rate: float | None  # None where it wasn't measured
    limits: tuple[tuple[str, float], ...] = ()
    shares: tuple[BandShare, ...] = ()
    reason: Finding | None = None
    at_risk: float | None = None  # the score below which risk is at least twice the usual

    def as_dict(self) -> dict[str, object]:
        """The JSON form without the reason, which needs words."""
        return {
            "base_rate": self.base_rate,
            "limits": dict(self.limits),
            "bands": [share.as_dict() for share in self.shares],
        }


def band_limits(model: Model, panel: Panel) -> BandLimits:
    """The limits in whole points, from rows that all have a score. Bands between the best and the
    worst keep their limits.
    """
    base = float(panel.had_outcome.mean())
    if not panel.had_outcome.any() or panel.had_outcome.all():
        return BandLimits(base, reason=Finding("bands.alike"))
    if auc(-panel.score, panel.had_outcome, panel.entity).interval.low <= COIN:
        return BandLimits(base, reason=Finding("bands.no_sign"))
    if any(not isinstance(limit, float) for _, limit in model.bands):
        return BandLimits(base, reason=Finding("bands.percentiles"))
    intercept, slope = fit_logistic(panel.score, panel.had_outcome)
    worst, best = (_score_at(share * base, intercept, slope) for share in (HIGH, LOW))
    own = [(name, float(limit)) for name, limit in model.bands if isinstance(limit, float)]
    limits = _replace_limits(own, worst, best)
    if limits is None:
        return BandLimits(
            base,
            reason=Finding("bands.no_limit"),
            at_risk=worst,
        )
    return BandLimits(base, limits, tuple(_shares(limits, panel)), at_risk=worst)


def _score_at(chance: float, intercept: float, slope: float) -> float | None:
    """The score with this chance in whole points; None where no score has it."""
    if chance >= 1 or slope >= 0:
        return None
    score = float(np.round((float(special.logit(chance)) - intercept) / slope))
    return score if 0 < score < 100 else None


def _replace_limits(
    own: list[tuple[str, float]], worst: float | None, best: float | None
) -> tuple[tuple[str, float], ...] | None:
    """The limits with a new worst and best one. None without a worst one, or where they don't fall
    strictly.
    """
    if worst is None or len(own) < 2:
        return None
    limits = list(own)
    limits[0] = (own[0][0], best if best is not None and len(own) > 2 else own[0][1])
    limits[-2] = (own[-2][0], worst)
    falling = all(before > after for (_, before), (_, after) in pairwise(limits))
    return tuple(limits) if falling else None


def _shares(limits: tuple[tuple[str, float], ...], panel: Panel) -> list[BandShare]:
    """What each band holds with these limits."""
    positions = np.array([_position(limits, score) for score in panel.score.tolist()])
    shares = []
    for position, (name, low) in enumerate(limits):
        inside = positions == position
        rows = panel.at(np.flatnonzero(inside))
        shares.append(
            BandShare(
                name,
                low,
                rate(inside, panel.entity),
                rate(rows.had_outcome, rows.entity) if len(rows) >= FEWEST else None,
                rate(inside[panel.had_outcome], panel.entity[panel.had_outcome]),
            )
        )
    return shares


def _position(limits: tuple[tuple[str, float], ...], score: float) -> int:
    """The position of the band that holds a score."""
    return next(place for place, (_, low) in enumerate(limits) if score >= low)


@dataclass(frozen=True)
class MissedOutcomes:
    """The entities with the outcome that the worst band missed, and that another limit would have
    caught.
    """

    band: str
    missed: int
    all: int  # entities with the outcome
    limit: float | None  # None: no higher limit is proposed
    caught: int  # of the missed ones, by this limit

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
    model: Model, misses: tuple[Miss, ...], limits: BandLimits
) -> MissedOutcomes | None:
    """What the worst band missed; None without any outcome. A limit catches an entity that had a
    lower score on one of the days before.
    """
    if not misses:
        return None
    missed = [miss for miss in misses if miss.missed]
    own, limit = model.bands[-2][1] if len(model.bands) > 1 else 0.0, limits.at_risk
    higher = limit if limit is not None and isinstance(own, float) and limit > own else None
    caught = 0 if higher is None else sum(_was_below(miss, higher) for miss in missed)
    return MissedOutcomes(model.bands[-1][0], len(missed), len(misses), higher, caught)


def _was_below(miss: Miss, limit: float) -> bool:
    return any(prior.score is not None and prior.score < limit for prior in miss.prior_scores)
