"""What each function of a key does with a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter

from salus.model.key_functions.company import company
from salus.model.key_functions.domain import domain
from salus.model.key_functions.letters import BLANKS, SMALL

LONGEST_LEFT = 200  # characters
NAMES = ("trim", "lower", "left", "digits", "domain", "company", "each")
SEPARATOR = ";"  # between the values that `each` reads
_NO_DIGITS = re.compile("[^0-9]")
_SMALL = str.maketrans(dict(SMALL))


def apply_functions(functions: Iterable[str], text: str | None) -> str | None:
    """The text after the functions, the innermost first; None if nothing is left of it.

    >>> apply_functions(["trim", "left 3"], " 0015x "), apply_functions(["digits"], "DE-0042")
    ('001', '42')
    """
    for function in functions:
        if text is None:
            return None
        text = _step(function)(text)
    return text or None


@cache
def _step(function: str) -> Callable[[str], str | None]:
    """What one function does with a text."""
    name, _, length = function.partition(" ")
    match name:
        case "trim" | "each":  # one of the values of `each`
            return lambda text: text.strip(BLANKS)
        case "lower":
            return _lower
        case "left":
            return itemgetter(slice(int(length)))
        case "digits":
            return lambda text: _NO_DIGITS.sub("", text).lstrip("0")
        case "domain":
            return domain
        case "company":
            return company
        case _:
            raise ValueError(function)


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_SMALL)
