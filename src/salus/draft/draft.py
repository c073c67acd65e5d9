"""From a connection to a drafted model: look, pick, propose, measure, write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from salus.draft.keys import choose_key
from salus.draft.profile import TableProfile, profile_table
from salus.draft.proposal import TableProposals
from salus.draft.writing import Draft, DraftDates, DraftWriter
from salus.errors import DataError, Problem
from salus.sources.connection import Connection

NO_DATE = dt.date(2000, 1, 1)  # attributes alone are the same on any day


def write_draft(
    connection: Connection,
    name: str,
    today: dt.date,
    timezone: str = "UTC",
    skip: Iterable[str] = (),
) -> Draft:
    """Propose a model called `name` for the tables of a connection, without those in `skip`; where
    the data end follows from `today`.

    Raises DataError where nothing can be scored.
    """
    passed = frozenset(skip)
    tables = [
        found
        for found in (
            profile_table(connection, table) for table in connection.tables() if table not in passed
        )
        if found.rows
    ]
    if not tables:
        raise DataError(
            "there is no table with rows", "name a folder of CSV, Parquet or XLSX files"
        )
    picked = choose_key(connection, tables)
    proposal = TableProposals(connection, picked, tables, today)
    lines = proposal.lines()
    if not lines.measures:
        reasons = [Problem("data", None, None, lost) for lost in lines.lost]
        raise DataError(
            [
                *reasons,
                Problem(
                    "data",
                    None,
                    None,
                    "nothing here can be scored: no dated rows that belong to "
                    "anyone, and no attribute whose meaning is known",
                    "add a table with a column "
                    "of dates, or start from a pack: `salus init DIR --pack b2b_saas`",
                ),
            ]
        )
    when = DraftDates(today, last_day(tables, today))
    return DraftWriter(connection, name, timezone, picked, proposal.register, lines, when).draft()


def last_day(tables: Iterable[TableProfile], today: dt.date) -> dt.date:
    """The day after the newest date in any table, not after today. A table may hold the last day of
    the calendar.
    """
    moments = [column.most for table in tables for column in table.times if column.most is not None]
    days = [moment.date() if isinstance(moment, dt.datetime) else moment for moment in moments]
    return min(max(days, default=NO_DATE), today - dt.timedelta(days=1)) + dt.timedelta(days=1)
