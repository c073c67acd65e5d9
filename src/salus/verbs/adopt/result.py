"""A decision about which model scores which entities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salus.channels.result import TextResult
from salus.history.decisions import Decision
from salus.model.model import Model


@dataclass(frozen=True)
class ShareCount:
    """How many of the entities that were scored last are in a share."""

    entities: int  # in the share
    scored: int  # in all


@dataclass(frozen=True, kw_only=True)
class AdoptionResult(TextResult):
    """A decision about which model scores which entities."""

    decision: Decision
    official: Model  # the model of salus.yaml from now on
    model: Model  # the model that the decision is about
    replaced: str | None = None  # the file that keeps the previous text of salus.yaml
    file: Path | None = None  # the file that was adopted; None for a rollback
    share_count: ShareCount | None = None  # None if no share was adopted, or nothing is scored yet
    undone: Decision | None = None  # the decision that a rollback undid

    def _subject(self) -> str:
        return self.decision.stage

    def _values(self) -> dict[str, object]:
        return self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """The document of `salus adopt --json` and `salus rollback --json`."""
        decision = self.decision
        return {
            "at": decision.at.isoformat(),
            "stage": decision.stage,
            "share": decision.share,
            "segment": decision.segment,
            "rollout": decision.rollout,
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "official": {"name": self.official.name, "fingerprint": self.official.fingerprint},
            "replaced": self.replaced,
        }
