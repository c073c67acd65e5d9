"""Why a table isn't used."""

from __future__ import annotations

from salus.channels.folder.content import FolderTable
from salus.channels.words import Words

MISSING = ("table.no_way", "table.no_time")  # codes of findings


def explain_unused(table: FolderTable, words: Words) -> str:
    """The sentence that says why. What the data lack comes before what the role says."""
    missing = [finding for finding in table.findings if finding.code in MISSING]
    if missing and table.role != "lookup":
        return words.finding(missing[0])
    key = f"unused.{table.role}"
    return words.text(key if words.has(key) else "unused.other")
