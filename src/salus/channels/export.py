"""Where `salus score --out FILE` goes: the file's ending says how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from salus.channels.portfolio import ScoredPortfolio, join_tables, sort_worst_first, to_score_table
from salus.errors import OptionError, UsageError

ENDINGS = (".parquet", ".csv", ".xlsx")


def require_folder(path: Path) -> None:
    """Refuse a place in a folder that doesn't exist, before anything is computed: a mistyped path
    makes no folders.
    """
    if not path.parent.is_dir():
        raise UsageError(
            f"{path.name} can't be written: there is no folder {path.parent}",
            "make it, or choose another",
        )


def check_ending(path: Path, models: int = 1) -> None:
    """Refuse a file whose ending says nothing, before anything is computed. Raises UsageError."""
    require_folder(path)
    if models > 1 and path.suffix.lower() == ".xlsx":
        raise UsageError(
            f"{path.name}: a workbook calculates with one model, and two speak at present",
            "write .csv or .parquet while a model is rolled out to a part",
        )
    if path.suffix.lower() not in ENDINGS:
        raise OptionError(
            f"{path.name}: scores are written as {', '.join(ENDINGS)}",
            "choose one of these endings",
        )


def write_scores_file(portfolio: ScoredPortfolio, path: Path) -> None:
    """Write the scores of one date to `path`, whole or not at all."""
    check_ending(path)
    if path.suffix.lower() == ".xlsx":
        from salus.channels.workbook.workbook import write_workbook

        write_workbook(portfolio, path)
        return
    from salus.channels.table_file import write_csv, write_parquet

    (write_csv if path.suffix.lower() == ".csv" else write_parquet)(to_score_table(portfolio), path)


def write_parts(parts: Sequence[ScoredPortfolio], fingerprints: Sequence[str], path: Path) -> None:
    """Write the scores of one date, of which each part was scored by another model, as one
    table.
    """
    check_ending(path, len(parts))
    from salus.channels.table_file import write_csv, write_parquet

    (write_csv if path.suffix.lower() == ".csv" else write_parquet)(
        sort_worst_first(join_tables([to_score_table(part) for part in parts], fingerprints)), path
    )
