"""Arithmetic in doubles on PostgreSQL, which stops a query if a result is too large or too small
for a double.

Each step tests first whether its result fits. All limits are powers of two and every scaling is
exact, so the result is the same to the last bit as on other engines. A result that is too large
becomes NaN, one that is too small becomes 0. The operands come from a subquery with OFFSET 0, which
PostgreSQL doesn't merge into the outer query. So each operand is written and computed once.
"""

from __future__ import annotations

from sqlglot import exp

from salus.facts.sql.sql_helpers import SQL, call, cast, number, text

NAN = cast(text("NaN"), "double")


def checked_step(node: type[exp.Binary], left: SQL, right: SQL) -> SQL:
    """The step: NaN where the result would be too large, 0 where it would be too small."""
    a, b = exp.column("a"), exp.column("b")
    plain = exp.paren(node(this=a, expression=b, **({"typed": False} if node is exp.Div else {})))
    case = {exp.Mul: _product, exp.Div: _quotient}.get(node, _sum)(plain)
    operands = exp.select(left.as_("a"), right.as_("b")).offset(0)
    return exp.select(case).from_(operands.subquery("operands")).subquery()


def _sum(plain: SQL) -> SQL:
    """a ± b can be too large only where both are large; then the sum of their halves is tested."""
    halves = plain.copy()
    for side in ("this", "expression"):
        halves.this.set(side, _scaled(halves.this.args[side], -1))
    both = _least(_size("a"), _size("b"))
    return (
        exp.case()
        .when(
            _above(both, 900),
            exp.case().when(_above(call("abs", halves), 1023), NAN.copy()).else_(plain.copy()),
        )
        .else_(plain)
    )


def _product(plain: SQL) -> SQL:
    large, small = call("greatest", _size("a"), _size("b")), _least(_size("a"), _size("b"))
    over = exp.GTE(
        this=exp.Mul(this=_scaled(large, -600), expression=small.copy()), expression=_power(424)
    )
    under = exp.LTE(
        this=exp.Mul(
            this=exp.paren(_scaled(large.copy(), 550)),
            expression=exp.paren(_scaled(small.copy(), 550)),
        ),
        expression=_power(25),
    )
    return (
        exp.case()
        .when(_missing(), exp.null())
        .when(_above(small, 512), NAN.copy())
        .when(_above(small.copy(), 0), exp.case().when(over, NAN.copy()).else_(plain.copy()))
        .when(
            exp.and_(_below(small.copy(), -500), _below(large.copy(), 0)),
            exp.case().when(under, number(0.0)).else_(plain.copy()),
        )
        .else_(plain)
    )


def _quotient(plain: SQL) -> SQL:
    over = exp.GTE(this=_scaled(_size("a"), -600), expression=_scaled(_size("b"), 424))
    under = exp.LTE(this=_scaled(_size("a"), 600), expression=_scaled(_size("b"), -475))
    return (
        exp.case()
        .when(_missing(), exp.null())
        .when(
            exp.and_(_below(_size("b"), 0), _above(_size("a"), -100)),
            exp.case().when(over, NAN.copy()).else_(plain.copy()),
        )
        .when(
            exp.and_(_above(_size("b"), 0), _below(_size("a"), -50)),
            exp.case().when(under, number(0.0)).else_(plain.copy()),
        )
        .else_(plain)
    )


def _missing() -> SQL:
    return exp.or_(*(exp.Is(this=exp.column(name), expression=exp.null()) for name in ("a", "b")))


def _size(name: str) -> SQL:
    return call("abs", exp.column(name))


def _least(left: SQL, right: SQL) -> SQL:
    return call("least", left, right)


def _power(exponent: int) -> SQL:
    return cast(number(2.0**exponent), "double")


def _scaled(value: SQL, exponent: int) -> SQL:
    return exp.Mul(this=value, expression=_power(exponent))


def _above(value: SQL, exponent: int) -> SQL:
    return exp.GTE(this=value, expression=_power(exponent))


def _below(value: SQL, exponent: int) -> SQL:
    return exp.LT(this=value, expression=_power(exponent))
