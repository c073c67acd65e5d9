"""From a connection to a drafted model: profile the tables, find the customers, propose, write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from salus.draft.answers import DraftAnswers, UnansweredError
from salus.draft.customers import ask_for_rows
from salus.draft.entity_block import entity_by_key
from salus.draft.find_picture import find_picture
from salus.draft.folder_draft import FolderDraft
from salus.draft.labels import Labeller, no_labels
from salus.draft.lines import DraftLines
from salus.draft.outcomes import NOBODY, answered_outcome
from salus.draft.persons import refuse_employees
from salus.draft.picture import DraftQuestion, FolderPicture
from salus.draft.profile import TableProfile, profile_table
from salus.draft.proposal import TableProposals
from salus.draft.tidy import find_tidy_key
from salus.draft.writing import (
    Draft,
    DraftDates,
    DraftHeader,
    DraftWriter,
    check_measures,
)
from salus.draft.zone_note import describe_zone
from salus.errors import DataError
from salus.sources.connection import Connection

ENDS = "contracts.end"  # the question when contracts end
NO_DATE = dt.date(2000, 1, 1)  # without dated rows the values are the same on any day


def write_draft(
    connection: Connection,
    name: str,
    today: dt.date,
    skip: Iterable[str] = (),
    answers: DraftAnswers | None = None,
    label: Labeller = no_labels,
) -> Draft:
    """Propose a model called `name` for all tables of a connection except those in `skip`. Its
    measures get the labels that `label` gives.

    Dates after `today` are ignored when the end of the data is determined. Raises DataError when
    nothing can be scored, and UnansweredError when a person must say first who is a customer.
    """
    skipped = frozenset(skip)
    profiles = [
        profile_table(connection, table) for table in connection.tables() if table not in skipped
    ]
    tables = [table for table in profiles if table.rows]
    if not tables:
        raise DataError(
            "there is no table with rows", "choose a folder with CSV, Parquet or XLSX files"
        )
    refuse_employees(tables)
    said = answers or DraftAnswers()
    picture = find_picture(connection, skipped, profiles, said)
    dates = DraftDates(today, day_after_data(tables, today))
    header = DraftHeader(
        name=name, label=label, tables=picture.tables, zone_note=describe_zone(tables, "UTC")
    )
    named = said.entity or said.key or said.where
    key = None if named else find_tidy_key(connection, tables, picture)
    doubt = None if key is None else _ask_for_rows(picture, tables, key.columns)
    if doubt is not None:
        raise UnansweredError(picture, [doubt])
    if key is not None:
        proposals = TableProposals(connection, key, tables, today)
        lines = proposals.lines()
        if said.outcome not in (None, NOBODY):
            table = proposals.entity_table.name if proposals.entity_table else None
            own = answered_outcome(said.outcome, picture, key.columns, table)
            lines = replace(lines, outcomes={"churned": own})
        draft = _tidy_draft(header, proposals, check_measures(lines), dates)
        roles = tuple(replace(table, role=proposals.role(table)) for table in picture.tables)
        picture = replace(picture, tables=roles, questions=())  # the draft doesn't depend on them
    elif picture.customers is None:
        raise UnansweredError(picture)
    elif said.outcome is None and _lacks_ends(picture):
        raise UnansweredError(picture, _ask_for_ends(picture))
    else:
        draft = FolderDraft(connection, picture, picture.customers, dates, said.outcome).write(
            header
        )
    return replace(draft, picture=picture)


def _ask_for_rows(
    picture: FolderPicture, tables: Iterable[TableProfile], keys: Iterable[str]
) -> DraftQuestion | None:
    """The question which rows of the customers' list count, if it holds prospects and no contract
    tells them apart. `keys`: the tables with the key.
    """
    roles = {table.name: table.role for table in picture.tables}
    lists = [t for t in tables if t.name in set(keys) and roles[t.name] == "customers"]
    if "contracts" in roles.values() or len(lists) != 1:
        return None
    return ask_for_rows(lists[0])


def _lacks_ends(picture: FolderPicture) -> bool:
    """Whether nothing says when contracts end: then everybody would be a customer forever."""
    return any(question.code == ENDS for question in picture.questions)


def _ask_for_ends(picture: FolderPicture) -> list[DraftQuestion]:
    """The question who left, with the tables that may say it; `none` if nobody did."""
    options = [
        f"{table.name}.{table.time}"
        for table in picture.tables
        if table.role == "endings" and table.time is not None and table.ways
    ]
    return [
        DraftQuestion("contracts.end", question.parameters, (*options, NOBODY))
        for question in picture.questions
        if question.code == ENDS
    ]


def _tidy_draft(
    header: DraftHeader, proposals: TableProposals, lines: DraftLines, dates: DraftDates
) -> Draft:
    """The draft for tables that have the key as a column."""
    key = proposals.entity_key
    whole = replace(
        header,
        entity=entity_by_key(key, proposals.entity_table, lines),
        notes=(f"the key is `{key.header}`, chosen {key.why}",),
    )
    return DraftWriter(proposals.connection, whole, lines, dates).draft()


def day_after_data(tables: Iterable[TableProfile], today: dt.date) -> dt.date:
    """The day after the newest date in any table, but `today` at the latest.

    A table may hold the last date of the calendar, so the comparison comes before the addition.
    """
    newest = [
        column.maximum for table in tables for column in table.times if column.maximum is not None
    ]
    days = [value.date() if isinstance(value, dt.datetime) else value for value in newest]
    return min(max(days, default=NO_DATE), today - dt.timedelta(days=1)) + dt.timedelta(days=1)
