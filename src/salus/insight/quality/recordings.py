"""Whether a source is the history that it is taken for."""

from __future__ import annotations

from collections.abc import Iterator

from salus.facts.cache.recording_stats import LATE, RecordingStats
from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model

FEWEST = 30  # entities, facts or ids, under which nothing is said
ONE, MOST = 1.02, 0.5  # facts for each entity at most, and the share of entities that have one
BACKDATED, CHANGED = 0.2, 0.05  # shares from which on it is told
VALUES = ("sum", "mean", "median", "min", "max", "latest", "share", "trend")


def check_recordings(model: Model, entities: int, found: RecordingStats) -> Iterator[DataWarning]:
    """`entities`: how many there are at all."""
    yield from _one_each(model, entities, found)
    if found.facts >= FEWEST and found.late > BACKDATED * found.facts:
        yield DataWarning(
            "warning.recorded_late", source=found.source, share=found.late / found.facts, days=LATE
        )
    if found.ids >= FEWEST and found.changed > CHANGED * found.ids:
        yield DataWarning("warning.revised", source=found.source, share=found.changed / found.ids)


def _one_each(model: Model, entities: int, found: RecordingStats) -> Iterator[DataWarning]:
    """Values out of a table that holds one row for each: a state of one day, not a history.

    A first login or a signing comes once by its nature; but then it is counted, or its age is, and
    no value is read.
    """
    source = model.sources[found.source]
    reads = any(
        one.source == source.name and one.kind in VALUES and (one.column or one.of)
        for one in model.everything
    )
    many = found.entities >= FEWEST and found.entities >= MOST * entities
    if reads and many and not source.ends and found.facts <= ONE * found.entities:
        yield DataWarning("warning.one_row_each", source=source.name)
