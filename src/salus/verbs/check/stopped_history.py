"""A warning about dated copies that stopped, so that the newest one isn't how things are today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import Problem
from salus.facts.population import load_attributes
from salus.model.model import Model
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.periods.day import date_of, day_number
from salus.sources.connection import Connection

PAUSES = 2  # the longest between two days with rows: after so many the history has stopped


def check_stopped_history(
    model: Model, connection: Connection, places: ModelLocations, as_of: dt.date
) -> Iterator[Problem]:
    """A warning if a history with a column per attribute has stopped, and attributes have changed
    since.
    """
    history, end = model.entity.history, day_number(as_of)
    if history is None or history.changes is not None:
        return
    attributes = load_attributes(model, connection, end, None)
    rows = attributes.history
    if rows is None:
        return
    days = np.unique(rows["known"])
    if len(days) < 2 or end - days[-1] <= PAUSES * int(np.diff(days).max()):
        return
    last = np.flatnonzero(np.append(rows.entity[1:] != rows.entity[:-1], True))
    other = np.zeros(len(last), dtype=np.bool_)
    changed = []
    for name, values in attributes.changing.items():
        now = attributes.columns.get(name)
        if now is None or now.type != values.type:
            continue
        then, now = values.take(pa.array(last)), now.take(pa.array(rows.entity[last]))
        same = pc.fill_null(pc.equal(then, now), False)
        empty = pc.and_(pc.is_null(then), pc.is_null(now))
        differs = ~np.asarray(pc.or_(same, empty))
        changed += [f"`{shorten(name)}`"] if differs.any() else []
        other |= differs
    if changed:
        yield places.problem(
            ("entity", "history", "table"),
            f"the newest row of table `{shorten(history.table)}` (history) is of"
            f" {date_of(int(days[-1]))}. Since then {' and '.join(changed)} changed for"
            f" {int(other.sum()):,} of {len(last):,} {model.entity.names}, but the old values count",
            "add today's values to the table, or leave out `history`",
            "warning",
        )
