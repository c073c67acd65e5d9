"""Evaluates expressions over arrays, by the same rules as ``facts/sql/expressions.py``.

The logic has three values. A null makes the result null, with these exceptions: false `and` null
is false, true `or` null is true, and ``least``, ``greatest`` and ``coalesce`` ignore nulls. x/0 is
null. A truth value used as a number is 1 or 0; a number used as a truth value is true unless it is
0. Dates are days since 1970, exact to the microsecond; the difference of two dates is in days.

If one step isn't finite, the whole expression has no value. This is so for a sum, difference,
product or quotient that is NaN or infinite, and for a date outside the years 1 to 9999. A name
whose value isn't finite is null; `least` and `greatest` don't ignore such a null, and then the
whole expression has no value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.model.yaml.findings import shorten

Kind = Literal["number", "bool", "text", "date"]
Flags = NDArray[np.bool_]
_NAMES: Mapping[Kind, str] = {
    "number": "a number",
    "bool": "a truth value",
    "text": "a text",
    "date": "a date",
}
DAY_MICROS = 86_400e6
EPOCH = dt.datetime(1970, 1, 1)
FIRST_MICROS, STOP_MICROS = (
    -62_135_596_800_000_000,
    253_402_300_800_000_000,
)  # the years 1 to 9999
FURTHEST = 3_660_000  # days; moving a date further leaves these years


@dataclass(frozen=True)
class Values:
    """An array of values, or an array of length 1 for one value in all places.

    `data` are floats, truth values, words (objects) or days since 1970. Where `null` is true, `data`
    has no meaning. `divided` marks a division by 0 in any step, `overflow` a step that wasn't
    finite, and `odd` a null that replaces a value that wasn't finite.
    """

    kind: Kind
    data: NDArray[Any]
    null: Flags
    divided: Flags | bool = False
    overflow: Flags | bool = False
    odd: Flags | bool = False


def evaluate(node: ex.Expression, environment: Mapping[str, Values], size: int) -> Values:
    """Evaluate an expression; `environment` has the values of its names.

    >>> seats = Values("number", np.array([8.0, 0.0]), np.array([False, False]))
    >>> evaluate(ex.Compute("/", ex.Constant(4.0), ex.Name("seats")), {"seats": seats}, 2).null
    array([False,  True])
    """
    result = _evaluate(node, environment)
    null = result.null if result.overflow is False else result.null | result.overflow
    return Values(
        result.kind,
        np.broadcast_to(result.data, size),
        np.broadcast_to(null, size),
        np.broadcast_to(result.divided, size),
        np.broadcast_to(result.overflow, size),
    )


def true_where(values: Values) -> Flags:
    """Mark where a condition is true. Null isn't true."""
    return _to_flags(values) & ~values.null


def _evaluate(node: ex.Expression, environment: Mapping[str, Values]) -> Values:
    match node:
        case ex.Name(name):
            return environment[name]
        case ex.Constant(value):
            return _make_constant(value)
        case _:
            parts = [_evaluate(child, environment) for child in ex.children(node)]
            return _add_flags(node, _combine(node, parts), parts)


def _add_flags(node: ex.Expression, result: Values, parts: list[Values]) -> Values:
    """Add the flags of the parts to the values of their node."""
    divided = _combine_flags([result.divided, *(part.divided for part in parts)])
    overflow = _combine_flags([result.overflow, *(part.overflow for part in parts)])
    odd = _combine_flags([part.odd for part in parts])
    if odd is False or not isinstance(node, ex.Negative | ex.Compute | ex.Call):
        return Values(result.kind, result.data, result.null, divided, overflow)
    if isinstance(node, ex.Call) and node.function in ("least", "greatest"):
        return Values(
            result.kind, result.data, result.null, divided, _combine_flags([overflow, odd])
        )
    return Values(result.kind, result.data, result.null, divided, overflow, odd & result.null)


def _combine_flags(flags: list[Flags | bool]) -> Flags | bool:
    """Combine flags with `or`; False if all of them are False."""
    return reduce(
        lambda flag, other: other if flag is False else flag if other is False else flag | other,
        flags,
    )


def _combine(node: ex.Expression, parts: list[Values]) -> Values:
    """Evaluate a node from the values of its children."""
    match node:
        case ex.Negative():
            return Values("number", -_to_numbers(parts[0]), parts[0].null)
        case ex.Not():
            return Values("bool", ~_to_flags(parts[0]), parts[0].null)
        case ex.Both():
            return _evaluate_and(*parts)
        case ex.Either():
            return _evaluate_or(*parts)
        case ex.Compare(op):
            return _compare(op, *parts)
        case ex.Compute(op):
            return _compute(op, *parts)
        case ex.In():
            return reduce(_evaluate_or, (_compare("=", parts[0], option) for option in parts[1:]))
        case ex.IsNull():
            return Values("bool", parts[0].null, np.zeros_like(parts[0].null))
        case ex.Like(_, pattern):
            return _match_pattern(parts[0], pattern)
        case ex.Call(function):
            return _FUNCTIONS[function](parts)
    raise AssertionError(node)  # unreachable: names and constants have no children


def _make_constant(value: float | str | bool | dt.date | None) -> Values:
    no_null = np.zeros(1, dtype=bool)
    match value:
        case None:
            return Values("number", np.full(1, np.nan), ~no_null)
        case bool():
            return Values("bool", np.array([value]), no_null)
        case str():
            return Values("text", np.array([value], dtype=object), no_null)
        case dt.date():
            return Values("date", np.array([_to_days(value)]), no_null)
        case _:
            return Values("number", np.array([float(value)]), no_null)


def _to_days(value: dt.date) -> float:
    """Convert a date or a local time to days since 1970."""
    time = (
        value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    )
    return ((time - EPOCH) // dt.timedelta(microseconds=1)) / DAY_MICROS


def _is_null(values: Values) -> bool:
    """Whether all values are null, so that their kind doesn't matter."""
    return bool(values.null.all())


def _to_flags(values: Values) -> Flags:
    if values.kind == "bool":
        return np.asarray(values.data, dtype=bool)
    if values.kind == "number":
        return np.asarray(np.where(values.null, 0.0, values.data) != 0, dtype=bool)
    if _is_null(values):
        return np.zeros(values.null.shape, dtype=bool)
    raise DataError(
        f"{_NAMES[values.kind]} can't be used as a condition", "compare it with something"
    )


def _to_numbers(values: Values) -> NDArray[np.float64]:
    if values.kind in ("number", "bool"):
        return np.asarray(values.data, dtype=np.float64)
    if _is_null(values):
        return np.full(values.null.shape, np.nan)
    raise DataError(
        f"{_NAMES[values.kind]} can't be used as a number", "compare it, or choose another column"
    )


def _to_micros(values: Values) -> NDArray[np.float64]:
    """Convert dates to whole microseconds; exact for all days, and for all times before 2255."""
    return np.rint(np.where(values.null, 0.0, values.data) * DAY_MICROS)


def _to_dates(values: Values) -> Values:
    """Convert texts to dates; dates stay as they are."""
    if values.kind == "date" or _is_null(values):
        return Values(
            "date",
            values.data if values.kind == "date" else np.full(values.null.shape, np.nan),
            values.null,
        )
    if values.kind != "text":
        raise DataError(
            f"{_NAMES[values.kind]} can't be compared with a date", "write the date as '2026-01-31'"
        )
    spelled = {word: _read_date(word) for word in set(values.data[~values.null].tolist())}
    days = np.array([spelled.get(word, np.nan) for word in values.data.tolist()], dtype=np.float64)
    return Values("date", days, values.null)


def _read_date(word: str) -> float:
    date = parse_local_time(word)
    if date is None:
        raise DataError(
            f"'{shorten(word)}' is compared with a date, but isn't a valid date",
            "write the date as '2026-01-31'",
        )
    return _to_days(date)


def _to_one_kind(parts: list[Values]) -> list[Values]:
    """Convert values to one kind: texts to dates if there is a date, truth values to numbers if
    there is a number.
    """
    kinds = {part.kind for part in parts if not _is_null(part)}
    if "date" in kinds:
        return [_to_dates(part) for part in parts]
    if kinds == {"text"}:
        return [part if part.kind == "text" else _make_null_text(part) for part in parts]
    if kinds == {"bool"}:
        return [Values("bool", _to_flags(part), part.null) for part in parts]
    return [Values("number", _to_numbers(part), part.null) for part in parts]


def _make_null_text(part: Values) -> Values:
    return Values("text", np.full(part.null.shape, None, dtype=object), part.null)


def _evaluate_and(left: Values, right: Values) -> Values:
    a, b = _to_flags(left), _to_flags(right)
    no = (~a & ~left.null) | (~b & ~right.null)
    return Values("bool", ~no, (left.null | right.null) & ~no)


def _evaluate_or(left: Values, right: Values) -> Values:
    a, b = _to_flags(left), _to_flags(right)
    yes = (a & ~left.null) | (b & ~right.null)
    return Values("bool", yes, (left.null | right.null) & ~yes)


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def _compare(op: str, left: Values, right: Values) -> Values:
    null = left.null | right.null
    a, b = _to_one_kind([left, right])
    if a.kind == "text":
        first, second = (np.where(side.null, "", side.data) for side in (a, b))
    elif a.kind == "date":
        first, second = _to_micros(a), _to_micros(b)
    else:
        first, second = a.data, b.data
    return Values("bool", np.asarray(_COMPARISONS[op](first, second), dtype=bool), null)


def _match_pattern(values: Values, pattern: str) -> Values:
    if values.kind != "text" and not _is_null(values):
        raise DataError(f"{_NAMES[values.kind]} can't be compared with `like`", "use it on a text")
    signs = ({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in _merge_wildcards(pattern))
    expression = re.compile("".join(signs), re.DOTALL)
    matches = {
        word: expression.fullmatch(word) is not None
        for word in set(values.data[~values.null].tolist())
    }
    data = [bool(matches.get(word, False)) for word in values.data.tolist()]
    return Values("bool", np.array(data, dtype=bool), values.null)


def _merge_wildcards(pattern: str) -> str:
    """Replace repeated % by one, because they make matching slow."""
    return re.sub("%+", "%", pattern)


def _compute(op: str, left: Values, right: Values) -> Values:
    if "date" in (left.kind, right.kind) and op in "+-":
        return _compute_date(op, left, right)
    null = left.null | right.null
    a, b = _to_numbers(left), _to_numbers(right)
    with np.errstate(all="ignore"):
        if op == "/":
            zero = (b == 0) & ~right.null
            data = np.divide(a, np.where(zero, 1.0, b))
            return _mask_infinite("number", data, np.isfinite(data), null | zero, zero & ~left.null)
        data = {"+": np.add, "-": np.subtract, "*": np.multiply}[op](a, b)
        return _mask_infinite("number", data, np.isfinite(data), null)


def _mask_infinite(
    kind: Kind, data: NDArray[np.float64], finite: Flags, null: Flags, divided: Flags | bool = False
) -> Values:
    """Make the result of a step null where it isn't finite."""
    if (finite | null).all():
        return Values(kind, data, null, divided)
    return Values(kind, data, null | ~finite, divided, ~finite & ~null)


def _compute_date(op: str, left: Values, right: Values) -> Values:
    null = left.null | right.null
    if op == "-" and left.kind == right.kind == "date":
        return Values("number", (_to_micros(left) - _to_micros(right)) / DAY_MICROS, null)
    date, days = (left, right) if left.kind == "date" else (right, left)
    if days.kind == "date" or (op == "-" and left.kind != "date" and not _is_null(left)):
        raise DataError(
            "a date can't be added to a date, or subtracted from a number",
            "subtract one date from another, or add days to a date",
        )
    far = np.abs(np.where(days.null, 0.0, _to_numbers(days))) > FURTHEST
    steps = np.rint(np.where(days.null | far, 0.0, _to_numbers(days)) * DAY_MICROS)
    micros = _to_micros(date) + (steps if op == "+" else -steps)
    return _mask_infinite(
        "date", micros / DAY_MICROS, ~far & (micros >= FIRST_MICROS) & (micros < STOP_MICROS), null
    )


def _choose_first(parts: list[Values]) -> Values:
    return reduce(
        lambda values, other: Values(
            values.kind, np.where(values.null, other.data, values.data), values.null & other.null
        ),
        _to_one_kind(parts),
    )


def _choose_extreme(parts: list[Values], less: bool) -> Values:
    def choose(values: Values, other: Values) -> Values:
        smaller = true_where(_compare("<", other, values))
        larger = true_where(_compare(">", other, values))
        other_wins = values.null | (smaller if less else larger)
        return Values(
            values.kind,
            np.where(other_wins & ~other.null, other.data, values.data),
            values.null & other.null,
        )

    return reduce(choose, _to_one_kind(parts))


def _compute_absolute(parts: list[Values]) -> Values:
    return Values("number", np.abs(_to_numbers(parts[0])), parts[0].null)


_FUNCTIONS: dict[str, Callable[[list[Values]], Values]] = {
    "coalesce": _choose_first,
    "abs": _compute_absolute,
    "least": lambda parts: _choose_extreme(parts, True),
    "greatest": lambda parts: _choose_extreme(parts, False),
}
