"""What a table looks like to the rest of Salus, wherever it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from salus.errors import Problem

MANY_REJECTED = 0.05  # of a file's rows

#: `moment` is a timestamp without a zone (local to the model), `instant` one whose place on the
#: world's clock is known.
Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]


@dataclass(frozen=True)
class TableColumn:
    """A column and what its values are.

    >>> TableColumn("seats", "integer")
    TableColumn(name='seats', type='integer')
    """

    name: str
    type: Type


@dataclass(frozen=True)
class PreviewRow:
    """One row as it stands in the file, and as Salus took it; by column name."""

    line: int
    before: Mapping[str, str]
    after: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """What became of a file's rows. `read == kept + rejected`, always; `notes` say what was decided
    on the way.

    `amounts` of the rejected rows hold a number that looks like a credit or is too large, `totals`
    are the lines of those that look like a total. `example`: why the first was rejected. `unnamed`:
    columns without a name, counted from 1, in line `header`.

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
    notes: tuple[str, ...] = ()
    preview: tuple[PreviewRow, ...] = ()
    amounts: int = 0
    totals: tuple[int, ...] = ()
    example: str | None = None
    header: int | None = None
    unnamed: tuple[int, ...] = ()

    @property
    def share_rejected(self) -> float:
        """Rejected rows per row read; 0 for a file without rows."""
        return self.rejected / self.read if self.read else 0.0

    @property
    def left_out(self) -> Problem | None:
        """What every command says of this file: that many rows are rejected, or amounts, or a
        total.

        A sum without credits is too high, however few they are.

        >>> example = "line 5: amount: '50-' isn't a valid number"
        >>> reading = FileReading(
        ...     table="inv", file="data/inv.csv", read=4, kept=3, rejected=1, amounts=1, example=example
        ... )
        >>> print(reading.left_out)
        data/inv.csv: warning: 1 of 4 rows is left out, such as line 5: amount: '50-' isn't a valid number
            -> look at rejected/inv.csv
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
            f"look at rejected/{self.table}.csv",
            "warning",
        )

    @property
    def nameless(self) -> Problem | None:
        """Columns without a name, which no model can use."""
        if not self.unnamed:
            return None
        places = ", ".join(map(str, self.unnamed[:20]))
        return Problem(
            self.file,
            self.header,
            None,
            (
                f"column {places} has no name"
                if len(self.unnamed) == 1
                else f"columns {places} have no names"
            ),
            "name them if the model needs them",
            "warning",
        )
