"""Why a table isn't used."""

from __future__ import annotations

from salus.channels.folder.content import FolderTable
from salus.channels.words import Words

MISSING = ("no_way", "no_time")  # the ends of the codes of findings


def explain_unused(table: FolderTable, words: Words) -> str:
    """The sentence that says why. What the data lack comes before what the role says."""
    missing = _missing(table)
    if missing is not None:
        return words.finding(next(f for f in table.findings if f.code == f"table.{missing}"))
    key = f"unused.{table.role}"
    return words.text(key if words.has(key) else "unused.other")


def shorten_reason(table: FolderTable, words: Words) -> str:
    """The same in a few words."""
    missing = _missing(table)
    if missing is not None:
        return words.text(f"unused_short.{missing}")
    key = f"unused_short.{table.role}"
    return words.text(key if words.has(key) else "unused_short.other")


def has_reason(table: FolderTable, words: Words) -> bool:
    """Whether the reason is more than that no measure can be made of the table."""
    return _missing(table) is not None or words.has(f"unused.{table.role}")


def _missing(table: FolderTable) -> str | None:
    codes = {finding.code for finding in table.findings}
    if table.role == "lookup":
        return None
    return next((name for name in MISSING if f"table.{name}" in codes), None)
