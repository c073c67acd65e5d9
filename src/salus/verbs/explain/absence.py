"""Why an entity isn't scored on a date: it left, it hasn't come yet, or it never was one."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from salus.datasets.presence import Presence, load_presence
from salus.errors import UsageError
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_attributes, load_entity_keys, select_current
from salus.facts.sql.columns import ENTITY
from salus.facts.sql.relation import FAR
from salus.model.model import Model
from salus.periods.day import NEVER, date_of, day_number
from salus.sanitize import one_line
from salus.scores.entity_lookup import find_part, match_row
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class _Known:
    """The entities of today's tables, and when each belongs to the population. None: that changes."""

    attributes: Attributes
    presence: Presence | None
    labels: tuple[str | None, ...]

    def row(self, entity: str, *, part: bool) -> int | None:
        """The entity by its key or its label, or with `part` the only one that contains the text."""
        ids = self.attributes.ids
        row = match_row(entity, ids, self.labels)
        if row is not None or not part:
            return row
        rows = find_part(entity, ids, self.labels)
        return rows[0] if len(rows) == 1 else None


def find_absence(
    workspace: Workspace, entity: str, as_of: dt.date, *, part: bool
) -> UsageError | None:
    """What to say about an entity that no score of `as_of` has; None if no table has it.

    `part`: a part of its name is enough.
    """
    model = workspace.model
    with workspace.connected() as connection:
        known = _load(model, connection, as_of)
        row = known.row(entity, part=part)
        if row is not None:
            return _describe(model, known, row, as_of)
        if model.entity.where is None:
            return None
        every = replace(model, entity=replace(model.entity, where=None))
        rows = connection.query(select_current(every, connection))
    ids = [str(key) for key in rows[ENTITY].cast(pa.string()).to_pylist()]
    labels = _texts(model, rows) or [None] * len(ids)
    row = match_row(entity, ids, labels)
    return None if row is None else _left_out(model, _name(ids[row], labels[row]))


def _load(model: Model, connection: Connection, as_of: dt.date) -> _Known:
    keys = load_entity_keys(model, connection) if model.entity.table is None else None
    attributes = load_attributes(model, connection, day_number(as_of), keys)
    presence = load_presence(model, connection, attributes, day_number(FAR))
    labels = _texts(model, attributes.columns) or [None] * len(attributes.ids)
    return _Known(attributes, presence, tuple(labels))


def _texts(model: Model, columns: pa.Table | Mapping[str, Any]) -> list[str | None]:
    """The labels; none if the columns don't have them."""
    name = model.entity.label
    names = columns.column_names if isinstance(columns, pa.Table) else columns
    labels = columns[name].to_pylist() if name is not None and name in names else []
    return [None if label is None else str(label) for label in labels]


def _describe(model: Model, known: _Known, row: int, as_of: dt.date) -> UsageError:
    key, noun = known.attributes.ids[row], one_line(model.entity.name)
    name = _name(key, known.labels[row])
    if known.presence is None:
        return UsageError(f"{name} isn't scored on {as_of}", "see its dates: " + _history(key))
    own = (known.presence.entity == row) & (known.presence.first < known.presence.last)
    first, last = known.presence.first[own].astype(np.int64), known.presence.last[own]
    today = day_number(as_of)
    past = last[last < today]
    if len(past):
        day = date_of(int(past.max()))
        return UsageError(
            f"{name} left on {day}, so it has no score for {as_of}",
            f"see it as it was then: `salus explain {shlex.quote(key)} --as-of {day}`",
        )
    coming = first[(first >= today) & (first < NEVER)]
    if len(coming):
        day = date_of(int(coming.min()) + 1)
        return UsageError(
            f"{name} isn't {_a(noun)} yet on {as_of}", f"it has a score from {day} on"
        )
    part, reason = _never(model)
    return UsageError(
        f"{name} has never been {_a(noun)}: {reason}",
        f"if it should be one, check its rows and `{part}` in salus.yaml",
    )


def _never(model: Model) -> tuple[str, str]:
    """What decides that an entity never belongs to the population: its name in the model, and why."""
    entity = model.entity
    if entity.contracts is not None:
        return "contracts", f"no row of table `{entity.contracts.table}` makes it one"
    if entity.active is not None:
        return "active", f"it has no facts in source `{entity.active.source}`"
    if entity.starts is not None:
        return "starts", f"it has no first day before its last one in `{entity.starts}`"
    return "entity", "no date counts it"


def _left_out(model: Model, name: str) -> UsageError:
    return UsageError(
        f"{name} isn't counted as {_a(one_line(model.entity.name))}: `where` of the entity leaves"
        " its row out",
        "if it should count, change `where` in salus.yaml",
    )


def _name(key: str, label: str | None) -> str:
    """The key with the label."""
    return one_line(f"`{key}` {label or ''}".strip())


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def _history(key: str) -> str:
    return f"`salus history {shlex.quote(key)}`"
