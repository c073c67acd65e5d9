"""From a connection to a drafted model: profile the tables, choose the key, propose, write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from salus.draft.keys import choose_key
from salus.draft.persons import refuse_employees
from salus.draft.profile import TableProfile, profile_table
from salus.draft.proposal import TableProposals
from salus.draft.writing import Draft, DraftDates, DraftHeader, DraftWriter
from salus.errors import DataError, Problem
from salus.sources.connection import Connection

NO_DATE = dt.date(2000, 1, 1)  # without dated rows the values are the same on any day


def write_draft(
    connection: Connection,
    name: str,
    today: dt.date,
    timezone: str = "UTC",
    skip: Iterable[str] = (),
) -> Draft:
    """Propose a model called `name` for all tables of a connection except those in `skip`.

    Dates after `today` are ignored when the end of the data is determined. Raises DataError when
    nothing can be scored.
    """
    skipped = frozenset(skip)
    profiles = (
        profile_table(connection, table) for table in connection.tables() if table not in skipped
    )
    tables = [table for table in profiles if table.rows]
    if not tables:
        raise DataError(
            "there is no table with rows", "choose a folder with CSV, Parquet or XLSX files"
        )
    refuse_employees(tables)
    entity_key = choose_key(connection, tables)
    proposals = TableProposals(connection, entity_key, tables, today)
    lines = proposals.lines()
    if not lines.measures:
        reasons = [Problem("data", None, None, reason) for reason in lines.left_out]
        raise DataError([*reasons, _nothing_to_score()])
    header = DraftHeader(name, timezone, entity_key, proposals.entity_table)
    dates = DraftDates(today, day_after_data(tables, today))
    return DraftWriter(connection, header, lines, dates).draft()


def _nothing_to_score() -> Problem:
    return Problem(
        "data",
        None,
        None,
        "nothing here can be scored: no table has dated rows with a key, and no attribute has a"
        " known meaning",
        "add a table with a date column, or start from a pack: `salus init DIR --pack b2b_saas`",
    )


def day_after_data(tables: Iterable[TableProfile], today: dt.date) -> dt.date:
    """The day after the newest date in any table, but `today` at the latest.

    A table may hold the last date of the calendar, so the comparison comes before the addition.
    """
    newest = [
        column.maximum for table in tables for column in table.times if column.maximum is not None
    ]
    days = [value.date() if isinstance(value, dt.datetime) else value for value in newest]
    return min(max(days, default=NO_DATE), today - dt.timedelta(days=1)) + dt.timedelta(days=1)
