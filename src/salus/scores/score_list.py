"""The scored entities as columns, for lists that filter, sort and show a few rows at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.errors import UsageError
from salus.model.suggest import did_you_mean, plain_spellings
from salus.sanitize import one_line

MOST_SHOWN = 10_000  # rows of one page
Texts = str | Collection[str]


class ScoreColumns:
    """The table behind a list, with what is computed once for it: the order by a column, and names
    without capitals and marks.
    """

    def __init__(self, table: pa.Table, bands: Mapping[str, Sequence[str]]) -> None:
        self.table, self.bands = table.combine_chunks(), bands
        self._orders: dict[tuple[str, bool], NDArray[np.int64]] = {}

    def require(self, column: str) -> str:
        """The column, if there is one of that name. Raises UsageError otherwise."""
        names = self.table.column_names
        if column not in names:
            raise UsageError(
                f"the list has no column `{one_line(column)}`",
                did_you_mean(column, names) or f"use one of {', '.join(names[:12])}",
            )
        return column

    def order(self, column: str, *, descending: bool) -> NDArray[np.int64]:
        """The rows by a column; rows with equal values stay in the order of the table, and rows
        without a value come last.
        """
        self.require(column)
        if (column, descending) not in self._orders:
            keys = self._keys(column)
            keys = -keys if descending else keys  # NaN stays last
            self._orders[column, descending] = np.argsort(keys, kind="stable")
        return self._orders[column, descending]

    def _keys(self, column: str) -> NDArray[np.float64]:
        """A number by which each row is sorted; NaN without a value."""
        values = self.table[column].combine_chunks()
        if pa.types.is_string(values.type):
            return self._text_keys(column, values)
        if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
            width = pa.int32() if pa.types.is_date32(values.type) else pa.int64()
            values = values.cast(width)
        keys: NDArray[np.float64] = values.cast(pa.float64()).to_numpy(zero_copy_only=False)
        return keys

    def _text_keys(self, column: str, values: pa.Array) -> NDArray[np.float64]:
        coded = values.dictionary_encode()
        words = coded.dictionary.to_pylist()
        if column in self.bands:
            places = {band: float(place) for place, band in enumerate(self.bands[column])}
            ranks = np.array([*(places.get(word, np.nan) for word in words), np.nan])
        else:
            ordered = sorted(range(len(words)), key=lambda at: (plain_spellings(words[at]), at))
            ranks = np.empty(len(words) + 1)
            ranks[ordered], ranks[-1] = np.arange(len(words)), np.nan
        return np.asarray(ranks[coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)])

    @cached_property
    def _names(self) -> tuple[pa.Array, ...]:
        """The keys and the labels in both plain spellings."""
        columns = []
        for name in ("id", "label"):
            spelled = [plain_spellings(text or "") for text in self.table[name].to_pylist()]
            columns += [pa.array([each[kind] for each in spelled], pa.string()) for kind in (0, 1)]
        return tuple(columns)

    def named(self, text: str) -> NDArray[np.bool_]:
        """Which rows have the text in their key or label, whatever its capitals and marks."""
        mask = np.zeros(len(self.table), dtype=bool)
        for part, column in zip(plain_spellings(text) * 2, self._names, strict=True):
            if part:
                mask |= _truths(pc.match_substring(column, part))
        return mask

    def having(self, column: str, texts: Texts) -> NDArray[np.bool_]:
        """Which rows have one of the texts in a column; the empty text stands for no value."""
        wanted = [texts] if isinstance(texts, str) else list(texts)
        values = pa.array([text or None for text in wanted], pa.string())
        return _truths(pc.is_in(self.table[column].combine_chunks().cast(pa.string()), values))


@dataclass(frozen=True)
class ScoreList:
    """The entities of a date as columns. `where` and `sort` give another list; `page` gives rows.

    At first it has all entities, the lowest score first.
    """

    columns: ScoreColumns
    rows: NDArray[np.int64]  # of the table, in the order of the list

    @classmethod
    def of(cls, table: pa.Table, bands: Mapping[str, Sequence[str]]) -> ScoreList:
        """All rows of a table of scores. `bands`: for each column of bands their names, best first."""
        return cls(ScoreColumns(table, bands), np.arange(len(table)))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns: those that `salus score --out` writes."""
        return tuple(self.columns.table.column_names)

    def where(
        self,
        *,
        band: Texts | None = None,
        owner: Texts | None = None,
        segment: Texts | None = None,
        name: str | None = None,
    ) -> ScoreList:
        """The rows that meet every condition; None: any value.

        `band`, `owner` and `segment` are one text or several; the empty text stands for rows
        without one. `name` is a part of the key or the label; capitals and marks don't matter.
        """
        mask = np.ones(len(self.columns.table), dtype=bool)
        for column, texts in (("band", band), ("owner", owner), ("segment", segment)):
            if texts is not None:
                mask &= self.columns.having(column, texts)
        if name:
            mask &= self.columns.named(name)
        return replace(self, rows=self.rows[mask[self.rows]])

    def sort(self, column: str, *, descending: bool = False) -> ScoreList:
        """The same rows by a column. Rows without a value come last; of rows with equal values
        the lowest score comes first. Bands are sorted from the best one, texts as in a dictionary.
        """
        order = self.columns.order(column, descending=descending)
        chosen = np.zeros(len(order), dtype=bool)
        chosen[self.rows] = True
        return replace(self, rows=order[chosen[order]])

    def page(
        self, offset: int = 0, limit: int = 50, names: Sequence[str] | None = None
    ) -> pa.Table:
        """Up to `limit` rows from `offset` on, as an Arrow table; `names`: only these columns."""
        if offset < 0 or not 1 <= limit <= MOST_SHOWN:
            raise UsageError(
                f"a page can't start at {offset} and have {limit} rows",
                f"start at 0 or later, and take 1 to {MOST_SHOWN:,} rows",
            )
        table = self.columns.table
        if names is not None:
            table = table.select([self.columns.require(name) for name in names])
        return table.take(pa.array(self.rows[offset : offset + limit]))

    def count(self, column: str) -> dict[str | None, int]:
        """How many rows have each text of a column, the most frequent first: for choices beside a
        list.
        """
        values = self.columns.table[self.columns.require(column)].combine_chunks()
        counts = pc.value_counts(values.take(pa.array(self.rows)).cast(pa.string())).to_pylist()
        pairs = [(each["values"], int(each["counts"])) for each in counts]
        return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0] or "")))


def _truths(mask: pa.Array) -> NDArray[np.bool_]:
    values: NDArray[np.bool_] = mask.fill_null(False).to_numpy(zero_copy_only=False)
    return values.astype(bool)
