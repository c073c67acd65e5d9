"""Numbers as people write them: with a decimal point (1,234.56) or a decimal comma (1.234,56).

`1.200` and `1,200` mean different numbers in the two styles; see `is_ambiguous`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa

from salus.sources.files.arrays import Array, first_bytes, matches, select_values
from salus.sources.files.settings import Locale

Style = Literal["point", "comma"]

_SIGN = "[+\\-−]?"
_FIRST = "[1-9]\\d{0,2}"
_BLANK = "[ \u00a0\u202f\u2009]"
_QUOTE = "['’]"
_SPECIAL = f"{_SIGN}(?i:nan|inf|infinity)"
_POWER = "(?:[eE][+-]?\\d{1,4})?"
#: Marks a number that a workbook stores as a number: its decimal point is a point in every locale.
#: Rows of a file that contain this character are rejected, so no other text has it.
TYPED = "\ufdd0"


#: By the first byte of a text in UTF-8. The typographic minus and TYPED begin beyond ASCII.
_BEGINS = np.array([byte >= 0x80 or chr(byte) in "+-.,0123456789nNiI" for byte in range(256)])


def _plain(mark: str) -> str:
    return f"(?:\\d+(?:{mark}\\d*)?|{mark}\\d+){_POWER}"


def _grouped(groups: tuple[str, ...], mark: str) -> str:
    thousands = "|".join(f"(?:{group}\\d{{3}})+" for group in groups)
    return f"{_FIRST}(?:{thousands})(?:{mark}\\d+)?"


def _pattern(mark: str, groups: tuple[str, ...]) -> str:
    return f"{_SIGN}(?:{_plain(mark)}|{_grouped(groups, mark)})|{_SPECIAL}|{TYPED}.*"


def _whole(groups: tuple[str, ...]) -> str:
    thousands = "|".join(f"(?:{group}\\d{{3}})+" for group in groups)
    return f"{_SIGN}(?:\\d+|{_FIRST}(?:{thousands}))|{TYPED}-?\\d+"


_ANY: dict[Style, str] = {
    "point": _pattern("\\.", (",", _QUOTE, _BLANK)),
    "comma": _pattern(",", ("\\.", _BLANK)),
}
_LOCAL: dict[Locale, str] = {
    "en": _pattern("\\.", (",", _BLANK)),
    "ch": _pattern("\\.", (_QUOTE, _BLANK)),
    "de": _ANY["comma"],
    "da": _ANY["comma"],
}
STYLES: dict[Locale, Style] = {"en": "point", "ch": "point", "de": "comma", "da": "comma"}
_WHOLE: dict[Style, str] = {
    "point": _whole((",", _QUOTE, _BLANK)),
    "comma": _whole(("\\.", _BLANK)),
}
_KEEP: dict[Style, dict[int, int | None]] = {
    "point": {ord(c): None for c in ",'’ \u00a0\u202f\u2009"} | {ord("−"): ord("-")},
    "comma": {ord(c): None for c in ".'’ \u00a0\u202f\u2009"}
    | {ord("−"): ord("-"), ord(","): ord(".")},
}


def may_be_numbers(values: pa.StringArray) -> Array:
    """Which values begin as a number of any style does; the others are none.

    >>> may_be_numbers(pa.array(["1.5", "-2", ",5", "nan", "−3", "Berlin", ""])).tolist()
    [True, True, True, True, True, False, False]
    """
    return _BEGINS[first_bytes(values)]


def is_number(values: pa.StringArray, style: Style, locale: Locale | None = None) -> Array:
    """Which values are numbers in a style; with a locale, only those that this locale writes so.

    >>> is_number(pa.array(["1.234,56", "12.50", "1,5"]), "comma").tolist()
    [True, False, True]
    >>> is_number(pa.array(["1'234.50", "1’234", "1,234"]), "point", "ch").tolist()
    [True, True, False]
    """
    return matches(values, _LOCAL[locale] if locale else _ANY[style])


def is_ambiguous(values: pa.StringArray) -> Array:
    """Which values are a number in both styles, but not the same number.

    >>> is_ambiguous(pa.array(["1.200", "12,345", "0.125", "1.234.567", "1200"])).tolist()
    [True, True, False, False, False]
    """
    return matches(values, f"{_SIGN}{_FIRST}[.,]\\d{{3}}")


def is_whole(values: pa.StringArray, style: Style) -> Array:
    """Which values are whole numbers of at most 18 digits in a style."""
    return matches(values, _WHOLE[style]) & ~matches(values, "(?:\\D*\\d){19,}.*")


def is_infinite(values: pa.StringArray) -> Array:
    """Which values are written as inf or nan; 1e400 isn't."""
    return matches(values, _SPECIAL)


def _bare(text: str, style: Style) -> str:
    return text[1:] if text.startswith(TYPED) else text.translate(_KEEP[style])


def to_floats(values: pa.StringArray, mask: Array, style: Style) -> Array:
    """The numbers where the mask is true, as doubles; NaN elsewhere."""
    result = np.full(len(values), np.nan)
    result[mask] = [float(_bare(text, style)) for text in select_values(values, mask)]
    return result


def to_integers(values: pa.StringArray, mask: Array, style: Style) -> Array:
    """The whole numbers where the mask is true; 0 elsewhere."""
    result = np.zeros(len(values), dtype=np.int64)
    result[mask] = [int(_bare(text, style)) for text in select_values(values, mask)]
    return result
