"""Values that break arithmetic, expressions over them, and models with every kind of measure that
read both.

Everything is drawn from one `Random`, so a seed gives the same world again.
"""

from __future__ import annotations

import datetime as dt
import re
from random import Random

from tests.engine.worlds import World
from tests.model.test_evaluation_against_oracle import Draw
from tests.oracle.table import Row, Table

NAN, INF = float("nan"), float("inf")
VALUES: tuple[float | None, ...] = (
    NAN,
    INF,
    -INF,
    None,
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.5,
    7.0,
    100.0,
    1e308,
    -1e308,
    1.7976931348623157e308,
    9e307,
    1e300,
    -1e300,
    1e200,
    1e154,
    1.34e154,
    -1.35e154,
    1e-154,
    1e-200,
    1e-300,
    2.3e-308,
    1e-320,
    -1e-320,
    5e-324,
    1e13,
    1e15,
    -1e16,
    1e17,
    1e18,
    1e19,
    9007199254740993.0,
    9.2e12,
    0.0000005,
    0.1,
    3_650_000.0,
    -3_650_000.0,
    3_660_001.0,
    4e5,
)
WHOLE = (None, 0, 1, -1, 3, 10**12, -(10**15), 2**53 + 1, 2**62)
NUMBERS = (
    "a",
    "b",
    "a",
    "b",
    "n",
    "flag",
    "0",
    "1",
    "-3",
    "2.5",
    "1e300",
    "1e299",
    "1e-320",
    "1e-200",
    "100",
    "null",
)
DATES = (None, dt.date(2026, 1, 31), dt.date(1969, 12, 31), dt.date(9999, 12, 30), dt.date(1, 1, 2))
MOMENTS = (
    None,
    dt.datetime(2026, 1, 31, 6, 30),
    dt.datetime(2031, 7, 4, 23, 59, 59, 999_999),
    dt.datetime(1900, 1, 1, 12),
)
COLUMNS = {
    "a": "number",
    "b": "number",
    "n": "integer",
    "flag": "bool",
    "word": "text",
    "day": "date",
    "moment": "moment",
}
CLOCK = dt.date(2026, 1, 1)


class OddDraw(Draw):
    """Random expressions of the language over the columns above."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def number(self, depth: int) -> str:
        if depth == 0:
            return self.choose(*NUMBERS)
        if self.random.random() < 0.35:
            return f"{self.choose('least(100, ', 'greatest(0, ')}{self.number(depth - 1)})"
        return super().number(depth)

    def date(self, depth: int) -> str:
        if depth and self.random.random() < 0.5:
            return (
                f"{self.choose('day', 'moment')} {self.choose('+', '-')} ({self.number(depth - 1)})"
            )
        return super().date(depth)

    def text_of_any(self, depth: int) -> str:
        return self.choose(
            self.number(depth), self.number(depth), self.condition(depth), self.date(1)
        )

    def row(self) -> Row:
        pick = self.random.choice
        return {
            "a": pick(VALUES),
            "b": pick(VALUES),
            "n": pick(WHOLE),
            "flag": pick((None, True, False)),
            "word": pick((None, "x", "a%")),
            "day": pick(DATES),
            "moment": pick(MOMENTS),
        }


def odd_rows(random: Random, count: int) -> Table:
    """A table of odd values, its rows numbered by `nr`."""
    draw = OddDraw(random)
    return Table(
        {"nr": "integer", **COLUMNS}, [{"nr": number, **draw.row()} for number in range(count)]
    )


def world(random: Random, entities: int) -> World:
    """Every kind of measure over columns computed from odd values, with formulas, bounds, caps and
    segments.
    """
    tables = {
        "things": Table({"who": "text", "price": "number", "seats": "number", "since": "date"}),
        "things_then": Table({"who": "text", "at": "date", "seats": "number"}),
        "facts": Table({"who": "text", "at": "date", "over": "date", **COLUMNS}),
    }
    case = World(
        _model(OddDraw(random)),
        tables,
        [CLOCK, CLOCK + dt.timedelta(days=random.choice((1, 7, 40)))],
    )
    for number in range(entities):
        _fill(OddDraw(random), tables, f"e{number}")
    return case


def _fill(draw: OddDraw, tables: dict[str, Table], who: str) -> None:
    pick = draw.random.choice

    def before() -> dt.date:
        return CLOCK - dt.timedelta(days=pick((-5, 1, 2, 3, 8, 20, 29, 30, 90, 400)))

    tables["things"].rows.append(
        {"who": who, "price": pick(VALUES), "seats": pick(VALUES), "since": pick((None, before()))}
    )
    tables["things_then"].rows.extend(
        {"who": who, "at": before(), "seats": pick(VALUES)} for _ in range(pick((0, 1, 2)))
    )
    for _ in range(pick((0, 1, 2, 4))):
        tables["facts"].rows.append(
            {"who": who, "at": before(), "over": pick((None, before())), **draw.row()}
        )


def _model(draw: OddDraw) -> dict:
    kept = {
        f"x{place}": f"greatest(-1000, least(1000, {draw.number(place % 3 + 1)}))"
        for place in range(4)
    }
    columns = {
        **kept,
        "mark": draw.condition(1),
        "heavy": f"greatest(0, least(10, abs({draw.number(1)})))",
        "later": draw.date(1),
    }
    inputs = _of_facts(draw)
    known = [
        "price",
        "seats",
        *(
            name
            for name, line in inputs.items()
            if "half_life" not in line and "later" not in str(line)
        ),
    ]
    inputs |= {f"f{place}": {"formula": _formula(draw, known)} for place in range(6)}
    inputs |= {
        "then": {"value": "seats", "ago": "30d"},
        "each": {"value": "price", "per": "seats"},
        "rate": {"count": "facts", "per": draw.choose("price", "f0", "1e-320", "1e300")},
    }
    scored = {
        f"m{place}": {"formula": _formula(draw, [*known, "f0", "f1", "each"]), **_scale(draw)}
        for place in range(4)
    }
    scored |= {
        "price_of": {"value": "price", **_scale(draw)},
        "money": {"sum": "facts.x0", "per": "seats", **_scale(draw)},
    }
    for line in scored.values():
        line["if_missing"] = draw.choose("skip", "skip", "bad", "good", "hold 4d")
        line["weight"] = draw.random.choice((1, 1e-6, 1e6))
    return {
        "version": 1,
        "name": "odd",
        "missing_guard": draw.choose("0d", "3d"),
        "entity": {
            "name": "thing",
            "table": "things",
            "key": "who",
            "attributes": ["price", "seats", "since"],
            "history": {"table": "things_then", "time": "at"},
        },
        "sources": {
            "facts": {
                "table": "facts",
                "key": "who",
                "time": "at",
                "until": "over",
                "columns": columns,
            }
        },
        "inputs": inputs,
        "dimensions": {
            "one": {"weight": 1e6, "measures": dict(list(scored.items())[:3])},
            "two": {"weight": 1e-6, "measures": dict(list(scored.items())[3:])},
        },
        "caps": [{"name": "low", "when": f"({_formula(draw, known)}) > 5", "at_most": 40}],
        "segments": {
            "large": {
                "when": f"({_formula(draw, ['price', 'seats'])}) > 1",
                "weights": {"two": 1e6},
            }
        },
    }


def _of_facts(draw: OddDraw) -> dict:
    where = draw.condition(1)
    return {
        "counted": {"count": "facts", "where": where},
        "fading": {"count": "facts", "half_life": "1d"},
        "kinds": {"count_distinct": "facts.a"},
        "values": {"count_distinct": "facts.x1", "within": "30d"},
        "active": {"active_days": "facts.x2"},
        "total": {"sum": "facts.x0", "where": draw.condition(2)},
        "recent": {"sum": "facts.x1", "half_life": "7d"},
        "average": {"mean": "facts.x2", "weighted_by": "heavy"},
        "plain": {"mean": "facts.x3", "open": True},
        "middle": {"median": "facts.x0"},
        "least_": {"min": "facts.x1"},
        "most": {"max": "facts.x2"},
        "last": {"latest": "facts.x3"},
        "part": {"share": "facts", "of": draw.condition(1)},
        "silence": {"days_since": "facts", "where": "mark"},
        "oldest": {"oldest_open": "facts", "where": where},
        "gap": {"median_gap": "facts"},
        "change": {"trend": "facts.x0", "within": "28d", "baseline": "84d"},
        "open_for": {"mean": "facts.open_days", "weighted_by": "heavy"},
        "later_": {"max": "facts.later"},
    }


def _formula(draw: OddDraw, names: list[str]) -> str:
    """An expression over measures and attributes instead of columns."""
    others = {"day": "since", "moment": "as_of", "word": "'x'"}

    def instead(match: re.Match[str]) -> str:
        column = match.group()
        return others.get(column) or draw.choose(*names) if column in COLUMNS else column

    return re.sub(r"'[^']*'|\b\w+\b", instead, draw.number(draw.random.choice((1, 2))))


def _scale(draw: OddDraw) -> dict:
    if draw.random.random() < 0.5:
        return {
            "bad": draw.random.choice((0, -1e99, 1e-90, "10%")),
            "good": draw.random.choice((100, 1e99, 3.5)),
        }
    return {
        "curve": [
            [-1e99, draw.random.choice((0, 100))],
            [0, 50],
            [1e-99, 70],
            [1e99, draw.random.choice((0, 100))],
        ]
    }
