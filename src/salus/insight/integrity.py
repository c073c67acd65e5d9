"""Facts that can't be where they are: before their entity began, or long after it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.build import Known
from salus.insight.warnings import Caution
from salus.model.model import Model
from salus.periods.day import NEVER

SHARE = 0.05                                 # of a source's days with facts, from which on it is told
AFTER = 31                                   # days after the end in which facts may still come


@dataclass
class Integrity:
    """Counts of (entity, day) with facts per source, of those before the start and after the end."""

    model: Model
    days: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)

    def add(self, known: Known) -> None:
        """Count the facts of some entities."""
        entity, columns = self.model.entity, known.attributes.columns
        starts, ends = _days(columns, entity.starts, -NEVER), _days(columns, entity.ends, NEVER)
        for source in self.model.sources:
            several = [one for shape, one in known.partials.items() if shape.source == source and "begun" in one.arrays]
            if several and len(known.attributes.ids):
                one = max(several, key=len)
                begun = one["begun"]
                self.days[source] += len(one)
                if starts is not None:
                    self.before[source] += int(np.sum(begun < starts[one.entity]))
                if ends is not None:
                    self.after[source] += int(np.sum(begun > ends[one.entity] + AFTER))

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """One for each source and kind of fault."""
        name = self.model.entity.name
        kinds = [("before start", self.before, f"before their {name} began", "`starts` of the entity"),
                 ("after end", self.after, f"more than {AFTER} days after their {name} ended", "`ends` of the entity")]
        found = []
        for source, number in self.days.items():
            for kind, counts, words, column in kinds:
                share = counts[source] / number if number else 0.0
                if share > SHARE:
                    what = f"{share:.0%} of the days with facts of source {source} lie {words}"
                    found.append(Caution(kind, None, what, f"check its keys and times, and {column}"))
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
