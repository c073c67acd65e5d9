"""One column of the live sheet: what stands above it and in each of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from salus.channels.workbook import style
from salus.channels.workbook.condition import SERIAL_OF_EPOCH
from salus.channels.workbook.sheet import Content, Formula, Value
from salus.kernel.values import MeasureValues
from salus.scoring.scored import Floats

ROW = "\0"  # in a formula: the number of the row it stands in


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """Contents by entity; with `formula` they are its results, and the cells compute them."""

    group: str
    head: str
    contents: Sequence[Value]
    formula: Callable[[], str] | None = None  # asked for once every column has its place
    look: Mapping[str, Any] = field(default_factory=dict)
    number: str | None = None
    top: Content = None  # above the head: a weight or ceiling
    width: int = 12
    choices: str | None = None  # the range of words to choose from


def compute_column(text: str, row: int, result: Value) -> Formula:
    """The formula of one row, counted from 0.

    >>> compute_column("A\\0+1", 4, 3.0)
    Formula(text='A5+1', result=3.0)
    """
    return Formula(text.replace(ROW, str(row + 1)), result)


def list_numbers(data: Any) -> list[Value]:
    """Numbers by cell; NaN is none.

    >>> list_numbers([1.0, float("nan")])
    [1.0, None]
    """
    found = np.asarray(data, dtype=np.float64)
    return [
        None if missing else number
        for number, missing in zip(found.tolist(), np.isnan(found), strict=True)
    ]


def fixed_values(values: MeasureValues, data: Floats) -> list[Value]:
    """Values as people write them: words, truth values, dates as serial numbers; missing is an
    empty cell.
    """
    found = list_numbers(data + (SERIAL_OF_EPOCH if values.kind == "date" else 0))
    if values.kind == "text":
        return [None if number is None else values.words[int(number)] for number in found]  # type: ignore[arg-type]
    if values.kind == "bool":
        return [None if number is None else bool(number) for number in found]
    return found


def number_format(values: MeasureValues) -> str | None:
    """How a date is shown: with its time where any has one."""
    if values.kind != "date":
        return None
    known = values.data[~np.isnan(values.data)]
    return style.DATE if bool(np.all(known == np.floor(known))) else style.MOMENT
