"""A small model, and cells with given values: no table is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from salus.kernel.cells import Cells, LastValue
from salus.kernel.values import NO_FACTS, MeasureValues
from salus.model.model import Model
from salus.model.read import read_text

MODEL = """\
version: 1
name: small
entity: {name: account, table: accounts, key: id, starts: since, attributes: [seats]}
sources: {use: {table: use, key: id, time: at}}
inputs: {waiting: {days_since: use}}
dimensions:
  usage:
    weight: 3
    measures:
      logins: {count: use, within: 28d, bad: 0, good: 10}
      users: {count_distinct: use.user, within: 28d, bad: 0, good: 20}
  voice:
    measures:
      mood: {latest: use.mood, within: 30d, points: {good: 100, bad: 0}}
caps:
  - {name: slow, when: "waiting > 30", at_most: 40}
segments:
  new: {when: "as_of - since < 90", without: [voice]}
scores:
  activity: {weights: {usage: 1}}
"""
DAY = 20_000

Numbers = Sequence[float | None]


def read_model(more: str = "", replace: Mapping[str, str] | None = None) -> Model:
    """The model, with more lines at its end and some texts replaced."""
    text = MODEL + more
    for old, new in (replace or {}).items():
        assert old in text
        text = text.replace(old, new)
    return read_text(text)


def numbers(values: Numbers) -> MeasureValues:
    """Values of a measure; None is missing."""
    data = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return MeasureValues.of(data, NO_FACTS)


def words(values: Sequence[str | None], vocabulary: tuple[str, ...]) -> MeasureValues:
    """Values of a text measure; None is missing."""
    data = [np.nan if value is None else vocabulary.index(value) for value in values]
    return MeasureValues.of(np.array(data, dtype=np.float64), NO_FACTS, "text", vocabulary)


def last_value(values: Numbers, days_before: int = 3) -> LastValue:
    """Values of an earlier day; None: there is none."""
    data = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return LastValue(data, np.full(len(values), DAY - days_before, dtype=np.int32))


def make_cells(
    logins: Numbers,
    users: Numbers,
    mood: Sequence[str | None],
    waiting: Numbers | None = None,
    segment: Sequence[int] | None = None,
) -> Cells:
    """One cell per entity, all on one day. Caps follow from `waiting`."""
    size = len(logins)
    wait = numbers([0] * size if waiting is None else waiting)
    return Cells(
        entity=np.arange(size),
        day=np.full(size, DAY, dtype=np.int32),
        values={
            "logins": numbers(logins),
            "users": numbers(users),
            "mood": words(mood, ("bad", "good", "odd")),
            "waiting": wait,
        },
        held={},
        last={},
        segment=np.array([-1] * size if segment is None else segment, dtype=np.int16),
        capped={"slow": np.nan_to_num(wait.data) > 30},
    )
