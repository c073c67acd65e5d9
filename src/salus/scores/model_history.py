"""Which model scored an entity, and when that changed, according to what was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salus.history.store import ScoreFile, shown_rows
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class ModelPeriod:
    """The first and last date on which a model scored an entity, without another in between."""

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


def model_periods(points: Iterable[tuple[dt.date, str]]) -> Iterator[ModelPeriod]:
    """The periods of one model each, oldest first; `points` are dates and fingerprints by date.

    >>> days = [dt.date(2026, 1, day) for day in range(1, 6)]
    >>> [period.fingerprint for period in model_periods(zip(days, "aabba"))]
    ['a', 'b', 'a']
    """
    current: ModelPeriod | None = None
    for day, fingerprint in points:
        if current is not None and current.fingerprint != fingerprint:
            yield current
            current = None
        current = ModelPeriod(fingerprint, day if current is None else current.first, day)
    if current is not None:
        yield current


def previous_model(
    workspace: Workspace, entity: str, as_of: dt.date, fingerprint: str
) -> ModelPeriod | None:
    """The last date before `as_of` on which another model than `fingerprint` scored the entity."""
    for file in reversed(workspace.store.all()):
        if (
            file.as_of < as_of
            and file.fingerprint != fingerprint
            and _scored(workspace, file, entity)
        ):
            return ModelPeriod(file.fingerprint, file.as_of, file.as_of)
    return None


def _scored(workspace: Workspace, file: ScoreFile, entity: str) -> bool:
    row = workspace.store.read_entity(file, entity, ["entity", "shown"])
    return bool(shown_rows(row).any())
