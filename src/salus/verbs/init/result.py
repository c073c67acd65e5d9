"""The project that `salus init` made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salus.channels.result import TextResult


@dataclass(frozen=True)
class NewProject(TextResult):
    """What was written, what was guessed and left out, and what to do next."""

    folder: Path
    written: tuple[str, ...]
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    next_step: str = ""
