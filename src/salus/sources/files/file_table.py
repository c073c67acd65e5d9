"""A table made of one file, of a folder of Parquet parts, or of one sheet."""

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

FORMAT = 4  # of decoded files: a new number makes all be decoded again


@dataclass(frozen=True, kw_only=True)
class FileTable:
    """`files` has several only for Parquet parts; `refused` says why a file can't be used at
    all.
    """

    name: str
    label: str
    files: tuple[Path, ...]
    settings: FileSettings
    zone: str
    sheet: str | None = None
    refused: Problem | None = None

    @property
    def parquet_files(self) -> tuple[Path, ...]:
        """The files an engine can read as they are; empty where they must be decoded first."""
        self.usable()
        return self.files if self.files[0].suffix.lower() == ".parquet" else ()

    def usable(self) -> None:
        """Raises DataError for a file that is refused."""
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
        """The column names that can be used; nothing below them is read.

        Raises DataError with every name of `uses` that several columns share.
        """
        self.rows.headers.places(uses or ())
        return self.rows.headers.usable

    def write(self, target: Path, uses: Uses, *, rejected: Path) -> FileReading:
        """Decode the columns of `uses` to the Parquet file `target`; rejected rows go to
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
        """Changes when the files do, whose states are given, or what is said about them."""
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
