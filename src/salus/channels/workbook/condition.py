"""Conditions and formulas of the model as spreadsheet formulas over cells.

Inside a formula, null is an error (`NA()`). Arithmetic and comparisons pass errors on, and x/0 is
an error too. A truth value is 1 or 0, and 0.5 for null. So `and` is MIN, `or` is MAX and `not` is
1 − x, which is the three-valued logic of the model. The formulas use only functions that every
spreadsheet of the last fifteen years knows.

An expression without an exact formula (the order of texts, `like` with `_`) raises `NotLive`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.periods.day import EPOCH

SERIAL_OF_EPOCH = 25569  # 1970-01-01 as spreadsheets count days
LONGEST, DEEPEST = 8000, 60  # Excel allows 8,192 characters and 64 levels in a formula
MOST_ARGUMENTS = 200  # Excel allows 255 arguments in a call
LONGEST_TEXT = 250  # Excel allows 255 characters in a text constant
BEYOND = "9.99E+307"  # larger than any value


class NotLive(Exception):
    """Raised for an expression without an exact formula. The message is a clause: "the formula would
    be too long".
    """


@dataclass(frozen=True)
class CellValue:
    """The cell of a value, and the kind of the value: number, text, bool or date."""

    place: str
    kind: str


@dataclass(frozen=True)
class FormulaText:
    """A formula without `=`, and the kind of its result: number, text, date, truth or null."""

    text: str
    kind: str


Cells = Mapping[str, CellValue]


def write_condition(node: ex.Expression, cells: Cells) -> str:
    """A formula that is TRUE if the condition is true, and FALSE if it is false or null.

    >>> write_condition(ex.Compare(">", ex.Name("days"), ex.Constant(60.0)), {"days": CellValue("C5", "number")})
    'IFERROR(IF(IF(ISNUMBER(C5),C5,NA())>60,1,0),0.5)=1'
    """
    return fits_in_cell(f"{_truth(_write(node, cells))}=1")


def write_value(node: ex.Expression, cells: Cells) -> str:
    """A formula for a number or date; its result is the empty text for null."""
    return fits_in_cell(f'IFERROR({_number(_write(node, cells), dates=True)},"")')


def fits_in_cell(text: str) -> str:
    """The formula. Raises NotLive if it is longer or deeper than spreadsheets allow."""
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    depth = accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in bare)
    if len(text) > LONGEST or max(depth, default=0) > DEEPEST:
        raise NotLive("the formula would be too long")
    return text


def number_literal(number: float) -> str:
    """A number in a formula.

    >>> number_literal(60.0), number_literal(-0.5), number_literal(1e-7)
    ('60', '(-0.5)', '1E-07')
    """
    text = repr(float(number)).removesuffix(".0").upper()
    return f"({text})" if text.startswith("-") else text


def text_literal(text: str) -> str:
    """A text constant, joined from pieces if it is long. A quote inside it is written twice."""
    pieces = [
        text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)
    ] or [""]
    quoted = ['"{}"'.format(piece.replace('"', '""')) for piece in pieces]
    return quoted[0] if len(quoted) == 1 else f"({'&'.join(quoted)})"


def serial(date: dt.date | dt.datetime) -> float:
    """A date as spreadsheets count it: days since 1899-12-30, with a fraction for the time.

    >>> serial(dt.date(2026, 11, 22)), serial(dt.datetime(2026, 11, 22, 6))
    (46348.0, 46348.25)
    """
    time = date if isinstance(date, dt.datetime) else dt.datetime.combine(date, dt.time())
    return SERIAL_OF_EPOCH + (time - dt.datetime.combine(EPOCH, dt.time())) / dt.timedelta(days=1)


def _write(node: ex.Expression, cells: Cells) -> FormulaText:
    match node:
        case ex.Name(name):
            return _read(cells[name]) if name in cells else _not_live(f"`{name}` has no cell")
        case ex.Constant(constant):
            return _constant(constant)
        case ex.Negative(of):
            return FormulaText(f"(-{_number(_write(of, cells))})", "number")
        case ex.Not(of):
            return FormulaText(f"(1-{_truth(_write(of, cells))})", "truth")
        case ex.Both() | ex.Either():
            sides = [_truth(_write(side, cells)) for side in _joined(node, type(node))]
            return FormulaText(_call("MIN" if isinstance(node, ex.Both) else "MAX", sides), "truth")
        case ex.Compare(op, left, right):
            return FormulaText(_compare(op, _write(left, cells), _write(right, cells)), "truth")
        case ex.Compute(op, left, right):
            return _compute(op, _write(left, cells), _write(right, cells))
        case ex.In(of, options):
            value = _write(of, cells)
            same = [_compare("=", value, _write(option, cells)) for option in options]
            return FormulaText(_call("MAX", same), "truth")
        case ex.IsNull(of):
            return FormulaText(_is_null(_write(of, cells)), "truth")
        case ex.Like(of, pattern):
            return FormulaText(_like(_write(of, cells), pattern), "truth")
        case ex.Call(function, arguments):
            return _called(function, [_write(argument, cells) for argument in arguments])


def _not_live(why: str) -> FormulaText:
    raise NotLive(why)


def _read(cell: CellValue) -> FormulaText:
    place = cell.place
    match cell.kind:
        case "bool":
            return FormulaText(f"IF(ISLOGICAL({place}),IF({place},1,0),0.5)", "truth")
        case "text":
            return FormulaText(f"IF(ISTEXT({place}),{place},NA())", "text")
        case kind:
            return FormulaText(f"IF(ISNUMBER({place}),{place},NA())", kind)


def _constant(constant: float | str | bool | dt.date | None) -> FormulaText:
    match constant:
        case None:
            return FormulaText("NA()", "null")
        case bool():
            return FormulaText("1" if constant else "0", "truth")
        case dt.date():
            return FormulaText(number_literal(serial(constant)), "date")
        case str():
            return FormulaText(text_literal(constant), "text")
        case _:
            return FormulaText(number_literal(constant), "number")


def _joined(node: ex.Expression, kind: type) -> list[ex.Expression]:
    """The sides of a chain of `and` or of `or`."""
    if isinstance(node, ex.Both | ex.Either) and isinstance(node, kind):
        return [*_joined(node.left, kind), *_joined(node.right, kind)]
    return [node]


def _call(function: str, arguments: Sequence[str]) -> str:
    """A call of MIN or MAX, nested if there are too many arguments for one call."""
    if len(arguments) <= MOST_ARGUMENTS:
        return f"{function}({','.join(arguments)})"
    parts = [
        arguments[start : start + MOST_ARGUMENTS]
        for start in range(0, len(arguments), MOST_ARGUMENTS)
    ]
    return _call(function, [_call(function, part) for part in parts])


def _truth(formula: FormulaText) -> str:
    match formula.kind:
        case "truth":
            return formula.text
        case "null":
            return "0.5"
        case "number":
            return f"IFERROR(IF({formula.text}<>0,1,0),0.5)"
        case kind:
            raise NotLive(f"a {kind} can't be used as a condition")


def _number(formula: FormulaText, *, dates: bool = False) -> str:
    text = formula.text
    if formula.kind in ("number", "null") or (dates and formula.kind == "date"):
        return text
    if formula.kind == "truth":
        return text if text in ("0", "1") else f"IF({text}=0.5,NA(),{text})"
    raise NotLive(f"a {formula.kind} can't be used as a number")


def _alike(sides: Sequence[FormulaText]) -> list[str]:
    """Both sides converted to one kind, so that they can be compared."""
    kinds = {side.kind for side in sides} - {"null"}
    if "date" in kinds:
        return [_as_date(side) for side in sides]
    if kinds == {"text"}:
        return [side.text for side in sides]
    return [_number(side) for side in sides]


def _as_date(side: FormulaText) -> str:
    if side.kind == "text" and side.text.startswith('"'):
        time = parse_local_time(side.text.strip('"'))
        if time is not None:
            return number_literal(serial(time))
    if side.kind not in ("date", "null"):
        raise NotLive(f"a {side.kind} can't be used as a date")
    return side.text


def _compare(op: str, left: FormulaText, right: FormulaText) -> str:
    a, b = _alike([left, right])
    if "text" in (left.kind, right.kind) and "date" not in (left.kind, right.kind):
        if op not in ("=", "!="):
            raise NotLive("spreadsheets order texts differently")
        yes, no = ("1", "0") if op == "=" else ("0", "1")
        return f"IFERROR(IF(EXACT({a},{b}),{yes},{no}),0.5)"
    return f"IFERROR(IF({a}{'<>' if op == '!=' else op}{b},1,0),0.5)"


def _compute(op: str, left: FormulaText, right: FormulaText) -> FormulaText:
    dates = (left.kind == "date", right.kind == "date")
    allowed = {"-": ((True, True), (True, False)), "+": ((True, False), (False, True))}
    if any(dates) and dates not in allowed.get(op, ()):
        raise NotLive("this calculation with dates has no exact formula")
    kind = "date" if any(dates) and not all(dates) else "number"
    return FormulaText(
        f"({_number(left, dates=dates[0])}{op}{_number(right, dates=dates[1])})", kind
    )


def _is_null(formula: FormulaText) -> str:
    if formula.kind == "truth":
        return f"IF({formula.text}=0.5,1,0)"
    return f"IF(ISERROR({formula.text}),1,0)"


def _like(formula: FormulaText, pattern: str) -> str:
    """A pattern with `%` at one or both ends, or once in the middle. Capital letters count."""
    if formula.kind not in ("text", "null"):
        raise NotLive(f"a {formula.kind} can't be used as a text")
    first, *middle = pattern.split("%")
    last = middle.pop() if middle else None
    within = [piece for piece in middle if piece]
    if "_" in pattern or len(within) > 1 or (within and (first or last)):
        raise NotLive("this pattern has no exact formula")
    match = _matches(formula.text, first, within, last)
    return f"IF(ISERROR({formula.text}),0.5,IF({match},1,0))"


def _matches(text: str, first: str, within: list[str], last: str | None) -> str:
    if last is None:
        return f"EXACT({text},{text_literal(first)})"
    if within:
        return f"ISNUMBER(FIND({text_literal(within[0])},{text}))"
    start, end = text_literal(first), text_literal(last)
    return (
        f"AND(LEN({text})>=LEN({start})+LEN({end}),EXACT(LEFT({text},LEN({start})),{start}),"
        f"EXACT(RIGHT({text},LEN({end})),{end}))"
    )


def _called(function: str, arguments: list[FormulaText]) -> FormulaText:
    if function == "abs":
        return FormulaText(f"ABS({_number(arguments[0])})", "number")
    alike = _alike(arguments)
    kinds = (argument.kind for argument in arguments)
    kind = next((kind for kind in kinds if kind in ("date", "text")), "number")
    if function == "coalesce":
        text = alike[-1]
        for argument in reversed(alike[:-1]):
            text = f"IFERROR({argument},{text})"
        return FormulaText(text, kind)
    if kind == "text" or function not in ("least", "greatest"):
        raise NotLive("spreadsheets order texts differently")
    far = BEYOND if function == "least" else f"(-{BEYOND})"
    known = [f"IFERROR({argument},{far})" for argument in alike]
    result = _call("MIN" if function == "least" else "MAX", known)
    nothing = ",".join(f"ISERROR({argument})" for argument in alike)
    return FormulaText(f"IF(AND({nothing}),NA(),{result})", kind)
