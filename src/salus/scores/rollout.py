"""A second model on trial beside that of salus.yaml: which of the two speaks for an entity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.errors import ModelError, Problem, UsageError
from salus.history.decisions import Decision, Decisions, Stage, on_trial
from salus.model.model import Model
from salus.model.read import read_text
from salus.sanitize import sanitize
from salus.scores.scores import Scores
from salus.workspace.workspace import Workspace

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Reach:
    """How far a model speaks: not at all (`shadow`), for a `part` (a share or a segment of the
    entities), or for `all`.
    """

    stage: Stage
    share: float | None = None
    segment: str | None = None

    def told(self, official: Model) -> str:
        """In words.

        >>> from salus.model.source import Entity
        >>> Reach("part", share=0.2).told(Model("acme", Entity("account", "id"), ()))
        'speaks for 20% of accounts'
        """
        many = f"{official.entity.names}"
        if self.share is not None:
            return f"speaks for {100 * self.share:.4g}% of {many}"
        if self.segment is not None:
            return f"speaks for {many} in the segment `{sanitize(self.segment)}`"
        return (
            "is scored and kept but not shown"
            if self.stage == "shadow"
            else f"speaks for all {many}"
        )

    def within(self, rollout: int, official: Scores, ids: Sequence[str]) -> Truths:
        """Whom of `ids` it reaches. A segment is the official model's, as it is on the date of
        these scores of everybody.
        """
        if self.share is not None:
            return np.array([place(rollout, one) < self.share for one in ids], dtype=bool)
        if self.segment is None:
            return np.full(len(ids), self.stage == "all")
        names = [one.name for one in official.model.segments]
        if self.segment not in names:
            raise UsageError(
                f"a model is rolled out to the segment `{sanitize(self.segment)}`, which salus.yaml no"
                " longer has",
                "put the segment back, or run `salus rollback`",
            )
        inside = np.flatnonzero(official.scored.cells.segment == names.index(self.segment))
        there = {official.ids[row] for row in inside}
        return np.array([one in there for one in ids], dtype=bool)


@dataclass(frozen=True)
class Rollout:
    """The decision in force, the model of salus.yaml and the one on trial."""

    decision: Decision
    official: Model
    candidate: Model

    @property
    def reach(self) -> Reach:
        return Reach(self.decision.stage, self.decision.share, self.decision.segment)

    def __str__(self) -> str:
        """For whom the candidate speaks, in words."""
        return self.reach.told(self.official)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "stage": self.reach.stage,
            "share": self.reach.share,
            "segment": self.reach.segment,
            "model": {"name": self.candidate.name, "fingerprint": self.candidate.fingerprint},
            "since": self.decision.at.isoformat(),
        }

    def candidates(self, official: Scores, ids: Sequence[str]) -> Truths:
        """Whom of `ids` the candidate speaks for; `official` are the scores of everybody by the
        official model.
        """
        return self.reach.within(self.decision.rollout, official, ids)


def place(rollout: int, entity: str) -> float:
    """Where an entity stands between 0 and 1 in a rollout: those below a share are in it, so a
    share that grows keeps them.

    >>> [round(place(1, one), 3) for one in ("A-17", "A-18")] == [round(place(2, one), 3) for one in ("A-17", "A-18")]
    False
    """
    digest = hashlib.blake2b(
        entity.encode("utf-8"), digest_size=8, key=f"salus rollout {rollout}".encode()
    )
    return int.from_bytes(digest.digest(), "big") / 2**64


def active_rollout(workspace: Workspace) -> Rollout | None:
    """The trial in force; None where the model of salus.yaml scores everybody, or where another
    model was asked for.
    """
    if workspace.file != workspace.folder / "salus.yaml" or not workspace.decisions.path.exists():
        return None
    decision = on_trial(workspace.decisions.all())
    if decision is None or decision.fingerprint == workspace.model.fingerprint:
        return None
    return Rollout(
        decision, workspace.model, kept_model(workspace.folder, workspace.decisions, decision.model)
    )


def kept_model(folder: Path, decisions: Decisions, name: str) -> Model:
    """The model in a kept text, with the fingerprint it had."""
    model = read_bytes(decisions.text(name), f"models/{name}.yaml", folder)
    return replace(model, fingerprint=name.partition("-")[0])


def read_bytes(content: bytes, file: str, folder: Path) -> Model:
    """The model in the bytes of a file, wherever it lies; what it names beside itself lies in the
    project's folder.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ModelError(
            [Problem(file, None, None, "the file can't be read", "save it as UTF-8 text")]
        ) from None
    return read_text(text, file, folder)
