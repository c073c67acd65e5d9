"""Measures a project against the truth: how well its scores and its single measures separate the
customers who leave, and which customers it knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salus import open_project
from tests.draft.exports.truth import DATES, TODAY, Truth

VALUE = "value:"  # the columns of a replay that hold measures


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How good a project is. `measures` holds the AUC of each measure alone, in the better of its two
    directions.
    """

    auc: float
    measures: Mapping[str, float]
    scored: float  # share of the customers on the dates that have a score

    @property
    def best(self) -> tuple[str, float]:
        """The best single measure and its AUC."""
        return max(self.measures.items(), key=lambda item: item[1], default=("none", 0.5))


def measure_project(project: Path, truth: Truth) -> Measured:
    """Score the project on the dates and compare with who left within the horizon.

    A customer without a value counts as the middle customer of its date. Two entities that stand for
    one customer count as their mean.
    """
    replay = open_project(project, today=TODAY).replay(DATES[0], DATES[-1], every="month")
    assert replay.dates == DATES
    table = replay.to_arrow()
    columns = ["score", *(name for name in table.column_names if name.startswith(VALUE))]
    days = [str(day)[:10] for day in table["as_of"].to_pylist()]
    keys = [
        (day, truth.by_name.get(entity))
        for day, entity in zip(days, table["entity"].to_pylist(), strict=True)
    ]
    rows = [(str(day), *row) for day in DATES for row in truth.rows(day)]
    left = [leaves for _, _, leaves in rows]
    aucs, scored = {}, 0
    for name in columns:
        values = _means(keys, table[name].to_pylist())
        middles = {
            day: float(
                np.median([value for (at, _), value in values.items() if at == day] or [0.0])
            )
            for day in map(str, DATES)
        }
        aucs[name] = auc(
            [-values.get((day, customer), middles[day]) for day, customer, _ in rows], left
        )
        if name == "score":
            scored = sum((day, customer) in values for day, customer, _ in rows)
    return Measured(
        auc=aucs.pop("score"),
        measures={name.removeprefix(VALUE): max(each, 1 - each) for name, each in aucs.items()},
        scored=scored / len(rows),
    )


def _means(
    keys: Sequence[tuple[str, str | None]], values: Sequence[object]
) -> dict[tuple[str, str], float]:
    """The mean value by date and customer, of numbers alone."""
    collected: dict[tuple[str, str], list[float]] = {}
    for (day, customer), value in zip(keys, values, strict=True):
        if customer is not None and isinstance(value, int | float) and np.isfinite(value):
            collected.setdefault((day, customer), []).append(float(value))
    return {key: sum(numbers) / len(numbers) for key, numbers in collected.items()}


def auc(risk: Sequence[float], left: Sequence[bool]) -> float:
    """The share of pairs in which the customer who left has the higher risk; ties count half.

    >>> auc([3.0, 2.0, 2.0, 1.0], [True, True, False, False])
    0.875
    """
    risks, outcome = np.asarray(risk), np.asarray(left)
    gone, stayed = risks[outcome], risks[~outcome]
    higher = (gone[:, None] > stayed).sum() + 0.5 * (gone[:, None] == stayed).sum()
    return float(higher / (len(gone) * len(stayed)))
