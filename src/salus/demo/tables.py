"""Writes tables into a folder, one part of the company at a time, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet


class Tables:
    """A folder of tables, as a context manager: the files are complete when it ends.

    A table is a CSV file, or Parquet if it is in `as_parquet`. A table in `monthly` is a folder of
    Parquet files, one for each month of the column named there.
    """

    def __init__(
        self, folder: Path, monthly: dict[str, str] | None = None, as_parquet: Iterable[str] = ()
    ) -> None:
        folder.mkdir(parents=True)
        self._folder, self._monthly, self._as_parquet = folder, monthly or {}, frozenset(as_parquet)
        self._writers: dict[str, csv.CSVWriter | parquet.ParquetWriter] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def add(self, name: str, table: pa.Table) -> None:
        """Append rows to a table."""
        if name in self._monthly:
            self._add_by_month(name, table)
        elif name in self._as_parquet:
            self._parquet(f"{name}.parquet", table)
        else:
            self._csv(name, table)

    def _add_by_month(self, name: str, table: pa.Table) -> None:
        days = table[self._monthly[name]].cast(pa.timestamp("s")).to_numpy()
        months = days.astype("datetime64[M]")
        order = np.argsort(months, kind="stable")
        names, first = np.unique(months[order], return_index=True)
        table = table.take(pa.array(order))
        for month, start, end in zip(names, first, [*first[1:], len(order)], strict=True):
            self._parquet(f"{name}/{month}.parquet", table.slice(start, end - start))

    def _parquet(self, file: str, table: pa.Table) -> None:
        if file not in self._writers:
            path = self._folder / file
            path.parent.mkdir(exist_ok=True)
            self._writers[file] = self._open.enter_context(
                parquet.ParquetWriter(path, table.schema, compression="zstd")
            )
        self._writers[file].write_table(table)

    def _csv(self, name: str, table: pa.Table) -> None:
        if name not in self._writers:
            path = self._folder / f"{name}.csv"
            self._writers[name] = self._open.enter_context(csv.CSVWriter(path, table.schema))
        self._writers[name].write_table(table)
