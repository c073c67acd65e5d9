"""How facts were recorded (recording_stats.py), kept from one run to the next in
`partials/recordings.json` for as long as the tables of a source stay the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from salus.atomic import atomic_write
from salus.facts.cache.recording_stats import RecordingStats, count_recordings
from salus.facts.sql.origin import Origin
from salus.model.model import Model
from salus.sources.connection import Connection

MOST_SOURCES = 256  # kept; beyond it, those that were counted first are left out

NUMBERS = [each.name for each in fields(RecordingStats) if each.name != "source"]


@dataclass(frozen=True)
class KeptCounts:
    """The file of kept counts."""

    file: Path

    def load(self, model: Model, connection: Connection, name: str) -> RecordingStats:
        """The counts of a source, equal to those of `count_recordings`."""
        if not connection.has_file_states:
            return count_recordings(model, connection, name)
        origin = Origin.of(model, connection, name)
        key = f"{name} {origin.checksum_definition(moving=False)}"
        kept, state = _read(self.file), origin.identity
        before = kept.pop(key, None)
        if before is not None and before["state"] == state:
            return RecordingStats(name, **{field: int(before[field]) for field in NUMBERS})
        stats = count_recordings(model, connection, name)
        kept[key] = {**asdict(stats), "state": state}
        _write(self.file, dict(list(kept.items())[-MOST_SOURCES:]))
        return stats


def _read(file: Path) -> dict[str, dict[str, str | int]]:
    """What earlier runs kept; nothing if it can't be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        complete = all(
            isinstance(counts["state"], str) and all(type(counts[name]) is int for name in NUMBERS)
            for counts in kept.values()
        )
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    return kept if complete else {}


def _write(file: Path, kept: dict[str, dict[str, str | int]]) -> None:
    """Keep the counts for the next run. If they can't be written, that run counts again."""
    with suppress(OSError), atomic_write(file, durable=False) as draft:
        draft.write_text(json.dumps(kept), encoding="utf-8")
