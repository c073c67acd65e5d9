"""Proposes lines for a table with one row per customer and a flag that says who left.

The flag becomes the outcome. With enough customers who left, points and weights are learned from it,
also those of columns whose headers mean nothing; otherwise the meaning of the headers decides alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from salus.draft.dictionary import Role
from salus.draft.flag import Flag
from salus.draft.flag_points import (
    LearnedMeasure,
    LearnedPoints,
    enough_to_learn,
    learn_points,
)
from salus.draft.flag_sample import load_sample
from salus.draft.headers import normalise, to_snake_case
from salus.draft.kinds.entity_table import UNCLEAR, list_names
from salus.draft.lines import DraftLines, FixedPoints, MeasureDraft, UniqueNames
from salus.draft.profile import ColumnProfile, TableProfile
from salus.sources.connection import Connection

MOST_WORDS = 12
_BETTER: tuple[Role, ...] = ("tenure", "good", "usage", "score")  # roles of which more is better
_MONEY: tuple[Role, ...] = ("recurring", "amount", "price")
_PAYING = ("pay", "billing", "invoice", "zahl", "rechnung", "betaling", "faktura")
_BOUND = ("contract", "tenure", "vertrag", "kontrakt", "abonnement", "term", "laufzeit", "tariff")


@dataclass(frozen=True)
class SnapshotTable:
    """A table with one row per customer, its key and its flag."""

    profile: TableProfile
    key: str
    flag: Flag


def draft_snapshot(connection: Connection, table: SnapshotTable, own: DraftLines) -> DraftLines:
    """The lines of the table with its flag. `own`: the lines without it."""
    if "churned" in own.outcomes:  # a date of leaving says more than a flag
        return replace(own, left_out=(*own.left_out, _unused(table)))
    if not table.flag.left:
        note = f"table {table.profile.name}: {table.flag.question}"
        return replace(own, left_out=(*own.left_out, note))
    flagged = replace(own, outcomes={**own.outcomes, "churned": table.flag.outcome})
    columns = _columns(table, own)
    sample = load_sample(connection, table.profile, table.key, table.flag, columns)
    learned = learn_points(sample, _signs(columns)) if enough_to_learn(sample) else None
    if learned is None:
        return replace(flagged, guessed=(*flagged.guessed, _guess(table.flag)))
    return _with_points(flagged, table, learned)


def _unused(table: SnapshotTable) -> str:
    return (
        f"table {table.profile.name}, `{table.flag.column}`: a date says who left, so the flag isn't"
        " used"
    )


def _columns(table: SnapshotTable, own: DraftLines) -> list[ColumnProfile]:
    """The columns that may be measures: numbers, and texts with few words, that aren't personal,
    money or names.
    """
    named = {table.key, table.flag.column, *map(str, own.entity.values())}
    return [
        column
        for column in table.profile.columns
        if column.name not in named
        and not column.personal
        and not column.constant
        and "label_of_outcome" not in column.roles
        and not column.has_role("name", "owner", "entity", "user", "document", *_MONEY)
        and (
            (column.is_number and not (column.unique and column.fractional == 0))
            or (column.type in ("text", "bool") and 2 <= column.distinct <= MOST_WORDS)
        )
    ]


def _signs(columns: list[ColumnProfile]) -> dict[str, int]:
    """1 for numbers of which more is worse by their header, -1 for better."""
    return {
        column.name: 1 if column.has_role("bad") else -1
        for column in columns
        if column.is_number and column.has_role("bad", *_BETTER)
    }


def _with_points(own: DraftLines, table: SnapshotTable, learned: LearnedPoints) -> DraftLines:
    """The lines with the learned measures instead of those whose points are usual."""
    columns = [table.profile.column(item.column) for item in learned.measures]
    names = UniqueNames((*(column.name for column in table.profile.columns), "as_of"))
    weights: defaultdict[str, int] = defaultdict(int)
    measures = []
    for column, item in zip(columns, learned.measures, strict=True):
        dimension = _dimension(column)
        weights[dimension] += item.weight
        usual = next((old.name for old in own.measures if old.body == {"value": column.name}), None)
        name = names.new(usual or to_snake_case(column.name), "by")
        measures.append(_measure(column, item, dimension, name))
    used = [column.name for column in columns]
    money = [str(item.body["value"]) for item in own.inputs]
    notes = [note for note in own.left_out if not note.endswith(UNCLEAR)]
    return replace(
        own,
        measures=tuple(measures),
        weights=dict(weights),
        attributes=tuple(dict.fromkeys([*used, *money])),
        guessed=(*own.guessed, _guess(table.flag), _honest(table.flag, learned)),
        left_out=(*notes, *_left_out(table, learned, used)),
    )


def _dimension(column: ColumnProfile) -> str:
    words = normalise(column.name).split()
    if any(word.startswith(_PAYING) for word in words):
        return "payment"
    if column.has_role("tenure") or any(word.startswith(_BOUND) for word in words):
        return "commitment"
    if column.has_role("bad"):
        return "experience"
    return "usage" if column.has_role("good", "usage", "score") else "profile"


def _measure(
    column: ColumnProfile, item: LearnedMeasure, dimension: str, name: str
) -> MeasureDraft:
    if isinstance(item.points, tuple):
        body: dict[str, object] = {"curve": [[value, points] for value, points in item.points]}
        why = (
            f"`{column.name}`: learned from who left, between the values with 10%, 50% and 90% of"
            " the customers below them"
        )
    else:
        body, why = {"points": dict(item.points)}, f"`{column.name}`: learned from who left"
        if item.neutral:
            why += f"; too few rows, so neutral: {list_names(list(item.neutral))}"
    return MeasureDraft(
        name, dimension, {"value": column.name}, FixedPoints(body), why, item.weight
    )


def _guess(flag: Flag) -> str:
    values = " or ".join(f"'{value}'" for value in flag.left)
    return f"`{flag.column}` = {values} says who left, without a date"


def _honest(flag: Flag, learned: LearnedPoints) -> str:
    auc = learned.auc
    return (
        f"points and weights are learned from `{flag.column}`. On rows that they weren't learned from"
        f" (five parts, each judged by points of the other four) the AUC is {auc.value:.3f}, 95%"
        f" interval {auc.interval.low:.3f} to {auc.interval.high:.3f}. `salus validate` uses the rows"
        " from which they were learned, so its AUC is slightly higher"
    )


def _left_out(table: SnapshotTable, learned: LearnedPoints, used: list[str]) -> list[str]:
    """Notes on the columns without a measure, by reason."""
    flag, named = table.flag.column, {*used, *learned.leaks, *learned.contrary, *learned.useless}
    rest = [
        column.name
        for column in table.profile.columns
        if column.name not in (*named, table.key, flag)
        and not column.personal
        and not column.is_time
        and "label_of_outcome" not in column.roles
        and not column.has_role(*_MONEY)
    ]
    reasons = (
        (
            learned.leaks,
            f"all but tells `{flag}`, so it was probably written when somebody left or afterwards",
        ),
        (
            learned.contrary,
            "judging by the header it should be the other way round than among those who left;"
            " decide on the direction and add a measure",
        ),
        (learned.useless, "doesn't tell who left beyond what others tell, or beyond chance"),
        (rest, "it has too many different values, or only one"),
    )
    return [
        f"table {table.profile.name}, {list_names(list(columns))}: {reason}"
        for columns, reason in reasons
        if columns
    ]
