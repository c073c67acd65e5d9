"""Reads `frozen:`, the values of the percentiles.

They are kept so that an entity's score doesn't change when only other entities change.

frozen:
  reference: 2026-01-31
  measures: {active_users: {p10: 0.12, p75: 0.81}}
  bands: {p25: 48.3, p75: 71.2}
  scores: {growth: {p70: 66.0}}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salus.model.curve import Percentile
from salus.model.reading.context import Numbers, ReadContext
from salus.model.yaml.document import Scalar
from salus.model.yaml.section import Fields
from salus.model.yaml.values import parse_percentile


@dataclass(frozen=True)
class FrozenNumbers:
    """The values of percentiles for each measure, for the main bands, and for each further score."""

    measures: Mapping[str, Numbers] = field(default_factory=dict)
    bands: Numbers = field(default_factory=dict)
    scores: Mapping[str, Numbers] = field(default_factory=dict)

    def of_measure(self, name: str) -> Numbers:
        return self.measures.get(name, {})

    def of_score(self, name: str) -> Numbers:
        return self.scores.get(name, {})


def read_frozen(
    fields: Fields | None, reference: dt.date | None, context: ReadContext
) -> FrozenNumbers:
    """Read the block. Values of another date are an error; values of unknown names are a warning."""
    if fields is None:
        return FrozenNumbers()
    if fields.get("reference") not in (None, reference):
        context.error(
            fields.place_of("reference"),
            f"the frozen values are those of {fields.get('reference')}, not of the reference date",
            "run `salus check --freeze`, or restore the old reference date",
        )
    for key, known in (("measures", context.names.measures), ("scores", context.names.scores)):
        for name, _ in fields.get(key, []):
            if name.text not in known:
                context.warning(
                    name.place,
                    f"`{name.text}` has frozen values, but isn't declared",
                    "remove them",
                )
    by_name = {
        key: {name.text: _parse_numbers(of) for name, of in fields.get(key, [])}
        for key in ("measures", "scores")
    }
    return FrozenNumbers(
        by_name["measures"], _parse_numbers(fields.get("bands", [])), by_name["scores"]
    )


def _parse_numbers(written: list[tuple[Scalar, Any]]) -> dict[Percentile, float]:
    return {parse_percentile(key.text): number for key, number in written}
