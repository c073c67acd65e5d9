"""How dense the rows of a table are for each entity, where keys go through links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.draft.picture import TablePicture
from salus.draft.time_columns import Pace, measure_pace
from salus.facts.sql.links import KeyedTable, keyed_table
from salus.model.model import Model
from salus.sources.connection import Connection


@dataclass(frozen=True)
class ResolvedPace:
    """Measures the pace of tables. `model` has a source named like each of them, with its key."""

    model: Model
    connection: Connection
    today: dt.date

    def measure(self, table: TablePicture) -> Pace:
        """The pace of a table that has a time and a key."""
        assert table.time is not None
        source = next(each for each in self.model.sources.values() if each.table == table.name)
        keyed = KeyedTable(table.name, source.keys, table.time)
        rows, _ = keyed_table(self.model, self.connection, keyed)

        return measure_pace(
            self.connection, table.profile, (source.key, table.time), self.today, rows
        )
