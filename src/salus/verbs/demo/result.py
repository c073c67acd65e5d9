"""The result of `salus demo`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salus.channels.result import TextResult
from salus.scores.scores import Scores


@dataclass(frozen=True)
class Demo(TextResult):
    """The folder of the demo, its scores and its report."""

    folder: Path
    scores: Scores
    report: Path
