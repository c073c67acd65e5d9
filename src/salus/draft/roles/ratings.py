"""Proposes lines for ratings of tickets, in words or numbers. An invitation is no answer."""

from __future__ import annotations

from salus.draft.kinds.answers import choose_rating_points, satisfied
from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_columns, reference
from salus.draft.roles.concepts import says, words_of
from salus.draft.roles.conditions import all_of, is_one_of
from salus.draft.table import DatedTable

WITHIN = "273d"  # ratings are rare
GOOD = {"bad": "40%", "good": "100%"}


def draft_ratings(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of ratings."""
    column = _rating(table)
    if column is None:
        reason = "no column holds a rating in words or numbers that are known"
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    return _rated(table, names, column, table.times.time, None)


def draft_rated_tickets(table: DatedTable, names: UniqueNames, where: str | None) -> DraftLines:
    """The lines for ratings within a table of tickets; they count from the solution on."""
    column = _rating(table)
    if column is None or table.until is None:
        return DraftLines()
    return _rated(table, names, column, table.until, where)


def _rating(table: DatedTable) -> ColumnProfile | None:
    columns = find_columns(table, "words", "score", settled=True)
    return next(
        (
            column
            for column in columns
            if column.is_number or (words_of(column, "good") and _bad(column))
        ),
        None,
    )


def _bad(column: ColumnProfile) -> list[str]:
    """The words that aren't good; one such as `unsatisfied` is both, and bad."""
    return words_of(column, "bad")


def _rated(
    table: DatedTable, names: UniqueNames, column: ColumnProfile, time: str, where: str | None
) -> DraftLines:
    source = names.new("ratings", table.name)
    name = names.new("satisfaction", table.name)
    if column.is_number:
        body: Body = {"mean": reference(source, column.name), "within": WITHIN}
        measure = MeasureDraft(
            name,
            "voice",
            body,
            choose_rating_points(column),
            f"average of `{column.name}`; higher is better",
        )
        metrics = satisfied(source, column)
    else:
        bad = _bad(column)
        good = [word for word in words_of(column, "good") if not says(word, "bad")]
        where = all_of(where, is_one_of(column, sorted([*good, *bad])))
        body = {
            "share": source,
            "of": is_one_of(column, good),
            "within": WITHIN,
            "at_least": 2,
        }
        why = f"share of good answers; words in `{column.name}` that aren't an answer don't count"
        measure = MeasureDraft(name, "voice", body, FixedPoints(GOOD), why)
        metrics = {"csat": {"share": source, "of": is_one_of(column, good)}}
    own = time if time != table.times.time else None
    return DraftLines(
        sources=(SourceDraft(source, table.source(own, where=where), "ratings that were given"),),
        measures=(measure,),
        metrics=metrics,
        guessed=(f"table {table.profile.name} holds ratings (called `{source}` in the model)",),
    )
