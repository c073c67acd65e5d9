"""The scores of one date: an immutable result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.channels.result import RowResult, TableResult
from salus.facts.partials.partial import Attributes
from salus.history.row import to_table
from salus.model.model import UNKNOWN, Model
from salus.model.source import Entity
from salus.scores.entity_lookup import find_row
from salus.scores.entity_score import EntityScore
from salus.scores.score_list import ScoreList
from salus.scoring.change import take
from salus.scoring.explanation import to_number
from salus.scoring.score import score
from salus.scoring.scored import Scored


@dataclass(frozen=True)
class EntityDetails:
    """Label, owner and value of each entity, from today's entity table.

    `positions` are rows of `known`; -1 where the table no longer has the entity. Each column is
    read when it is first used.
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
    """The column's value at each position; None where the model names no such column."""
    if name is None or name not in known.columns:
        return [None] * len(positions)
    values = [*known.columns[name].to_pylist(), None]
    return [values[position] for position in positions]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True)
class Scores(TableResult, RowResult[EntityScore]):
    """The scores of every entity of the population at `as_of`; as rows, the lowest score first."""

    as_of: dt.date
    scored: Scored
    ids: tuple[str, ...]  # of each cell
    details: EntityDetails
    notes: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str | None, ...]:
        """What people call each entity of `ids`."""
        return self.details.labels

    @property
    def owners(self) -> tuple[str | None, ...]:
        """Who looks after each entity of `ids`."""
        return self.details.owners

    @property
    def money(self) -> tuple[float | None, ...]:
        """The value of each entity of `ids`, in the model's currency."""
        return self.details.money

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows by rising score, then by id. Rows without a score come first."""
        score = np.where(np.isnan(self.scored.score), -1.0, self.scored.score)
        by_id = np.array(sorted(range(len(self)), key=self.ids.__getitem__), dtype=np.int64)
        return tuple(by_id[np.argsort(score[by_id], kind="stable")].tolist())

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of each key."""
        return {key: row for row, key in enumerate(self.ids)}

    def row(self, entity: str) -> int:
        """The row of an entity by its key or its label."""
        return find_row(entity, self.ids, self.labels, self.as_of)

    def at(self, rows: NDArray[np.int64]) -> Scores:
        """These rows, in this order."""
        details = replace(self.details, positions=self.details.positions[rows])
        return replace(
            self,
            scored=score(self.model, take(self.scored.cells, rows)),
            details=details,
            ids=tuple(self.ids[row] for row in rows),
        )

    @property
    def model(self) -> Model:
        """The model that scored the entities."""
        return self.scored.model

    def __len__(self) -> int:
        return len(self.ids)

    def bands(self) -> dict[str, int]:
        """The number of entities in each band, best band first, `unknown` last."""
        names = [*(name for name, _ in self.model.bands), UNKNOWN]
        return {
            name: int(np.sum(self.scored.band == position))
            for name, position in zip(names, [*range(len(names) - 1), -1], strict=True)
        }

    @property
    def rows(self) -> tuple[EntityScore, ...]:
        """Entities by rising score; those without a score come first."""
        return tuple(self.entity_score(row) for row in self.order)

    def entity_score(self, row: int) -> EntityScore:
        """One entity, by its row in `ids`."""
        return EntityScore(
            id=self.ids[row],
            label=self.labels[row],
            owner=self.owners[row],
            value=self.money[row],
            score=to_number(self.scored.score[row]),
            band=self.scored.band_name(int(self.scored.band[row])),
            coverage=float(self.scored.main.coverage[row]),
            as_of=self.as_of,
            fingerprint=self.model.fingerprint,
        )

    def entities(self) -> list[dict[str, object]]:
        """The JSON form of each entity, in the order of `ids`."""
        scored = self.scored
        dimensions = {
            name: [
                {"score": score, "weight": weight}
                for score, weight in zip(
                    _numbers(values), scored.main.shares[name].tolist(), strict=True
                )
            ]
            for name, values in scored.main.dimensions.items()
        }
        further = {
            headline.name: [
                {"score": score, "band": band}
                for score, band in zip(
                    _numbers(scored.further[headline.name].guarded),
                    _bands(headline.bands, scored.further_band[headline.name]),
                    strict=True,
                )
            ]
            for headline in self.model.scores
        }
        columns = {
            "id": self.ids,
            "label": self.labels,
            "score": _numbers(scored.score),
            "band": _bands(self.model.bands, scored.band),
            "coverage": scored.main.coverage.tolist(),
            "dimensions": _by_name(dimensions, len(self)),
            "scores": _by_name(further, len(self)),
        }
        return [
            dict(zip(columns, values, strict=True))
            for values in zip(*columns.values(), strict=True)
        ]

    def as_dict(self) -> dict[str, object]:
        """The document of `salus score --json`."""
        entities = self.entities()
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "as_of": self.as_of.isoformat(),
            "population": len(self),
            "bands": self.bands(),
            "entities": [entities[row] for row in self.order],
        }

    @cached_property
    def listing(self) -> ScoreList:
        """The entities as columns, for lists that filter, sort and show a few rows at a time."""
        from salus.channels.portfolio import to_score_table

        return ScoreList.of(to_score_table(self), band_names([self.model]))

    def to_arrow(self) -> pa.Table:
        """One row per entity, sorted by id, as history keeps it."""
        return to_table(self.scored, self.ids)


def band_names(models: Sequence[Model]) -> dict[str, list[str]]:
    """For each column of bands their names, best first. Those that only a later model has come last."""
    names: dict[str, dict[str, None]] = {}
    for model in models:
        own = {"band": model.bands, **{f"band:{each.name}": each.bands for each in model.scores}}
        for column, bands in own.items():
            names.setdefault(column, {}).update(dict.fromkeys(name for name, _ in bands))
    return {column: list(bands) for column, bands in names.items()}


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    """The values; None for NaN."""
    result: list[float | None] = values.tolist()
    for row in np.flatnonzero(np.isnan(values)):
        result[row] = None
    return result


def _bands(bands: Sequence[tuple[str, Any]], positions: NDArray[np.int8]) -> list[str]:
    """The name of the band of each row; the position -1 is `unknown`."""
    names = [*(str(name) for name, _ in bands), UNKNOWN]
    return [names[position] for position in positions.tolist()]


def _by_name(
    columns: Mapping[str, Sequence[dict[str, Any]]], size: int
) -> list[dict[str, dict[str, Any]]]:
    """For each row its item of each column."""
    if not columns:
        return [{} for _ in range(size)]
    return [dict(zip(columns, items, strict=True)) for items in zip(*columns.values(), strict=True)]
