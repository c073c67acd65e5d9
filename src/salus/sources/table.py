"""Columns of a table, and how a file was read, in the same form for every source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from salus.errors import Problem
from salus.sources.rejected_path import rejected_path

MANY_REJECTED = 0.05  # share of the rows of a file

#: `moment` is a timestamp without a time zone: it is local to the model. `instant` is a timestamp
#: with a time zone.
Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]


@dataclass(frozen=True)
class TableColumn:
    """The name and type of a column.

    >>> TableColumn("seats", "integer")
    TableColumn(name='seats', type='integer')
    """

    name: str
    type: Type


@dataclass(frozen=True)
class PreviewRow:
    """One row as it is in the file, and as Salus read it; by column name."""

    line: int
    before: Mapping[str, str]
    after: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """How the rows of a file were read. Always `read == kept + rejected`.

    >>> FileReading(
    ...     table="logins", file="data/logins.csv", read=200, kept=196, rejected=4
    ... ).share_rejected
    0.02
    """

    table: str
    file: str
    read: int
    kept: int
    rejected: int
    notes: tuple[str, ...] = ()  # what was decided while reading, as sentences
    preview: tuple[PreviewRow, ...] = ()
    amounts: int = 0  # rejected rows with a number that looks like a credit or is too large
    totals: tuple[int, ...] = ()  # the lines of rejected rows that look like a total
    example: str | None = None  # why the first row was rejected
    header: int | None = None  # the line of the column names
    unnamed: tuple[int, ...] = ()  # columns without a name, counted from 1

    @property
    def share_rejected(self) -> float:
        """The share of rows that were rejected, 0 to 1; 0 for a file without rows."""
        return self.rejected / self.read if self.read else 0.0

    @property
    def left_out(self) -> Problem | None:
        """The warning about rejected rows that every command shows; None if it isn't needed.

        It is needed if many rows are rejected, or any row with an amount or a total: a sum without
        its credits is too high, even if they are few.

        >>> example = "line 5: amount: '50-' isn't a valid number"
        >>> reading = FileReading(
        ...     table="inv", file="data/inv.csv", read=4, kept=3, rejected=1, amounts=1, example=example
        ... )
        >>> print(reading.left_out)
        data/inv.csv: warning: 1 of 4 rows is left out, such as line 5: amount: '50-' isn't a valid number
            -> look at rejected/inv.csv, which lists them with the reasons
        """
        if not (self.share_rejected > MANY_REJECTED or self.amounts or self.totals):
            return None
        line = self.totals[0] if self.totals and self.rejected == len(self.totals) else None
        such = f", such as {self.example}" if self.example else ""
        verb = "is" if self.rejected == 1 else "are"
        return Problem(
            self.file,
            line,
            None,
            f"{self.rejected:,} of {self.read:,} rows {verb} left out{such}",
            f"look at {rejected_path(Path('rejected'), self.table).as_posix()}, which lists them with"
            " the reasons",
            "warning",
        )

    @property
    def nameless(self) -> Problem | None:
        """The warning about columns without a name; None if all have one."""
        if not self.unnamed:
            return None
        numbers = ", ".join(map(str, self.unnamed[:20]))
        return Problem(
            self.file,
            self.header,
            None,
            (
                f"column {numbers} has no name"
                if len(self.unnamed) == 1
                else f"columns {numbers} have no names"
            ),
            "give them names in the file if the model needs them",
            "warning",
        )
