"""Where `salus score --out FILE` goes: the file's ending says how it is written."""

from __future__ import annotations

from pathlib import Path

from salus.channels.portfolio import Portfolio
from salus.errors import UsageError

ENDINGS = (".parquet", ".csv", ".xlsx")


def check_ending(path: Path) -> None:
    """Refuse a file whose ending says nothing, before anything is computed. Raises UsageError."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path.name}: scores are written as {', '.join(ENDINGS)}", "choose one of these endings")


def write(portfolio: Portfolio, path: Path) -> None:
    """Write the scores of one date to `path`, whole or not at all."""
    check_ending(path)
    if path.suffix.lower() == ".xlsx":
        from salus.channels.workbook.workbook import write_workbook
        write_workbook(portfolio, path)
        return
    from salus.channels.table_file import write_csv, write_parquet
    (write_csv if path.suffix.lower() == ".csv" else write_parquet)(portfolio, path)
