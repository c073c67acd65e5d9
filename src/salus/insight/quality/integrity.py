"""Facts that can't be where they are: before their entity began, or long after it ended."""

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

SHARE = 0.05  # of a source's days with facts, from which on it is told
AFTER = 31  # days after the end in which facts may still come
SEVERAL, ENDED = 3, 0.2  # entities with facts after that, and their share of those that ended


@dataclass
class Integrity:
    """Counts per source: days with facts, those before the start; entities that ended, those with
    facts long after.
    """

    model: Model
    days: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)

    def add(self, known: FactSet) -> None:
        """Count the facts of some entities."""
        entity, columns = self.model.entity, known.attributes.columns
        starts, ends = _days(columns, entity.starts, -NEVER), _days(columns, entity.ends, NEVER)
        for source in self.model.sources:
            several = [
                one
                for shape, one in known.partials.items()
                if shape.source == source and "begun" in one.arrays
            ]
            if several and len(known.attributes.ids):
                one = max(several, key=len)
                begun = one["begun"]
                self.days[source] += len(one)
                if starts is not None:
                    self.before[source] += int(np.sum(begun < starts[one.entity]))
                if ends is not None:
                    end = ends[one.entity]
                    self.ended[source] += len(np.unique(one.entity[end < NEVER]))
                    self.after[source] += len(np.unique(one.entity[begun > end + AFTER]))

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """One for each source and kind of fault."""
        found = []
        for source, number in self.days.items():
            early, late, ended = self.before[source], self.after[source], self.ended[source]
            if early > SHARE * number:
                found.append(
                    DataWarning("warning.before_start", source=source, share=early / number)
                )
            if late >= SEVERAL and late > ENDED * ended:
                found.append(
                    DataWarning(
                        "warning.after_end", source=source, late=late, ended=ended, days=AFTER
                    )
                )
        return tuple(found)


def _days(columns: Mapping[str, Any], name: str | None, missing: int) -> NDArray[np.int64] | None:
    """The day in a column of each entity; None where there is none."""
    if name is None or name not in columns:
        return None
    column: pa.Array = columns[name]
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return None
    days = column.cast(pa.timestamp("us")).cast(pa.date32(), safe=False).cast(pa.int32())
    return np.asarray(days.fill_null(missing).to_numpy(), dtype=np.int64)
