"""Finds out how the files of a folder write numbers and dates.

`1.200` and `03/04/2025` mean different things in different countries. Other columns of the file,
or other files of the same export, usually show which is meant: decimal commas, dates with points,
days above 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_COMMA = re.compile(r"(?<![\d.,])-?\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\d,.])")  # 1.234,56  0,5
_POINT = re.compile(r"(?<![\d.,])-?\d{1,3}(?:,\d{3})*\.\d{1,2}(?![\d,.])")  # 1,234.56  0.5
_DOTTED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")  # 31.12.2025
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")  # 31/12/2025
HEAD = 400_000  # bytes read from the start of a file


@dataclass(frozen=True, kw_only=True)
class LocaleEvidence:
    """How often each way of writing occurs at the start of one or more files."""

    comma: int = 0
    point: int = 0
    dotted: int = 0
    semicolons: int = 0
    commas: int = 0
    day_first: int = 0
    month_first: int = 0
    slashed: int = 0

    def __add__(self, other: LocaleEvidence) -> LocaleEvidence:
        return LocaleEvidence(
            **{
                name: getattr(self, name) + getattr(other, name)
                for name in self.__dataclass_fields__
            }
        )

    @property
    def settings(self) -> dict[str, str]:
        """The settings for `[files."…"]` that the counts show; empty when they show nothing.

        >>> count_evidence("Betrag;Datum\\n1.200;31.12.2025\\n").settings
        {'locale': 'de'}
        >>> count_evidence("amount,on\\n1.5,03/04/2025\\n2.5,12/31/2025\\n").settings
        {'locale': 'en', 'dates': 'mdy'}
        """
        settings: dict[str, str] = {}
        if self.comma > self.point or (
            self.dotted and self.semicolons > self.commas and not self.point
        ):
            settings["locale"] = "de"
        elif self.point > self.comma or (self.commas > self.semicolons and not self.dotted):
            settings["locale"] = "en"
        if self.day_first != self.month_first and settings.get("locale") != "de":
            settings["dates"] = "dmy" if self.day_first > self.month_first else "mdy"
        elif settings.get("locale") == "en" and self.slashed:
            del settings["locale"]  # it would make 03/04/2025 the fourth of March, without evidence
        return settings


def count_evidence(text: str) -> LocaleEvidence:
    """Count the ways of writing in a text."""
    slashed = [(int(first), int(second)) for first, second in _SLASHED.findall(text)]
    header = text.partition("\n")[0]
    semicolons = ";" in header or "\t" in header
    return LocaleEvidence(
        comma=len(_COMMA.findall(text)) if semicolons else 0,
        point=len(_POINT.findall(_DOTTED.sub("", text))),
        dotted=len(_DOTTED.findall(text)),
        semicolons=int(semicolons),
        commas=int("," in header and not semicolons),
        day_first=sum(first > 12 for first, _ in slashed),
        month_first=sum(second > 12 for _, second in slashed),
        slashed=len(slashed),
    )


def choose_settings(
    own: LocaleEvidence, others: Iterable[LocaleEvidence]
) -> tuple[dict[str, str], str]:
    """The settings of a file and what shows them: its own columns, or else the other files."""
    if own.settings:
        return own.settings, "its other columns"
    together = sum(others, own)
    return together.settings, "the other files in the folder"


def decode_head(head: bytes) -> str:
    """The start of a file as text. Bytes that aren't valid are replaced."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")
