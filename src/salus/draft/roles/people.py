"""Proposes lines for people of the customers who left, where their last day is known."""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_words
from salus.draft.roles.concepts import says, share_of, words_of
from salus.draft.roles.conditions import is_one_of
from salus.draft.table import DatedTable

LEFT = {"curve": [[0, 100], [1, 50], [2, 20], [3, 0]]}
FEWEST = 10  # people whose last day is known


def draft_people(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a list of people. Who they are today says nothing of earlier days."""
    left = _left(table)
    if left is None:
        reason = "lists people; it leads to customers, but it says nothing about how they fare"
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    role = find_words(table, "type")
    champions = words_of(role, "champion") if role is not None else []
    some = role is not None and champions and share_of(champions, role.frequent_values) < 0.7
    where = is_one_of(role, champions) if role is not None and some else None
    source = names.new("leavings", table.name)
    body: Body = {"count": source, "within": "92d"}
    who = "people with a say" if some else "people"
    measure = MeasureDraft(
        names.new("people_left", table.name), "relationship", body, FixedPoints(LEFT), f"number of {who} who left in three months"
    )  # fmt: skip
    return DraftLines(
        sources=(SourceDraft(source, table.source(left.name, where=where), f"{who} who left"),),
        measures=(measure,),
        guessed=(f"table {table.profile.name}: last days of people in `{left.name}`",),
    )


def _left(table: DatedTable) -> ColumnProfile | None:
    """The date on which a person left or lost access."""
    return next(
        (
            column
            for column in table.profile.columns
            if column.is_time
            and column.filled >= FEWEST
            and column.name not in table.leaks
            and says(column.name, "left")
        ),
        None,
    )
