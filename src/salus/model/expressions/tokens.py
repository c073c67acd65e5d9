"""Splits the text of a condition into tokens.

Only the tokens of our language are allowed. They are token objects of sqlglot, so that its parser
can read them. A column may be called `order`, `end` or `date`, because other words of SQL are
always names.
"""

from __future__ import annotations

import re

from sqlglot.tokenizer_core import Token, TokenType

from salus.model.expressions import grammar
from salus.model.expressions.expression import AGO, FUNCTIONS
from salus.model.expressions.local_time import parse_local_time
from salus.model.expressions.names import unquote
from salus.model.expressions.unsupported_syntax import (
    JOIN,
    UNKNOWN_PAIRS,
    UNKNOWN_SIGNS,
    UnsupportedSyntax,
)
from salus.model.suggest import did_you_mean
from salus.model.yaml.findings import shorten

LONGEST = 4_000  # characters of one condition
MOST = 1_000  # tokens of one condition

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)     # 30  0.5  .5  1e6
  | (?P<text>'(?:[^']|'')*')                                        # 'Nordwind''s'
  | (?P<name>[^\W\d]\w*)                                            # seats_before
  | (?P<quoted>`(?:[^`]|``)+`)                                      # `Seats sold`
  | (?P<sign><=|>=|!=|[-+*/()=<>,])
)""",
    re.VERBOSE,
)
_WORDS = {
    "and": TokenType.AND,
    "or": TokenType.OR,
    "not": TokenType.NOT,
    "in": TokenType.IN,
    "is": TokenType.IS,
    "like": TokenType.LIKE,
    "null": TokenType.NULL,
    "true": TokenType.TRUE,
    "false": TokenType.FALSE,
}
_SIGNS = {
    "<=": TokenType.LTE,
    ">=": TokenType.GTE,
    "!=": TokenType.NEQ,
    "=": TokenType.EQ,
    "<": TokenType.LT,
    ">": TokenType.GT,
    "+": TokenType.PLUS,
    "-": TokenType.DASH,
    "*": TokenType.STAR,
    "/": TokenType.SLASH,
    "(": TokenType.L_PAREN,
    ")": TokenType.R_PAREN,
    ",": TokenType.COMMA,
}
_FUNCTIONS = f"the functions are {', '.join(FUNCTIONS)}"
_SPAN = re.compile(r"[0-9]{1,5}[dw](?!\w)")


def tokenize(text: str, *, past: bool = False) -> list[Token]:
    """Split a condition into tokens; with `past` also ``ago(score, 28d)``.

    Raises UnsupportedSyntax.
    """
    if len(text) > LONGEST:
        raise UnsupportedSyntax(
            LONGEST,
            f"the condition is longer than {LONGEST} characters",
            "split it, or list values with `in`",
        )
    result: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _read_token(text, at, past)
        result.append(token)
        at = token.end + 1
    if len(result) > MOST:
        raise UnsupportedSyntax(
            result[MOST].start, f"the condition has more than {MOST} words and signs", "split it"
        )
    grammar.check(result)
    return [_classify(result, position) for position in range(len(result))]


def _read_token(text: str, at: int, past: bool) -> Token:
    match = _TOKEN.match(text, at)
    if match is None:
        raise _explain_sign(text, at)
    kind = str(match.lastgroup)
    word, start = match[kind], match.start(kind)
    span = _SPAN.match(text, start) if past else None
    if span:
        return _make_token(TokenType.STRING, span[0], start)
    if kind == "number":
        return _read_number(text, word, start)
    if kind == "text":
        return Token(
            TokenType.STRING, word[1:-1].replace("''", "'"), 1, start + 1, start, match.end() - 1
        )
    if kind == "sign":
        return _read_sign(text, word, start)
    if kind == "quoted":
        return Token(TokenType.IDENTIFIER, unquote(word), 1, start + 1, start, match.end() - 1)
    return _make_token(_WORDS.get(word.lower(), TokenType.IDENTIFIER), word, start)


def _make_token(kind: TokenType, word: str, start: int) -> Token:
    return Token(kind, word, 1, start + 1, start, start + len(word) - 1)


def _read_number(text: str, word: str, start: int) -> Token:
    after = text[start + len(word) : start + len(word) + 1]
    if after.isalnum() or after == "_":
        fix = (
            f"days are plain numbers here: write {word}"
            if after in "dw"
            else "put a space or a sign between them"
        )
        raise UnsupportedSyntax(start, f"`{word}{after}` isn't a number", fix)
    if len(word) > 40 or float(word) > 1e300:
        raise UnsupportedSyntax(start, "this number is too large", "use one with fewer digits")
    return _make_token(TokenType.NUMBER, word, start)


def _read_sign(text: str, word: str, start: int) -> Token:
    pair = text[start : start + 2]
    instead = UNKNOWN_PAIRS.get(pair)
    if instead:
        raise UnsupportedSyntax(start, f"`{pair}` isn't part of this language", instead)
    return _make_token(_SIGNS[word], word, start)


def _explain_sign(text: str, at: int) -> UnsupportedSyntax:
    start = at + len(text[at:]) - len(text[at:].lstrip())
    sign = text[start]
    if sign == "'":
        return UnsupportedSyntax(start, "this text has no end", "close it with '")
    if sign == "`":
        return UnsupportedSyntax(start, "this name in backticks has no end", "close it with `")
    printed = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return UnsupportedSyntax(
        start, f"`{printed}` isn't part of this language", UNKNOWN_SIGNS.get(sign, "remove it")
    )


def _classify(tokens: list[Token], position: int) -> Token:
    """Return a token, where a word before a bracket is a function, and `date` before a text a date."""
    token = tokens[position]
    if token.token_type != TokenType.IDENTIFIER:
        return token
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if _is_in_backticks(token):
        if after is not None and after.token_type == TokenType.L_PAREN:
            raise UnsupportedSyntax(after.start, "`(` isn't allowed here", JOIN)
        return token
    word = token.text.lower()
    if after is not None and after.token_type == TokenType.L_PAREN:
        if word not in (*FUNCTIONS, AGO):
            fix = did_you_mean(word, FUNCTIONS) or _FUNCTIONS
            raise UnsupportedSyntax(token.start, f"`{token.text}` isn't a known function", fix)
        if word == "abs" and _has_second_argument(tokens, position + 1):
            raise UnsupportedSyntax(token.start, "`abs` needs one value", "write abs(a)")
        return _make_token(TokenType.VAR, word, token.start)
    if word in grammar.DATES and after is not None and after.token_type == TokenType.STRING:
        if parse_local_time(after.text) is None:
            raise UnsupportedSyntax(
                after.start,
                f"'{shorten(after.text)}' isn't a valid date",
                "write it as date '2026-01-31'",
            )
        return _make_token(grammar.DATES[word], word, token.start)
    return token


def _is_in_backticks(token: Token) -> bool:
    """Whether a name is in backticks. Then it is never a function or `date`."""
    return token.end - token.start + 1 > len(token.text)


def _has_second_argument(tokens: list[Token], bracket: int) -> bool:
    """Whether this bracket has more than one argument."""
    depth = 0
    for token in tokens[bracket:]:
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth == 0:
            return False
        if depth == 1 and token.token_type == TokenType.COMMA:
            return True
    return False
