"""How a language writes numbers, dates and plurals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MINUS, NARROW, FIXED = "\u2212", "\u202f", "\u00a0"


@dataclass(frozen=True, kw_only=True)
class Format:
    """The rules of one language. `long`, `short` and `month` are patterns for dates."""

    language: str
    decimal: str
    group: str
    percent: str  # the sign after the number, with its space
    million: str
    billion: str
    long: str
    short: str
    month: str
    months: tuple[str, ...]
    brief_months: tuple[str, ...]
    plural: Callable[[str], str]
    capital_nouns: bool = (
        False  # nouns have a capital first letter in the middle of a sentence, too
    )
    dative: Callable[[str], str] = str  # of a plural; German adds an -n
    texts: Mapping[str, str]
    findings: Mapping[str, str]  # code of a finding -> sentence
    labels: Mapping[str, str]  # for names that many models use
    amounts: Mapping[str, str]  # column of an entity's value -> the word for it; "": other columns

    def number(self, value: float, digits: int = 0, *, sign: bool = False) -> str:
        """A number with exactly `digits` decimals and a real minus sign. There is no minus zero."""
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
