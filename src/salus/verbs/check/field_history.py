"""Warnings about a history of single fields: fields without a row, values that can't be read, and
attributes that are something else today than after their last change.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import Problem
from salus.facts.field_changes import AttributesToday, ChangeTimeline, sort_changes
from salus.facts.field_values import is_unreadable
from salus.facts.population import select_changes, select_current
from salus.facts.sql.columns import BEFORE, ENTITY, VALUE
from salus.facts.sql.occurrences import count_table_values
from salus.facts.sql.relation import FAR
from salus.model.model import Model
from salus.model.source import AttributeHistory, FieldChanges
from salus.model.suggest import nearest
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.periods.day import day_number
from salus.sources.connection import Connection

FEWEST = 5  # entities whose last change is compared with today's value


def check_field_history(
    model: Model, connection: Connection, places: ModelLocations
) -> Iterator[Problem]:
    """Warnings about the fields of a history, in the order of their attributes."""
    history = model.entity.history
    changes = None if history is None else history.changes
    select = select_changes(model, connection, day_number(FAR))
    if history is None or changes is None or select is None:
        return
    today = connection.query(select_current(model, connection))
    ids = tuple(today[ENTITY].cast(pa.string()).to_pylist())
    now = AttributesToday(ids, today, model.timezone)
    timeline = ChangeTimeline(sort_changes(connection.query(select), ids), now)
    for attribute, name in changes.names:
        own = timeline.rows_of(name)
        path = ("entity", "history", "fields", attribute)
        if not len(own):
            what, fix = _without_row(connection, history, changes, name)
            yield places.problem(path, what, fix, "warning")
            continue
        for what, fix in (
            _unreadable(timeline, attribute, name),
            _outdated(timeline, attribute, name, model),
        ):
            if what:
                yield places.problem(path, what, fix, "warning")


def _without_row(
    connection: Connection, history: AttributeHistory, changes: FieldChanges, name: str
) -> tuple[str, str]:
    values = [str(value) for value in count_table_values(connection, history.table, changes.field)]
    near = nearest(name, values)
    what = (
        f"no row of an entity in table `{shorten(history.table)}` has `{shorten(changes.field)}` ="
        f" '{shorten(name)}'"
    )
    if near is not None and near != name:
        return what, f"did you mean '{shorten(near)}'?"
    listed = ", ".join(f"'{shorten(value)}'" for value in values[:5])
    return what, f"the column contains {listed}" if listed else "the column is empty"


def _unreadable(timeline: ChangeTimeline, attribute: str, name: str) -> tuple[str, str]:
    """The values that can't be read as the attribute's kind, and what to do."""
    texts: list[str] = []
    total = 0
    own = timeline.rows_of(name)
    for column in (VALUE, BEFORE):
        if column in timeline.rows.column_names:
            values = timeline.rows[column].combine_chunks().take(pa.array(own))
            unreadable = is_unreadable(values, timeline.read(column, own, attribute))
            total += int(np.count_nonzero(pc.is_valid(values)))
            texts += values.filter(pa.array(unreadable)).to_pylist()
    if not texts:
        return "", ""
    kind = timeline.today.rows[attribute].type
    wanted = (
        "numbers, such as 1250.5"
        if pa.types.is_floating(kind)
        else "true or false"
        if pa.types.is_boolean(kind)
        else "dates, such as 2026-01-31"
        if pa.types.is_temporal(kind)
        else "text"
    )
    what = (
        f"{len(texts):,} of {total:,} values of `{shorten(attribute)}` in the history can't be read,"
        f" such as '{shorten(str(texts[0]))}', so it is missing there"
    )
    return what, f"write them as {wanted}"


def _outdated(timeline: ChangeTimeline, attribute: str, name: str, model: Model) -> tuple[str, str]:
    """A warning if most entities have another value today than after their last change."""
    same, total = timeline.agreement(attribute, name)
    if total < FEWEST or 2 * same >= total:
        return "", ""
    what = (
        f"`{shorten(attribute)}` has another value today than after its last change in the history"
        f" for {total - same:,} of {total:,} {model.entity.names}"
    )
    return what, "check that the field is the attribute, written in the same way"
