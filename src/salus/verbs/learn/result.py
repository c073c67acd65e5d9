"""The result of `salus learn`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salus.channels.result import TextResult
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits
from salus.insight.learning.learning import Learned
from salus.insight.validation.question import Question
from salus.model.model import Model


@dataclass(frozen=True, kw_only=True)
class Proposal(TextResult):
    """What was learned, and the file it was written to; none where learning is refused."""

    question: Question
    found: Learned
    path: Path | None
    difference: str  # the proposed file against the model's, as a unified diff
    model: Model
    limits: tuple[Finding, ...] = ()  # what keeps it from being learned forward in time
    bands: BandLimits | None = None  # limits by risk, of the proposed model's scores

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    @property
    def reason(self) -> str:
        """Why it may be adopted or not; what keeps it from being learned forward in time comes
        first.
        """
        return self.words.paragraph([*self.limits, *self.found.reasons])

    def as_dict(self) -> dict[str, object]:
        """The document of `salus learn --json`."""
        found, trial = self.found, self.found.trial
        return {
            "outcome": self.question.outcome,
            "horizon_days": self.question.horizon,
            "events": found.events,
            "allowed": found.allowed,
            "reason": self.reason,
            "cross_sectional": found.cross_sectional,
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
            "curves": _curves_dict(found),
            "weights": {
                name: {"own": share, "learned": found.weights.get(name)}
                for name, share in found.own.items()
            },
            "limits": _limits_dict(self.bands, self.words) if self.bands else None,
            "model": None if self.path is None else str(self.path),
            "diff": self.difference,
        }


def _limits_dict(bands: BandLimits, words: Words) -> dict[str, Any]:
    """The limits, and in words why none are proposed."""
    reason = bands.reason
    return {**bands.as_dict(), "reason": None if reason is None else words.finding(reason)}


def _curves_dict(found: Learned) -> dict[str, Any] | None:
    """What curves gained over weights alone, and which measures have one in the proposal."""
    curves = found.trial.bend if found.trial else None
    if curves is None:
        return None
    return {
        "gain": curves.gain,
        "gain_ci": list(curves.gain_ci),
        "auc": curves.auc.value,
        "auc_ci": curves.auc.ends,
        "auc_difference": curves.auc_gain.value,
        "auc_difference_ci": curves.auc_gain.ends,
        "proposed": sorted(found.card.new_curves) if found.card else [],
    }
