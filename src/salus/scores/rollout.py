"""A rollout: a second model beside that of salus.yaml, and which of the two scores an entity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salus.errors import ModelError, Problem, UsageError
from salus.history.decisions import Decision, DecisionLog, Stage, current_trial
from salus.model.model import Model
from salus.model.read import read_text
from salus.sanitize import sanitize
from salus.scores.scores import Scores
from salus.workspace.workspace import Workspace

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class RolloutScope:
    """Which entities a model scores: none that are shown (`shadow`), a `part` (a share or a segment
    of the entities), or `all`.
    """

    stage: Stage
    share: float | None = None
    segment: str | None = None

    def describe(self, official: Model) -> str:
        """What the model does, without a subject.

        >>> from salus.model.source import Entity
        >>> model = Model(name="acme", entity=Entity(name="account", key="id"), dimensions=())
        >>> RolloutScope("part", share=0.2).describe(model)
        'scores about 20% of accounts'
        """
        scope = f"scores {self.entities(official)}"
        if self.stage == "shadow":
            return f"{scope} in the background: its scores are kept but not shown"
        return scope

    def entities(self, official: Model) -> str:
        """The entities that the model scores.

        >>> from salus.model.source import Entity
        >>> model = Model(name="acme", entity=Entity(name="account", key="id"), dimensions=())
        >>> RolloutScope("part", segment="emea").entities(model)
        'accounts in the segment `emea`'
        """
        entities = official.entity.names
        if self.share is not None:
            return f"about {100 * self.share:.4g}% of {entities}"
        if self.segment is not None:
            return f"{entities} in the segment `{sanitize(self.segment)}`"
        return f"all {entities}"

    def mask(self, rollout: int, official: Scores, ids: Sequence[str]) -> Mask:
        """Which of `ids` the model scores. A segment is that of the official model, on the date of
        `official`, which are its scores of all entities.
        """
        if self.share is not None:
            return share_mask(rollout, self.share, ids)
        if self.segment is None:
            return np.full(len(ids), self.stage == "all")
        names = [segment.name for segment in official.model.segments]
        if self.segment not in names:
            raise UsageError(
                f"a model is rolled out to the segment `{sanitize(self.segment)}`, but salus.yaml"
                " has no such segment any more",
                "put the segment back, or run `salus rollback`",
            )
        rows = np.flatnonzero(official.scored.cells.segment == names.index(self.segment))
        members = {official.ids[row] for row in rows}
        return np.array([key in members for key in ids], dtype=bool)


@dataclass(frozen=True)
class Rollout:
    """The decision in force, the model of salus.yaml and the candidate."""

    decision: Decision
    official: Model
    candidate: Model

    @property
    def scope(self) -> RolloutScope:
        return RolloutScope(self.decision.stage, self.decision.share, self.decision.segment)

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "stage": self.scope.stage,
            "share": self.scope.share,
            "segment": self.scope.segment,
            "model": {"name": self.candidate.name, "fingerprint": self.candidate.fingerprint},
            "since": self.decision.at.isoformat(),
        }

    def candidate_mask(self, official: Scores, ids: Sequence[str]) -> Mask:
        """Which of `ids` the candidate scores; `official` are the official model's scores of all
        entities.
        """
        return self.scope.mask(self.decision.rollout, official, ids)

    def split(self, official: Scores, candidate: Scores) -> tuple[Rows, Rows]:
        """The rows of `official` and the rows of `candidate` that are shown."""
        return (
            np.flatnonzero(~self.candidate_mask(official, official.ids)),
            np.flatnonzero(self.candidate_mask(official, candidate.ids)),
        )


def share_mask(rollout: int, share: float, ids: Sequence[str]) -> Mask:
    """Which of `ids` are in the share of a rollout."""
    return np.array([rollout_position(rollout, key) < share for key in ids], dtype=bool)


def rollout_position(rollout: int, entity: str) -> float:
    """A fixed number between 0 and 1 for an entity. Entities below the share are in the rollout, so
    a share that grows keeps the ones it had.

    >>> keys = ("A-17", "A-18")
    >>> [rollout_position(1, key) for key in keys] == [rollout_position(2, key) for key in keys]
    False
    """
    digest = hashlib.blake2b(
        entity.encode("utf-8"), digest_size=8, key=f"salus rollout {rollout}".encode()
    )
    return int.from_bytes(digest.digest(), "big") / 2**64


def active_rollout(workspace: Workspace) -> Rollout | None:
    """The rollout in force; None if the model of salus.yaml scores all entities, or if the
    workspace uses another model file.
    """
    if workspace.file != workspace.folder / "salus.yaml" or not workspace.decisions.path.exists():
        return None
    decision = current_trial(workspace.decisions.all())
    if decision is None or decision.fingerprint == workspace.model.fingerprint:
        return None
    candidate = load_candidate(workspace.folder, workspace.decisions, decision.model)
    return Rollout(decision, workspace.model, candidate)


def load_candidate(folder: Path, decisions: DecisionLog, name: str) -> Model:
    """The model of a kept text, with the fingerprint it had."""
    model = read_model_bytes(decisions.text(name), f"models/{name}.yaml", folder)
    return replace(model, fingerprint=name.partition("-")[0])


def read_model_bytes(content: bytes, file: str, folder: Path) -> Model:
    """The model in the bytes of a file. Files that it names are looked for in `folder`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ModelError(
            [Problem(file, None, None, "the file can't be read", "save it as UTF-8 text")]
        ) from None
    return read_text(text, file, folder)
