"""Which model spoke for an entity, and when that changed, from what was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salus.history.store import Kept, shown_of
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class Spoke:
    """A model that spoke for an entity, from the first to the last date of a stretch without
    another.
    """

    fingerprint: str
    first: dt.date
    last: dt.date

    def as_dict(self) -> dict[str, str]:
        """The JSON form."""
        return {
            "fingerprint": self.fingerprint,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
        }


def stretches(points: Iterable[tuple[dt.date, str]]) -> Iterator[Spoke]:
    """The stretches of one model each, oldest first; `points` are dates and fingerprints in order
    of time.

    >>> [one.fingerprint for one in stretches((dt.date(2026, 1, day), name) for day, name in enumerate("aabba", start=1))]
    ['a', 'b', 'a']
    """
    current: Spoke | None = None
    for day, fingerprint in points:
        if current is not None and current.fingerprint != fingerprint:
            yield current
            current = None
        current = Spoke(fingerprint, day if current is None else current.first, day)
    if current is not None:
        yield current


def other_before(
    workspace: Workspace, entity: str, as_of: dt.date, fingerprint: str
) -> Spoke | None:
    """The last day before `as_of` on which another model spoke for an entity; no file is opened
    that can't tell of one.
    """
    for kept in reversed(workspace.store.all()):
        if (
            kept.as_of < as_of
            and kept.fingerprint != fingerprint
            and _spoke(workspace, kept, entity)
        ):
            return Spoke(kept.fingerprint, kept.as_of, kept.as_of)
    return None


def _spoke(workspace: Workspace, kept: Kept, entity: str) -> bool:
    return bool(shown_of(workspace.store.read(kept, entity)).any())
