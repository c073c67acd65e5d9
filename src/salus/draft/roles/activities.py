"""Proposes lines for meetings and calls: how long ago, how many, and with how many people."""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.roles.columns import find_person, find_words, reference
from salus.draft.roles.concepts import says, words_of
from salus.draft.roles.conditions import all_of, is_none_of, is_one_of
from salus.draft.table import DatedTable

WITHIN = "182d"


def draft_activities(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of activities. Mails and tasks don't count where meetings can be told."""
    kind = find_words(table, "type", "task")
    meetings = words_of(kind, "meeting") if kind is not None else []
    where = all_of(
        is_one_of(kind, meetings) if kind is not None and meetings else None,
        *(
            is_none_of(column, missed)
            for column in table.profile.columns
            if column.type == "text"
            and column is not kind
            and says(column.name, "outcome")
            and (missed := words_of(column, "not_held"))
        ),
    )
    source, person = names.new("touches", table.name), find_person(table)
    since: Body = {"days_since": source}
    number: Body = {"active_days": source, "within": WITHIN}
    measures = [
        _measure(names.new("last_touch_days", table.name), since, SpreadPoints("bad"), "days since the last meeting or call"),
        _measure(names.new("touches_held", table.name), number, SpreadPoints("good"), "number of days with a meeting or call in half a year"),
    ]  # fmt: skip
    if person is not None:
        people: Body = {"count_distinct": reference(source, person.name), "within": WITHIN}
        measures.append(
            _measure(names.new("people_met", table.name), people, SpreadPoints("good"), "number of people met in half a year")
        )  # fmt: skip
    why = f"activities, from {table.profile.rows:,} rows"
    return DraftLines(
        sources=(SourceDraft(source, table.source(where=where), why),),
        measures=tuple(measures),
        guessed=(f"table {table.profile.name} holds activities (called `{source}` in the model)",),
    )


def _measure(name: str, body: Body, scale: SpreadPoints, why: str) -> MeasureDraft:
    return MeasureDraft(name, "relationship", body, scale, why)
