"""Finds the tool that exported a table, from its headers alone."""

from __future__ import annotations

from functools import lru_cache

from salus.draft.exports.export_table import ExportTable
from salus.draft.exports.read_exports import load_exports
from salus.draft.headers import fold
from salus.draft.profile import TableProfile

LEAST = (
    0.6  # share of a table's headers that the tool writes; columns that a company adds don't count
)


def recognise(profile: TableProfile) -> ExportTable | None:
    """The tool's table with the largest share of known headers.

    None if no tool fits, or if two fit equally well. The names of tables and files don't matter.
    """
    return _find_export(tuple(column.name for column in profile.columns))


@lru_cache(256)
def _find_export(headers: tuple[str, ...]) -> ExportTable | None:
    shares = sorted(
        (
            (share, place)
            for place, table in enumerate(load_exports())
            if (share := share_known(table, headers))
        ),
        reverse=True,
    )
    if not shares or (len(shares) > 1 and shares[0][0] == shares[1][0]):
        return None
    return load_exports()[shares[0][1]]


def share_known(table: ExportTable, headers: tuple[str, ...]) -> float:
    """The share of the headers that the tool's table has; 0 if the table isn't the tool's."""
    folded = {fold(header) for header in headers}
    known = folded & table.known
    own = {fold(header) for header in headers if table.is_custom(header)}
    if len(known) < table.fewest or not all(
        folded & {fold(header) for header in group} for group in table.must
    ):
        return 0.0
    share = len(known) / len(folded - own)
    return share if share >= LEAST or table.open else 0.0
