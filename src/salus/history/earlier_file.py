"""What the scores of a date leave to later dates, as a Parquet file.

    partials/earlier.scores/<fingerprint>.parquet

One row per entity: `entity`; `day:1` … the daily scores that enter later means, the last one first;
`band` and `since`; `last:NAME` and `last_on:NAME` of measures. The file can be deleted at any time:
the next scores are then computed from all facts.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from salus.atomic import atomic_write, crash_point
from salus.errors import DamagedFileWarning
from salus.facts.cache.known_data import KnownData
from salus.kernel.cells import LastUsable
from salus.scoring.dead_zone import BandState
from salus.scoring.earlier_scores import EarlierScores, KnownOfSources
from salus.sources.parquet_check import DAMAGED

HASH = 32  # hex digits
MODELS = 4  # the models whose scores are kept: those used last


@dataclass(frozen=True)
class LeftScores:
    """What the scores of a date leave, the state of the data, and the entities' attributes then."""

    scores: EarlierScores
    data: KnownData
    attributes: Mapping[str, pa.Array]


@dataclass(frozen=True)
class EarlierFile:
    """The file of one model."""

    path: Path

    def read(self) -> LeftScores | None:
        """None if there is no such file, or if it is damaged: then a warning says so."""
        if not self.path.is_file():
            return None
        try:
            text = (pq.read_schema(self.path).metadata or {})[b"salus"].decode()
            if text[:HASH] != _hash(text[HASH:]):
                raise ValueError("the metadata are damaged")
            table = pq.read_table(self.path, page_checksum_verification=True)
            return _from_table(table, json.loads(text[HASH:]))
        except (*DAMAGED, TypeError, IndexError):
            what = "this file of earlier scores was damaged: all days are computed again"
            warnings.warn(DamagedFileWarning(self.path.name, what), stacklevel=2)
            return None

    def write(self, left: LeftScores) -> None:
        """Write the whole file or nothing. Files of models that weren't used for long are removed."""
        with atomic_write(self.path) as draft:
            pq.write_table(_to_table(left), draft, compression="lz4", write_page_checksum=True)
        crash_point("earlier:written")
        files = self.path.parent.glob("*.parquet")
        newest = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in newest[MODELS:]:
            path.unlink(missing_ok=True)


def _to_table(left: LeftScores) -> pa.Table:
    scores = left.scores
    columns: dict[str, pa.Array] = {
        "entity": pa.array(scores.ids, pa.string()),
        "band": pa.array(scores.bands.band, pa.int8()),
        "since": pa.array(scores.bands.since, pa.int32()),
    }
    count = scores.uncapped.shape[1]
    for back in range(1, count + 1):
        columns[f"day:{back}"] = pa.array(scores.uncapped[:, count - back], pa.float64())
    for name, last in scores.last.items():
        columns[f"last:{name}"] = pa.array(last.data, pa.float64())
        columns[f"last_on:{name}"] = pa.array(last.day, pa.int32())
    about = {
        "day": scores.day,
        "days": count,
        "words": {name: list(last.words) for name, last in scores.last.items()},
        "data": left.data.as_dict(),
        "newest": {
            name: [days.tolist() for days in arrays]
            for name, arrays in scores.sources.newest.items()
        },
        "unknown": sorted(scores.sources.unknown),
    }
    columns |= {f"attribute:{name}": array for name, array in left.attributes.items()}
    text = json.dumps(about)
    return pa.table(columns).replace_schema_metadata({"salus": _hash(text) + text})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH]


def _from_table(table: pa.Table, about: Mapping[str, Any]) -> LeftScores:
    def array(name: str) -> NDArray[Any]:
        return table[name].to_numpy()

    count, words = int(about["days"]), about["words"]
    scores = EarlierScores(
        day=int(about["day"]),
        ids=tuple(table["entity"].to_pylist()),
        uncapped=np.array(
            [array(f"day:{back}") for back in range(count, 0, -1)], dtype=np.float64
        ).T.reshape(len(table), count),
        bands=BandState(array("band"), array("since")),
        last={
            name: LastUsable(array(f"last:{name}"), array(f"last_on:{name}"), tuple(words[name]))
            for name in words
        },
        sources=KnownOfSources(
            {
                name: (np.array(known, dtype=np.int32), np.array(begun, dtype=np.int32))
                for name, (known, begun) in about["newest"].items()
            },
            frozenset(about["unknown"]),
        ),
    )
    attributes = {
        name.removeprefix("attribute:"): table[name].combine_chunks()
        for name in table.column_names
        if name.startswith("attribute:")
    }
    return LeftScores(scores, KnownData(**about["data"]), attributes)
