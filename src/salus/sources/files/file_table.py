"""A table in a folder: one file, a folder of Parquet files, or one sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from salus.errors import DataError, Problem
from salus.sources.files.column_use import Uses
from salus.sources.files.rows import FileRows
from salus.sources.files.settings import FileSettings, zone_named
from salus.sources.files.text_rows import TextRows
from salus.sources.table import FileReading

FORMAT = 5  # of decoded files; with a new number all files are decoded again


@dataclass(frozen=True, kw_only=True)
class FileTable:
    """A table in a folder."""

    name: str
    label: str  # the file in messages
    files: tuple[Path, ...]  # more than one only for a folder of Parquet files
    settings: FileSettings
    zone: str  # the time zone of the model
    sheet: str | None = None
    refused: Problem | None = None  # why the file can't be used

    @property
    def parquet_files(self) -> tuple[Path, ...]:
        """The files if they are Parquet; empty if the file must be decoded first."""
        self.usable()
        return self.files if self.files[0].suffix.lower() == ".parquet" else ()

    def usable(self) -> None:
        """Raise DataError if the file can't be used."""
        if self.refused is not None:
            raise DataError([self.refused])

    @cached_property
    def rows(self) -> FileRows:
        """The rows of a file that isn't Parquet."""
        self.usable()
        if self.sheet is not None:
            from salus.sources.files.sheet_rows import SheetRows

            return SheetRows(self.files[0], self.sheet, self.label, self.settings)
        return TextRows(self.files[0], self.label, self.settings)

    def names(self, uses: Uses | None = None) -> tuple[str, ...]:
        """The column names that can be used, without reading any row.

        Raises DataError that lists the names in `uses` which several columns have.
        """
        self.rows.headers.places(uses or ())
        number = self.settings.row_number
        usable = self.rows.headers.usable
        return usable if number is None or number in usable else (*usable, number)

    def write(self, target: Path, uses: Uses, *, rejected: Path) -> FileReading:
        """Decode the columns in `uses` to the Parquet file `target`. Rejected rows are written to
        `rejected/TABLE.csv`.
        """
        from salus.sources.files.decode import DecodeTask, decode

        self.usable()
        zone = zone_named(self.zone) or ZoneInfo("UTC")
        return decode(
            DecodeTask(
                table=self.name,
                label=self.label,
                file_name=self.files[0].name,
                rows=self.rows,
                settings=self.settings,
                uses=uses,
                zone=zone,
            ),
            target,
            rejected,
        )

    def identity(self, states: Iterable[str]) -> str:
        """A text that changes with the files, whose `states` are given, or with their settings."""
        return "\n".join(
            [
                str(FORMAT),
                self.name,
                self.sheet or "",
                self.zone,
                repr(astuple(self.settings)),
                *states,
            ]
        )
