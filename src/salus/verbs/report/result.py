"""The result of `salus report`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from salus.channels.result import TextResult


@dataclass(frozen=True)
class ReportFile(TextResult):
    """A page of HTML that `salus report` wrote. It can be opened like its path."""

    path: Path  # the file
    as_of: dt.date  # the date of the scores on the page
    language: str  # en, de or da
    fingerprint: str  # of the model

    def __fspath__(self) -> str:
        """The path, so that `open(result)` reads the page."""
        return str(self.path)

    def _values(self) -> dict[str, object]:
        return self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """The path, the date, the language and the model's fingerprint."""
        return {
            "path": str(self.path),
            "as_of": self.as_of.isoformat(),
            "language": self.language,
            "fingerprint": self.fingerprint,
        }
