"""The scores of past dates from a replay of today's model on today's data, if it holds them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.build import FactReader
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.history.replays import SLAB, Replays, block_of
from salus.history.row import to_cells
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scores.scores import EntityDetails, Scores
from salus.scoring.score import score
from salus.scoring.scored import Floats
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace

COLUMNS = ["entity", "as_of", "score", "band"]


@dataclass(frozen=True)
class DayScores:
    """The scores of some entities on one day. `band`: positions in the model; -1: unknown."""

    day: int
    entity: NDArray[np.int64]  # positions in the ids of the facts
    score: Floats
    band: NDArray[np.int64]


@dataclass(frozen=True)
class KeptMonths:
    """The rows of a replay that holds all dates of a page."""

    model: Model
    replays: Replays
    facts: FactReader
    positions: Mapping[str, int]  # id -> position in the ids of the facts

    def scores(self, days: Sequence[int]) -> Iterator[DayScores]:
        """The scores on each of the days, in parts."""
        bands = {name: place for place, (name, _) in enumerate(self.model.bands)}
        for table in self.replays.read(COLUMNS, days):
            day = table["as_of"].combine_chunks().cast(pa.int32()).to_numpy(zero_copy_only=False)
            entity = self._entities(table)
            band = _places(table["band"], bands)
            value = table["score"].combine_chunks().to_numpy(zero_copy_only=False)
            for each in np.unique(day):
                rows = day == each
                yield DayScores(int(each), entity[rows], value[rows], band[rows])

    def _entities(self, table: pa.Table) -> NDArray[np.int64]:
        places = _places(table["entity"], self.positions)
        if np.any(places < 0):
            raise DataError("the replay has entities that the data don't have", "replay again")
        return places

    def load(self, day: dt.date) -> Scores:
        """All scores of a day."""
        tables = list(self.replays.read(None, [day_number(day)]))
        table = pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
        places = self._entities(table)
        if np.any(places[1:] < places[:-1]):  # Spark's files have an order of their own
            order = np.argsort(places, kind="stable")
            table, places = table.take(pa.array(order)), places[order]
        ids = tuple(map(self.facts.attributes.ids.__getitem__, places.tolist()))
        details = EntityDetails(self.model.entity, self.facts.attributes, places)
        return Scores(day, score(self.model, to_cells(table, self.model)), ids, details)


def find_kept_months(
    workspace: Workspace, connection: Connection, facts: FactReader, days: Sequence[int]
) -> KeptMonths | None:
    """The replay of today's model on today's data; None if a day or an entity isn't in it.

    Without a table of entities, the facts hold only entities with a fact that the page reaches, so
    such models are scored.
    """
    model, store = workspace.model, workspace.store
    if model.entity.table is None or not store.replay_folders():
        return None
    replays = store.replays(model, compute_data_fingerprint(model, connection))
    held: dict[tuple[int, int], frozenset[int]] = {
        (part.block, part.slab): part.days for part in replays.parts()
    }
    slabs = range(-(-len(facts.attributes.ids) // SLAB))
    for day in days:
        block = block_of(day)
        places = [held.get((block, slab), frozenset()) for slab in slabs]
        if day not in held.get((block, -1), frozenset()) and not all(day in p for p in places):
            return None
    positions = {key: row for row, key in enumerate(facts.attributes.ids)}
    return KeptMonths(model, replays, facts, positions)


def _places(column: pa.ChunkedArray, places: Mapping[str, int]) -> NDArray[np.int64]:
    """The place of each word; -1 if it has none."""
    whole = column.combine_chunks()
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    by_word = np.array([places.get(word, -1) for word in whole.dictionary.to_pylist()], np.int64)
    return by_word[whole.indices.to_numpy(zero_copy_only=False)]
