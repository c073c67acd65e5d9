"""Facts on impossible days: before their entity started, or long after it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.insight.quality.data_warning import DataWarning
from salus.model.model import Model
from salus.periods.day import NEVER

SHARE = 0.05  # of a source's days with facts, above which there is a warning
AFTER = 31  # days after the end in which facts are still normal
LATE, ENDED = 3, 0.2  # entities with facts after that, and their share of those that ended

_COUNTS = ("days", "before", "ended", "after")


@dataclass
class Integrity:
    """Counts by source."""

    model: Model
    days: Counter[str] = field(default_factory=Counter)  # with facts
    before: Counter[str] = field(default_factory=Counter)  # of these days, before the start
    ended: Counter[str] = field(default_factory=Counter)  # entities
    after: Counter[str] = field(default_factory=Counter)  # of these, with facts long after

    def add(self, known: FactSet) -> None:
        """Count the facts of some entities."""
        entity, columns = self.model.entity, known.attributes.columns
        starts, ends = _days(columns, entity.starts, -NEVER), _days(columns, entity.ends, NEVER)
        for source in self.model.sources:
            partials = [
                partial
                for shape, partial in known.partials.items()
                if shape.source == source and "begun" in partial.arrays
            ]
            if partials and len(known.attributes.ids):
                partial = max(partials, key=len)
                begun = partial["begun"]
                self.days[source] += len(partial)
                if starts is not None:
                    self.before[source] += int(np.sum(begun < starts[partial.entity]))
                if ends is not None:
                    end = ends[partial.entity]
                    self.ended[source] += len(np.unique(partial.entity[end < NEVER]))
                    self.after[source] += len(np.unique(partial.entity[begun > end + AFTER]))

    def counts(self) -> dict[str, dict[str, int]]:
        """The counts as plain values, by name and source."""
        return {name: dict(getattr(self, name)) for name in _COUNTS}

    def add_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Add the counts of other entities."""
        for name in _COUNTS:
            counter: Counter[str] = getattr(self, name)
            for source, number in counts[name].items():
                counter[source] += number

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """At most one warning of each kind for each source."""
        warnings = []
        for source, number in self.days.items():
            early, late, ended = self.before[source], self.after[source], self.ended[source]
            if early > SHARE * number:
                warnings.append(
                    DataWarning("warning.before_start", source=source, share=early / number)
                )
            if late >= LATE and late > ENDED * ended:
                warnings.append(
                    DataWarning(
                        "warning.after_end", source=source, late=late, ended=ended, days=AFTER
                    )
                )
        return tuple(warnings)


def _days(columns: Mapping[str, Any], name: str | None, missing: int) -> NDArray[np.int64] | None:
    """The day in a column of each entity; None without such a column."""
    if name is None or name not in columns:
        return None
    column: pa.Array = columns[name]
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return None
    days = column.cast(pa.timestamp("us")).cast(pa.date32(), safe=False).cast(pa.int32())
    return np.asarray(days.fill_null(missing).to_numpy(), dtype=np.int64)
