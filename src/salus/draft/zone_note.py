"""What a drafted model assumes about time zones, as a comment."""

from __future__ import annotations

from collections.abc import Iterable

from salus.draft.profile import TableProfile

SHOWN = 3  # tables


def describe_zone(tables: Iterable[TableProfile], timezone: str) -> str:
    """Which times are taken as local to the zone of the model, which nothing in the tables tells; ''
    if they hold days only.
    """
    kinds = {
        table.name: {column.type for column in table.columns if column.filled} for table in tables
    }
    local = sorted(name for name, types in kinds.items() if "moment" in types)
    if local:
        more = len(local) - SHOWN
        names = [f"`{name}`" for name in local[:SHOWN]] + ([f"{more} more"] if more > 0 else [])
        which = "table" if len(local) == 1 else "tables"
        return (
            f"assumed: times without an offset ({which} {', '.join(names)}) are {timezone}; if they are"
            " local times, write their zone, such as Europe/Berlin"
        )
    if any("instant" in types for types in kinds.values()):
        return (
            f"assumed: a day begins at midnight {timezone}; write your zone, such as Europe/Berlin"
        )
    return ""
