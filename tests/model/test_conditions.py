"""Conditions are parsed into trees; unknown syntax is an error at its place."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from salus.model.expressions import expression as ex
from salus.model.expressions.conditions import parse
from salus.model.expressions.unsupported_syntax import UnsupportedSyntax

A, B, C = ex.Name("a"), ex.Name("b"), ex.Name("c")
ONE, TWO = ex.Constant(1.0), ex.Constant(2.0)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a = 1", ex.Compare("=", A, ONE)),
        ("a", A),
        ("true", ex.Constant(True)),
        ("a = NULL", ex.Compare("=", A, ex.Constant(None))),
        ("a OR b AND c", ex.Either(A, ex.Both(B, C))),
        ("not a = 1 and b", ex.Both(ex.Not(ex.Compare("=", A, ONE)), B)),
        ("not a in (1, 2)", ex.Not(ex.In(A, (ONE, TWO)))),
        ("a not in (1)", ex.Not(ex.In(A, (ONE,)))),
        ("a is null", ex.IsNull(A)),
        ("a is not null", ex.Not(ex.IsNull(A))),
        ("not a is null", ex.Not(ex.IsNull(A))),
        ("a like 'x%'", ex.Like(A, "x%")),
        ("a not like 'x%'", ex.Not(ex.Like(A, "x%"))),
        ("a - b - c", ex.Compute("-", ex.Compute("-", A, B), C)),
        ("a - (b - c)", ex.Compute("-", A, ex.Compute("-", B, C))),
        ("a + b * c", ex.Compute("+", A, ex.Compute("*", B, C))),
        ("-a * b", ex.Compute("*", ex.Negative(A), B)),
        ("a -1", ex.Compute("-", A, ONE)),
        ("2 * (a >= 1)", ex.Compute("*", TWO, ex.Compare(">=", A, ONE))),
        ("(a < b) = c", ex.Compare("=", ex.Compare("<", A, B), C)),
        ("'it''s'", ex.Constant("it's")),
        (".5 + 1e3", ex.Compute("+", ex.Constant(0.5), ex.Constant(1000.0))),
        ("LEAST(a, b)", ex.Call("least", (A, B))),
        ("coalesce(a, b, 1)", ex.Call("coalesce", (A, B, ONE))),
        ("abs(-a)", ex.Call("abs", (ex.Negative(A),))),
        ("a < date '2026-01-31'", ex.Compare("<", A, ex.Constant(dt.date(2026, 1, 31)))),
        (
            "a < timestamp '2026-01-31 06:30'",
            ex.Compare("<", A, ex.Constant(dt.datetime(2026, 1, 31, 6, 30))),
        ),
        ("Größe > 1", ex.Compare(">", ex.Name("Größe"), ONE)),
        ("`Seats sold` > 1", ex.Compare(">", ex.Name("Seats sold"), ONE)),
        ("`a``b` = `a`", ex.Compare("=", ex.Name("a`b"), A)),
        ("`date` = `abs`", ex.Compare("=", ex.Name("date"), ex.Name("abs"))),
        ("A = a", ex.Compare("=", ex.Name("A"), A)),
        (
            "date = date '2026-01-31'",
            ex.Compare("=", ex.Name("date"), ex.Constant(dt.date(2026, 1, 31))),
        ),
        ("left = select", ex.Compare("=", ex.Name("left"), ex.Name("select"))),
        ("current_date > interval", ex.Compare(">", ex.Name("current_date"), ex.Name("interval"))),
        ("a in (order, 'group')", ex.In(A, (ex.Name("order"), ex.Constant("group")))),
        ("a = 1\n  and b", ex.Both(ex.Compare("=", A, ONE), B)),
    ],
)
def test_reads(text: str, tree: ex.Expression) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "offset", "fix"),
    [
        ("", 0, "write one"),
        ("a < b < c", 6, "brackets"),
        ("a = b is null", 6, "brackets"),
        ("a is true", 5, "compare other values with ="),
        ("a between 1 and 2", 2, "a >= 1 and a <= 2"),
        ("case when a then 1 end", 0, "counts as 1 or 0"),
        ("cast(a as int) = 1", 0, "compare the column as it is"),
        ("a::int = 1", 1, "no casts"),
        ("(select 1) = 1", 1, "with an input"),
        ("exists (select 1)", 0, "with an input"),
        ("a = (b, c)", 6, "only after `in`"),
        ("a in b", 5, "in ('a', 'b')"),
        ("a in ()", 5, "write a value"),
        ("a in (1,)", 7, "remove it"),
        ("a like b", 7, "like 'North%'"),
        ("a like 'x' escape '!'", 11, "join"),
        ("a.b = 1", 1, "lookup"),
        ('"a" = 1', 0, "single quotes"),
        ("`a = 1", 0, "close it with `"),
        ("`a`(1)", 3, "join"),
        ("Seats sold = 1", 6, "in backticks"),
        ("a = 'x", 4, "close it"),
        ("a = ‘x’", 4, "straight"),
        ("a = 1; drop table x", 5, "one expression"),
        ("a = 1 -- b", 6, "after a #"),
        ("a /* b */ = 1", 2, "after a #"),
        ("{{ a }} = 1", 0, "templates"),
        ("@a = 1", 0, "variables"),
        ("a <> 1", 2, "!="),
        ("a == 1", 2, "write ="),
        ("a && b", 2, "`and`"),
        ("a || b", 2, "`or`"),
        ("a > 70%", 6, "0.7"),
        ("a > 30d", 4, "write 30"),
        ("1e999 > a", 0, "fewer digits"),
        ("now() > a", 3, "write a value"),
        ("round(a) > 1", 0, "least, greatest"),
        ("leest(a, b)", 0, "did you mean `least`?"),
        ("abs(a, b)", 0, "abs(a)"),
        ("ago(score, 28d) > 1", 11, "write 28"),
        ("ago(score, 28) > 1", 0, "`ago: 28d`"),
        ("a + not b", 4, "brackets"),
        ("a not null", 2, "is not null"),
        ("a = 'x' 'y'", 8, "join"),
        ("a b", 2, "join"),
        ("(a) (b)", 4, "join"),
        ("a and", 2, "finish"),
        ("and a", 0, "begin"),
        ("a or or b", 5, "write a value"),
        ("(a = 1", 0, "add )"),
        ("a = 1)", 5, "remove it"),
        ("date '2026-02-30' < a", 5, "2026-01-31"),
        ("x'41' = a", 1, "join"),
        ("a[1] = 2", 1, "remove it"),
        ("a = \u202e1", 4, "remove it"),
        ("(" * 21 + "a" + ")" * 21, 20, "simplify"),
        ("not " * 21 + "a", 80, "simplify"),
        ("a = 1" + " and a = 1" * 80, 0, "list values"),
        ("a" * 4001, 4000, "split it"),
        ("1+" * 600 + "1", 1000, "split it"),
    ],
)
def test_refuses(text: str, offset: int, fix: str) -> None:
    with pytest.raises(UnsupportedSyntax) as error:
        parse(text)
    assert error.value.offset == offset
    assert fix in (error.value.fix or "")


def test_deepest_tree_leaves_stack_enough() -> None:
    deep = "(" * 20 + "a = 1" + " and a = 1" * 35 + ")" * 20
    tree: ex.Expression = parse(deep)
    limit = sys.getrecursionlimit()
    assert len(list(ex.walk(tree))) < limit


def test_past_only_where_there_are_scores() -> None:
    assert parse("ago(score, 4w)", past=True) == ex.Call(
        "ago", (ex.Name("score"), ex.Constant(28.0))
    )
    with pytest.raises(UnsupportedSyntax, match="needs a name and a time span"):
        parse("ago(score + 1, 4w) > 1", past=True)
