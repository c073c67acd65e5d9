"""Parses the text of a condition or formula into an expression.

The parser of sqlglot builds a tree from our own tokens. Then each node is converted, and a node or
a part of it that isn't in the language is an error.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp
from sqlglot.errors import ParseError
from sqlglot.parser import Parser
from sqlglot.tokenizer_core import Token, TokenType

from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.model.expressions.tokens import tokenize
from salus.model.expressions.unsupported_syntax import JOIN, UnsupportedSyntax
from salus.model.yaml.findings import shorten

DEEPEST = 60  # levels of the tree; more could overflow the stack when the tree is walked

_COMPARISONS: dict[type[exp.Expr], ex.Comparison] = {
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], ex.Arithmetic] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
_FUNCTIONS: dict[type[exp.Expr], str] = {
    exp.Least: "least",
    exp.Greatest: "greatest",
    exp.Coalesce: "coalesce",
    exp.Abs: "abs",
}

_SYNTAX = "use names, values, comparisons, + - * / and the functions " + ", ".join(ex.FUNCTIONS)


def parse(text: str, *, past: bool = False) -> ex.Expression:
    """Parse a condition or formula; with `past` also ``ago(score, 28d)``.

    Raises UnsupportedSyntax.

    >>> parse("seats / seats_before - 1")
    Compute(op='-', left=Compute(op='/', left=Name(name='seats'), right=Name(name='seats_before')), \
right=Constant(value=1.0))
    """
    tokens = tokenize(text, past=past)
    if not tokens:
        raise UnsupportedSyntax(0, "a condition is missing here", "write one, or remove the key")
    return _TreeReader(tokens, past).read(_parse_tokens(tokens, text), 0)


def _parse_tokens(tokens: list[Token], text: str) -> exp.Expr:
    try:
        trees = Parser().parse_into(exp.Condition, tokens, text)
    except ParseError as error:
        raise _explain(error, tokens, text) from None
    if len(trees) != 1 or trees[0] is None:
        raise UnsupportedSyntax(
            0, "this isn't a condition", "write a comparison, such as status = 'open'"
        )
    return trees[0]


def _explain(error: ParseError, tokens: list[Token], text: str) -> UnsupportedSyntax:
    """Turn an error of the parser into our own message."""
    opened = [token for token in tokens if token.token_type == TokenType.L_PAREN]
    closed = [token for token in tokens if token.token_type == TokenType.R_PAREN]
    if len(opened) > len(closed):
        return UnsupportedSyntax(opened[-1].start, "this bracket isn't closed", "add )")
    if len(closed) > len(opened):
        return UnsupportedSyntax(closed[-1].start, "this bracket was never opened", "remove it")
    column = error.errors[0].get("col") if error.errors else None
    token = next(
        (each for each in tokens if column is not None and each.start <= column - 1 <= each.end),
        tokens[-1],
    )
    if token is tokens[-1] and token.token_type not in (
        TokenType.IDENTIFIER,
        TokenType.NUMBER,
        TokenType.STRING,
    ):
        return UnsupportedSyntax(
            token.start,
            f"something is missing after `{_text_of(token, text)}`",
            "finish the condition",
        )
    return UnsupportedSyntax(token.start, f"`{_text_of(token, text)}` isn't allowed here", JOIN)


def _text_of(token: Token, text: str) -> str:
    return shorten(text[token.start : token.end + 1])


class _TreeReader:
    """Converts the parser's tree, node by node."""

    def __init__(self, tokens: list[Token], past: bool) -> None:
        self.past = past
        self.start = tokens[0].start
        self.readers: dict[type[exp.Expr], Callable[[exp.Expr, int], ex.Expression]] = {
            exp.Paren: self._read_bracket,
            exp.Column: self._read_name,
            exp.Literal: self._read_literal,
            exp.Boolean: self._read_boolean,
            exp.Null: self._read_null,
            exp.Cast: self._read_date,
            exp.Neg: self._read_negative,
            exp.Not: self._read_not,
            exp.And: self._read_junction,
            exp.Or: self._read_junction,
            exp.In: self._read_in,
            exp.Is: self._read_is,
            exp.Like: self._read_like,
            exp.Anonymous: self._read_ago,
            **dict.fromkeys(_COMPARISONS, self._read_comparison),
            **dict.fromkeys(_ARITHMETIC, self._read_arithmetic),
            **dict.fromkeys(_FUNCTIONS, self._read_call),
        }

    def read(self, node: exp.Expr, depth: int) -> ex.Expression:
        reader = self.readers.get(type(node))
        if depth > DEEPEST:
            raise self.unsupported(
                node,
                f"more than {DEEPEST} nested steps",
                "list values with `in`, or split the condition",
            )
        if reader is None:
            raise self.unsupported(
                node,
                "this isn't part of the language",
                _SYNTAX,
            )
        return reader(node, depth + 1)

    def unsupported(self, node: exp.Expr, what: str, fix: str | None = None) -> UnsupportedSyntax:
        """Make an error at the first name in the node, because values have no place."""
        places = [int(part.meta["start"]) for part in node.walk() if "start" in part.meta]
        return UnsupportedSyntax(min(places, default=self.start), what, fix)

    def check_parts(self, node: exp.Expr, *known: str) -> None:
        """Raise an error if a node has a part that isn't known, so that no part is ignored."""
        for name, value in node.args.items():
            if name not in known and value not in (None, False, []):
                raise self.unsupported(
                    node,
                    "this isn't part of the language",
                    _SYNTAX,
                )

    def _read_bracket(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this")
        return self.read(node.this, depth)

    def _read_name(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this")
        if not isinstance(node.this, exp.Identifier):
            raise self.unsupported(
                node, "`*` needs a value on both sides", "write a name on both sides"
            )
        return ex.Name(str(node.this.this))

    def _read_literal(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "is_string")
        return ex.Constant(str(node.this) if node.args["is_string"] else float(node.this))

    def _read_boolean(self, node: exp.Expr, depth: int) -> ex.Expression:
        return ex.Constant(bool(node.this))

    def _read_null(self, node: exp.Expr, depth: int) -> ex.Expression:
        return ex.Constant(None)

    def _read_date(self, node: exp.Expr, depth: int) -> ex.Expression:
        """``date '2026-01-31'`` or ``timestamp '2026-01-31 12:00:00'``, the only casts."""
        return ex.Constant(parse_local_time(str(node.this.this)))

    def _read_negative(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this")
        return ex.Negative(self.read(node.this, depth))

    def _read_not(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this")
        return ex.Not(self.read(node.this, depth))

    def _read_junction(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expression")
        left, right = self.read(node.this, depth), self.read(node.expression, depth)
        return ex.Both(left, right) if isinstance(node, exp.And) else ex.Either(left, right)

    def _read_comparison(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expression")
        left, right = self.read(node.this, depth), self.read(node.expression, depth)
        return ex.Compare(_COMPARISONS[type(node)], left, right)

    def _read_arithmetic(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expression", "typed", "safe")
        left, right = self.read(node.this, depth), self.read(node.expression, depth)
        return ex.Compute(_ARITHMETIC[type(node)], left, right)

    def _read_in(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expressions")
        options = node.expressions
        if not options:
            raise self.unsupported(node, "`in` has no list", "write in ('a', 'b')")
        return ex.In(
            self.read(node.this, depth), tuple(self.read(option, depth) for option in options)
        )

    def _read_is(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expression")
        if not isinstance(node.expression, exp.Null):
            raise self.unsupported(
                node, "`is` must be followed by null or not null", "compare other values with ="
            )
        return ex.IsNull(self.read(node.this, depth))

    def _read_like(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expression", "negate")
        pattern = node.expression
        if not (isinstance(pattern, exp.Literal) and pattern.is_string):
            raise self.unsupported(node, "`like` needs a text", "write name like 'North%'")
        like = ex.Like(self.read(node.this, depth), str(pattern.this))
        return ex.Not(like) if node.args.get("negate") else like

    def _read_call(self, node: exp.Expr, depth: int) -> ex.Expression:
        self.check_parts(node, "this", "expressions", "ignore_nulls")
        arguments = [node.this, *node.expressions] if node.this is not None else []
        function = _FUNCTIONS[type(node)]
        if not arguments or (function == "abs" and len(arguments) > 1):
            raise self.unsupported(
                node,
                f"`{function}` needs {'one value' if function == 'abs' else 'values'}",
                f"write {function}({'a' if function == 'abs' else 'a, b'})",
            )
        return ex.Call(function, tuple(self.read(argument, depth) for argument in arguments))

    def _read_ago(self, node: exp.Expr, depth: int) -> ex.Expression:
        """``ago(score, 28d)``; the tokens contain no other function."""
        if not self.past:
            raise self.unsupported(
                node,
                "`ago(…)` works only in stages, signals and plays",
                "add an input with `ago: 28d`, and use it here",
            )
        arguments = node.expressions
        if (
            len(arguments) != 2
            or not isinstance(arguments[0], exp.Column)
            or not _is_span(arguments[1])
        ):
            raise self.unsupported(
                node, "`ago` needs a name and a time span", "write ago(score, 28d)"
            )
        return ex.Call(
            ex.AGO,
            (
                self._read_name(arguments[0], depth),
                ex.Constant(float(span(str(arguments[1].this)))),
            ),
        )


def _is_span(node: exp.Expr) -> bool:
    text = str(node.this)
    return (
        isinstance(node, exp.Literal)
        and node.is_string
        and text[:-1].isdigit()
        and text[-1:] in ("d", "w")
    )


def span(text: str) -> int:
    """Return the days of a time span.

    >>> span("4w")
    28
    """
    return int(text[:-1]) * (7 if text.endswith("w") else 1)
