"""Whether a source really is a history."""

from __future__ import annotations

from collections.abc import Iterator

from salus.facts.cache.recording_stats import LATE, RecordingStats
from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model

FEWEST = 30  # entities, facts or ids that a warning needs
SINGLE, MOST = 1.02, 0.5  # facts per entity at most, and the share of entities that have one
BACKDATED, CHANGED = 0.2, 0.05  # shares above which there is a warning
VALUES = ("sum", "mean", "median", "min", "max", "latest", "share", "trend")


def check_recordings(model: Model, entities: int, stats: RecordingStats) -> Iterator[DataWarning]:
    """The warnings about a source; `entities` is the number of all entities."""
    yield from _one_each(model, entities, stats)
    if stats.facts >= FEWEST and stats.late > BACKDATED * stats.facts:
        yield DataWarning(
            "warning.recorded_late", source=stats.source, share=stats.late / stats.facts, days=LATE
        )
    if stats.ids >= FEWEST and stats.changed > CHANGED * stats.ids:
        yield DataWarning("warning.revised", source=stats.source, share=stats.changed / stats.ids)


def _one_each(model: Model, entities: int, stats: RecordingStats) -> Iterator[DataWarning]:
    """A measure that reads values from a table with one row per entity: the state of one day, not a
    history.

    A first login or a signature happens only once. But then a measure counts it or takes its age,
    and reads no value.
    """
    source = model.sources[stats.source]
    reads = any(
        measure.source == source.name and measure.kind in VALUES and (measure.column or measure.of)
        for measure in model.everything
    )
    many = stats.entities >= FEWEST and stats.entities >= MOST * entities
    if reads and many and not source.ends and stats.facts <= SINGLE * stats.entities:
        yield DataWarning("warning.one_row_each", source=source.name)
