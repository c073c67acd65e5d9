"""The result of `salus check`."""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.result import RowResult
from salus.errors import Problem
from salus.facts.sql.keys import KeyCounts
from salus.sources.table import FileReading


@dataclass(frozen=True)
class ParquetTable:
    """A table of Parquet files that the model uses, and its number of files and rows."""

    name: str  # the file, or the folder with a slash at its end
    files: int
    rows: int


@dataclass(frozen=True)
class Inspection(RowResult[Problem]):
    """The problems of a project, and how each file was read.

    A project whose problems are all warnings can be scored.
    """

    problems: tuple[Problem, ...]
    readings: tuple[FileReading, ...] = ()
    keys: tuple[KeyCounts, ...] = ()
    parquet_tables: tuple[ParquetTable, ...] = ()
    unused: int = 0  # tables that the model doesn't use

    @property
    def rows(self) -> tuple[Problem, ...]:
        """The problems, sorted by file and line."""
        return self.problems

    def as_dict(self) -> dict[str, object]:
        """The document of `salus check --json`."""
        return {"problems": [problem.as_dict() for problem in self.problems]}
