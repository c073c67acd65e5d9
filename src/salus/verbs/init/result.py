"""The result of `salus init`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salus.channels.folder.content import FolderContent
from salus.channels.result import TextResult


@dataclass(frozen=True)
class NewProject(TextResult):
    """A new project: its files, notes on guesses and on what was left out, and the next step."""

    folder: Path
    written: tuple[str, ...]  # names of the files, the model last
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    next_step: str = ""  # a sentence with the commands
    content: FolderContent | None = None  # what the tables hold; None for a pack
