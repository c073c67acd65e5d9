"""Made-up panels with measures that predict the outcome to any degree or not at all. They are only
arrays, so that hundreds are cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import special

from salus.insight.learning.learning import Learned, learn
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import NEVER

HORIZON, MONTH, FIRST = 90, 30, 20_000  # days
SIZES = (120, 250, 500, 1000)  # entities


@dataclass(frozen=True)
class World:
    """A model and the rows that it would have scored."""

    model: Model
    panel: Panel

    def learned(self) -> Learned:
        return learn(self.model, self.panel, HORIZON, ())


def model_of(measures: int) -> Model:
    """A model of so many numbers with different weights."""
    lines = "".join(
        f"      m{number}: {{value: a{number}, bad: 0, good: 100, weight: {number + 1}}}\n"
        for number in range(measures)
    )
    names = ", ".join(f"a{number}" for number in range(measures))
    text = (
        f"version: 1\nname: world\nentity: {{name: account, table: accounts, key: id, attributes: [{names}]}}\n"
        f"dimensions:\n  all:\n    measures:\n{lines}"
    )
    return read_text(text, "salus.yaml", Path("."))


def world(
    seed: int, entities: int, *, signal: float = 0.0, measures: int = 0, dates: int = 0
) -> World:
    """Steady traits and moving ones behind the points; entities leave at a rate that follows them
    by `signal`.
    """
    draw = np.random.default_rng(seed)
    measures, dates = measures or int(draw.integers(2, 9)), dates or int(draw.integers(12, 25))
    steady = draw.normal(size=(measures, entities, 1))
    state = 0.7 * steady + 0.7 * np.cumsum(
        draw.normal(size=(measures, entities, dates)), axis=2
    ) / np.sqrt(dates)
    risk = signal * state[::2].sum(axis=0) / np.sqrt(len(state[::2]))
    leaves = draw.random((entities, dates)) < special.expit(
        draw.uniform(-4.5, -3) + risk
    )  # in the month after each date
    day = FIRST + MONTH * np.arange(dates)
    month = np.where(leaves.any(axis=1), leaves.argmax(axis=1), dates)
    gone = np.where(month < dates, FIRST + MONTH * month + draw.integers(0, MONTH, entities), NEVER)
    row, column = np.nonzero((day <= gone[:, None]) & (day + HORIZON <= day[-1] + MONTH))
    points = 100 * special.ndtr(
        -state[:, row, column] + 0.3 * draw.normal(size=(measures, len(row)))
    )
    points[draw.random(points.shape) < 0.05] = np.nan
    named = {f"m{number}": points[number] for number in range(measures)}
    when = gone[row].astype(np.int32)
    days = day[column].astype(np.int32)
    zeros = np.zeros(len(row), dtype=np.int16)
    return World(
        model_of(measures),
        Panel(
            entity=row.astype(np.int64),
            day=days,
            score=np.where(np.isnan(points), 50.0, points).mean(axis=0),
            band=zeros.astype(np.int8),
            points=named,
            real={name: ~np.isnan(values) for name, values in named.items()},
            segment=zeros - 1,
            had_outcome=when < days + HORIZON,
            when=when,
            values=named,
        ),
    )
