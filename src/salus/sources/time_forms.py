"""Settings of a database in `salus.toml`: which columns hold times that aren't stored as times.

[times.events]
time = "milliseconds"              # since 1970: also seconds, microseconds
"Created at" = "dmy time"          # text; the order of day, month and year, with a time of day
sent_at = "ymd time offset"        # and an offset from UTC
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from salus.errors import Problem
from salus.model.suggest import did_you_mean
from salus.sources.table import Type

Unit = Literal["seconds", "milliseconds", "microseconds"]
Order = Literal["ymd", "dmy", "mdy"]
UNITS: Mapping[Unit, int] = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
_TAILS = ("", " time", " time offset")
FORMS = (*UNITS, *(f"{order}{tail}" for order in ORDERS for tail in _TAILS))


@dataclass(frozen=True)
class TimeForm:
    """How a column writes times: a number since 1970 (`unit`), or a text with day, month and year."""

    unit: Unit | None = None
    order: Order = "ymd"
    clock: bool = False  # there may be a time of day
    offset: bool = False  # with an offset from UTC

    @property
    def type(self) -> Type:
        """The type of the times."""
        if self.unit is not None or self.offset:
            return "instant"
        return "moment" if self.clock else "date"

    @property
    def text(self) -> str:
        """The form as `salus.toml` writes it."""
        if self.unit is not None:
            return self.unit
        return f"{self.order}{' time' if self.clock else ''}{' offset' if self.offset else ''}"


def read_form(text: object) -> TimeForm | None:
    """The form that a setting names; None if there is no such form.

    >>> read_form("dmy time"), read_form("fortnights")
    (TimeForm(unit=None, order='dmy', clock=True, offset=False), None)
    """
    if not isinstance(text, str) or text not in FORMS:
        return None
    for unit in UNITS:
        if text == unit:
            return TimeForm(unit=unit)
    order = next(order for order in ORDERS if text.startswith(order))
    return TimeForm(order=order, clock="time" in text, offset="offset" in text)


Times = Mapping[str, Mapping[str, TimeForm]]  # of each table, of each column


def read_time_forms(
    section: object, file: str = "salus.toml"
) -> tuple[dict[str, dict[str, TimeForm]], list[Problem]]:
    """The settings in the section `[times]` of a file, and its problems.

    >>> print(read_time_forms({"events": {"time": "millis"}})[1][0])
    salus.toml: `time` in [times.events] can't be 'millis'
        -> did you mean `milliseconds`?
    """
    example = 'write [times.TABLE] and below it COLUMN = "dmy"'
    if not isinstance(section, Mapping):
        return {}, [Problem(file, None, None, "`times` must be a section", example)]
    result: dict[str, dict[str, TimeForm]] = {}
    problems = []
    for table, block in section.items():
        if not isinstance(block, Mapping):
            what = f"`{table}` under [times] must be a section"
            problems.append(Problem(file, None, None, what, example))
            continue
        for column, text in block.items():
            form = read_form(text)
            if form is not None:
                result.setdefault(str(table), {})[str(column)] = form
                continue
            fix = did_you_mean(str(text), FORMS) or f"one of {', '.join(FORMS)}"
            what = f"`{column}` in [times.{table}] can't be {text!r}"
            problems.append(Problem(file, None, None, what, fix))
    return result, problems
