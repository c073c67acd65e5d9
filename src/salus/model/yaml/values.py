"""Converts texts to values: numbers, shares, spans, percentiles and words.

A text that isn't valid raises Unreadable.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from salus.model.curve import Percentile
from salus.model.expressions.expression import Constant, Name
from salus.model.expressions.names import split_name, unquote
from salus.model.source import Notice

DECIMAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
NUMBER = DECIMAL + r"(?:[eE][-+]?[0-9]{1,3})?"
SHARE = DECIMAL + " ?%"
SPAN = r"[0-9]{1,5}[dw]"
CURRENCY_CODE = "[A-Z]{3}"
NOTICE = r"[0-9]{1,5}[dwm]"
PERCENTILE = r"p[0-9]{1,2}(?:\.[0-9]{1,3})?"
LONGEST_SPAN = 36_500  # days; a century
LONGEST_HOLD = 366  # days; each of them is computed before each date
LONGEST_NOTICE = 60  # months
LONGEST_HALF_LIFE = 91  # days; four of them are a year
LEAST_ZONE = 1e-6  # points; scores are compared to nine decimals
SMALLEST_WEIGHT, LARGEST_WEIGHT = 1e-6, 1e6


class Unreadable(ValueError):
    """A text isn't valid. The argument is the next step, if it is better than that of the form."""


def parse_number(text: str) -> float:
    """Convert a finite number.

    >>> parse_number("-2.5")
    -2.5
    """
    if re.fullmatch("[-+]?[0-9.]+,[0-9]+", text):
        raise Unreadable("use a dot as the decimal point, and no thousands separator")
    if not re.fullmatch(NUMBER, text) or not math.isfinite(float(text)):
        raise Unreadable
    return float(text)


def parse_share(text: str) -> float:
    """Convert a share: ``70%`` or ``0.7``.

    >>> parse_share("70%"), parse_share("0.7")
    (0.7, 0.7)
    """
    if re.fullmatch(SHARE, text):
        return float(Decimal(text.rstrip("% ")) / 100)
    return parse_number(text)


def parse_span(text: str) -> int:
    """Convert ``30d`` or ``4w`` to days; at least one.

    >>> parse_span("4w")
    28
    """
    value = parse_span_or_zero(text)
    if value == 0:
        raise Unreadable("use one day (1d) or more")
    return value


def parse_span_or_zero(text: str) -> int:
    """Convert a span, which may be ``0d``, to days."""
    if re.fullmatch("[0-9]+", text):
        raise Unreadable(f"write {text}d for days or {text}w for weeks")
    if not re.fullmatch(SPAN, text):
        raise Unreadable
    days = int(text[:-1]) * (7 if text.endswith("w") else 1)
    if days > LONGEST_SPAN:
        raise Unreadable(f"use at most {LONGEST_SPAN}d")
    return days


def _parse_above_zero(text: str) -> float:
    value = parse_number(text)
    if value <= 0:
        raise Unreadable("use a number above 0; to leave it out, remove the line")
    return value


def parse_weight(text: str) -> float:
    """Convert a weight, which is above 0."""
    value = _parse_above_zero(text)
    if not SMALLEST_WEIGHT <= value <= LARGEST_WEIGHT:
        raise Unreadable("only the ratio of weights matters: use numbers such as 1 to 100")
    return value


def parse_points(text: str) -> float:
    """Convert points from 0 to 100."""
    value = parse_number(text)
    if not 0 <= value <= 100:
        raise Unreadable("use a number from 0 to 100")
    return value


def parse_percentile(text: str) -> Percentile:
    """Convert a percentile, such as ``p10``.

    >>> parse_percentile("p10")
    Percentile(rank=10.0)
    """
    if not re.fullmatch(PERCENTILE, text) or not 0 < float(text[1:]) < 100:
        raise Unreadable("use a percentile between p0 and p100, such as p10")
    return Percentile(float(text[1:]))


def parse_anchor(text: str) -> float | Percentile:
    """Convert a number, a share, a span (to days) or a percentile."""
    if re.fullmatch(r"p[0-9.]+", text):
        return parse_percentile(text)
    if re.fullmatch("-?" + SPAN, text):
        return float(parse_span_or_zero(text.lstrip("-"))) * (-1 if text.startswith("-") else 1)
    return parse_share(text)


def parse_limit(text: str) -> float | Percentile:
    """Convert points or a percentile."""
    return parse_percentile(text) if text.startswith("p") else parse_points(text)


def parse_part(text: str) -> float:
    """Convert a share from 0 to 1."""
    value = parse_share(text)
    if not 0 <= value <= 1:
        raise Unreadable("use a share from 0% to 100%")
    return value


def parse_divisor(text: str) -> float | str:
    """Convert a number other than 0, or a name."""
    if re.fullmatch(NUMBER, text):
        if parse_number(text) == 0:
            raise Unreadable("use a number other than 0")
        return parse_number(text)
    return str(parse_column(text)) if text.startswith("`") else check_name(text)


def parse_hold(text: str) -> int:
    """Convert the days for which the last value replaces a missing one; 0 is allowed."""
    days = parse_span_or_zero(text)
    if days > LONGEST_HOLD:
        raise Unreadable(f"use at most {LONGEST_HOLD}d")
    return days


def parse_half_life(text: str) -> int:
    """Convert the half-life of daily scores to days."""
    days = parse_span(text)
    if days > LONGEST_HALF_LIFE:
        raise Unreadable(f"use at most {LONGEST_HALF_LIFE}d")
    return days


def parse_dead_zone(text: str) -> float:
    """Convert the points of a dead zone. The limits of the bands are checked later."""
    value = _parse_above_zero(text)
    if not LEAST_ZONE <= value < 50:
        raise Unreadable("use a few points, such as 3")
    return value


def parse_policy(text: str) -> tuple[str, int]:
    """Convert `if_missing` to its word, and the days of a hold."""
    word, _, rest = text.partition(" ")
    if word == "hold" and not rest:
        raise Unreadable("write how long, such as hold 60d")
    if word == "hold":
        return word, parse_hold(rest.strip())
    if rest or word not in ("skip", "bad", "neutral", "good"):
        raise Unreadable
    return word, 0


def check_name(text: str) -> str:
    """Check a name that the writer chose."""
    if len(text) > 60 or not re.fullmatch(r"[^\W\d]\w*", text):
        raise Unreadable
    return text


def check_line(text: str) -> str:
    """Check a text of one line."""
    if not text.strip() or not text.isprintable():
        raise Unreadable
    return text


def parse_column(text: str) -> str:
    """Convert the name of a column or table, which may be in backticks."""
    return _check_backticks(check_line(text), unquote)


def parse_currency_code(text: str) -> str:
    """Check a currency code, such as EUR."""
    if not re.fullmatch(CURRENCY_CODE, text):
        raise Unreadable
    return text


def parse_currency(text: str) -> Constant | Name:
    """Convert a currency code to a constant, or else the name of a column.

    >>> parse_currency("EUR"), parse_currency("`EUR`")
    (Constant(value='EUR'), Name(name='EUR'))
    """
    if re.fullmatch(CURRENCY_CODE, text):
        return Constant(text)
    return Name(parse_column(text))


def check_citation(text: str) -> str:
    """Check `source` or `source.column`."""
    _check_backticks(check_line(text), split_name)
    return text


def check_until(text: str) -> str:
    """Check a column, `next`, or `next` and a column."""
    _check_backticks(check_line(text).removeprefix("next").strip(), unquote)
    return text


def _check_backticks(text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError:
        raise Unreadable("close the backtick; write a backtick in a name twice: `a``b`") from None


def parse_date(text: str) -> dt.date:
    """Convert a date, such as ``2026-01-31``."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Unreadable
    return dt.date.fromisoformat(text)


def parse_truth(text: str) -> bool:
    """Convert ``true`` or ``false``."""
    if text not in ("true", "false"):
        raise Unreadable
    return text == "true"


def parse_positive_integer(text: str) -> int:
    """Convert a whole number of 1 or more."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) == 0:
        raise Unreadable
    return int(text)


def parse_notice(text: str) -> Notice:
    """Convert a notice period in days, weeks or calendar months.

    >>> parse_notice("6w"), parse_notice("3m")
    (Notice(days=42, months=0), Notice(days=0, months=3))
    """
    if not re.fullmatch(NOTICE, text):
        raise Unreadable
    if not text.endswith("m"):
        return Notice(days=parse_span_or_zero(text))
    if int(text[:-1]) > LONGEST_NOTICE:
        raise Unreadable(f"use at most {LONGEST_NOTICE}m")
    return Notice(months=int(text[:-1]))


def parse_version(text: str) -> int:
    """Check the version of the language."""
    if text != "1":
        raise Unreadable
    return 1
