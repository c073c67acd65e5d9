"""The score of one entity, as a row of a result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EntityScore:
    """The score of one entity on one date."""

    id: str
    label: str | None  # what people call it
    owner: str | None  # who looks after it
    value: float | None  # in the model's currency
    score: float | None  # 0 to 100, 100 is healthy; None if too little is known
    band: str  # `unknown` without a score
    coverage: float  # share of the weights whose measures have a value, 0 to 1
    as_of: dt.date
    fingerprint: str  # of the model that scored it

    def as_dict(self) -> dict[str, object]:
        """Each field by its name; the date as text."""
        return {**vars(self), "as_of": self.as_of.isoformat()}
