"""Amounts as accounting software writes them: (50.00), 50,00-, '-75.63, -50 €.

Each is a plain number with a sign, a currency or parentheses around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.arrays import Array, matches

_CODES = (
    "EUR|USD|GBP|CHF|DKK|SEK|NOK|ISK|PLN|CZK|HUF|RON|BGN|RSD|TRY|RUB|UAH|JPY|CNY|RMB|INR|KRW|THB|IDR|MYR|PHP|"
    "VND|AUD|NZD|CAD|SGD|HKD|ZAR|BRL|MXN|ARS|CLP|COP|AED|SAR|ILS|EGP|NGN|KES"
)
_UNIT = rf"[A-Za-z]{{0,3}}\p{{Sc}}|(?i:{_CODES}|euros?|dollars?|kr\.?|s?fr\.?|zł|kč|ft|lei|rs\.?)"
_SIGN, _BLANK = "[+\\-−–]", "[ \u00a0\u202f\u2009]*"
#: Must end in a digit: in 50,- the dash means zero cents.
_DIGITS = "[.,]?\\d(?:[\\d.,'’ \u00a0\u202f\u2009]*\\d)?"
_WRITTEN = _BLANK.join(
    (
        f"^['’‘]?(?P<s1>{_SIGN})?",
        f"(?P<u1>{_UNIT})?",
        r"(?P<open>\()?",
        f"(?P<s2>{_SIGN})?",
        f"(?P<u2>{_UNIT})?",
        f"(?P<digits>{_DIGITS})",
        f"(?P<s3>{_SIGN})?",
        f"(?P<u3>{_UNIT})?",
        r"(?P<close>\))?",
        f"(?P<s4>{_SIGN})?",
        f"(?P<u4>{_UNIT})?$",
    )
)
_ANY = re.sub(r"\(\?P<\w+>", "(?:", _WRITTEN)  # finds no parts, which is faster
_CREDIT = r"['’‘]?\s*(?:\PN{0,4}\s*)?[(\-−–]\D{0,5}\d.*|.*\d\D{0,5}[-−–]\D{0,5}|.*\d\s*(?:CR|Cr|H)"
_SAME = {
    "€": "EUR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "£": "GBP",
    "US$": "USD",
    "¥": "JPY",
    "DOLLAR": "$",
    "DOLLARS": "$",
    "FR": "CHF",
    "SFR": "CHF",
}


@dataclass(frozen=True)
class Amounts:
    """Values and the plain numbers in them."""

    plain: pa.StringArray  # the plain number if the value is an amount, else the value itself
    unit: pa.StringArray  # the currency; null without one
    written: Array  # which values have something around the number


def parse_amounts(values: pa.StringArray) -> Amounts:
    """Convert values to plain numbers if they are digits with at most one sign, one currency and
    one pair of parentheses. Other values stay as they are.

    >>> amounts = parse_amounts(pa.array(["(50.00)", "50,00-", "'-75.63", "$ (1,200)", "50,-", "-(3)", "€ 5 $", "12"]))
    >>> amounts.plain.to_pylist()
    ['-50.00', '-50,00', '-75.63', '-1,200', '50,-', '-(3)', '€ 5 $', '12']
    >>> amounts.unit.to_pylist()
    [None, None, None, '$', None, None, None, None]
    """
    rows = np.flatnonzero(matches(values, _ANY))
    if len(rows) == len(values):
        return _parse(values)
    amounts = np.zeros(len(values), dtype=bool)
    if not len(rows):
        return Amounts(values, pa.nulls(len(values), pa.string()), amounts)
    some = _parse(values.take(pa.array(rows)))
    amounts[rows] = True
    places = pa.array(np.cumsum(amounts) - 1, mask=~amounts)
    written = np.zeros(len(values), dtype=bool)
    written[rows] = some.written
    return Amounts(
        pc.if_else(pa.array(amounts), some.plain.take(places), values),
        some.unit.take(places),
        written,
    )


def _parse(values: pa.StringArray) -> Amounts:
    """The same for values in which each part is where it may be."""
    parts = pc.extract_regex(values, pattern=_WRITTEN)
    fits = np.asarray(parts.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    field = {name.name: pc.fill_null(parts.field(name.name), "") for name in parts.type}
    enclosed, closed = _not_empty(field["open"]), _not_empty(field["close"])
    signs, units = (
        [field[f"s{place}"] for place in range(1, 5)],
        [field[f"u{place}"] for place in range(1, 5)],
    )
    fits &= (
        (sum(map(_not_empty, signs)) + enclosed <= 1)
        & (sum(map(_not_empty, units)) <= 1)
        & (enclosed == closed)
    )
    sign = pc.binary_join_element_wise(*signs, "")
    negative = enclosed | (_not_empty(sign) & ~_is(pc.equal(sign, "+")))
    bare = pc.binary_join_element_wise(pc.if_else(pa.array(negative), "-", ""), field["digits"], "")
    written = fits & ~_is(pc.equal(bare, values))
    unit = pc.binary_join_element_wise(*units, "")
    return Amounts(
        pc.if_else(pa.array(written), bare, values),
        pc.if_else(pa.array(written & _not_empty(unit)), unit, pa.scalar(None, pa.string())),
        written,
    )


def currency_name(unit: str) -> str:
    """The same name for all ways to write a currency.

    >>> currency_name("€"), currency_name("eur"), currency_name("kr.")
    ('EUR', 'EUR', 'KR')
    """
    name = unit.upper().removesuffix(".")
    return _SAME.get(name, name)


def is_credit(value: str) -> bool:
    """Whether a value looks like a credit: a negative number in any notation.

    >>> is_credit("(50.00)"), is_credit("50,00 H"), is_credit("- 12 Stk"), is_credit("n/a"), is_credit("12 Stk")
    (True, True, True, False, False)
    """
    return bool(matches(pa.array([value], pa.string()), _CREDIT)[0])


def _not_empty(texts: pa.StringArray) -> Array:
    return _is(pc.not_equal(texts, ""))


def _is(mask: pa.BooleanArray) -> Array:
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), dtype=bool)
