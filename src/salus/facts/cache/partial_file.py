"""The rows of a partial as a Parquet file, and back. Rows are sorted, so that equal facts give
equal bytes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from salus.atomic import atomic_write
from salus.facts.partials.dictionary_encoding import WORD, compact, encode_for_file
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Array
from salus.facts.partials.requirements import PartialColumns
from salus.facts.partials.row_order import find_rows, order_by
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, MONTH, RECORDED, TIME

ROWS = 32_768  # of a row group, so that a reader can read some entities only
BITS = pa.uint32()  # the days of a month, a bit each


def sort_rows(table: pa.Table) -> pa.Table:
    """The rows by entity and key, then by all other columns; texts become codes of sorted words."""
    columns: dict[str, pa.Array] = {}
    keys: list[tuple[str, Array]] = []
    for name in table.column_names:
        column = table[name].combine_chunks() if len(table) else pa.array([], table[name].type)
        if any(
            test(column.type)
            for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_dictionary)
        ):
            columns[name] = _encode_sorted(column)
            keys.append((name, columns[name].indices.to_numpy(zero_copy_only=False)))
        else:
            columns[name] = (
                column.cast(BITS)
                if MONTH in table.column_names and name.startswith("c")
                else _to_plain_type(column)
            )
            keys.append((name, _numbers(columns[name])))
    first = {ENTITY: 0, "key": 1}
    keys.sort(key=lambda item: first.get(item[0], 2))
    order = pa.array(order_by([array for _, array in keys], alike=True))
    return pa.table({name: column.take(order) for name, column in columns.items()})


def _to_plain_type(column: pa.Array) -> pa.Array:
    """Days as date32, moments in microseconds, truths unchanged, everything else as 64-bit
    integers.
    """
    if pa.types.is_date(column.type):
        return column.cast(pa.date32())
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us"))
    return column if pa.types.is_boolean(column.type) else column.cast(pa.int64())


def _numbers(column: pa.Array) -> Array:
    if pa.types.is_date(column.type):
        days: Array = fill_nulls(column.cast(pa.int32()), -(2**31)).to_numpy(zero_copy_only=False)
        return _with_near_nulls(days)
    numbers: Array = fill_nulls(column.cast(pa.int64()), -(2**63)).to_numpy(zero_copy_only=False)
    return numbers


def _with_near_nulls(days: Array) -> Array:
    """A missing day as the day before all others, so that the days need few bits."""
    present = days != -(2**31)
    return (
        days
        if present.all()
        else np.where(present, days, np.min(days, initial=2**30, where=present) - 1)
    )


def _encode_sorted(column: pa.Array) -> pa.DictionaryArray:
    coded = column.cast(pa.string()).dictionary_encode()
    order = pc.array_sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    codes = (
        rank[coded.indices.to_numpy(zero_copy_only=False)]
        if len(order)
        else np.zeros(0, dtype=np.int32)
    )
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32()), coded.dictionary.take(pa.array(order))
    )


@contextmanager
def write_or_skip(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes `path` whole or not at all. If another run has removed the
    folder, nothing is written.
    """
    try:
        with atomic_write(path, make_folder=False) as draft:
            yield draft
    except FileNotFoundError:
        return


def write_partial(path: Path, rows: pa.Table, need: PartialColumns) -> None:
    """Write the file, whole or not at all."""
    for place, column in enumerate(rows.schema):
        if column.type == WORD and column.name != ENTITY:
            rows = rows.set_column(
                place,
                column.name,
                encode_for_file(compact(rows.column(place).combine_chunks())),
            )
    with write_or_skip(path) as draft:
        file = pq.ParquetWriter(
            draft,
            rows.schema,
            compression="lz4",
            write_page_checksum=True,
            use_dictionary=_few_values(rows, need),
            dictionary_pagesize_limit=1 << 30,
            write_statistics=[ENTITY],
        )
        try:
            for group in _groups(rows):
                file.write_table(group, row_group_size=ROWS)
            file.close()
        finally:
            file.is_open = False  # or it would try to write to a full disk again when it is deleted


def _few_values(rows: pa.Table, need: PartialColumns) -> list[str]:
    """Columns whose values recur: all except amounts and times."""
    amounts = {need.alias(cell) for cell in need.cells if cell.what != "rows"} | {TIME, RECORDED}
    return [
        field.name
        for field in rows.schema
        if field.name not in amounts
        and (field.name != "value" or field.type == WORD)
        and not pa.types.is_boolean(field.type)
        and not pa.types.is_string(field.type)
    ]


def _groups(rows: pa.Table) -> Iterator[pa.Table]:
    """Row groups, each with only the words it uses."""
    rows = rows.combine_chunks()
    for first in range(0, max(len(rows), 1), ROWS):
        group = rows.slice(first, ROWS)
        for place, field in enumerate(group.schema):
            if field.type == WORD:
                group = group.set_column(
                    place, field, compact(group.column(place).combine_chunks())
                )
        yield group


class PartialFile:
    """A file of kept rows, from which some entities can be read without the others.

    Ranges of entities that are read in order share at most one row group, so the last one read
    stays in memory.
    """

    def __init__(self, path: Path, need: PartialColumns, known_as_begun: bool = False) -> None:
        """Raises OSError or ArrowException where the file can't be read or holds something else.

        `known_as_begun`: the day known always equals the day begun, so only the latter is read
        where both are kept.
        """
        self._path, self._state = path, _state(path)
        with pq.ParquetFile(path) as file:
            self._footer, self._schema = file.metadata, file.schema_arrow
        missing = {ENTITY, *(need.alias(cell) for cell in need.cells)} - set(self._schema.names)
        if missing:
            raise pa.ArrowInvalid(f"{path.name} has no column {', '.join(sorted(missing))}")
        names = self._schema.names
        self._columns = (
            [name for name in names if name != KNOWN]
            if known_as_begun and BEGUN in names
            else names
        )
        place = names.index(ENTITY)
        self._statistics = [
            self._footer.row_group(group).column(place).statistics
            for group in range(self._footer.num_row_groups)
        ]
        self._last: tuple[int, pa.Table] | None = None

    def __len__(self) -> int:
        return int(self._footer.num_rows)

    def _open(self) -> pq.ParquetFile:
        same = (
            _state(self._path) == self._state
        )  # else another run has rewritten the file, and the new footer is needed
        return pq.ParquetFile(
            self._path, metadata=self._footer if same else None, page_checksum_verification=True
        )

    def all(self, columns: list[str] | None = None) -> pa.Table:
        """Every row."""
        with self._open() as file:
            return file.read(columns=columns or self._columns, use_threads=False)

    def between(self, low: str | None, high: str | None) -> pa.Table:
        """The rows of entities from `low` on and before `high`."""
        if low is None and high is None:
            return self.all()
        groups_read = [
            group for group in range(len(self._statistics)) if self._overlaps(group, low, high)
        ]
        if not groups_read:
            return self._schema.empty_table().select(self._columns)
        groups = self._groups(groups_read)
        self._last = groups_read[-1], groups[-1]
        groups[0] = _cut(groups[0], low, None)
        groups[-1] = _cut(groups[-1], None, high)
        return pa.concat_tables(groups)

    def of(self, keys: pa.Array) -> pa.Table:
        """The rows of these entities, whose keys are sorted by code point."""
        words, nothing = keys.to_pylist(), self._schema.empty_table().select(self._columns)
        numbers = [group for group in range(len(self._statistics)) if self._may_hold(group, words)]
        if not numbers:
            return nothing
        with self._open() as file:
            rows = file.read_row_groups(numbers, self._columns, use_threads=False)
        return pa.concat_tables([nothing, *(_only(batch, keys) for batch in rows.to_batches())])

    def _may_hold(self, group: int, words: Sequence[str]) -> bool:
        statistics = self._statistics[group]
        if statistics is None or not statistics.has_min_max:
            return True
        place = bisect_left(words, statistics.min)
        return place < len(words) and words[place] <= statistics.max

    def _groups(self, numbers: Sequence[int]) -> list[pa.Table]:
        """These row groups, one after the other."""
        before = [self._last[1]] if self._last is not None and self._last[0] == numbers[0] else []
        if len(before) == len(numbers):
            return before
        with self._open() as file:
            rows = file.read_row_groups(numbers[len(before) :], self._columns, use_threads=False)
        last = len(rows) - self._footer.row_group(numbers[-1]).num_rows
        return [*before, *([rows.slice(0, last)] if last else []), rows.slice(last)]

    def _overlaps(self, group: int, low: str | None, high: str | None) -> bool:
        statistics = self._statistics[group]
        if statistics is None or not statistics.has_min_max:
            return True
        return (high is None or statistics.min < high) and (low is None or statistics.max >= low)


def _state(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def _only(batch: pa.RecordBatch, keys: pa.Array) -> pa.Table:
    """The rows of these entities."""
    entity = batch.column(batch.schema.names.index(ENTITY))
    wanted = pc.is_in(entity.dictionary.cast(pa.string()), value_set=keys).to_numpy(
        zero_copy_only=False
    )
    rows = np.flatnonzero(wanted[entity.indices.to_numpy(zero_copy_only=False)])
    return pa.Table.from_batches([batch.take(pa.array(rows))])


def _cut(group: pa.Table, low: str | None, high: str | None) -> pa.Table:
    """The rows of a row group between two entities. They are next to each other, since rows are
    sorted.
    """
    entity = group[ENTITY].combine_chunks()
    words = entity.dictionary
    first = 0 if low is None else bisect_left(words, low, key=str)
    stop = len(words) if high is None else bisect_left(words, high, key=str)
    codes = entity.indices.to_numpy(zero_copy_only=False)
    start, end = (int(place) for place in find_rows(codes, [first, stop]))
    return group.slice(start, end - start)
