"""Saved forecasts in `history/forecasts/`: one JSON file for each date, outcome, horizon and model.

A saved forecast is never replaced: one that could change once the outcome is known would prove
nothing. The files hold no time stamp, so equal runs give equal bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salus.atomic import atomic_write
from salus.errors import DataError
from salus.insight.statistics.interval import Interval

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_(\w+)_(\d+)d_([0-9a-f]{8})\.json")


@dataclass(frozen=True)
class SavedTerm:
    """A renewal in a saved forecast: its value, and the day after which the decision is known."""

    id: str
    known_day: dt.date
    stake: float


@dataclass(frozen=True)
class SavedForecast:
    """A forecast as it was first made."""

    as_of: dt.date
    outcome: str
    horizon: int
    fingerprint: str
    total: Interval
    renewals: tuple[SavedTerm, ...]


class ForecastLog:
    """The folder of saved forecasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, forecast: dict[str, Any]) -> Path:
        """Save a forecast and return its path. A saved one of the same date, outcome, horizon and
        model stays.
        """
        name = f"{forecast['as_of']}_{forecast['outcome']}_{forecast['horizon_days']}d_{forecast['model']['fingerprint']}.json"
        path = self.folder / name
        if not path.exists():
            with atomic_write(path) as draft:
                text = json.dumps(
                    forecast, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1
                )
                draft.write_text(text + "\n", encoding="utf-8")
        return path

    def all(self) -> Iterator[SavedForecast]:
        """Every saved forecast, by date, outcome, horizon and model."""
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            if _NAME.fullmatch(path.name):
                yield _read(path)


def _read(path: Path) -> SavedForecast:
    """A saved forecast; DataError where the file can't be read."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        total = document["total"]
        renewals = tuple(
            SavedTerm(str(term["id"]), dt.date.fromisoformat(term["seen"]), float(term["stake"]))
            for term in document["renewals"]
        )
        return SavedForecast(
            dt.date.fromisoformat(document["as_of"]),
            str(document["outcome"]),
            int(document["horizon_days"]),
            str(document["model"]["fingerprint"]),
            Interval(float(total["value"]), float(total["low"]), float(total["high"])),
            renewals,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"the saved forecast {path.name} can't be read", "delete it") from error
