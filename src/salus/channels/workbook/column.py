"""A column of the live sheet: its head and the contents of its rows."""

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

ROW = "\0"  # in the text of a formula, the number of its row


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """The contents by entity. With a `formula`, they are its results, and the cells compute them."""

    group: str
    head: str
    contents: Sequence[Value]
    formula: Callable[[], str] | None = None  # called once every column has its place
    cell_style: Mapping[str, Any] = field(default_factory=dict)
    number: str | None = None  # a number format
    top: Content = None  # above the head: a weight, or what a cap limits the score to
    width: int = 12
    choices: str | None = None  # the range of cells with the words to choose from


def compute_column(text: str, row: int, result: Value) -> Formula:
    """The formula of a row. Rows count from 0.

    >>> compute_column("A\\0+1", 4, 3.0)
    Formula(text='A5+1', result=3.0)
    """
    return Formula(text.replace(ROW, str(row + 1)), result)


def list_numbers(data: Any) -> list[Value]:
    """The numbers of an array; NaN becomes None.

    >>> list_numbers([1.0, float("nan")])
    [1.0, None]
    """
    numbers = np.asarray(data, dtype=np.float64)
    return [
        None if missing else number
        for number, missing in zip(numbers.tolist(), np.isnan(numbers), strict=True)
    ]


def fixed_values(values: MeasureValues, data: Floats) -> list[Value]:
    """The values as a spreadsheet holds them: texts, truth values, and dates as serial numbers. A
    missing value is an empty cell.
    """
    numbers = list_numbers(data + (SERIAL_OF_EPOCH if values.kind == "date" else 0))
    if values.kind == "text":
        return [None if number is None else values.words[int(number)] for number in numbers]  # type: ignore[arg-type]
    if values.kind == "bool":
        return [None if number is None else bool(number) for number in numbers]
    return numbers


def number_format(values: MeasureValues) -> str | None:
    """The number format of dates, with the time if any date has one. None for other values."""
    if values.kind != "date":
        return None
    known = values.data[~np.isnan(values.data)]
    return style.DATE if bool(np.all(known == np.floor(known))) else style.MOMENT
