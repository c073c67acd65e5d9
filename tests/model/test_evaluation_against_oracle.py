"""The evaluation over arrays gives the same results as the plain loops of the oracle."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from salus.model.expressions.conditions import parse
from salus.model.expressions.evaluation import Values, evaluate, true_where
from tests.oracle import conditions as oracle

CASES = 3_000
ROWS = 8
MIDNIGHT, MORNING = "'2026-01-31'", "'2026-01-31 06:30:00'"
UTC = ZoneInfo("UTC")
EPOCH = dt.datetime(1970, 1, 1)
COLUMNS = {
    "a": "number",
    "b": "number",
    "flag": "bool",
    "word": "text",
    "day": "date",
    "moment": "date",
}


class Draw:
    """Writes random conditions and formulas without type errors."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def choose(self, *choices: str) -> str:
        return self.random.choice(choices)

    def number(self, depth: int) -> str:
        if depth == 0:
            return self.choose("a", "b", "0", "1", "2.5", "-3", ".5", "1e2", "flag", "null")
        sub = [self.number(depth - 1) for _ in range(2)]
        return self.choose(
            f"({sub[0]}) {self.choose('+', '-', '*', '/')} ({sub[1]})",
            f"-({sub[0]})",
            f"abs({sub[0]})",
            f"{self.choose('least', 'greatest', 'coalesce')}({', '.join(sub)})",
            f"({self.condition(depth - 1)})",
            f"({self.date(depth - 1)}) - ({self.date(depth - 1)})",
            "a + b * 2 - a / b",
        )

    def date(self, depth: int) -> str:
        if depth == 0:
            return self.choose(
                "day", "moment", "date '2026-01-31'", "timestamp '2026-01-31 06:30:00.25'"
            )
        return self.choose(
            f"({self.date(depth - 1)}) {self.choose('+', '-')} {self.choose('1', '0.1', 'a', '30')}",
            f"{self.choose('a', '2')} + ({self.date(0)})",
            f"{self.choose('least', 'greatest', 'coalesce')}({self.date(0)}, {self.date(0)})",
        )

    def text(self) -> str:
        return self.choose(
            "word", "'x'", "'a%'", "'Ünï'", "'it''s'", "coalesce(word, 'x')", "least(word, 'b')"
        )

    def comparison(self, depth: int) -> str:
        sign = self.choose("=", "!=", "<", "<=", ">", ">=")
        return self.choose(
            f"({self.number(depth)}) {sign} {self.number(0)}",
            f"{self.text()} {sign} {self.text()}",
            f"{self.date(min(depth, 1))} {sign} {self.choose('day', 'moment', MIDNIGHT, MORNING)}",
            f"word {self.choose('', 'not ')}in ('x', 'a%', {self.text()})",
            f"a {self.choose('', 'not ')}in (1, 2.5, b, null)",
            f"word {self.choose('', 'not ')}like {self.choose(repr('a%'), repr('%'), repr('_'), repr('%_n%%'), repr('x'))}",
            f"{self.choose('a', 'b', 'flag', 'word', 'day')} is {self.choose('', 'not ')}null",
            "flag = true",
            "flag",
        )

    def condition(self, depth: int) -> str:
        if depth == 0:
            return self.comparison(0)
        sub = [self.condition(depth - 1) for _ in range(2)]
        return self.choose(
            f"{sub[0]} and {sub[1]}",
            f"({sub[0]}) or {sub[1]}",
            f"not ({sub[0]})",
            f"not {self.comparison(0)}",
            self.comparison(depth),
            f"({self.number(1)})",
            f"({sub[0]}) is null",
        )

    def rows(self) -> list[dict[str, object]]:
        choices: dict[str, list[object]] = {
            "a": [None, 0.0, 1.0, -2.0, 2.5, 1e4, 0.1],
            "b": [None, 0.0, 3.0, -1.0, 0.3],
            "flag": [None, True, False],
            "word": [None, "x", "a%", "abc", "", "Ünï", "it's", "line\nend"],
            "day": [None, dt.date(2026, 1, 31), dt.date(1969, 12, 31), dt.date(2024, 2, 29)],
            "moment": [
                None,
                dt.datetime(2026, 1, 31, 6, 30),
                dt.datetime(2026, 1, 31, 6, 30, 0, 250_000),
                dt.datetime(2031, 7, 4, 23, 59, 59, 999_999),
            ],
        }
        return [
            {name: self.random.choice(values_) for name, values_ in choices.items()}
            for _ in range(ROWS)
        ]


def as_float(value: object) -> float:
    """Convert a value of the oracle to a float, as in the evaluation."""
    if isinstance(value, dt.datetime):
        return ((value - EPOCH) // dt.timedelta(microseconds=1)) / 86_400e6
    return float(value)  # type: ignore[arg-type]


def environment(rows: list[dict[str, object]]) -> dict[str, Values]:
    result = {}
    for name, kind in COLUMNS.items():
        column = [oracle.seen(row[name], UTC) for row in rows]
        null = np.array([value is None for value in column])
        if kind == "text":
            data = np.array(column, dtype=object)
        elif kind == "bool":
            data = np.array([bool(value) for value in column])
        else:
            data = np.array([np.nan if value is None else as_float(value) for value in column])
        result[name] = Values(kind, data, null)  # type: ignore[arg-type]
    return result


def agree(expected: object, values: Values, row: int) -> bool:
    if expected is None or values.null[row]:
        return expected is None and bool(values.null[row])
    value = values.data[row]
    if isinstance(expected, str):
        return bool(value == expected)
    if isinstance(expected, bool) and values.kind == "bool":
        return bool(value) is expected
    return bool(np.isclose(float(value), as_float(expected), rtol=1e-15, atol=0))


@pytest.mark.parametrize("seed", range(4))
def test_evaluation_agrees_with_the_oracle(seed: int) -> None:
    draw = Draw(seed)
    for case in range(CASES // 4):
        text = draw.choose(draw.condition(case % 3), draw.number(case % 3), draw.date(1))
        rows = draw.rows()
        values = evaluate(parse(text), environment(rows), ROWS)
        true = true_where(values) if values.kind in ("bool", "number") else None
        node = oracle.parse(text)
        for row, cells in enumerate(rows):
            evaluation = oracle.Evaluation(lambda name, cells=cells: oracle.seen(cells[name], UTC))  # type: ignore[misc]
            expected = evaluation.whole(node)
            assert agree(expected, values, row), (
                text,
                cells,
                expected,
                values.data[row],
                values.null[row],
            )
            assert bool(np.asarray(values.divided)[row]) == evaluation.divided_by_zero, (
                text,
                cells,
            )
            assert true is None or bool(true[row]) == bool(expected), (text, cells)
