"""Conditions of the model language over the columns of a table."""

from __future__ import annotations

from collections.abc import Iterable

from salus.draft.lines import OmittedRows
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.table import DatedTable


def literal(text: str) -> str:
    """A text as conditions write it.

    >>> literal("Kunde's")
    "'Kunde''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def is_one_of(column: ColumnProfile, words: Iterable[str]) -> str:
    """The rows with one of the words."""
    texts = [literal(word) for word in words]
    name = quote_name(column.name)
    return f"{name} = {texts[0]}" if len(texts) == 1 else f"{name} in ({', '.join(texts)})"


def is_none_of(column: ColumnProfile, words: Iterable[str]) -> str:
    """The rows with none of the words; a row without a value counts."""
    texts = [literal(word) for word in words]
    name = quote_name(column.name)
    other = f"{name} != {texts[0]}" if len(texts) == 1 else f"{name} not in ({', '.join(texts)})"
    return other if column.filled == column.rows else f"({name} is null or {other})"


def omit(table: DatedTable, reason: str, column: ColumnProfile, values: list[str]) -> OmittedRows:
    """The rows of a table with one of the values, which its measures leave out."""
    return OmittedRows(
        table=table.profile.name,
        reason=reason,
        column=column.name,
        values=tuple(values),
        keeps=is_none_of(column, values),
    )


def all_of(*conditions: str | None) -> str | None:
    """The rows that meet all conditions; None if there is none.

    >>> all_of("a = 1", None, "b = 2 or c = 3")
    'a = 1 and (b = 2 or c = 3)'
    """
    parts = [condition for condition in conditions if condition]
    if len(parts) > 1:
        parts = [f"({part})" if " or " in part and part[0] != "(" else part for part in parts]
    return " and ".join(parts) or None
