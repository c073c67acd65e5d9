"""What `salus check` found."""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.result import TextResult
from salus.errors import Problem
from salus.facts.sql.keys import KeyCounts
from salus.sources.table import FileReading


@dataclass(frozen=True)
class Inspection(TextResult):
    """The problems, and how each file was read. Without errors the project can be scored."""

    problems: tuple[Problem, ...]
    readings: tuple[FileReading, ...] = ()
    keys: tuple[KeyCounts, ...] = ()
