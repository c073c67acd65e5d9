"""The file that `salus score --out FILE` writes: its ending decides the format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from salus.channels.portfolio import ScoredPortfolio, join_tables, sort_worst_first, to_score_table
from salus.errors import OptionError, UsageError

ENDINGS = (".parquet", ".csv", ".xlsx")


def require_folder(path: Path) -> None:
    """Raise UsageError if the folder of `path` doesn't exist. No folder is made, because the path
    may be mistyped. Call this before anything is computed.
    """
    if not path.parent.is_dir():
        raise UsageError(
            f"{path.name} can't be written: the folder {path.parent} doesn't exist",
            "make it, or choose another",
        )


def check_ending(path: Path, models: int = 1) -> None:
    """Raise UsageError if the scores can't be written to this file. Call this before anything is
    computed. `models`: how many models score the entities.
    """
    require_folder(path)
    if models > 1 and path.suffix.lower() == ".xlsx":
        raise UsageError(
            f"{path.name}: a workbook has one model, but {models} models are active",
            "write .csv or .parquet until the rollout has ended",
        )
    if path.suffix.lower() not in ENDINGS:
        raise OptionError(
            f"{path.name}: scores are written as {', '.join(ENDINGS)}",
            "choose one of these endings",
        )


def write_scores_file(portfolio: ScoredPortfolio, path: Path) -> None:
    """Write the scores of one date to `path`. If this fails, no file is left behind."""
    check_ending(path)
    if path.suffix.lower() == ".xlsx":
        from salus.channels.workbook.workbook import write_workbook

        write_workbook(portfolio, path)
        return
    from salus.channels.table_file import write_csv, write_parquet

    (write_csv if path.suffix.lower() == ".csv" else write_parquet)(to_score_table(portfolio), path)


def write_parts(parts: Sequence[ScoredPortfolio], fingerprints: Sequence[str], path: Path) -> None:
    """Write the scores of one date as one table. Each part was scored by a different model."""
    check_ending(path, len(parts))
    from salus.channels.table_file import write_csv, write_parquet

    (write_csv if path.suffix.lower() == ".csv" else write_parquet)(
        sort_worst_first(join_tables([to_score_table(part) for part in parts], fingerprints)), path
    )
