"""How recent and how complete each source is."""

from __future__ import annotations

import datetime as dt

import numpy as np

from salus.channels.report.content import SourceState
from salus.facts.build import FactReader
from salus.model.model import Model
from salus.periods.day import date_of, day_number
from salus.sources.connection import Connection
from salus.sources.folder import Folder
from salus.sources.table import FileReading


def describe_sources(
    model: Model, connection: Connection, facts: FactReader, as_of: dt.date
) -> tuple[SourceState, ...]:
    """Every source that a measure reads, in the order of the model."""
    readings = connection.readings if isinstance(connection, Folder) else {}
    return tuple(
        _source(model, name, facts, as_of, readings.get(model.sources[name].table))
        for name in model.sources
        if name in facts.newest
    )


def _source(
    model: Model, name: str, facts: FactReader, as_of: dt.date, reading: FileReading | None
) -> SourceState:
    days, begun = facts.newest[name]
    now = day_number(as_of)
    past = begun[(np.maximum(days, begun) < now)]
    newest = int(past.max()) if len(past) else None
    return SourceState(
        name=name,
        newest=None if newest is None else date_of(newest),
        age=None if newest is None else now - newest,
        fresh=model.sources[name].fresh,
        read=None if reading is None else reading.read,
        rejected=None if reading is None else reading.rejected,
        unknown_keys=name in facts.all_unknown_keys(),
    )
