"""An entity by its key or its label: the one look-up of the package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from salus.errors import UsageError
from salus.model.suggest import did_you_mean, plain_spellings
from salus.sanitize import one_line
from salus.sources.key import plain_key

MAX_NAMES = 10  # of the entities whose key or label contains the text


class UnknownEntityError(UsageError):
    """No entity has this key or label. `listed`: the message lists those that contain the text."""

    def __init__(self, what: str, fix: str, *, listed: bool) -> None:
        super().__init__(what, fix)
        self.listed = listed


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
    """The row of an entity by its key or its label. Raises UnknownEntityError with similar names if
    there is none.
    """
    row = match_row(entity, ids, labels)
    if row is not None:
        return row
    rows = find_part(entity, ids, labels)
    if len(rows) == 1:
        raise UnknownEntityError(
            f"`{one_line(entity)}` is part of this name: {_name(ids[rows[0]], labels[rows[0]])}",
            f"use its key, `{one_line(ids[rows[0]])}`",
            listed=True,
        )
    if rows:
        similar = [_name(ids[row], labels[row]) for row in rows[:MAX_NAMES]]
        more = f" and {len(rows) - MAX_NAMES} more" if len(rows) > MAX_NAMES else ""
        raise UnknownEntityError(
            f"`{one_line(entity)}` is part of these names: {', '.join(similar)}{more}",
            "use the key of one of them",
            listed=True,
        )
    names = [*ids, *(label for label in labels if label)]
    raise UnknownEntityError(
        f"there is no `{one_line(entity)}` among the {len(ids)} scored on {as_of}",
        _same_letters(entity, names)
        or did_you_mean(entity, names)
        or "`salus score --json` lists all keys",
        listed=False,
    )


def find_part(text: str, ids: Sequence[str], labels: Sequence[str | None]) -> list[int]:
    """The rows whose key or label contains the text, whatever its capitals and marks. None of them if
    one is the text in full.

    >>> find_part("kjaer", ["A-1", "A-2"], ["Kjær ApS", None])
    [0]
    """
    parts = plain_spellings(text)
    if not all(parts):
        return []
    keys, names = map(_Spellings, (ids, labels))
    if keys.equal(parts) or names.equal(parts):
        return []
    return sorted({*keys.containing(parts), *names.containing(parts)})


class _Spellings:
    """The two plain spellings of each text."""

    def __init__(self, texts: Sequence[str | None]) -> None:
        self.all = [plain_spellings(text or "") for text in texts]

    def equal(self, parts: tuple[str, str]) -> list[int]:
        return [row for row, own in enumerate(self.all) if own[0] == parts[0] or own[1] == parts[1]]

    def containing(self, parts: tuple[str, str]) -> list[int]:
        return [row for row, own in enumerate(self.all) if parts[0] in own[0] or parts[1] in own[1]]


def _same_letters(text: str, names: Sequence[str]) -> str | None:
    """Suggests the only name that differs in capitals and marks alone."""
    same = _Spellings(names).equal(plain_spellings(text)) if text else []
    return f"did you mean `{one_line(names[same[0]])}`?" if len(same) == 1 else None


def _name(key: str, label: str | None) -> str:
    return one_line(f"{key} {label or ''}".strip())
