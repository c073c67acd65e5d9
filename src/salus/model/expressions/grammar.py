"""Checks which tokens may follow one another.

This happens before the parser runs, because the parser accepts more than our language has, and its
tree no longer knows the place of each token.
"""

from __future__ import annotations

from itertools import pairwise

from sqlglot.tokenizer_core import Token, TokenType

from salus.model.expressions.unsupported_syntax import JOIN, UNKNOWN_WORDS, UnsupportedSyntax
from salus.model.yaml.findings import shorten

DEEPEST = 20  # nested brackets, or signs before a value

DATES = {"date": TokenType.DATE, "timestamp": TokenType.TIMESTAMP}
_SIGNS = (TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE)
_COMPARING = (*_SIGNS, TokenType.IN, TokenType.IS, TokenType.LIKE)
_COMPUTING = (*_SIGNS, TokenType.PLUS, TokenType.DASH, TokenType.STAR, TokenType.SLASH)
_VALUES = (
    TokenType.IDENTIFIER,
    TokenType.NUMBER,
    TokenType.STRING,
    TokenType.TRUE,
    TokenType.FALSE,
    TokenType.NULL,
)
_NEED_LEFT_VALUE = (
    *_SIGNS,
    TokenType.STAR,
    TokenType.SLASH,
    TokenType.IN,
    TokenType.IS,
    TokenType.LIKE,
    TokenType.AND,
    TokenType.OR,
    TokenType.COMMA,
    TokenType.R_PAREN,
)
_NEED_VALUE = (*_COMPUTING, TokenType.AND, TokenType.OR, TokenType.L_PAREN, TokenType.COMMA)


def check(tokens: list[Token]) -> None:
    """Raise UnsupportedSyntax at the first token that isn't allowed in its place."""
    _limit_depth(tokens)
    if tokens and tokens[0].token_type in _NEED_LEFT_VALUE:
        raise UnsupportedSyntax(
            tokens[0].start,
            f"something is missing before `{tokens[0].text}`",
            "begin with a name or a value",
        )
    before = None
    for token, after in pairwise(tokens):
        _check_pair(token, after)
        if token.token_type == TokenType.NOT:
            _check_not(before, token, after)
        before = token
    _check_chains(tokens)


def _limit_depth(tokens: list[Token]) -> None:
    """Limit nested brackets and signs before a value, which could overflow the parser's stack."""
    depth = prefixes = 0
    for token in tokens:
        prefix = token.token_type in (TokenType.NOT, TokenType.DASH, TokenType.PLUS)
        prefixes = prefixes + 1 if prefix else 0
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth > DEEPEST or prefixes > DEEPEST:
            raise UnsupportedSyntax(
                token.start,
                f"more than {DEEPEST} nested levels",
                "simplify it, or compute a part of it in an input",
            )


def _check_pair(token: Token, after: Token) -> None:
    """Check a pair of neighbouring tokens."""
    kind, following = token.token_type, after.token_type
    if kind == TokenType.L_PAREN and following == TokenType.R_PAREN:
        raise UnsupportedSyntax(
            token.start, "these brackets are empty", "write a value, or remove them"
        )
    if kind == TokenType.COMMA and following == TokenType.R_PAREN:
        raise UnsupportedSyntax(token.start, "nothing follows this comma", "remove it")
    if kind in _NEED_VALUE and following in _NEED_LEFT_VALUE:
        raise UnsupportedSyntax(
            after.start,
            f"something is missing between `{token.text}` and `{after.text}`",
            "write a value there",
        )
    if kind == TokenType.R_PAREN and following in (*_VALUES, TokenType.L_PAREN):
        raise UnsupportedSyntax(after.start, f"`{shorten(after.text)}` isn't allowed here", JOIN)
    if (
        kind in _VALUES
        and following in (*_VALUES, TokenType.L_PAREN)
        and not _is_date(token, after)
    ):
        _check_words(token, after)
    if kind == TokenType.IN and following != TokenType.L_PAREN:
        raise UnsupportedSyntax(
            after.start, "`in` must be followed by a list in brackets", "write in ('a', 'b')"
        )
    if kind == TokenType.LIKE and following != TokenType.STRING:
        raise UnsupportedSyntax(
            after.start, "`like` must be followed by a text", "write name like 'North%'"
        )
    if kind == TokenType.IS and following not in (TokenType.NULL, TokenType.NOT):
        raise UnsupportedSyntax(
            after.start, "`is` must be followed by null or not null", "compare other values with ="
        )


def _check_words(token: Token, after: Token) -> None:
    """Check two values side by side, or a word before a bracket. Only functions are allowed there."""
    for word in (token, after):
        fix = (
            UNKNOWN_WORDS.get(word.text.lower())
            if word.token_type == TokenType.IDENTIFIER
            else None
        )
        if fix is not None:
            raise UnsupportedSyntax(word.start, f"`{word.text}` isn't part of this language", fix)
    if token.token_type == after.token_type == TokenType.IDENTIFIER:
        raise UnsupportedSyntax(
            after.start,
            f"`{shorten(after.text)}` isn't allowed here",
            f"{JOIN}; put a name with spaces in backticks",
        )
    if after.token_type != TokenType.L_PAREN or token.token_type != TokenType.IDENTIFIER:
        raise UnsupportedSyntax(after.start, f"`{shorten(after.text)}` isn't allowed here", JOIN)


def _is_date(token: Token, after: Token) -> bool:
    """``date '2026-01-31'``"""
    return token.text.lower() in DATES and after.token_type == TokenType.STRING


def _check_not(before: Token | None, token: Token, after: Token) -> None:
    """Check `not`: it is allowed before a condition, `in` or `like`, and between `is` and null."""
    kind = before.token_type if before is not None else None
    if kind == TokenType.IS and after.token_type != TokenType.NULL:
        raise UnsupportedSyntax(
            after.start, "`is` must be followed by null or not null", "compare other values with ="
        )
    if after.token_type in (TokenType.IN, TokenType.LIKE) and kind not in (
        *_VALUES,
        TokenType.R_PAREN,
    ):
        raise UnsupportedSyntax(
            after.start, f"something is missing before `{after.text}`", "write a name before it"
        )
    if kind in _COMPUTING:
        raise UnsupportedSyntax(
            token.start, "`not` isn't allowed here", "put brackets around what it negates"
        )
    if kind in (*_VALUES, TokenType.R_PAREN) and after.token_type not in (
        TokenType.IN,
        TokenType.LIKE,
    ):
        raise UnsupportedSyntax(
            token.start,
            "`not` isn't allowed here",
            "write is not null, not in (…), or join with `and`",
        )


def _check_chains(tokens: list[Token]) -> None:
    """Check that no comparison follows another, as in ``a < b < c``: its meaning isn't clear.

    `levels` counts, for each open bracket, the comparisons since the last `and`, `or` or comma.
    """
    levels, lists = [0], [False]
    for before, token in zip([None, *tokens], tokens, strict=False):
        kind = token.token_type
        if kind == TokenType.L_PAREN:
            levels.append(0)
            lists.append(
                before is not None and before.token_type in (TokenType.IN, TokenType.IDENTIFIER)
            )
        elif kind == TokenType.R_PAREN and len(levels) > 1:
            levels.pop()
            lists.pop()
        elif kind == TokenType.COMMA and not lists[-1]:
            raise UnsupportedSyntax(
                token.start, "a list isn't allowed here", "use lists only after `in` or a function"
            )
        elif kind in (TokenType.AND, TokenType.OR, TokenType.COMMA):
            levels[-1] = 0
        elif kind in _COMPARING:
            levels[-1] += 1
            if levels[-1] > 1:
                raise UnsupportedSyntax(
                    token.start,
                    f"`{token.text}` is a second comparison after the first",
                    "put brackets around one of them, or join two comparisons with `and`",
                )
