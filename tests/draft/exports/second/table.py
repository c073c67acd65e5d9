"""A file of an export, with the customer that each of its rows belongs to."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.draft.exports.second.account import Account


@dataclass
class ExportTable:
    """A table of text. `owners` holds the HubSpot id of each row's customer; it is empty where the
    row belongs to no customer, or where nothing in the files says to which.
    """

    name: str
    header: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)

    def add(self, row: Sequence[object], owner: Account | None = None) -> None:
        """A row. Companies that aren't customers own nothing."""
        assert len(row) == len(self.header), (self.name, len(row), len(self.header))
        self.rows.append(row)
        self.owners.append(owner.record_id if owner is not None and owner.is_customer else "")

    def sort(self, column: str) -> None:
        """Put the rows in the order of a column of text."""
        place = list(self.header).index(column)
        order = sorted(range(len(self.rows)), key=lambda number: str(self.rows[number][place]))
        self.rows = [self.rows[number] for number in order]
        self.owners = [self.owners[number] for number in order]

    def write(self, folder: Path) -> None:
        """Write the file as CSV."""
        with (folder / f"{self.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(self.header)
            writer.writerows(self.rows)


def write_all(tables: Iterable[ExportTable], folder: Path) -> None:
    """Write every table into the folder."""
    for table in tables:
        table.write(folder)
