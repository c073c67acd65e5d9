"""One date scored: an immutable result that knows model, data and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from salus.history.row import to_table
from salus.model.model import UNKNOWN, Model
from salus.scoring.explanation import dimensions_of, number
from salus.scoring.scored import Scored


@dataclass(frozen=True)
class Scores:
    """The scores of every entity of the population at `as_of`, worst first."""

    as_of: dt.date
    scored: Scored
    ids: tuple[str, ...]                     # of each cell
    labels: tuple[str | None, ...]
    owners: tuple[str | None, ...]
    money: tuple[float | None, ...]          # the entity's `value`
    notes: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, ...]:
        """Rows worst first (without a score first of all), then by id."""
        score = np.where(np.isnan(self.scored.score), -1.0, self.scored.score)
        return tuple(sorted(range(len(self)), key=lambda row: (score[row], self.ids[row])))

    @property
    def model(self) -> Model:
        return self.scored.model

    def __len__(self) -> int:
        return len(self.ids)

    def bands(self) -> dict[str, int]:
        """How many entities stand in each band, best first, `unknown` last."""
        names = [*(name for name, _ in self.model.bands), UNKNOWN]
        return {name: int(np.sum(self.scored.band == position))
                for name, position in zip(names, [*range(len(names) - 1), -1], strict=True)}

    def entity(self, row: int) -> dict[str, Any]:
        """The JSON form of one entity."""
        scored = self.scored
        further = {name: {"score": number(weighing.guarded[row]), "band": _band(self, name, row)}
                   for name, weighing in scored.further.items()}
        return {"id": self.ids[row], "label": self.labels[row], "score": number(scored.score[row]),
                "band": scored.band_name(int(scored.band[row])), "coverage": float(scored.main.coverage[row]),
                "dimensions": dimensions_of(scored, row), "scores": further}

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus score --json`."""
        return {"model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
                "as_of": self.as_of.isoformat(), "population": len(self), "bands": self.bands(),
                "entities": [self.entity(row) for row in self.order]}

    def to_arrow(self) -> pa.Table:
        """One row per entity, by id: what history keeps."""
        return to_table(self.scored, self.ids)

    def to_pandas(self) -> Any:
        """`to_arrow` as a pandas DataFrame."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """`to_arrow` as a polars DataFrame."""
        from salus.project.frames import polars_frame
        return polars_frame(self.to_arrow())


def _band(scores: Scores, headline: str, row: int) -> str:
    position = int(scores.scored.further_band[headline][row])
    bands: Mapping[str, Sequence[tuple[str, Any]]] = {one.name: one.bands for one in scores.model.scores}
    return UNKNOWN if position < 0 else str(bands[headline][position][0])
