"""Syntax that conditions don't have, and what to write instead."""

from __future__ import annotations

JOIN = "join conditions with `and` or `or`, and numbers with + - * /"
UNKNOWN_WORDS = {
    "between": "write a >= 1 and a <= 2",
    "case": "a comparison counts as 1 or 0: write 100 * (score >= 9)",
    "cast": "compare the column as it is, or compute a new one in `columns` of the source",
    "exists": "measure other rows with an input, and use its name here",
    "ilike": "`like` distinguishes capital letters; list the spellings with `in`",
    "interval": "add days as a number: signed_on + 30",
    "select": "measure other rows with an input, and use its name here",
}
UNKNOWN_SIGNS = {
    '"': "put a text in single quotes: 'login'; put a column with spaces in backticks",
    "’": "put a text in straight single quotes: 'login'",
    "‘": "put a text in straight single quotes: 'login'",
    "%": "write a share as a number: 0.7 for 70%",
    ".": "write the name without its table; get columns of another table with `lookup`",
    ";": "write one expression only",
    "{": "there are no templates here: write the value itself",
    "@": "there are no variables here: write the value itself",
    "!": "write `not`, or != for unequal",
    "&": "write `and`",
    "|": "write `or`",
    ":": "there are no casts here: compare the column as it is",
}
UNKNOWN_PAIRS = {
    "--": "write comments outside the condition, after a #",
    "/*": "write comments outside the condition, after a #",
    "<>": "write !=",
    "==": "write =",
    "=<": "write <=",
    "=>": "write >=",
}


class UnsupportedSyntax(Exception):
    """A condition has a syntax error at the character `offset`: what it is, and how to fix it."""

    def __init__(self, offset: int, what: str, fix: str | None = None) -> None:
        super().__init__(what)
        self.offset, self.what, self.fix = offset, what, fix
