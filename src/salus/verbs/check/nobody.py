"""Whether anybody is there to be scored: a table of entities without rows, without a begin, or of
which all have ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import Problem
from salus.facts.data_end import find_data_end, load_source_days
from salus.facts.population import select_current as rows_of_today
from salus.model.model import Model
from salus.model.yaml.places import ModelLocations
from salus.sources.connection import Connection


def nobody_there(
    model: Model,
    connection: Connection,
    places: ModelLocations,
    sources: Sequence[str],
    today: dt.date,
) -> Iterator[Problem]:
    """What makes every score be refused; a warning where only the date that is scored by default
    has nobody.
    """
    entity = model.entity
    if entity.table is None:
        return
    rows = connection.query(rows_of_today(model, connection))
    changing = (
        set()
        if entity.history is None
        else {one.name for one in connection.columns(entity.history.table)}
    )
    starts, ends = (None if name in changing else name for name in (entity.starts, entity.ends))
    if not rows.num_rows:
        yield places.problem(
            ("entity", "table"),
            f"table `{entity.table}` has no row, so there is no {entity.name} to score",
            "export it again, or name another table",
        )
    elif starts is not None and rows[starts].null_count == rows.num_rows:
        yield places.problem(
            ("entity", "starts"),
            f"`{starts}` is empty in every row, so no {entity.name} is ever there",
            "name a column of first days, or leave `starts` out",
        )
    elif not _there(rows, starts, ends, as_of := _default_date(model, connection, sources, today)):
        what = f"no {entity.name} is there on {as_of}, the date that is scored by default"
        yield places.problem(
            ("entity", "ends" if ends else "starts"),
            what,
            "check these days, or score another date with --as-of",
            "warning",
        )


def _default_date(
    model: Model, connection: Connection, sources: Sequence[str], today: dt.date
) -> dt.date:
    return find_data_end(
        [days for name in sources if (days := load_source_days(model, connection, name)).facts],
        today,
    ).as_of


def _there(rows: pa.Table, starts: str | None, ends: str | None, as_of: dt.date) -> bool:
    """Whether a row is part of the population: after its first day, until its last one."""
    day, there = pa.scalar(as_of), pa.array([True] * rows.num_rows)
    if starts is not None:
        there = pc.and_(there, pc.fill_null(pc.less(rows[starts].cast(pa.date32()), day), False))
    if (
        ends is not None and rows[ends].null_count < rows.num_rows
    ):  # without a value its type says nothing
        there = pc.and_(
            there, pc.fill_null(pc.greater_equal(rows[ends].cast(pa.date32()), day), True)
        )
    return bool(pc.any(there).as_py())
