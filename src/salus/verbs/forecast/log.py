"""Past forecasts, as they were told: `history/forecasts/`, one JSON file for a date, outcome,
horizon and model.

The first one told stands: a forecast that could be told again once the end is known would be none.
No time stamp inside, so equal runs are equal bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salus.atomic import whole
from salus.errors import DataError

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_(\w+)_(\d+)d_([0-9a-f]{8})\.json")


@dataclass(frozen=True)
class SavedTerm:
    """One that was foretold: what was at stake, and the day after which its end is known."""

    id: str
    seen: dt.date
    stake: float


@dataclass(frozen=True)
class SavedForecast:
    """A forecast as it was told."""

    as_of: dt.date
    outcome: str
    horizon: int
    fingerprint: str
    total: tuple[float, float, float]  # value, low, high
    renewals: tuple[SavedTerm, ...]


class ForecastLog:
    """The folder of past forecasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, told: dict[str, Any]) -> Path:
        """Keep a forecast, unless one of the same date, outcome, horizon and model is there
        already.
        """
        name = f"{told['as_of']}_{told['outcome']}_{told['horizon_days']}d_{told['model']['fingerprint']}.json"
        path = self.folder / name
        if not path.exists():
            with whole(path) as draft:
                text = json.dumps(
                    told, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1
                )
                draft.write_text(text + "\n", encoding="utf-8")
        return path

    def all(self) -> Iterator[SavedForecast]:
        """Every forecast kept, by date, outcome, horizon and model."""
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            if _NAME.fullmatch(path.name):
                yield _read(path)


def _read(path: Path) -> SavedForecast:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        total = told["total"]
        renewals = tuple(
            SavedTerm(str(one["id"]), dt.date.fromisoformat(one["seen"]), float(one["stake"]))
            for one in told["renewals"]
        )
        return SavedForecast(
            dt.date.fromisoformat(told["as_of"]),
            str(told["outcome"]),
            int(told["horizon_days"]),
            str(told["model"]["fingerprint"]),
            (float(total["value"]), float(total["low"]), float(total["high"])),
            renewals,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"the kept forecast {path.name} can't be read", "delete it") from error
