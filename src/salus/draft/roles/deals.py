"""Proposes lines for deals: what a customer bought on top. A lost deal isn't a lost customer."""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_columns, find_concept, find_words
from salus.draft.roles.concepts import says, words_of
from salus.draft.roles.conditions import all_of, is_none_of, is_one_of
from salus.draft.table import DatedTable

MOST_KINDS = 30  # different pipelines or kinds of deals
BOUGHT = {"curve": [[0, 40], [1, 90], [2, 100]]}


def draft_deals(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of deals."""
    won, kind = _won(table), find_words(table, "type")
    upsells = _on_top(kind) if kind is not None else []
    name = table.profile.name
    renewals = [(c, words) for c in _few_words(table) if (words := words_of(c, "renewal"))]
    if won is None or kind is None or not upsells or _all_renewed(kind, upsells, renewals):
        return DraftLines(
            left_out=(
                f"table {name}: nothing tells deals on top from new and renewed contracts, and a"
                " lost deal isn't a lost customer",
            )
        )
    source = names.new("upsells", table.name)
    body: Body = {"count": source, "within": "364d"}
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(
                    where=all_of(
                        is_one_of(kind, upsells), *(is_none_of(c, w) for c, w in renewals), won
                    )
                ),
                "won deals on top of the contract, from their close date on",
            ),
        ),
        measures=(
            MeasureDraft(
                names.new("bought_more", table.name), "relationship", body, FixedPoints(BOUGHT), "number of deals won on top of the contract in a year"
            ),
        ),
        guessed=(
            f"table {name} holds deals (called `{source}` in the model); lost deals aren't churn",
        ),
    )  # fmt: skip


def _on_top(kind: ColumnProfile) -> list[str]:
    """The kinds of deals on top of a contract, without its renewal."""
    return [word for word in words_of(kind, "upsell") if not says(word, "renewal")]


def _few_words(table: DatedTable) -> list[ColumnProfile]:
    """The columns that sort deals: by pipeline, by kind."""
    return [
        column
        for column in table.profile.columns
        if column.type == "text" and 1 < column.distinct <= MOST_KINDS and not column.constant
    ]


def _all_renewed(
    kind: ColumnProfile, upsells: list[str], renewals: list[tuple[ColumnProfile, list[str]]]
) -> bool:
    """Whether as many deals are renewals as are said to come on top, as `Existing Business` is."""
    on_top = sum(kind.frequent_values[word] for word in upsells)
    return any(
        sum(column.frequent_values[word] for word in words) >= on_top
        for column, words in renewals
        if column.name != kind.name
    )


def _won(table: DatedTable) -> str | None:
    """The deals that were won."""
    flag = find_concept(table, "won", "bool", settled=True)
    if flag is not None:
        return quote_name(flag.name)
    for column in find_columns(table, "stage", "status", settled=True):
        words = words_of(column, "won") if column.type == "text" else []
        if words:
            return is_one_of(column, words)
    return None
