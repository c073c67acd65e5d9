"""Parses the text of a key: a column, or functions of one."""

from __future__ import annotations

import re

from salus.model.expressions.names import unquote
from salus.model.key_functions.functions import LONGEST_LEFT, NAMES
from salus.model.link import KeyExpression
from salus.model.suggest import did_you_mean

MOST_FUNCTIONS = 6
_CALL = re.compile(r"([A-Za-z_]\w*)\((.*)\)", re.DOTALL)
_LEFT = re.compile(r"(.*),\s*([0-9]{1,4})\s*", re.DOTALL)


class UnreadableKey(ValueError):
    """The text of a key isn't valid. The argument is the next step."""


def parse_key(text: str) -> KeyExpression:
    """Convert a column or functions of one. Raises UnreadableKey.

    >>> parse_key("company(trim(`Company name`))"), parse_key("left(id, 15)")
    (KeyExpression(column='Company name', functions=('trim', 'company')), KeyExpression(column='id', functions=('left 15',)))
    """
    functions: list[str] = []
    rest = text.strip()
    while (call := _CALL.fullmatch(rest)) is not None:
        name, inner = call[1].lower(), call[2].strip()
        if name not in NAMES:
            raise UnreadableKey(
                did_you_mean(name, NAMES) or f"the functions of keys are {', '.join(NAMES)}"
            )
        if name == "left":
            name, inner = _read_left(inner)
        functions.append(name)
        rest = inner
        if len(functions) > MOST_FUNCTIONS:
            raise UnreadableKey(f"use at most {MOST_FUNCTIONS} functions")
    if "each" in functions[:-1]:
        raise UnreadableKey("write each(…) directly around the column, such as lower(each(ids))")
    if re.match(f"({'|'.join(NAMES)})[(]", rest):
        raise UnreadableKey("close the bracket")
    try:
        column = unquote(rest)
    except ValueError:
        raise UnreadableKey(
            "close the backtick; write a backtick in a name twice: `a``b`"
        ) from None
    if not column or (functions and not rest.startswith("`") and re.search("[(),`]", rest)):
        raise UnreadableKey("write a column within the brackets, such as company(`Company name`)")
    return KeyExpression(column, tuple(reversed(functions)))


def _read_left(inner: str) -> tuple[str, str]:
    match = _LEFT.fullmatch(inner)
    if match is None or not 1 <= int(match[2]) <= LONGEST_LEFT:
        raise UnreadableKey(f"write left(column, 15), with a length from 1 to {LONGEST_LEFT}")
    return f"left {int(match[2])}", match[1].strip()
