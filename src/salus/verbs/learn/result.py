"""The result of `salus learn`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salus.channels.result import RowResult, shorten
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits
from salus.insight.learning.learning import Learned
from salus.insight.validation.question import Question
from salus.model.model import Model


@dataclass(frozen=True)
class WeightProposal:
    """The weight of one measure in both models, as a share of the score, 0 to 1."""

    measure: str
    own: float  # in the present model
    learned: float | None  # in the proposed model; None if nothing could be learned

    def as_dict(self) -> dict[str, object]:
        """The measure and both shares."""
        return {"measure": self.measure, "own": self.own, "learned": self.learned}


@dataclass(frozen=True, kw_only=True)
class Proposal(RowResult[WeightProposal]):
    """The learned weights with their evidence, and the file of the proposed model.

    As rows: each measure with its share of the score in the present and in the proposed model.
    """

    question: Question  # the outcome and the horizon
    learned: Learned  # the weights and their evidence
    path: Path | None  # the proposed file; None if nothing could be learned
    difference: str  # from the model's file to the proposed one, as a unified diff
    model: Model  # the present model
    limits: tuple[Finding, ...] = ()  # why it can't be tested forward in time
    bands: BandLimits | None = None  # limits of the bands that follow from risk

    @property
    def rows(self) -> tuple[WeightProposal, ...]:
        """The weight of each measure, in the order of the model."""
        weights = self.learned.weights
        return tuple(
            WeightProposal(name, share, weights.get(name))
            for name, share in self.learned.own.items()
        )

    def _subject(self) -> str:
        return shorten(self.question.outcome)

    def _values(self) -> dict[str, object]:
        trial = self.learned.trial
        return {
            "allowed": self.learned.allowed,
            "reason": self.reason,
            "events": self.learned.events,
            "auc own": trial.auc_own.value if trial else None,
            "auc learned": trial.auc_learned.value if trial else None,
            "file": None if self.path is None else str(self.path),
        }

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    @property
    def reason(self) -> str:
        """Why it may be adopted or not. Why it can't be tested forward in time comes first."""
        return self.words.paragraph([*self.limits, *self.learned.reasons])

    def as_dict(self) -> dict[str, object]:
        """The document of `salus learn --json`."""
        learned, trial = self.learned, self.learned.trial
        return {
            "outcome": self.question.outcome,
            "horizon_days": self.question.horizon,
            "events": learned.events,
            "allowed": learned.allowed,
            "reason": self.reason,
            "cross_sectional": learned.cross_sectional,
            "gain": trial.gain if trial else None,
            "gain_ci": list(trial.gain_ci) if trial else None,
            "auc": (
                {
                    "own": trial.auc_own.value,
                    "own_ci": trial.auc_own.ends,
                    "learned": trial.auc_learned.value,
                    "learned_ci": trial.auc_learned.ends,
                    "difference": trial.auc_gain.value,
                    "difference_ci": trial.auc_gain.ends,
                    "rows": trial.rows,
                    "events": trial.events,
                }
                if trial
                else None
            ),
            "curves": _curves_dict(learned),
            "weights": {row.measure: {"own": row.own, "learned": row.learned} for row in self.rows},
            "limits": _limits_dict(self.bands, self.words) if self.bands else None,
            "model": None if self.path is None else str(self.path),
            "diff": self.difference,
        }


def _limits_dict(bands: BandLimits, words: Words) -> dict[str, Any]:
    """The limits, and why none are proposed."""
    reason = bands.reason
    return {**bands.as_dict(), "reason": None if reason is None else words.finding(reason)}


def _curves_dict(learned: Learned) -> dict[str, Any] | None:
    """What new curves gain over weights alone, and which measures get one."""
    curves = learned.trial.bend if learned.trial else None
    if curves is None:
        return None
    return {
        "gain": curves.gain,
        "gain_ci": list(curves.gain_ci),
        "auc": curves.auc.value,
        "auc_ci": curves.auc.ends,
        "auc_difference": curves.auc_gain.value,
        "auc_difference_ci": curves.auc_gain.ends,
        "proposed": sorted(learned.card.new_curves) if learned.card else [],
    }
