"""The scores of a date, continued from those of an earlier date where these are kept.

They are used as long as no table that the model reads has changed since. Then the scores are the same
as from all facts, to the last bit, and only the days after the earlier date are computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
import functools
import numpy as np
from salus.facts.build import open_fact_reader
from salus.kernel.cells import required_grid
from salus.periods.grid import Grid

from salus.facts.build import FactReader, FactSet
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.sql.origin import short_hash
from salus.history.earlier_file import EarlierFile
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.scoring.earlier_scores import EarlierScores, score_next
from salus.scoring.scored import Scored
from salus.sources.connection import Connection
from salus.version import __version__

FOLDER = "earlier.scores"  # beside the folders of sources, whose names have no full stop
LONGEST = 31  # days between the dates: beyond it the facts alone are as fast
LEAST = 1_000  # entities: the scores of fewer aren't kept where small sources aren't kept either


@dataclass
class NextScores:
    """Scores a date from what the scores of an earlier one have left, and keeps what it leaves."""

    file: EarlierFile
    state: str  # of the model and the data
    earlier: EarlierScores | None

    @classmethod
    def of(cls, model: Model, connection: Connection, cache: PartialCache) -> NextScores:
        """Call this before the facts are read: facts that arrive meanwhile then count as changed."""
        file = EarlierFile(cache.folder / FOLDER / f"{model.fingerprint}.parquet")
        data = compute_data_fingerprint(model, connection)
        state = short_hash("\n".join([__version__, fingerprint(model), data]))
        return cls(file, state, file.read(state))

    def score(self, connection: Connection, model: Model, day: int, cache: PartialCache):
        earlier = self.earlier
        if earlier is not None and not 0 < day - earlier.day <= LONGEST:
            earlier = None
        days = np.array([day], dtype=np.int32)
        wide = required_grid(model, days)
        facts = open_fact_reader(model, connection, wide, cache)
        if earlier is None:
            read, whole = facts, None
        else:
            read = facts.limited(Grid.of(np.arange(earlier.day + 1, day + 1)))
            whole = lambda some: (print("WHOLE", len(some.ids)), facts.read_only(some))[1]
        ranges = read.ranges(20000 if facts.uses_files else max(len(facts), 1))
        result = score_next(facts.model, ranges, day, earlier, whole)
        self.facts = facts
        if result is None:
            return None
        scored, left = result
        if self.earlier is None or self.earlier.day < day:
            with suppress(OSError):  # a full or read-only disk: the next scores take longer
                self.file.write(left, self.state)
        return scored


def keeps_scores(model: Model, entities: int, cache: PartialCache | None) -> bool:
    """Whether the scores of so many entities are kept for later dates."""
    return cache is not None and model.remembers and (not cache.least or entities >= LEAST)
