"""What the language of conditions refuses, and what to write instead."""

from __future__ import annotations

JOIN = "join conditions with `and` or `or`, numbers with + - * /"
UNKNOWN_WORDS = {
    "between": "write a >= 1 and a <= 2",
    "case": "a comparison counts as 1 or 0: write 100 * (score >= 9)",
    "cast": "compare the column as it is; `columns` of a source computes new ones",
    "exists": "a measure of other rows is an input of its own",
    "ilike": "`like` minds capital letters; list the spellings with `in`",
    "interval": "add days as a number: signed_on + 30",
    "select": "a measure of other rows is an input of its own",
}
UNKNOWN_SIGNS = {
    '"': "texts stand in single quotes: 'login'; a column with blanks in backticks",
    "’": "texts stand in straight single quotes: 'login'",
    "‘": "texts stand in straight single quotes: 'login'",
    "%": "write a share as a number: 0.7 for 70%",
    ".": "a name stands alone, without its table; columns of another table come through `lookup`",
    ";": "one condition is one expression",
    "{": "there are no templates here: write the value itself",
    "@": "there are no variables here: write the value itself",
    "!": "write `not`, or != for unequal",
    "&": "write `and`",
    "|": "write `or`",
    ":": "there are no casts here: compare the column as it is",
}
UNKNOWN_PAIRS = {
    "--": "comments belong into the file, after a #",
    "/*": "comments belong into the file, after a #",
    "<>": "write !=",
    "==": "write =",
    "=<": "write <=",
    "=>": "write >=",
}


class UnsupportedSyntax(Exception):
    """A place in the text that the language doesn't know: how many characters in, what it is, what
    to do.
    """

    def __init__(self, offset: int, what: str, fix: str | None = None) -> None:
        super().__init__(what)
        self.offset, self.what, self.fix = offset, what, fix
