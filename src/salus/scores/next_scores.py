"""The scores of a date, continued from those of an earlier date where these are kept.

They are used as long as nothing has changed that was known before the earlier date. Then the scores
are the same as from all facts, to the last bit, and only the days after it are computed. Entities with
other attributes than then are computed from all their facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.build import FactReader, FactSet, find_unknown, open_fact_reader
from salus.facts.cache.known_data import KnownData
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Attributes
from salus.history.earlier_file import EarlierFile, LeftScores
from salus.kernel.cells import FromScratchError, required_grid
from salus.model.contracts import VALUE
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.periods.grid import Grid
from salus.scoring.earlier_scores import EarlierScores, KnownOfSources, score_next
from salus.scoring.scored import Scored
from salus.scoring.subset import subset_attributes
from salus.sources.connection import Connection

FOLDER = "earlier.scores"  # beside the folders of sources, whose names have no full stop
LONGEST = 31  # days between the dates: beyond it the facts alone are as fast
LEAST = 1_000  # entities: the scores of fewer aren't kept where small sources aren't kept either


@dataclass(frozen=True)
class NextScores:
    """Scores a date from what the scores of an earlier one have left, and keeps what it leaves."""

    file: EarlierFile
    data: KnownData
    left: LeftScores | None
    earlier: EarlierScores | None  # those that may be continued

    @classmethod
    def of(
        cls, model: Model, connection: Connection, cache: PartialCache | None
    ) -> NextScores | None:
        """None where nothing is kept: the model remembers nothing, entities have no table of their own,
        or the state of the data isn't that of files.

        Call this before the facts are read: facts that arrive meanwhile then count as changed.
        """
        if cache is None or not model.remembers or model.entity.table is None:
            return None
        if not connection.has_file_states:
            return None
        file = EarlierFile(cache.folder / FOLDER / f"{fingerprint(model)}.parquet")
        left = file.read()
        data = KnownData.load(model, connection, cache, left.data if left else None)
        if left is None or not data.keeps(left.data, left.scores.day, model, connection, cache):
            return cls(file, data, left, None)
        return cls(file, data, left, left.scores)

    def score(
        self, model: Model, connection: Connection, day: int, cache: PartialCache
    ) -> tuple[Scored | None, FactReader]:
        """The scores of `day`, and the facts they were computed from. What they leave is kept."""
        wide = required_grid(model, np.array([day], dtype=np.int32))
        continued = self._continue(model, connection, wide, cache)
        if continued is None:
            facts = open_fact_reader(model, connection, wide, cache)
            result = score_next(model, facts.ranges(), day)
        else:
            result, facts = continued
        if result is None:
            return None, facts
        scored, left = result
        if self._keeps(facts, day):
            sources = KnownOfSources(facts.newest, frozenset(facts.unknown_keys))
            with suppress(OSError):  # a full or read-only disk: the next scores take longer
                attributes = _attributes(facts.attributes, left.ids)
                kept = replace(left, sources=sources)
                self.file.write(LeftScores(kept, self.data, attributes))
        return scored, facts

    def _continue(
        self, model: Model, connection: Connection, wide: Grid, cache: PartialCache
    ) -> tuple[tuple[Scored, EarlierScores] | None, FactReader] | None:
        """What `score_next` gives from the earlier scores; None where they can't be continued."""
        earlier, day = self.earlier, int(wide.days[-1])
        if earlier is None or not 0 < day - earlier.day <= LONGEST:
            return None
        facts = _open_next(model, connection, wide, cache, earlier)
        if self.left is not None and self.left.data.entities != self.data.entities:
            same = _find_same(self.left, facts.attributes)
            if same is None:
                return None
            earlier = earlier.at(same)
            gone = not set(self.left.scores.ids) <= set(facts.attributes.ids)
            names = () if not gone else tuple(facts.origins)
            unknown = frozenset(find_unknown(facts, names or earlier.sources.unknown))
            earlier = replace(earlier, sources=replace(earlier.sources, unknown=unknown))
        try:
            result = score_next(model, facts.ranges(), day, earlier, partial(_read_whole, facts))
        except FromScratchError:
            return None
        facts.unknown_keys.update(earlier.sources.unknown)
        return result, facts

    def _keeps(self, facts: FactReader, day: int) -> bool:
        """Whether what the scores of a day leave is kept: not if a later day has left something."""
        small = facts.cache is None or (facts.cache.least > 0 and len(facts) < LEAST)
        return not small and (self.earlier is None or self.earlier.day < day)


def _read_whole(facts: FactReader, entities: NDArray[np.int64]) -> FactSet:
    """All facts of the entities at these positions."""
    return facts.read_all_dates(subset_attributes(facts.attributes, entities))


def _open_next(
    model: Model, connection: Connection, wide: Grid, cache: PartialCache, earlier: EarlierScores
) -> FactReader:
    """The facts for the days after the earlier ones."""
    days = np.arange(earlier.day + 1, int(wide.days[-1]) + 1, dtype=np.int32)
    facts = open_fact_reader(model, connection, Grid.of(days), cache, wide=wide)
    return replace(facts, newest=earlier.sources.then(facts.newest, earlier.day))


def _attributes(attributes: Attributes, ids: Sequence[str]) -> dict[str, pa.Array]:
    """The attributes of these entities, all of which exist, but for the value of contracts, which
    are compared by their rows.
    """
    rows = pc.index_in(pa.array(ids, pa.string()), value_set=pa.array(attributes.ids, pa.string()))
    columns = {**attributes.columns, **{f"odd {name}": odd for name, odd in attributes.odd.items()}}
    if attributes.rates is not None:
        columns.pop(VALUE, None)
    return {name: column.take(rows) for name, column in columns.items()}


def _find_same(left: LeftScores, attributes: Attributes) -> NDArray[np.int64] | None:
    """The rows of the entities whose attributes are the same; None if the columns aren't."""
    known = set(attributes.ids)
    rows = np.array(
        [row for row, key in enumerate(left.scores.ids) if key in known], dtype=np.int64
    )
    now = _attributes(attributes, [left.scores.ids[row] for row in rows])
    if {name: values.type for name, values in now.items()} != {
        name: values.type for name, values in left.attributes.items()
    }:
        return None
    same = np.ones(len(rows), dtype=bool)
    for name, values in now.items():
        before = left.attributes[name].take(pa.array(rows))
        equal = fill_nulls(pc.equal(before, values), False)
        missing = pc.and_(pc.is_null(before), pc.is_null(values))
        same &= pc.or_(equal, missing).to_numpy(zero_copy_only=False)
    return rows[same]
