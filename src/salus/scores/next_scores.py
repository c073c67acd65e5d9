"""The scores of a date, continued from those of an earlier date where these are kept.

They are used as long as no table that the model reads has changed since. Then the scores are the same
as from all facts, to the last bit, and only the days after the earlier date are computed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from salus.facts.build import FactReader, open_fact_reader
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.sql.origin import short_hash
from salus.history.earlier_file import EarlierFile
from salus.kernel.cells import FromScratchError, required_grid
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.periods.grid import Grid
from salus.scoring.earlier_scores import EarlierScores, KnownOfSources, score_next
from salus.scoring.scored import Scored
from salus.sources.connection import Connection
from salus.version import __version__

FOLDER = "earlier.scores"  # beside the folders of sources, whose names have no full stop
LONGEST = 31  # days between the dates: beyond it the facts alone are as fast
LEAST = 1_000  # entities: the scores of fewer aren't kept where small sources aren't kept either
CHUNK = 20_000  # entities at a time where facts are kept: their arrays stay small


@dataclass(frozen=True)
class NextScores:
    """Scores a date from what the scores of an earlier one have left, and keeps what it leaves."""

    file: EarlierFile
    state: str  # of the model and the data
    earlier: EarlierScores | None

    @classmethod
    def of(
        cls, model: Model, connection: Connection, cache: PartialCache | None
    ) -> NextScores | None:
        """None where nothing is kept: the model remembers nothing, or entities have no table of their
        own. Call this before the facts are read: facts that arrive meanwhile then count as changed.
        """
        if cache is None or not model.remembers or model.entity.table is None:
            return None
        own = fingerprint(model)
        file = EarlierFile(cache.folder / FOLDER / f"{own}.parquet")
        data = compute_data_fingerprint(model, connection)
        state = short_hash("\n".join([__version__, own, data]))
        return cls(file, state, file.read(state))

    def score(
        self, model: Model, connection: Connection, day: int, cache: PartialCache
    ) -> tuple[Scored | None, FactReader]:
        """The scores of `day`, and the facts they were computed from. What they leave is kept."""
        wide = required_grid(model, np.array([day], dtype=np.int32))
        continued = self._continue(model, connection, wide, cache)
        if continued is None:
            facts = open_fact_reader(model, connection, wide, cache)
            result = score_next(model, facts.ranges(_range(facts)), day)
        else:
            result, facts = continued
        if result is None:
            return None, facts
        scored, left = result
        if self._keeps(facts, day):
            sources = KnownOfSources(facts.newest, frozenset(facts.unknown_keys))
            with suppress(OSError):  # a full or read-only disk: the next scores take longer
                self.file.write(replace(left, sources=sources), self.state)
        return scored, facts

    def _continue(
        self, model: Model, connection: Connection, wide: Grid, cache: PartialCache
    ) -> tuple[tuple[Scored, EarlierScores] | None, FactReader] | None:
        """What `score_next` gives from the earlier scores; None where they can't be continued."""
        earlier, day = self.earlier, int(wide.days[-1])
        if earlier is None or not 0 < day - earlier.day <= LONGEST:
            return None
        facts = _open_next(model, connection, wide, cache, earlier)
        ranges = facts.ranges(_range(facts))
        try:
            result = score_next(model, ranges, day, earlier, facts.read_all_dates)
        except FromScratchError:
            return None
        facts.unknown_keys.update(earlier.sources.unknown)
        return result, facts

    def _keeps(self, facts: FactReader, day: int) -> bool:
        """Whether what the scores of a day leave is kept: not if a later day has left something."""
        small = facts.cache is None or (facts.cache.least > 0 and len(facts) < LEAST)
        return not small and (self.earlier is None or self.earlier.day < day)


def _open_next(
    model: Model, connection: Connection, wide: Grid, cache: PartialCache, earlier: EarlierScores
) -> FactReader:
    """The facts for the days after the earlier ones."""
    days = np.arange(earlier.day + 1, int(wide.days[-1]) + 1, dtype=np.int32)
    facts = open_fact_reader(model, connection, Grid.of(days), cache, wide=wide)
    return replace(facts, newest=earlier.sources.then(facts.newest, earlier.day))


def _range(facts: FactReader) -> int:
    return CHUNK if facts.uses_files else max(len(facts), 1)
