"""The rows of a table of customers, loaded to learn points from its flag."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlglot import exp

from salus.draft.flag import Flag
from salus.draft.profile import ColumnProfile, TableProfile
from salus.outcomes.flagged import matches
from salus.scoring.scored import Floats, Truths
from salus.sources.connection import Connection

MOST_LOADED = 500_000  # rows, those with the first keys
MOST_ROWS = 20_000  # about as many rows of a larger table are enough
FOLDS = 5


@dataclass(frozen=True)
class SampleColumn:
    """The values of one column: numbers, or positions in `words`. NaN where there is none."""

    values: Floats
    words: tuple[str, ...] = ()  # none: numbers

    def at(self, rows: NDArray[np.intp]) -> SampleColumn:
        """These rows."""
        return SampleColumn(self.values[rows], self.words)


@dataclass(frozen=True)
class FlagSample:
    """Who left, the fold of each row, and the columns. A row's fold follows from its key alone."""

    left: Truths
    fold: NDArray[np.int64]
    columns: Mapping[str, SampleColumn]

    def at(self, rows: NDArray[np.intp]) -> FlagSample:
        """These rows."""
        columns = {name: column.at(rows) for name, column in self.columns.items()}
        return FlagSample(self.left[rows], self.fold[rows], columns)


def load_sample(
    connection: Connection,
    table: TableProfile,
    key: str,
    flag: Flag,
    columns: Iterable[ColumnProfile],
) -> FlagSample:
    """Load the columns of a table, in an order that follows from the keys. Rows without a flag are left out.

    Of a large table, a part is enough; a row is in it because of its key alone.
    """
    wanted = tuple(columns)
    names = [key, flag.column, *(column.name for column in wanted)]
    query = (
        exp.select(
            *(
                exp.column(name, quoted=True).as_(f"c{place}", quoted=True)
                for place, name in enumerate(names)
            )
        )
        .from_(connection.table(table.name))
        .where(exp.not_(exp.Is(this=exp.column(flag.column, quoted=True), expression=exp.null())))
        .order_by(exp.column(key, quoted=True))
        .limit(MOST_LOADED)
    )
    rows = connection.query(query)
    kind = table.column(flag.column).type
    left = [matches(value, flag.left, kind) for value in rows["c1"].to_pylist()]
    places = np.array([zlib.crc32(str(value).encode()) for value in rows["c0"].to_pylist()])
    sample = FlagSample(
        np.array(left, dtype=bool),
        places.astype(np.int64) % FOLDS,
        {
            column.name: _read(rows[f"c{place}"], column)
            for place, column in enumerate(wanted, start=2)
        },
    )
    parts = max(-(-len(left) // MOST_ROWS), 1)
    order = np.argsort(places, kind="stable")  # not that of the database
    return sample.at(order[places[order] // FOLDS % parts == 0])


def _read(values: pa.ChunkedArray, column: ColumnProfile) -> SampleColumn:
    if column.is_number:
        numbers = np.array(
            values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64
        )
        return SampleColumn(np.where(np.isfinite(numbers), numbers, np.nan))
    words = tuple(sorted(column.frequent_values))
    texts = pc.utf8_lower(values.cast(pa.string())) if column.type == "bool" else values
    codes = pc.index_in(texts.cast(pa.string()), pa.array(words, pa.string()))
    return SampleColumn(np.array(codes.to_numpy(zero_copy_only=False), dtype=np.float64), words)
