"""The entities that were scored on two dates, and why each moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.scores.as_shown import shown_at
from salus.scores.scores import Scores
from salus.scoring.change import ScoreChanges, ShownScores, compare_scores
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class EntityPairs:
    """Entities scored on two dates: their ids, and their rows on each date."""

    before: Scores
    after: Scores
    ids: tuple[str, ...]
    first: np.ndarray[Any, np.dtype[np.int64]]
    second: np.ndarray[Any, np.dtype[np.int64]]

    @classmethod
    def of(cls, before: Scores, after: Scores, ids: Sequence[str] | None = None) -> EntityPairs:
        """The entities of `ids` (None: all) that were scored on both dates."""
        rows_before, rows_after = before.places, after.places
        both = [key for key in (after.ids if ids is None else ids) if key in rows_before]
        return cls(
            before,
            after,
            tuple(both),
            np.array([rows_before[key] for key in both], dtype=np.int64),
            np.array([rows_after[key] for key in both], dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def changes(
        self, workspace: Workspace, ignore: str | None = None
    ) -> tuple[ScoreChanges, ShownScores]:
        """Why each entity moved from what was shown on the earlier date; and what was shown.

        `ignore`: the fingerprint of a model whose scores are left out, where another model scores
        all entities.
        """
        earlier = shown_at(workspace, self.before, self.first, self.ids, ignore)
        result = compare_scores(
            self.before.scored, self.after.scored, self.first, self.second, earlier
        )
        return result, earlier
