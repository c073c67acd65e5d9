"""The product over tables given as Python rows: written to a DuckDB file, scored at several dates."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from salus.facts.build import load_facts
from salus.history.row import to_table
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.scoring.scored import Scored
from salus.scoring.timeline import score_all
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from tests.oracle.table import Table

ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us"),
    "instant": pa.timestamp("us", "UTC"),
}


@dataclass(frozen=True)
class Result:
    """Scored cells, and the keys of the entities that they are numbered by."""

    scored: Scored
    ids: tuple[str, ...]

    @property
    def table(self) -> pa.Table:
        """What history keeps."""
        return to_table(self.scored, self.ids)


def read_model(model: dict, holidays: Sequence[dt.date] = ()) -> Model:
    """A model from the dict that its YAML would be: JSON is YAML."""
    return replace(read_text(json.dumps(model, ensure_ascii=False)), holidays=tuple(holidays))


def to_arrow(table: Table) -> pa.Table:
    return pa.table(
        {
            name: pa.array([row[name] for row in table.rows], ARROW[kind])
            for name, kind in table.columns.items()
        }
    )


def write(tables: dict[str, Table], path: Path) -> Path:
    """The tables as a DuckDB file."""
    with duckdb.connect(str(path)) as connection:
        for name, table in tables.items():
            connection.register("arriving", to_arrow(table))
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arriving')
            connection.unregister("arriving")
    return path


def compute(model: Model, connection: Connection, dates: Sequence[dt.date]) -> Result | None:
    """The scores of every entity at every date, entity by entity; None if there is no entity."""
    days = np.array([day_number(date) for date in dates], dtype=np.int32)
    known = load_facts(model, connection, required_grid(model, days))
    scores = score_all(model, known, days)
    return None if scores is None else Result(scores, tuple(known.attributes.ids))


def compute_file(model: Model, path: Path, dates: Sequence[dt.date]) -> Result | None:
    connection = DuckDBFile(path)
    try:
        return compute(model, connection, dates)
    finally:
        connection.close()
