"""The scores of a date during a rollout: each of two models scores its own entities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from salus.channels.result import RowResult, TableResult
from salus.scores.entity_score import EntityScore
from salus.scores.rollout import Rollout
from salus.scores.score_list import ScoreList
from salus.scores.scores import Scores, band_names


@dataclass(frozen=True)
class RolloutScores(TableResult, RowResult[EntityScore]):
    """The scores of a date by two models, each for its own entities."""

    rollout: Rollout
    parts: tuple[Scores, ...]  # the entities of the official model, then those of the candidate

    @classmethod
    def of(cls, rollout: Rollout, official: Scores, candidate: Scores) -> RolloutScores:
        """From the scores of all entities by each model."""
        rows = rollout.split(official, candidate)
        return cls(rollout, (official.at(rows[0]), candidate.at(rows[1])))

    @property
    def as_of(self) -> dt.date:
        """The date of the scores."""
        return self.parts[0].as_of

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The entities of the official model, then those of the candidate."""
        return tuple(key for part in self.parts for key in part.ids)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rows(self) -> tuple[EntityScore, ...]:
        """Entities by rising score; those without a score come first."""
        rows = [row for part in self.parts for row in part.rows]
        return tuple(
            sorted(rows, key=lambda row: (-1.0 if row.score is None else row.score, row.id))
        )

    def bands(self) -> dict[str, int]:
        """The number of entities in each band. Bands that only the candidate has come before
        `unknown`.
        """
        counts = [part.bands() for part in self.parts]
        names = dict.fromkeys([*list(counts[0])[:-1], *list(counts[1])[:-1], *list(counts[0])[-1:]])
        return {name: sum(count.get(name, 0) for count in counts) for name in names}

    def as_dict(self) -> dict[str, object]:
        """The document of `salus score --json`; each entity has the fingerprint of its model."""
        entities = [
            {**entity, "fingerprint": part.model.fingerprint}
            for part in self.parts
            for entity in part.entities()
        ]
        entities.sort(key=lambda row: (-1.0 if row["score"] is None else row["score"], row["id"]))
        return {
            **self.parts[0].as_dict(),
            "population": len(self),
            "bands": self.bands(),
            "rollout": {**self.rollout.as_dict(), "entities": len(self.parts[1])},
            "entities": entities,
        }

    @cached_property
    def listing(self) -> ScoreList:
        """The entities of both models as columns, with the fingerprint of the model of each."""
        from salus.channels.portfolio import join_tables, sort_worst_first, to_score_table

        tables = [to_score_table(part) for part in self.parts]
        return ScoreList.of(
            sort_worst_first(join_tables(tables, self.fingerprints)),
            band_names([part.model for part in self.parts]),
        )

    def to_arrow(self) -> pa.Table:
        """One row per entity, sorted by id, with the fingerprint of the model that scored it."""
        from salus.channels.portfolio import join_tables

        table = join_tables([part.to_arrow() for part in self.parts], self.fingerprints)
        return table.take(pa.array(np.argsort(np.array(self.ids, dtype=object))))

    @property
    def fingerprints(self) -> list[str]:
        """Of the models, in the order of `parts`."""
        return [part.model.fingerprint for part in self.parts]
