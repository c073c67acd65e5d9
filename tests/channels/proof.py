"""A validation written by hand. Its rate changes sharply at 45, one band is too small for a curve, and
one group is too small for a rate.
"""

from __future__ import annotations

import numpy as np

from salus.finding import Finding, Parameter
from salus.insight.statistics.calibration import Bin, Calibration
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import Survival, survival
from salus.insight.validation.band_followup import GONE, HAD_OUTCOME, BandFollowup
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.deciles import Break, Level
from salus.insight.validation.lift import LeadTime
from salus.insight.validation.misses import Miss, PriorScore
from salus.insight.validation.question import Question
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import compare_with_best
from salus.insight.validation.warnings import DataWarning

BANDS = ("healthy", "watch", "at_risk")
DAY = 20_400  # 2025-11-08
LEVELS = (
    Level(8, 30, 200, Interval(0.22, 0.15, 0.31)),
    Level(31, 45, 201, Interval(0.17, 0.11, 0.25)),
    Level(46, 70, 199, Interval(0.04, 0.02, 0.08)),
    Level(71, 71, 19, None),
    Level(72, 99, 200, Interval(0, 0, 0.02)),
)
BINS = (
    Bin(0.02, 150, Interval(0.01, 0.002, 0.04)),
    Bin(0.1, 151, Interval(0.12, 0.08, 0.18)),
    Bin(0.3, 12, None),
)
DAYS = (0,) * 12 + (20, 20, 45, 90, 90, 91, 140, 200, 365)


def misses() -> tuple[Miss, ...]:
    """Seven outcomes: three with a warning, four without. One entity had no score at first."""
    register = []
    for place, bands in enumerate(
        (
            ("watch", "watch", "at_risk"),
            ("at_risk", "at_risk", "at_risk"),
            ("watch", "at_risk", "watch"),
            ("healthy", "healthy", "watch"),
            (None, "watch", "watch"),
            ("healthy", "watch", "watch"),
            ("unknown", "watch", "healthy"),
        )
    ):
        prior_scores = tuple(
            PriorScore(back, None if band in (None, "unknown") else 40.0 + place, band)
            for back, band in zip((90, 60, 30), bands, strict=True)
        )
        register.append(
            Miss(
                id=f"A-{place}",
                label=f"Name {place}",
                day=DAY - 9 * place,
                prior_scores=prior_scores,
                missed="at_risk" not in bands,
                lowest=None if place == 6 else "open_tickets",
                points=None if place == 6 else 12.0 + place,
                missing=(),
            )
        )
    return tuple(register)


def waiting() -> dict[int, Survival]:
    """The curves of two bands. The worst band is too small for a curve."""
    draw = np.random.default_rng(5)
    curves = {}
    for place, mean in ((0, 6000.0), (1, 1500.0)):
        time = np.ceil(draw.exponential(mean, 80))
        curves[place] = survival(time.clip(max=400), time <= 400)
    return curves


def _verdict(word: str, outcome: str, auc: Interval, sign: float) -> Finding:
    """The finding of a verdict with this word."""
    side = "risk" if sign < 0 else "chance"
    values: dict[str, Parameter] = {"outcome": outcome, "horizon": 90, "auc": auc.value}
    values |= {"low": auc.low, "high": auc.high, "share": auc.value, "coin": 0.5}
    if word == "too few":
        return Finding("verdict.too_few", outcome=outcome, events=61, all=230, least=10)
    name = word.replace(" ", "_")
    return Finding(f"verdict.{name}" + ("" if word == "no evidence" else f"_{side}"), **values)


def validation(outcome: str = "churned", word: str = "evidence", sign: float = -1.0) -> Validation:
    """A complete validation."""
    auc = Interval(0.71, 0.66, 0.76)
    calibration = Calibration(
        rows=301,
        brier=0.1,
        brier_of_base=0.11,
        bins=BINS,
        intercept=Interval(0.1, -0.2, 0.4),
        slope=Interval(0.6, 0.4, 0.8),
        ece=None,
        ece_floor=None,
    )
    flows = {
        (0, 0): 60,
        (0, 1): 15,
        (0, HAD_OUTCOME): 5,
        (1, 1): 50,
        (1, 0): 8,
        (1, 2): 12,
        (1, HAD_OUTCOME): 9,
        (1, GONE): 1,
        (2, 2): 10,
        (2, HAD_OUTCOME): 5,
        (-1, -1): 2,
    }
    sizes = {0: 80, 1: 80, 2: 15, -1: 2}
    beside = (
        MeasureComparison("dimension adoption", 1.0, auc, Interval(0.0, -0.1, 0.1), "dimension"),
        MeasureComparison(
            "active_users", 0.9, Interval(0.68, 0.6, 0.7), Interval(0.03, 0.01, 0.05)
        ),
    )
    return Validation(
        question=Question(outcome=outcome, horizon=90, score="score", sign=sign, capacity=0.1),
        entity="account",
        days=(DAY - 400, DAY - 370, DAY),
        rows=819,
        unscored=4,
        entities=230,
        events=61,
        base_rate=Interval(0.1, 0.08, 0.12),
        auc=auc,
        average_precision=0.3,
        calibration=calibration,
        deciles=LEVELS,
        breaks=Break(Interval(45, 41, 48), 0.195, 0.02),
        lift=None,
        lead=LeadTime(len(DAYS), 20.0, 0.3, DAYS),
        segments=(),
        comparisons=beside,
        splits=None,
        misses=misses(),
        warnings=(DataWarning("warning.dead", measure="nps"),),
        verdict=_verdict(word, outcome, auc, sign),
        best_single=compare_with_best(beside) if word == "evidence" else None,
        followup=BandFollowup(DAY - 400, DAY - 300, 400, sizes, waiting(), flows),
    )
