"""An entity by its key or its label: the one look-up of the package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from salus.errors import UsageError
from salus.model.suggest import did_you_mean
from salus.sanitize import one_line
from salus.sources.key import plain_key

MAX_NAMES = 10  # of the entities whose key or label contains the text


def match_row(entity: str, ids: Sequence[str], labels: Sequence[str | None]) -> int | None:
    """The row of an entity by its key or its label; None if there is none.

    Raises UsageError if several entities have this label.

    >>> match_row("Nordwind", ["A-1", "A-2"], ["Nordwind", None]), match_row("B-7", ["A-1"], [None])
    (0, None)
    """
    for key in (entity, plain_key(entity)):
        if key in ids:
            return ids.index(key)
    rows = [row for row, label in enumerate(labels) if label == entity]
    if len(rows) > 1:
        keys = ", ".join(one_line(ids[row]) for row in rows[:5])
        raise UsageError(
            f"`{one_line(entity)}` is the label of {len(rows)}: {keys}", "use the key instead"
        )
    return rows[0] if rows else None


def find_row(entity: str, ids: Sequence[str], labels: Sequence[str | None], as_of: dt.date) -> int:
    """The row of an entity by its key or its label. Raises UsageError with similar names if there
    is none.
    """
    row = match_row(entity, ids, labels)
    if row is not None:
        return row
    similar = _containing(entity, ids, labels)
    if similar:
        these = "this name" if len(similar) == 1 else "these names"
        more = f" and {len(similar) - MAX_NAMES} more" if len(similar) > MAX_NAMES else ""
        raise UsageError(
            f"`{one_line(entity)}` is part of {these}: {', '.join(similar[:MAX_NAMES])}{more}",
            "use its key" if len(similar) == 1 else "use the key of one of them",
        )
    names = [*ids, *(label for label in labels if label)]
    raise UsageError(
        f"there is no `{one_line(entity)}` among the {len(ids)} scored on {as_of}",
        did_you_mean(entity, names) or "`salus score --json` lists all keys",
    )


def _containing(text: str, ids: Sequence[str], labels: Sequence[str | None]) -> list[str]:
    """Keys and labels of the entities that contain the text, unless one differs in case only."""
    part = text.casefold()
    full = {name.casefold() for name in (*ids, *labels) if name}
    if not part or part in full:
        return []
    return [
        one_line(f"{key} {label or ''}".strip())
        for key, label in zip(ids, labels, strict=True)
        if part in key.casefold() or part in (label or "").casefold()
    ]
