"""How a folder's files write numbers and dates, where a single file doesn't show it.

`1.200` and `03/04/2025` read differently in two countries. Other columns of the file, or other
files of the same export, usually tell which: decimal commas, dates with points, days above 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_COMMA = re.compile(r"(?<![\d.,])-?\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\d,.])")  # 1.234,56  0,5
_POINT = re.compile(r"(?<![\d.,])-?\d{1,3}(?:,\d{3})*\.\d{1,2}(?![\d,.])")  # 1,234.56  0.5
_DOTTED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")  # 31.12.2025
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")  # 31/12/2025
HEAD = 400_000  # bytes of a file that are looked at


@dataclass(frozen=True)
class LocaleEvidence:
    """Counts in the head of one or more files."""

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
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )

    @property
    def settings(self) -> dict[str, str]:
        """What can be said in `[files."…"]`; empty when nothing decides.

        >>> count_evidence("Betrag;Datum\\n1.200;31.12.2025\\n").settings
        {'locale': 'de'}
        >>> count_evidence("amount,on\\n1.5,03/04/2025\\n2.5,12/31/2025\\n").settings
        {'locale': 'en', 'dates': 'mdy'}
        """
        found: dict[str, str] = {}
        if self.comma > self.point or (
            self.dotted and self.semicolons > self.commas and not self.point
        ):
            found["locale"] = "de"
        elif self.point > self.comma or (self.commas > self.semicolons and not self.dotted):
            found["locale"] = "en"
        if self.day_first != self.month_first and found.get("locale") != "de":
            found["dates"] = "dmy" if self.day_first > self.month_first else "mdy"
        elif found.get("locale") == "en" and self.slashed:
            del found[
                "locale"
            ]  # with it 03/04/2025 would be the fourth of March, which nothing here says
        return found


def count_evidence(text: str) -> LocaleEvidence:
    """Counts in a text."""
    slashed = [(int(first), int(second)) for first, second in _SLASHED.findall(text)]
    header = text.partition("\n")[0]
    semicolons = ";" in header or "\t" in header
    return LocaleEvidence(
        len(_COMMA.findall(text)) if semicolons else 0,
        len(_POINT.findall(_DOTTED.sub("", text))),
        len(_DOTTED.findall(text)),
        int(semicolons),
        int("," in header and not semicolons),
        sum(first > 12 for first, _ in slashed),
        sum(second > 12 for _, second in slashed),
        len(slashed),
    )


def choose_settings(
    own: LocaleEvidence, others: Iterable[LocaleEvidence]
) -> tuple[dict[str, str], str]:
    """The settings of a file, by its own columns, else by its neighbours; with the reason."""
    if own.settings:
        return own.settings, "by its other columns"
    together = sum(others, own)
    return together.settings, "by the other files of the folder"


def decode_head(head: bytes) -> str:
    """The head of a file as text, good enough to count in."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")
