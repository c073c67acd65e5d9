"""Texts as values: numbers, shares, spans, percentiles, words. What can't be one raises
Unreadable.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from salus.model.curve import Percentile
from salus.model.expressions.names import split, unquoted
from salus.model.source import Notice

DECIMAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
NUMBER = DECIMAL + r"(?:[eE][-+]?[0-9]{1,3})?"
SHARE = DECIMAL + " ?%"
SPAN = r"[0-9]{1,5}[dw]"
NOTICE = r"[0-9]{1,5}[dwm]"
PERCENTILE = r"p[0-9]{1,2}(?:\.[0-9]{1,3})?"
LONGEST_SPAN = 36_500  # days: a century
LONGEST_HOLD = 366  # days that are computed one by one before each date
LONGEST_NOTICE = 60  # months
LONGEST_HALF_LIFE = 91  # days: four of them are a year
LEAST_ZONE = 1e-6  # points: scores are compared to nine decimals
SMALLEST_WEIGHT, LARGEST_WEIGHT = 1e-6, 1e6


class Unreadable(ValueError):
    """A text hasn't the form it should have; the argument is the next step, if a better one is
    known.
    """


def number(text: str) -> float:
    """A finite number.

    >>> number("-2.5")
    -2.5
    """
    if re.fullmatch("[-+]?[0-9.]+,[0-9]+", text):
        raise Unreadable("use a dot as the decimal point, and no thousands separator")
    if not re.fullmatch(NUMBER, text) or not math.isfinite(float(text)):
        raise Unreadable
    return float(text)


def share(text: str) -> float:
    """``70%`` or ``0.7``.

    >>> share("70%"), share("0.7")
    (0.7, 0.7)
    """
    if re.fullmatch(SHARE, text):
        return float(Decimal(text.rstrip("% ")) / 100)
    return number(text)


def span(text: str) -> int:
    """Days of ``30d`` or ``4w``; at least one.

    >>> span("4w")
    28
    """
    value = span_or_none(text)
    if value == 0:
        raise Unreadable("use one day (1d) or more")
    return value


def span_or_none(text: str) -> int:
    """Days of a span that may be ``0d``."""
    if re.fullmatch("[0-9]+", text):
        raise Unreadable(f"write {text}d for days or {text}w for weeks")
    if not re.fullmatch(SPAN, text):
        raise Unreadable
    days = int(text[:-1]) * (7 if text.endswith("w") else 1)
    if days > LONGEST_SPAN:
        raise Unreadable(f"use at most {LONGEST_SPAN}d")
    return days


def _above_nothing(text: str) -> float:
    value = number(text)
    if value <= 0:
        raise Unreadable("use a number above 0; to leave it out, remove the line")
    return value


def positive(text: str) -> float:
    """A number above 0, as weights are."""
    value = _above_nothing(text)
    if not SMALLEST_WEIGHT <= value <= LARGEST_WEIGHT:
        raise Unreadable("only the ratio of weights matters: use numbers such as 1 to 100")
    return value


def points(text: str) -> float:
    """Points from 0 to 100."""
    value = number(text)
    if not 0 <= value <= 100:
        raise Unreadable("use a number from 0 to 100")
    return value


def percentile(text: str) -> Percentile:
    """``p10``

    >>> percentile("p10")
    Percentile(rank=10.0)
    """
    if not re.fullmatch(PERCENTILE, text) or not 0 < float(text[1:]) < 100:
        raise Unreadable("use a percentile between p0 and p100, such as p10")
    return Percentile(float(text[1:]))


def anchor(text: str) -> float | Percentile:
    """A number, share, span of days or percentile."""
    if re.fullmatch(r"p[0-9.]+", text):
        return percentile(text)
    if re.fullmatch("-?" + SPAN, text):
        return float(span_or_none(text.lstrip("-"))) * (-1 if text.startswith("-") else 1)
    return share(text)


def limit(text: str) -> float | Percentile:
    """Points or a percentile."""
    return percentile(text) if text.startswith("p") else points(text)


def part(text: str) -> float:
    """A share of something: 0 to 1."""
    value = share(text)
    if not 0 <= value <= 1:
        raise Unreadable("use a share from 0% to 100%")
    return value


def divisor(text: str) -> float | str:
    """A number other than 0, or a name."""
    if re.fullmatch(NUMBER, text):
        if number(text) == 0:
            raise Unreadable("use a number other than 0")
        return number(text)
    return str(column(text)) if text.startswith("`") else name(text)


def hold(text: str) -> int:
    """Days that a lost value may stand in; none is allowed."""
    days = span_or_none(text)
    if days > LONGEST_HOLD:
        raise Unreadable(f"use at most {LONGEST_HOLD}d")
    return days


def smoothed(text: str) -> int:
    """A half-life of daily scores."""
    days = span(text)
    if days > LONGEST_HALF_LIFE:
        raise Unreadable(f"use at most {LONGEST_HALF_LIFE}d")
    return days


def zone(text: str) -> float:
    """Points on either side of a limit; how many fit is known once the limits are."""
    value = _above_nothing(text)
    if not LEAST_ZONE <= value < 50:
        raise Unreadable("use a few points, such as 3")
    return value


def policy(text: str) -> tuple[str, int]:
    """What `if_missing` says, and the days of a hold."""
    word, _, rest = text.partition(" ")
    if word == "hold" and not rest:
        raise Unreadable("write how long, such as hold 60d")
    if word == "hold":
        return word, hold(rest.strip())
    if rest or word not in ("skip", "bad", "neutral", "good"):
        raise Unreadable
    return word, 0


def name(text: str) -> str:
    """A name of the writer's own."""
    if len(text) > 60 or not re.fullmatch(r"[^\W\d]\w*", text):
        raise Unreadable
    return text


def line(text: str) -> str:
    """A text of one line."""
    if not text.strip() or not text.isprintable():
        raise Unreadable
    return text


def column(text: str) -> str:
    """A name of a column or table, where it has to be in backticks."""
    return _name_in(line(text), unquoted)


def citation(text: str) -> str:
    """`source`, or `source.column`."""
    _name_in(line(text), split)
    return text


def until(text: str) -> str:
    """A column, `next`, or `next` and a column."""
    _name_in(line(text).removeprefix("next").strip(), unquoted)
    return text


def _name_in(text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError:
        raise Unreadable("close the backtick; write a backtick in a name twice: `a``b`") from None


def date(text: str) -> dt.date:
    """``2026-01-31``"""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Unreadable
    return dt.date.fromisoformat(text)


def truth(text: str) -> bool:
    """``true`` or ``false``"""
    if text not in ("true", "false"):
        raise Unreadable
    return text == "true"


def positive_integer(text: str) -> int:
    """A whole number from 1 on."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) == 0:
        raise Unreadable
    return int(text)


def notice(text: str) -> Notice:
    """Days, weeks or calendar months.

    >>> notice("6w"), notice("3m")
    (Notice(days=42, months=0), Notice(days=0, months=3))
    """
    if not re.fullmatch(NOTICE, text):
        raise Unreadable
    if not text.endswith("m"):
        return Notice(days=span_or_none(text))
    if int(text[:-1]) > LONGEST_NOTICE:
        raise Unreadable(f"use at most {LONGEST_NOTICE}m")
    return Notice(months=int(text[:-1]))


def version(text: str) -> int:
    """The version of the language."""
    if text != "1":
        raise Unreadable
    return 1
