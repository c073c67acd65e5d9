"""One date scored: an immutable result that knows model, data and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.channels.result import TableResult
from salus.errors import UsageError
from salus.facts.partials.partial import Attributes
from salus.history.row import to_table
from salus.model.model import UNKNOWN, Model
from salus.model.source import Entity
from salus.model.suggest import did_you_mean
from salus.sanitize import one_line
from salus.scoring.change import taken
from salus.scoring.explanation import dimensions_of, number
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.sources.key import plain_key

LISTED = 10  # of the names that a part of a name fits


@dataclass(frozen=True)
class Names:
    """What people call each entity, who looks after it and what is at stake, as the entity's table
    says today.

    Of the entities at `positions` of what is `known`; -1: one that the table no longer has. Spelled
    out when asked for.
    """

    entity: Entity
    known: Attributes
    positions: NDArray[np.int64]

    @cached_property
    def labels(self) -> tuple[str | None, ...]:
        return tuple(
            _text(value) for value in _column(self.known, self.entity.label, self.positions)
        )

    @cached_property
    def owners(self) -> tuple[str | None, ...]:
        return tuple(
            _text(value) for value in _column(self.known, self.entity.owner, self.positions)
        )

    @cached_property
    def money(self) -> tuple[float | None, ...]:
        """The entity's `value`."""
        return tuple(
            None if value is None else float(value)
            for value in _column(self.known, self.entity.value, self.positions)
        )

    def values(self, name: str | None) -> list[Any]:
        """Another column that the model names."""
        return _column(self.known, name, self.positions)


def _column(known: Attributes, name: str | None, positions: NDArray[np.int64]) -> list[Any]:
    """A column for each position; None where it isn't named."""
    if name is None or name not in known.columns:
        return [None] * len(positions)
    values = [*known.columns[name].to_pylist(), None]
    return [values[position] for position in positions]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True)
class Scores(TableResult):
    """The scores of every entity of the population at `as_of`."""

    as_of: dt.date
    scored: Scored
    ids: tuple[str, ...]  # of each cell
    names: Names
    notes: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str | None, ...]:
        return self.names.labels

    @property
    def owners(self) -> tuple[str | None, ...]:
        return self.names.owners

    @property
    def money(self) -> tuple[float | None, ...]:
        return self.names.money

    @property
    def order(self) -> tuple[int, ...]:
        """Rows worst first (without a score first of all), then by id."""
        score = np.where(np.isnan(self.scored.score), -1.0, self.scored.score)
        return tuple(sorted(range(len(self)), key=lambda row: (score[row], self.ids[row])))

    def row(self, entity: str) -> int:
        """The row of an entity by its key or its unambiguous label."""
        return row_of(entity, self.ids, self.labels, self.as_of)

    def at(self, rows: NDArray[np.int64]) -> Scores:
        """These rows, in this order."""
        names = replace(self.names, positions=self.names.positions[rows])
        return replace(
            self,
            scored=score(self.model, taken(self.scored.cells, rows)),
            names=names,
            ids=tuple(self.ids[row] for row in rows),
        )

    @property
    def model(self) -> Model:
        return self.scored.model

    def __len__(self) -> int:
        return len(self.ids)

    def bands(self) -> dict[str, int]:
        """How many entities stand in each band, best first, `unknown` last."""
        names = [*(name for name, _ in self.model.bands), UNKNOWN]
        return {
            name: int(np.sum(self.scored.band == position))
            for name, position in zip(names, [*range(len(names) - 1), -1], strict=True)
        }

    def entity(self, row: int) -> dict[str, Any]:
        """The JSON form of one entity."""
        scored = self.scored
        further = {
            name: {"score": number(weighing.guarded[row]), "band": _band(self, name, row)}
            for name, weighing in scored.further.items()
        }
        return {
            "id": self.ids[row],
            "label": self.labels[row],
            "score": number(scored.score[row]),
            "band": scored.band_name(int(scored.band[row])),
            "coverage": float(scored.main.coverage[row]),
            "dimensions": dimensions_of(scored, row),
            "scores": further,
        }

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus score --json`."""
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "as_of": self.as_of.isoformat(),
            "population": len(self),
            "bands": self.bands(),
            "entities": [self.entity(row) for row in self.order],
        }

    def to_arrow(self) -> pa.Table:
        """One row per entity, by id: what history keeps."""
        return to_table(self.scored, self.ids)

    def __str__(self) -> str:
        from salus.channels.text.results import portfolio

        return portfolio(self)


def row_of(entity: str, ids: Sequence[str], labels: Sequence[str | None], as_of: dt.date) -> int:
    """The place of an entity by its key or its unambiguous label."""
    for key in (entity, plain_key(entity)):
        if key in ids:
            return ids.index(key)
    named = [row for row, label in enumerate(labels) if label == entity]
    if len(named) == 1:
        return named[0]
    if named:
        raise UsageError(
            f"`{entity}` is the label of {len(named)}: {', '.join(ids[row] for row in named[:5])}",
            "name one by its key",
        )
    part = entity.casefold()
    full = {name.casefold() for name in (*ids, *labels) if name}
    near = [
        row
        for row in range(len(ids))
        if part in ids[row].casefold() or part in (labels[row] or "").casefold()
    ]
    if part and near and part not in full:
        names = [one_line(f"{ids[row]} {labels[row] or ''}".strip()) for row in near]
        more = f" and {len(near) - LISTED} more" if len(near) > LISTED else ""
        raise UsageError(
            f"`{one_line(entity)}` is part of these names: {', '.join(names[:LISTED])}{more}",
            "name one by its key",
        )
    known = [*ids, *(label for label in labels if label)]
    raise UsageError(
        f"there is no `{entity}` among the {len(ids)} scored on {as_of}",
        did_you_mean(entity, known) or "see `salus score --json` for the keys",
    )


def _band(scores: Scores, headline: str, row: int) -> str:
    position = int(scores.scored.further_band[headline][row])
    bands: Mapping[str, Sequence[tuple[str, Any]]] = {
        one.name: one.bands for one in scores.model.scores
    }
    return UNKNOWN if position < 0 else str(bands[headline][position][0])
