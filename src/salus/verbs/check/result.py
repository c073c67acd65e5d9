"""The result of `salus check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salus.channels.result import RowResult
from salus.datasets.population_summary import OutcomeSummary, PopulationSummary
from salus.errors import Problem
from salus.facts.sql.keys import KeyCounts
from salus.sources.table import FileReading


@dataclass(frozen=True)
class ParquetTable:
    """A table of Parquet files that the model uses, and its number of files and rows."""

    name: str  # the file, or the folder with a slash at its end
    files: int
    rows: int
    table: str = ""


@dataclass(frozen=True, kw_only=True)
class TableUse:
    """What the model uses a table for, and which of its rows belong to an entity."""

    table: str
    title: str  # "source `use`"
    ways: tuple[str, ...] = ()  # to entities, in words: the columns that are compared
    counts: KeyCounts | None = None  # None: rows of the table belong to no entity of their own
    narrowed: bool = False  # by a `where`, whose rows are among the `counts` all the same

    def as_dict(self) -> dict[str, object]:
        """The use as `salus check --json` prints it."""
        counts = self.counts
        document: dict[str, object] = {
            "table": self.table,
            "use": self.title,
            "ways": list(self.ways),
        }
        if counts is None:
            return document
        return document | {
            "rows": counts.facts,
            "matched": counts.matched,
            "unknown": counts.unknown,
            "ambiguous": counts.ambiguous,
            "left_out": counts.left_out,
            "empty": counts.without,
        }


@dataclass(frozen=True, kw_only=True)
class Inspection(RowResult[Problem]):
    """The problems of a project, how each table was read and joined, and who is counted.

    A project whose problems are all warnings can be scored.
    """

    problems: tuple[Problem, ...]
    readings: tuple[FileReading, ...] = ()
    keys: tuple[KeyCounts, ...] = ()
    parquet_tables: tuple[ParquetTable, ...] = ()
    unused: int = 0  # tables that the model doesn't use
    unused_tables: tuple[str, ...] = ()  # their names
    uses: tuple[TableUse, ...] = ()
    entity_rows: tuple[int, int] | None = (
        None  # of the entity's table: those that are entities, all
    )
    entity_table: str | None = None
    entity: tuple[str, str] = ("entity", "entities")  # what the model calls them
    population: PopulationSummary | None = None  # None: errors are in the way
    #: Outcomes that are the end of contracts: how many of the last 18 months are followed by a return.
    returned: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Problem, ...]:
        """The problems, sorted by file and line."""
        return self.problems

    def as_dict(self) -> dict[str, object]:
        """The document of `salus check --json`."""
        population = self.population
        return {
            "problems": [problem.as_dict() for problem in self.problems],
            "files": [
                {"table": each.table, "file": each.file, "read": each.read, "kept": each.kept}
                for each in self.readings
            ]
            + [
                {"table": each.table, "file": each.name, "read": each.rows, "kept": each.rows}
                for each in self.parquet_tables
            ],
            "tables": [use.as_dict() for use in self.uses],
            "unused": list(self.unused_tables),
            "population": None if population is None else _population(population),
            "outcomes": []
            if population is None
            else [_outcome(each, self.returned) for each in population.outcomes],
        }


def _population(summary: PopulationSummary) -> dict[str, object]:
    return {
        "as_of": summary.as_of.isoformat(),
        "today": summary.today,
        "year_before": summary.year_before,
        "ever": summary.ever,
        "left": summary.left,
        "left_last_year": summary.left_last_year,
        "value": summary.value,
        "value_year_before": summary.value_year_before,
        "without_value": summary.without_value,
        "currency": summary.currency,
    }


def _outcome(outcome: OutcomeSummary, returned: Mapping[str, int]) -> dict[str, object]:
    return {
        "name": outcome.name,
        "flagged": outcome.flagged,
        "recent": outcome.recent,
        "last_year": outcome.last_year,
        "before": outcome.before,
        "ahead": outcome.ahead,
        "returned": returned.get(outcome.name),
        "months": [
            {"month": each.month.isoformat(), "events": each.events} for each in outcome.months
        ],
    }
