"""What a table looks like to the rest of Salus, wherever it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: `moment` is a timestamp without a zone (local to the model), `instant` one whose place on the world's clock is known.
Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]


@dataclass(frozen=True)
class Column:
    """A column and what its values are.

    >>> Column("seats", "integer")
    Column(name='seats', type='integer')
    """

    name: str
    type: Type


@dataclass(frozen=True)
class PreviewRow:
    """One row as it stands in the file, and as Salus took it; by column name."""

    line: int
    before: Mapping[str, str]
    after: Mapping[str, object]


@dataclass(frozen=True)
class Reading:
    """What became of a file's rows. `read == kept + rejected`, always; `notes` say what was decided on the way.

    >>> Reading("logins", "data/logins.csv", read=200, kept=196, rejected=4).share_rejected
    0.02
    """

    table: str
    file: str
    read: int
    kept: int
    rejected: int
    notes: tuple[str, ...] = ()
    preview: tuple[PreviewRow, ...] = ()

    @property
    def share_rejected(self) -> float:
        """Rejected rows per row read; 0 for a file without rows."""
        return self.rejected / self.read if self.read else 0.0
