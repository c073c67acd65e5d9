"""Finds rows that are the sum of other rows, such as `Summe;;1.500,00` below a table.

Such a row needs both: the label of a total, and a number that is the sum.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from salus.sources.files import numbers
from salus.sources.files.amount_formats import parse_amounts
from salus.sources.files.arrays import Array, matches
from salus.sources.files.missing import trim
from salus.sources.files.rows import FileRows, RowChunk

LABEL = (
    r"(?i:\s*(?:(?:grand |overall |running"
    r" )?totals?|sub-?totals?|sum(?:me|men|ma)?|(?:zwischen|end|gesamt)summe|"
    r"gesamt(?:ergebnis|betrag|wert)?|insgesamt|i"
    r" ?alt|hovedtotal|totaal|totale|celkem|razem|yhteensä|Σ)"
    r"(?:\s*[:=(].*|\s.*)?)"
)
MOST_SUSPECTS = 1_000  # if more rows have such a label, it doesn't mean a total
REASON = "looks like a total: its label says so, and it is the sum of other rows"


def suspect_lines(lines: pa.Array, texts: Sequence[pa.StringArray]) -> list[int]:
    """The lines of rows in which a cell is the label of a total.

    >>> suspect_lines(pa.array([2, 3, 4]), [pa.array(["A", "Summe:", ""]), pa.array(["Total energies", "", "I alt 2025"])])
    [2, 3, 4]
    """
    mask = np.zeros(len(lines), dtype=bool)
    for column in texts:
        mask |= matches(column, LABEL)
    suspected: list[int] = lines.filter(pa.array(mask)).to_pylist()
    return suspected


def find_totals(
    rows: FileRows, suspected: Sequence[int], named: Collection[str] = ()
) -> tuple[int, ...]:
    """The suspected lines that are a total: the sum of all rows above, of the rows since the last
    total, or of all other rows.

    Every column is checked, also those that the model doesn't use. Apart from its label and
    numbers, a total may only repeat cells of the row above. `named`: the columns of keys, ids and
    names; a row with its own value there isn't a total.
    """
    if not 0 < len(suspected) <= MOST_SUSPECTS:
        return ()
    width = len(rows.headers.names)
    sums = _Sums(
        suspected=frozenset(suspected),
        width=width,
        named=list(rows.headers.places(named).values()),
    )
    for chunk in rows.chunks(range(width)):
        if chunk.lines:
            sums.add(chunk)
    return sums.totals


@dataclass(frozen=True)
class _Candidate:
    """A row with the label of a total. `unsure`: how far each number may be from the sum, because
    it is rounded; `equal`: whether it is a sum of the rows above.
    """

    line: int
    values: Array
    unsure: Array
    equal: bool


@dataclass(kw_only=True)
class _Sums:
    """The sums of each column, while the rows are read.

    The arrays have three axes: sum or count of numbers, decimal point or comma, column.
    """

    suspected: frozenset[int]
    width: int
    named: list[int]  # positions of columns whose cells aren't numbers, even if they look like it
    above: Array = field(init=False)  # of all rows so far that aren't suspected
    since: Array = field(init=False)  # of the rows since the last candidate
    before: Sequence[str] = ()  # the row before the chunk
    candidates: list[_Candidate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.above, self.since = np.zeros((2, 2, self.width)), np.zeros((2, 2, self.width))

    def add(self, chunk: RowChunk) -> None:
        """Add the rows of a chunk. Chunks must come in order."""
        columns = chunk.columns(self.width)
        values = np.stack([_values(column) for column in columns], axis=2)
        values[:, :, self.named] = np.nan
        amounts = np.nan_to_num(values)
        sums = np.stack([amounts, (amounts != 0).astype(np.float64)])
        start = 0
        for row in (row for row, line in enumerate(chunk.lines) if line in self.suspected):
            self._pass(sums[:, :, start:row].sum(axis=2))
            before = _row(columns, row - 1) if row else self.before
            self._add_candidate(chunk.lines[row], _row(columns, row), before, values[:, row])
            start = row + 1
        self._pass(sums[:, :, start:].sum(axis=2))
        self.before = _row(columns, len(chunk.lines) - 1)

    def _pass(self, sums: Array) -> None:
        self.above, self.since = self.above + sums, self.since + sums

    def _add_candidate(
        self, line: int, cells: Sequence[str], before: Sequence[str], values: Array
    ) -> None:
        texts = [
            cell
            for place, cell in enumerate(cells)
            if cell.strip()
            and np.isnan(values[:, place]).all()
            and not (before and before[place] == cell)
        ]
        if matches(pa.array(texts, pa.string()), LABEL).all():
            unsure = _precision(cells)
            equal = any(_equal(values, sums, unsure) for sums in (self.above, self.since))
            self.candidates.append(_Candidate(line, values, unsure, equal))
            self.since = np.zeros_like(self.since)

    @property
    def totals(self) -> tuple[int, ...]:
        """The lines of the candidates that are a sum. A total above the rows is the sum of all
        rows.
        """
        return tuple(
            each.line
            for each in self.candidates
            if each.equal or _equal(each.values, self.above, each.unsure)
        )


def _row(columns: Sequence[pa.StringArray], place: int) -> list[str]:
    return [column[place].as_py() for column in columns]


def _values(texts: pa.StringArray) -> Array:
    """The cells as numbers in each style; NaN for other cells."""
    plain = parse_amounts(trim(texts)).plain
    return np.stack(
        [
            numbers.to_floats(plain, numbers.is_number(plain, style), style)
            for style in ("point", "comma")
        ]
    )


def _precision(cells: Sequence[str]) -> Array:
    """Half of the last place of each number, in each style: 0.5 for 1961, 0.05 for 12.5."""
    return np.array([[_half(cell, mark) for cell in cells] for mark in (".", ",")])


def _half(cell: str, mark: str) -> float:
    point = "." if cell.startswith(numbers.TYPED) else mark
    decimals = len(cell.rpartition(point)[2]) if point in cell else 0
    return 0.5 * 10.0 ** -min(decimals, 9)


def _equal(values: Array, sums: Array, unsure: Array) -> bool:
    """Whether in some column the number is the sum of at least two others, or that sum rounded."""
    total, count = sums
    near = np.abs(values - total) <= np.maximum(unsure, 0.005) + 1e-9 * np.abs(total)
    return bool(np.any(near & (count >= 2) & (np.abs(total) > np.minimum(unsure, 0.5))))
