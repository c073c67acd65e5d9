"""Gives the columns of a recognised export the meanings that its tool gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salus.draft.exports.export_table import ColumnMeaning, ExportTable
from salus.draft.exports.recognise import recognise
from salus.draft.meanings import meanings
from salus.draft.picture import TableRole
from salus.draft.profile import TableProfile

#: Meanings that say when something happened. If the tool gives one, those of the header don't count.
_MOMENTS = frozenset(
    [
        "happened",
        "created",
        "started",
        "ended",
        "notice",
        "modified",
        "due",
        "closed",
        "close_date",
        "replied",
        "paid",
        "issued",
        "recorded",
        "answered",
        "sent",
        "last",
        "next",
        "term_end",
        "trial_end",
        "activated",
    ]
)
SUBJECT = " - "  # between what a row is and what a column says
_MEANINGS: Mapping[ColumnMeaning, str] = {
    "row_id": "key",
    "key": "key",
    "name": "name",
    "website": "website",
    "email": "email",
    "user": "people_id",
    "anonymous": "people_id",
    "recorded": "recorded",
    "modified": "modified",
    "due": "due",
    "paid": "paid",
    "replied": "replied",
    "starts": "started",
    "ends": "ended",
    "decided": "notice",
    "term_end": "term_end",
    "trial_end": "trial_end",
    "cents": "cents",
    "quantity": "seats",
    "unit": "period_unit",
    "count": "period_count",
    "currency": "currency",
    "rate": "rate",
    "owner": "owner",
    "merged_into": "merged_into",
    "merged_from": "merged_from",
    "parent": "parent",
    "deleted": "deleted",
    "status": "status",
    "type": "type",
    "priority": "priority",
    "subject": "subject",
    "score": "score",
    "words": "score",
    "event": "event",
    "field": "field",
    "old_value": "old_value",
    "new_value": "new_value",
    "leak": "leak",
}
_TIMES: Mapping[TableRole, str] = {
    "invoices": "issued",
    "open_items": "issued",
    "ratings": "answered",
    "answers": "answered",
    "events": "happened",
    "payments": "happened",
    "field_history": "happened",
    "orders": "happened",
}
_IDS: Mapping[TableRole, str] = {
    "tickets": "ticket_id",
    "invoices": "invoice_id",
    "open_items": "invoice_id",
    "contracts": "contract_id",
}
_MONEY = frozenset(
    ["net", "gross", "amount", "unit_price", "monthly", "yearly", "balance", "debit"]
)


def describe_columns(profile: TableProfile) -> TableProfile:
    """The profile with the meanings of its tool; those of the headers if no tool is recognised."""
    export = recognise(profile)
    if export is None:
        return _without_subject(profile)
    columns = tuple(
        replace(column, tool_meanings=_column_meanings(export, column.name))
        for column in profile.columns
    )
    return replace(profile, columns=columns)


def _without_subject(profile: TableProfile) -> TableProfile:
    """The profile of a table whose headers all begin with what a row is: `Deal - Stage`, `Deal - Deal
    created`. Their columns mean what the rest says, too.
    """
    parts = {column.name: column.name.partition(SUBJECT) for column in profile.columns}
    subjects = {subject for subject, _, rest in parts.values() if rest}
    if len(subjects) != 1 or len(parts) < 3 or not all(rest for _, _, rest in parts.values()):
        return profile
    subject = f"{subjects.pop()} "
    rests = {name: rest.removeprefix(subject) for name, (_, _, rest) in parts.items()}
    columns = tuple(
        replace(column, tool_meanings=column.meanings | meanings(rests[column.name]))
        for column in profile.columns
    )
    return replace(profile, columns=columns)


def _column_meanings(export: ExportTable, header: str) -> frozenset[str]:
    """What the tool says, and what the header says where the tool doesn't contradict."""
    known, guessed = export.meanings(header), meanings(header)
    given = {_MEANINGS[meaning] for meaning in known if meaning in _MEANINGS}
    if "row_id" in known and export.role in _IDS:
        given.add(_IDS[export.role])
    if "time" in known:
        given.add(_TIMES.get(export.role, "created"))
    if "until" in known:
        given.add("paid" if export.role == "invoices" else "closed")
    if "due" in known and export.role == "deals":
        given = given - {"due"} | {"close_date"}
    if "status" in known and export.role == "deals":
        given = given - {"status"} | {"stage"}
    if {"amount", "cents"} & set(known) and not guessed & _MONEY:
        given.add("amount")
    moment = given & _MOMENTS or {"time", "until", "closed"} & set(known)
    return frozenset(given | (guessed - _MOMENTS if moment else guessed))
