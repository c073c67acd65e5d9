"""How a language writes numbers, dates and many of a thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MINUS, NARROW, FIXED = "\u2212", "\u202f", "\u00a0"


@dataclass(frozen=True)
class Format:
    """The rules of one language. `long` and `short` are patterns of day, month, month name and
    year.
    """

    language: str
    decimal: str
    group: str
    percent: str  # what follows the number
    million: str
    billion: str
    long: str
    short: str
    month: str
    months: tuple[str, ...]
    brief_months: tuple[str, ...]
    many: Callable[[str], str]
    texts: Mapping[str, str]
    findings: Mapping[str, str]  # sentences by the code of a finding
    labels: Mapping[str, str]  # of names that every model may have

    def number(self, value: float, digits: int = 0, *, sign: bool = False) -> str:
        """A number with exactly `digits` decimals; a real minus, never minus nought."""
        plain = f"{abs(value):,.{digits}f}".translate(
            {ord(","): self.group, ord("."): self.decimal}
        )
        nothing = not any(digit in plain for digit in "123456789")
        if nothing:
            return plain
        return f"{MINUS if value < 0 else '+' if sign else ''}{plain}"

    def date(self, day: dt.date, pattern: str) -> str:
        """A date in one of the language's patterns."""
        return pattern.format(
            day=day.day,
            month=day.month,
            year=day.year,
            name=self.months[day.month - 1],
            brief=self.brief_months[day.month - 1],
        )
