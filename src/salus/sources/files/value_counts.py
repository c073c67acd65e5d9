"""Counts what the values of a column could be. All values decide the type, not a sample."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files import numbers
from salus.sources.files.amount_formats import currency_name, parse_amounts
from salus.sources.files.arrays import Array, matches
from salus.sources.files.booleans import LONGEST_WORD, is_clear, is_tick, parse_booleans
from salus.sources.files.column_use import NUMBERS, TIMED, Use
from salus.sources.files.durations import is_duration
from salus.sources.files.missing import trim
from salus.sources.files.settings import FileSettings, Order
from salus.sources.files.times import parse_orders

ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_GRADE = "[0-9]{1,2}[+−–-]"  # 2+ and 3- are school grades, or sizes
_CODE = "[0-9]+[A-Za-z][0-9A-Za-z]*|[A-Za-z]+[0-9][0-9A-Za-z]*"  # C536379, 85123A


def find_distinct(values: pa.StringArray) -> tuple[pa.StringArray, Array]:
    """The distinct values, and for each row its position in them (-1 for null)."""
    coded = values.dictionary_encode()
    return coded.dictionary, np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False))


class Tally:
    """The counts of a column: `count` is the number of rows by what their value could be.

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
        self._amounts: Counter[str] = Counter()  # the same counts, with accounting notation

    @property
    def accounting(self) -> bool:
        """Whether some values are in accounting notation, and all others are plain numbers."""
        return self._amounts["written"] > 0 and self._amounts["number"] == self.count["values"]

    @property
    def numbers(self) -> Counter[str]:
        """The counts of numbers. Includes (50.00) and 50,00- if the whole column is numbers."""
        return self._amounts if self.accounting else self.count

    def add(self, texts: pa.StringArray) -> None:
        """Count these cells."""
        if self.use == "text":
            return
        values, places = find_distinct(trim(texts, self.use))
        if not len(values):
            return
        weights = np.bincount(places[places >= 0], minlength=len(values))
        self.count["values"] += int(weights.sum())
        if self.use not in NUMBERS:
            self._times(values, weights)
        else:
            self._mark("duration", is_duration(values), values, weights)
        self._numbers(values, weights)
        short = np.asarray(pc.less_equal(pc.utf8_length(values), LONGEST_WORD))
        if short.any():
            self._truths(values.filter(pa.array(short)), weights[short])

    def _truths(self, values: pa.StringArray, weights: Array) -> None:
        truth, _ = parse_booleans(values)
        self._mark("truth", truth & ~is_tick(values), values, weights)
        self._mark("clear truth", is_clear(values), values, weights)
        self._mark("tick", is_tick(values), values, weights)

    def _mark(self, what: str, mask: Array, values: pa.StringArray, weights: Array) -> None:
        number = int(weights[mask].sum())
        if number:
            self.count[what] += number
            self.example.setdefault(
                what, str(values[int(np.argmax(mask))].as_py()).removeprefix(numbers.TYPED)
            )

    def _numbers(self, values: pa.StringArray, weights: Array) -> None:
        masks = self._kinds(values)
        for what, mask in masks.items():
            self._mark(what, mask, values, weights)
        if not masks["number"].all():
            masks = self._accounting(masks, values, weights)
        self._amounts.update({what: int(weights[mask].sum()) for what, mask in masks.items()})

    def _kinds(self, values: pa.StringArray) -> dict[str, Array]:
        """Which values are numbers of each kind."""
        begins = numbers.may_be_numbers(values)
        rows = np.flatnonzero(begins)
        kinds = self._number_kinds(values if begins.all() else values.take(pa.array(rows)))
        masks = {what: np.zeros(len(values), dtype=bool) for what in kinds}
        for what, mask in kinds.items():
            masks[what][rows] = mask
        return {**masks, "code": matches(values, _CODE)}

    def _number_kinds(self, values: pa.StringArray) -> dict[str, Array]:
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
        }

    def _accounting(
        self, masks: dict[str, Array], values: pa.StringArray, weights: Array
    ) -> dict[str, Array]:
        """The same masks, with amounts in accounting notation as numbers. Keeps their currencies."""
        amounts = parse_amounts(values)
        written = amounts.written & ~masks["number"]
        if not written.any():
            return masks
        masks = self._kinds(amounts.plain)
        masks["written"], masks["grade"] = written & masks["number"], matches(values, _GRADE)
        self._mark("written", masks["written"], values, weights)
        for unit, value in zip(amounts.unit.to_pylist(), values.to_pylist(), strict=True):
            if unit is not None:
                self.currencies.setdefault(currency_name(unit), value)
        ambiguous = np.flatnonzero(masks["either number"])
        if len(ambiguous):
            self.example.setdefault(
                "either number", str(amounts.plain[int(ambiguous[0])].as_py()).removeprefix("-")
            )
        return masks

    def _times(self, values: pa.StringArray, weights: Array) -> None:
        numeric = self.use in TIMED
        points = self.settings.dates or "dmy"
        read = parse_orders(values, (*ORDERS, *self._third()), numeric, points)
        dmy, mdy = read["dmy"].valid, read["mdy"].valid
        any_order = np.logical_or.reduce([times.valid for times in read.values()])
        masks = {
            "dmy only": dmy & ~mdy,
            "mdy only": mdy & ~dmy,
            "either date": read["dmy"].ambiguous & mdy,
            "short year": read["dmy"].short_year | read["mdy"].short_year,
            "any time": any_order,
            "clock": np.logical_or.reduce([times.clock for times in read.values()]),
            "zoned": np.logical_or.reduce([times.zoned for times in read.values()]),
        }
        for what, mask in masks.items():
            self._mark(what, mask, values, weights)

    def _third(self) -> tuple[Order, ...]:
        return ("ymd",) if self.settings.dates == "ymd" else ()
