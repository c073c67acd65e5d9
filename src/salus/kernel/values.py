"""A measure's values for entities and dates, with the reason where a value is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.model.curve import WordScale

REASONS = (
    None,
    "no facts",
    "too few",
    "stale",
    "no data",
    "not finite",
    "unknown word",
    "divided by nothing",
)
NO_FACTS, TOO_FEW, STALE, NO_DATA, NOT_FINITE, UNKNOWN_WORD, DIVIDED = range(1, 8)


@dataclass(frozen=True)
class MeasureValues:
    """Numbers of shape (entities, dates); NaN where missing, and then `reason` is not 0.

    kind "number"; "bool" (1, 0); "date": days since 1970 with a fraction; "text": positions in
    `words`.
    """

    data: NDArray[np.float64]
    reason: NDArray[np.uint8]
    kind: str = "number"
    words: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        data: NDArray[np.float64],
        reason: int | NDArray[Any],
        kind: str = "number",
        words: tuple[str, ...] = (),
    ) -> MeasureValues:
        """Values with one reason for every NaN; an infinite value is missing as "not finite"."""
        why = np.where(np.isnan(data), np.asarray(reason, dtype=np.uint8), np.uint8(0))
        odd = np.isinf(data)
        if odd.any():
            data, why = np.where(odd, np.nan, data), np.where(odd, np.uint8(NOT_FINITE), why)
        return cls(data, why.astype(np.uint8), kind, words)

    def missing_where(self, mask: NDArray[np.bool_], reason: int) -> MeasureValues:
        """The same values, missing for `reason` where `mask` is true."""
        if not mask.any():
            return self
        return MeasureValues(
            np.where(mask, np.nan, self.data),
            np.where(mask, np.uint8(reason), self.reason).astype(np.uint8),
            self.kind,
            self.words,
        )

    def points(self, scale: WordScale, data: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points of `data` on a scale of words; `data` is of the same kind as these values."""
        if self.kind == "number":
            return scale.of_numbers(data)
        return scale.of_words(self.words if self.kind == "text" else ("false", "true"), data)

    def on(self, dates: NDArray[np.integer]) -> MeasureValues:
        """The values on these grid indexes only."""
        return MeasureValues(self.data[:, dates], self.reason[:, dates], self.kind, self.words)
