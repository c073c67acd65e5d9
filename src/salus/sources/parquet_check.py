"""Finds damage in the Parquet files that Salus wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salus.sources.file_states import FileStates

DAMAGED = (OSError, pa.ArrowException, ValueError, KeyError)  # raised by reading a damaged file


def find_damaged(files: Sequence[Path], states: FileStates) -> list[Path]:
    """The files whose bytes differ from those in `states`. A file without a state is damaged if it
    can't be read to its end.
    """
    return [
        path
        for path, same in states.compare(files).items()
        if same is False or (same is None and not _readable(path))
    ]


def _readable(path: Path) -> bool:
    """Whether every page can be read and matches its checksum, if it has one."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for _ in file.iter_batches(use_threads=False):
                pass
    except DAMAGED:
        return False
    return True
