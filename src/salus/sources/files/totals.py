"""Rows that are no record but the sum of others: `Summe;;1.500,00` below a table. The label and the
sum tell, together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from salus.sources.files import numbers
from salus.sources.files.accounting import parse_amounts
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
MOST_SUSPECTS = 1_000  # more rows with such a label are no totals
REASON = "looks like a total: its label says so, and it is the sum of other rows"


def suspect_lines(lines: pa.Array, texts: Sequence[pa.StringArray]) -> list[int]:
    """Lines of rows with a cell that is the label of a total.

    >>> suspect_lines(pa.array([2, 3, 4]), [pa.array(["A", "Summe:", ""]), pa.array(["Total energies", "", "I alt 2025"])])
    [2, 3, 4]
    """
    mask = np.zeros(len(lines), dtype=bool)
    for column in texts:
        mask |= matches(column, LABEL)
    found: list[int] = lines.filter(pa.array(mask)).to_pylist()
    return found


def find_totals(
    rows: FileRows, suspected: Sequence[int], named: Collection[str] = ()
) -> tuple[int, ...]:
    """Those of the suspected lines that are the sum of the rows above (since the last one, or all),
    or of all others.

    All columns are looked at, also those that no model names. Beside its label such a row holds
    numbers, and nothing else than the row above it. Keys, ids and names (`named`) are no numbers: a
    row with one of its own is no total.
    """
    if not 0 < len(suspected) <= MOST_SUSPECTS:
        return ()
    width = len(rows.headers.names)
    sums = _Sums(frozenset(suspected), width, list(rows.headers.places(named).values()))
    for chunk in rows.chunks(range(width)):
        if chunk.rows:
            sums.add(chunk)
    return sums.totals


@dataclass
class _Sums:
    """Sums of every column, read with a decimal point and with a decimal comma (first axis), and
    how many numbers they hold.
    """

    suspected: frozenset[int]
    width: int
    named: list[int]  # places of columns that hold no numbers, whatever stands there
    above: Array = field(init=False)
    since: Array = field(init=False)
    before: Sequence[str] = ()
    candidates: list[tuple[int, Array, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.above, self.since = np.zeros((2, 2, self.width)), np.zeros((2, 2, self.width))

    def add(self, chunk: RowChunk) -> None:
        """The rows of a chunk, in order."""
        values = np.stack(
            [_values(pa.array(column, pa.string())) for column in zip(*chunk.rows, strict=True)],
            axis=2,
        )
        values[:, :, self.named] = np.nan
        there = np.stack([np.nan_to_num(values), (np.nan_to_num(values) != 0).astype(np.float64)])
        start = 0
        for at in (at for at, line in enumerate(chunk.lines) if line in self.suspected):
            self._pass(there[:, :, start:at].sum(axis=2))
            self._candidate(chunk, at, values[:, at])
            start = at + 1
        self._pass(there[:, :, start:].sum(axis=2))
        self.before = chunk.rows[-1]

    def _pass(self, sums: Array) -> None:
        self.above, self.since = self.above + sums, self.since + sums

    def _candidate(self, chunk: RowChunk, at: int, values: Array) -> None:
        cells, before = chunk.rows[at], chunk.rows[at - 1] if at else self.before
        texts = [
            cell
            for place, cell in enumerate(cells)
            if cell.strip()
            and np.isnan(values[:, place]).all()
            and not (before and before[place] == cell)
        ]
        if matches(pa.array(texts, pa.string()), LABEL).all():
            self.candidates.append(
                (chunk.lines[at], values, _equal(values, self.above) or _equal(values, self.since))
            )
            self.since = np.zeros_like(self.since)

    @property
    def totals(self) -> tuple[int, ...]:
        """Lines of those that are a sum; the sum of all other rows may stand above them, too."""
        return tuple(
            line for line, values, equal in self.candidates if equal or _equal(values, self.above)
        )


def _values(texts: pa.StringArray) -> Array:
    """The cells as numbers in each style, NaN where they are none."""
    plain = parse_amounts(trim(texts)).plain
    return np.stack(
        [
            numbers.to_floats(plain, numbers.is_number(plain, style), style)
            for style in ("point", "comma")
        ]
    )


def _equal(values: Array, sums: Array) -> bool:
    """Whether a column's number is the sum of at least two others."""
    total, count = sums
    near = np.abs(values - total) <= 0.005 + 1e-9 * np.abs(total)
    return bool(np.any(near & (count >= 2) & (total != 0)))
