"""Proposes lines for the history of fields: new owners of a customer, deals that are put off.

Changes of a status or a type say who left, so they are never used.
"""

from __future__ import annotations

from collections.abc import Mapping

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.picture import TableRole, quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_columns, find_words, reference
from salus.draft.roles.concepts import Concept, words_of
from salus.draft.roles.conditions import all_of, is_one_of
from salus.draft.table import DatedTable

RARE = {"curve": [[0, 100], [1, 50], [2, 20], [3, 0]]}
HALF_A_YEAR = "182d"


def draft_field_history(table: DatedTable, names: UniqueNames, of: TableRole) -> DraftLines:
    """The lines for a history of fields. `of`: the role of the table whose fields changed."""
    field = find_words(table, "field", constant=True)
    wanted: Concept = "closing_date" if of == "deals" else "owner"
    words = words_of(field, wanted) if field is not None else []
    if field is None or not words or of not in ("deals", "customers"):
        return DraftLines(
            left_out=(f"table {table.profile.name}: no change in it says how a customer fares",)
        )
    source = names.new("pushes" if of == "deals" else "handovers", table.name)
    changed = (_later(table) if of == "deals" else None) or _not_the_first(table)
    what = "postponed close dates of deals" if of == "deals" else "changes of the person in charge"
    where = all_of(is_one_of(field, words), changed)
    body = _count(table, source, of)
    inputs: tuple[InputDraft, ...] = ()
    record = _record(table)
    if not find_columns(table, "old_value", constant=True):
        if of == "customers":
            inputs, body = _without_the_first(table, names, source)
        elif record is not None:
            inputs, body = _without_new_deals(table, names, reference(source, record))
    measure = MeasureDraft(
        names.new("pushed_deals" if of == "deals" else "new_owner", table.name),
        "relationship",
        body,
        FixedPoints(RARE),
        f"number of {what} in half a year",
        2 if of == "deals" else 1,
    )
    return DraftLines(
        sources=(SourceDraft(source, table.source(where=where), what),),
        inputs=inputs,
        measures=(measure,),
        guessed=(f"table {table.profile.name} holds changes of fields (called `{source}` in the model)",),
        left_out=(f"table {table.profile.name}: changes of other fields are left out, because a status or a type gives away who left",),
    )  # fmt: skip


def _count(table: DatedTable, source: str, of: TableRole) -> Body:
    """The number of changes in half a year.

    Some tools write two rows for a new owner, one with the names and one with the ids. They have
    the same time, and a customer has one owner, so the times are counted.
    """
    if of == "customers":
        return {"count_distinct": reference(source, table.times.time), "within": HALF_A_YEAR}
    return {"count": source, "within": HALF_A_YEAR}


def _without_the_first(
    table: DatedTable, names: UniqueNames, source: str
) -> tuple[tuple[InputDraft, ...], Body]:
    """The number of rows in half a year without the first row of all, which says who was the first.

    If there are more rows than those of the half-year, the first one is older.
    """
    recent, ever = (names.new(name, table.name) for name in ("owners_half_year", "owners_ever"))
    inputs = (
        InputDraft(recent, {"count": source, "within": HALF_A_YEAR}, "the first owner, too"),
        InputDraft(ever, {"count": source}),
    )
    return inputs, {"formula": f"least({recent}, greatest({ever} - 1, 0))"}


def _without_new_deals(
    table: DatedTable, names: UniqueNames, deal: str
) -> tuple[tuple[InputDraft, ...], Body]:
    """The number of rows in half a year without the first row of each deal, its first close date.

    `deal`: the column that names the deal, as measures name it.
    """
    recent, ever, before = (
        names.new(name, table.name) for name in ("close_dates", "deals_ever", "deals_before")
    )
    inputs = (
        InputDraft(
            recent,
            {"count": deal.partition(".")[0], "within": HALF_A_YEAR},
            "the first close date of a deal, too",
        ),
        InputDraft(ever, {"count_distinct": deal}),
        InputDraft(before, {"count_distinct": deal, "ago": HALF_A_YEAR}),
    )
    return inputs, {"formula": f"{recent} - ({ever} - coalesce({before}, 0))"}


def _record(table: DatedTable) -> str | None:
    """The column that names the record of a row, if the key is this column alone."""
    key = table.key[0] if isinstance(table.key, list) and len(table.key) == 1 else table.key
    value = next(iter(key.values())) if isinstance(key, Mapping) and len(key) == 1 else None
    if not isinstance(value, str):
        return None
    name = value[1:-1].replace("``", "`") if value[:1] == "`" == value[-1:] else value
    return name if table.profile.has(name) else None


def _later(table: DatedTable) -> str | None:
    """The new value is after the old one; None unless both are written so that they can be compared."""
    old, new = find_columns(table, "old_value"), find_columns(table, "new_value")
    if not old or not new or not (_sorts(old[0]) and _sorts(new[0])):
        return None
    return f"{quote_name(new[0].name)} > {quote_name(old[0].name)}"


def _not_the_first(table: DatedTable) -> str | None:
    """There was a value before; None if no column tells."""
    old = next(iter(find_columns(table, "old_value")), None)
    return (
        f"{quote_name(old.name)} is not null" if old is not None and old.filled < old.rows else None
    )


def _sorts(column: ColumnProfile) -> bool:
    """Whether the dates in a column sort as texts: year, month, day."""
    dates = [v for v in column.frequent_values if v[:1].isdigit()]
    return column.type == "text" and bool(dates) and all(
        len(v) >= 10 and v[4] == v[7] == "-" for v in dates
    )  # fmt: skip
