"""Small tables of known roles, and the values of the lines that are proposed for them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salus.draft import open_folder
from salus.draft.lines import DraftLines, FixedPoints, UniqueNames
from salus.draft.picture import CustomersPicture, FolderPicture, TablePicture, TableRole
from salus.draft.profile import profile_table
from salus.draft.roles import draft_by_role
from salus.draft.table import DatedTable, DatedTables
from salus.draft.time_columns import Pace, TimeColumns
from salus.draft.writing import TRIAL_POINTS
from salus.draft.yaml_writer import ModelText, ScoredMeasure, render_model
from salus.facts.build import load_facts
from salus.kernel.cells import compute_cells, join_cells, required_grid
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.sources.connection import Connection
from tests.draft.test_small_tables import folder

KEY = "account"
WEEKLY = Pace(gap=7.0, span=500)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A table as CSV, and what is known of it."""

    text: str
    role: TableRole
    time: str
    until: str | None = None
    row_id: str | None = None
    where: str | None = None
    leaks: tuple[str, ...] = ()
    leads_to: str | None = None  # another table, for a history of its fields
    pace: Pace = WEEKLY


@contextmanager
def opened(place: Path, tables: Mapping[str, Rows]) -> Iterator[Connection]:
    """The tables as files of a folder."""
    place.mkdir(exist_ok=True)
    texts = {name: rows.text for name, rows in tables.items()}
    reader = open_folder(folder(place / "tables", **texts), place / "scratch")
    try:
        yield reader.connection
    finally:
        reader.connection.close()


def draft(
    connection: Connection,
    tables: Mapping[str, Rows],
    customers: CustomersPicture | None = None,
) -> dict[str, DraftLines]:
    """The lines of each table."""
    dated, pictures = [], []
    for name, rows in tables.items():
        profile = profile_table(connection, name)
        dated.append(
            DatedTable(
                profile=profile,
                key=KEY,
                times=TimeColumns(rows.time),
                pace=rows.pace,
                role=rows.role,
                where=rows.where,
                row_id=rows.row_id,
                until=rows.until,
                leaks=rows.leaks,
            )
        )
        pictures.append(TablePicture(profile=profile, role=rows.role, time=rows.time))
    picture = FolderPicture(tables=tuple(pictures), customers=customers)
    return draft_by_role(DatedTables(tuple(dated)), picture, UniqueNames())


def model_text(*drafts: DraftLines) -> str:
    """The text of a model with the lines, every key of which is an entity."""
    return render_model(
        ModelText(
            title=("a model",),
            head={"version": 1, "name": "tried"},
            entity={"name": ("account", ""), "key": (KEY, "")},
            sources=tuple(source for lines in drafts for source in lines.sources),
            inputs=tuple(item for lines in drafts for item in lines.inputs),
            measures=tuple(
                ScoredMeasure(
                    measure,
                    measure.scale.body if isinstance(measure.scale, FixedPoints) else TRIAL_POINTS,
                )
                for lines in drafts
                for measure in lines.measures
            ),
            tail=("bands: {healthy: 75, watch: 50, at_risk: 0}",),
        )
    )


def values(
    connection: Connection, day: dt.date, *drafts: DraftLines
) -> dict[str, dict[str, float | None]]:
    """The value of each measure and input for each entity on a day; None where it is missing."""
    model = read_text(model_text(*drafts))
    days = np.array([day_number(day)], dtype=np.int32)
    facts = load_facts(model, connection, required_grid(model, days))
    cells = join_cells(list(compute_cells(model, facts, days)), model)
    ids = [str(facts.attributes.ids[number]) for number in cells.entity]
    named = [*(m.name for m in model.measures), *(i.name for i in model.inputs)]
    return {
        name: {
            entity: None if math.isnan(value) else round(float(value), 6)
            for entity, value in zip(ids, cells.values[name].data, strict=True)
        }
        for name in named
        if name in cells.values
    }
