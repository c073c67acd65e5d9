"""Conditions as formulas give the results of the engine, also for null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from xlsxwriter.workbook import Workbook

from salus.channels.workbook.column import fixed_values
from salus.channels.workbook.condition import CellValue, NotLive, write_condition, write_value
from salus.channels.workbook.sheet import Formula, add_sheet, cell_address
from salus.kernel.chunk import to_expression_values
from salus.kernel.values import NO_FACTS, MeasureValues
from salus.model.expressions import evaluation
from salus.model.expressions import expression as ex
from salus.model.expressions.conditions import parse
from tests.workbook.book import SOFFICE, by_formulas, by_libreoffice, missing_as_nan

WORDS = ("basic", "Basic", 'it\'s "new"', "a, b", "", "æ%ø")
PATTERNS = ("bas%", "%ic", "%as%", "basic", "%", "b%c", "it's%\"")
ROWS = 12


def columns(seed: int) -> dict[str, MeasureValues]:
    """A few small values of each kind, a third of them null."""
    draw = np.random.default_rng(seed)

    def some(data: np.ndarray) -> np.ndarray:
        return np.where(draw.random(ROWS) < 0.33, np.nan, data)

    numbers = {
        name: MeasureValues.of(some(draw.integers(-3, 4, ROWS) / 2.0), NO_FACTS)
        for name in ("a", "b", "c")
    }
    texts = {
        name: MeasureValues.of(
            some(draw.integers(0, len(WORDS), ROWS).astype(float)), NO_FACTS, "text", WORDS
        )
        for name in ("t", "u")
    }
    dates = {
        name: MeasureValues.of(some(20_000 + draw.integers(0, 8, ROWS) / 4.0), NO_FACTS, "date")
        for name in ("d", "e")
    }
    return {
        **numbers,
        **texts,
        **dates,
        "p": MeasureValues.of(some(draw.integers(0, 2, ROWS).astype(float)), NO_FACTS, "bool"),
    }


class Maker:
    """Makes random expressions of a kind, at most `depth` deep."""

    def __init__(self, seed: int) -> None:
        self.draw = np.random.default_rng(seed)

    def one(self, options: Sequence[Callable[[], ex.Expression]]) -> ex.Expression:
        return options[int(self.draw.integers(len(options)))]()

    def name(self, names: str) -> ex.Expression:
        return ex.Name(names[int(self.draw.integers(len(names)))])

    def number(self, depth: int) -> ex.Expression:
        simple = [
            lambda: self.name("abc"),
            lambda: self.name("abc"),
            lambda: ex.Constant(float(self.draw.integers(-2, 5)) / 2),
            lambda: ex.Constant(None),
        ]
        if depth == 0:
            return self.one(simple)
        return self.one(
            [
                *simple[:3],
                lambda: ex.Negative(self.number(depth - 1)),
                lambda: ex.Compute(
                    "+-*/"[int(self.draw.integers(4))],
                    self.number(depth - 1),
                    self.number(depth - 1),
                ),
                lambda: ex.Compute("-", self.date(depth - 1), self.date(depth - 1)),
                lambda: ex.Compute("+", self.truth(depth - 1), self.number(depth - 1)),
                lambda: ex.Call("abs", (self.number(depth - 1),)),
                lambda: ex.Call(
                    ("least", "greatest", "coalesce")[int(self.draw.integers(3))],
                    (self.number(depth - 1), self.number(depth - 1), self.number(0)),
                ),
            ]
        )

    def date(self, depth: int) -> ex.Expression:
        simple = [
            lambda: self.name("de"),
            lambda: self.name("de"),
            lambda: ex.Constant(dt.date(2024, 10, 5)),
            lambda: ex.Constant(dt.datetime(2024, 10, 5, 6)),
        ]
        if depth == 0:
            return self.one(simple)
        return self.one(
            [
                *simple,
                lambda: ex.Compute("+", self.date(depth - 1), self.number(depth - 1)),
                lambda: ex.Call("coalesce", (self.date(depth - 1), self.date(0))),
            ]
        )

    def text(self) -> ex.Expression:
        return self.one(
            [
                lambda: self.name("tu"),
                lambda: ex.Constant(WORDS[int(self.draw.integers(len(WORDS)))]),
                lambda: ex.Call("coalesce", (self.name("tu"), ex.Constant("basic"))),
            ]
        )

    def truth(self, depth: int) -> ex.Expression:
        op = ("=", "!=", "<", "<=", ">", ">=")[int(self.draw.integers(6))]
        simple = [
            lambda: ex.Name("p"),
            lambda: ex.Compare(op, self.number(0), self.number(0)),
            lambda: ex.Compare("=" if op < "=" else "!=", self.text(), self.text()),
            lambda: ex.Compare(op, self.date(0), ex.Constant("2024-10-05")),
        ]
        if depth == 0:
            return self.one(simple)
        return self.one(
            [
                *simple,
                lambda: ex.Both(self.truth(depth - 1), self.truth(depth - 1)),
                lambda: ex.Either(self.truth(depth - 1), self.truth(depth - 1)),
                lambda: ex.Not(self.truth(depth - 1)),
                lambda: ex.Compare(op, self.number(depth - 1), self.number(depth - 1)),
                lambda: ex.Compare(op, self.date(depth - 1), self.date(depth - 1)),
                lambda: ex.In(self.text(), (self.text(), self.text(), ex.Constant(None))),
                lambda: ex.In(self.number(depth - 1), (self.number(0), ex.Constant(1.0))),
                lambda: ex.IsNull(
                    self.one(
                        [lambda: self.number(depth - 1), lambda: self.truth(depth - 1), self.text]
                    )
                ),
                lambda: ex.Like(self.text(), PATTERNS[int(self.draw.integers(len(PATTERNS)))]),
            ]
        )


def computed(
    engine: str, folder: Path, expressions: list[ex.Expression], truth: bool
) -> list[list[object]]:
    """The computed cells of each expression, row by row."""
    known = columns(1)
    book = Workbook(str(folder / "made.xlsx"))
    sheet = add_sheet(book, "Template")
    add_sheet(book, "Model")
    contents = {name: fixed_values(values, values.data) for name, values in known.items()}
    for row in range(ROWS):
        cells = {
            name: CellValue(cell_address(row, column), values.kind)
            for column, (name, values) in enumerate(known.items())
        }
        for column, name in enumerate(known):
            sheet.put(row, column, contents[name][row])
        for column, expression in enumerate(expressions, len(known)):
            sheet.put(
                row,
                column,
                Formula((write_condition if truth else write_value)(expression, cells), None),
            )
    book.close()
    made = folder / "made.xlsx"
    read = by_libreoffice(made, folder) if engine == "libreoffice" else by_formulas(made)
    return [
        [read("Template", row, column + len(known)) for row in range(ROWS)]
        for column in range(len(expressions))
    ]


def evaluated(expression: ex.Expression) -> evaluation.Values:
    return evaluation.evaluate(
        expression,
        {name: to_expression_values(values) for name, values in columns(1).items()},
        ROWS,
    )


def comparable(expression: ex.Expression) -> bool:
    """Text that is null everywhere beside numbers has no kind of its own; such expressions are left
    out.
    """
    try:
        evaluated(expression)
        write_condition(
            expression, {name: CellValue("A1", values.kind) for name, values in columns(1).items()}
        )
    except NotLive:
        return False
    return True


ENGINES = [
    pytest.param(
        "libreoffice", 200, marks=pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
    ),
    ("formulas", 4),
]


@pytest.mark.parametrize(("engine", "count"), ENGINES)
def test_random_conditions(tmp_path: Path, engine: str, count: int) -> None:
    make = Maker(5)
    expressions = [
        expression for expression in (make.truth(3) for _ in range(count)) if comparable(expression)
    ]
    assert len(expressions) > 0.9 * count
    for expression, cells in zip(
        expressions, computed(engine, tmp_path, expressions, truth=True), strict=True
    ):
        assert cells == evaluation.true_where(evaluated(expression)).tolist(), expression


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_random_formulas(tmp_path: Path) -> None:
    make = Maker(6)
    expressions = [make.number(3) for _ in range(150)]
    for expression, cells in zip(
        expressions, computed("libreoffice", tmp_path, expressions, truth=False), strict=True
    ):
        expected = evaluated(expression)
        numbers = np.where(expected.null, np.nan, expected.data.astype(float))
        np.testing.assert_allclose(
            missing_as_nan(cells), numbers, atol=1e-9, err_msg=str(expression)
        )


TOO_LONG = "days in (" + ", ".join(f"days + {number}" for number in range(200)) + ")"


@pytest.mark.parametrize(
    "text",
    [
        "plan > 'm'",
        "plan like 'b_s%'",
        "plan like '%a%b%'",
        "greatest(plan, 'a') = 'a'",
        "least(1, 2) = unheard_of",
        TOO_LONG,
    ],
)
def test_an_expression_without_an_exact_formula_is_refused(text: str) -> None:
    with pytest.raises(NotLive):
        write_condition(
            parse(text), {"plan": CellValue("A1", "text"), "days": CellValue("B1", "number")}
        )
