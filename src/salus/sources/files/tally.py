"""All values of one column, counted by what they could be. The whole column decides its type, never
a sample.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from salus.sources.files import numbers
from salus.sources.files.accounting import currency_name, parse_amounts
from salus.sources.files.arrays import Array, matches
from salus.sources.files.booleans import is_clear, is_tick, parse_booleans
from salus.sources.files.column_use import NUMBERS, TIMED, Use
from salus.sources.files.missing import trim
from salus.sources.files.settings import FileSettings, Order
from salus.sources.files.times import parse_times

ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_GRADE = "[0-9]{1,2}[+−–-]"  # 2+ and 3- are marks of a school, or sizes
_CODE = "[0-9]+[A-Za-z][0-9A-Za-z]*|[A-Za-z]+[0-9][0-9A-Za-z]*"  # C536379, 85123A


def find_distinct(values: pa.StringArray) -> tuple[pa.StringArray, Array]:
    """The distinct values, and for each row its place among them (-1 for null)."""
    coded = values.dictionary_encode()
    return coded.dictionary, np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False))


class Tally:
    """Counts of a column's values; `count` maps what they could be to how many rows could.

    >>> tally = Tally("amount", None, FileSettings())
    >>> tally.add(pa.array(["1.5", "2", "", "abc"]))
    >>> tally.count["values"], tally.count["point"], tally.count["comma"]
    (3, 2, 1)
    """

    def __init__(self, column: str, use: Use | None, settings: FileSettings) -> None:
        self.column, self.use, self.settings = column, use, settings
        self.count: Counter[str] = Counter()
        self.example: dict[str, str] = {}
        self.currencies: dict[str, str] = {}  # each with an example
        self._amounts: Counter[str] = (
            Counter()
        )  # the same counts, with amounts as bookkeeping writes them

    @property
    def accounting(self) -> bool:
        """Whether some values are written as bookkeeping does, and all others are plain numbers."""
        return self._amounts["written"] > 0 and self._amounts["number"] == self.count["values"]

    @property
    def numbers(self) -> Counter[str]:
        """Counts of numbers: of (50.00) and 50,00- too where the column holds nothing but
        numbers.
        """
        return self._amounts if self.accounting else self.count

    def add(self, texts: pa.StringArray) -> None:
        """Count the cells of some rows."""
        if self.use == "text":
            return
        values, places = find_distinct(trim(texts, self.use))
        if not len(values):
            return
        weights = np.bincount(places[places >= 0], minlength=len(values))
        self.count["values"] += int(weights.sum())
        if self.use not in NUMBERS:
            self._times(values, weights)
        self._numbers(values, weights)
        truth, _ = parse_booleans(values)
        self._mark("truth", truth & ~is_tick(values), values, weights)
        self._mark("clear truth", is_clear(values), values, weights)
        self._mark("tick", is_tick(values), values, weights)

    def _mark(self, what: str, mask: Array, values: pa.StringArray, weights: Array) -> None:
        found = int(weights[mask].sum())
        if found:
            self.count[what] += found
            self.example.setdefault(
                what, str(values[int(np.argmax(mask))].as_py()).removeprefix(numbers.TYPED)
            )

    def _numbers(self, values: pa.StringArray, weights: Array) -> None:
        marks = self._kinds(values)
        for what, mask in marks.items():
            self._mark(what, mask, values, weights)
        if not marks["number"].all():
            marks = self._accounting(marks, values, weights)
        self._amounts.update({what: int(weights[mask].sum()) for what, mask in marks.items()})

    def _kinds(self, values: pa.StringArray) -> dict[str, Array]:
        """Which values are numbers of which kind."""
        locale = self.settings.locale
        own = numbers.STYLES[locale] if locale else None
        point = numbers.is_number(values, "point", locale if own == "point" else None)
        comma = numbers.is_number(values, "comma", locale if own == "comma" else None)
        return {
            "point": point,
            "comma": comma,
            "number": point | comma,
            "point only": point & ~comma,
            "comma only": comma & ~point,
            "either number": numbers.is_ambiguous(values),
            "whole point": numbers.is_whole(values, "point"),
            "whole comma": numbers.is_whole(values, "comma"),
            "leading zero": matches(values, "0[0-9]+"),
            "long": matches(values, "[0-9]{19,}"),
            "code": matches(values, _CODE),
        }

    def _accounting(
        self, marks: dict[str, Array], values: pa.StringArray, weights: Array
    ) -> dict[str, Array]:
        """The same with amounts as bookkeeping writes them; remembers their currencies."""
        found = parse_amounts(values)
        written = found.written & ~marks["number"]
        if not written.any():
            return marks
        marks = self._kinds(found.plain)
        marks["written"], marks["grade"] = written & marks["number"], matches(values, _GRADE)
        self._mark("written", marks["written"], values, weights)
        for unit, value in zip(found.unit.to_pylist(), values.to_pylist(), strict=True):
            if unit is not None:
                self.currencies.setdefault(currency_name(unit), value)
        either = np.flatnonzero(marks["either number"])
        if len(either):
            self.example.setdefault(
                "either number", str(found.plain[int(either[0])].as_py()).removeprefix("-")
            )
        return marks

    def _times(self, values: pa.StringArray, weights: Array) -> None:
        numeric = self.use in TIMED
        points = self.settings.dates or "dmy"
        read = {
            order: parse_times(values, order, numeric, points)
            for order in (*ORDERS, *self._third())
        }
        dmy, mdy = read["dmy"].found, read["mdy"].found
        any_order = np.logical_or.reduce([one.found for one in read.values()])
        marks = {
            "dmy only": dmy & ~mdy,
            "mdy only": mdy & ~dmy,
            "either date": read["dmy"].either & mdy,
            "short year": read["dmy"].short | read["mdy"].short,
            "any time": any_order,
            "clock": np.logical_or.reduce([one.clock for one in read.values()]),
            "zoned": np.logical_or.reduce([one.zoned for one in read.values()]),
        }
        for what, mask in marks.items():
            self._mark(what, mask, values, weights)

    def _third(self) -> tuple[Order, ...]:
        return ("ymd",) if self.settings.dates == "ymd" else ()
