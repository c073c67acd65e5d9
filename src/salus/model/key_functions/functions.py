"""What each function of a key does with a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from salus.model.key_functions.company import company
from salus.model.key_functions.domain import domain
from salus.model.key_functions.letters import BLANKS, SMALL

LONGEST_LEFT = 200  # characters
NAMES = ("trim", "lower", "left", "digits", "domain", "company", "each")
SEPARATOR = ";"  # between the values that `each` reads
_SMALL = str.maketrans(dict(SMALL))


def apply_functions(functions: Iterable[str], text: str | None) -> str | None:
    """The text after the functions, the innermost first; None if nothing is left of it.

    >>> apply_functions(["trim", "left 3"], " 0015x "), apply_functions(["digits"], "DE-0042")
    ('001', '42')
    """
    for function in functions:
        if text is None:
            return None
        name, _, length = function.partition(" ")
        match name:
            case "trim" | "each":  # one of the values of `each`
                text = text.strip(BLANKS)
            case "lower":
                text = text.translate(_SMALL)
            case "left":
                text = text[: int(length)]
            case "digits":
                text = re.sub("[^0-9]", "", text).lstrip("0")
            case "domain":
                text = domain(text)
            case "company":
                text = company(text)
            case _:
                raise ValueError(function)
    return text or None
