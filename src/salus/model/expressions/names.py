"""Names of columns and tables in a model: plain, or in backticks if they have spaces or signs."""

from __future__ import annotations

import re

QUOTED = "`(?:[^`]|``)+`"


def unquote(text: str) -> str:
    """Remove the backticks around a name. A doubled backtick in it means one.

    Raises ValueError if the backticks aren't closed.

    >>> unquote("`Record ID`"), unquote("`a``b`"), unquote("Record ID")
    ('Record ID', 'a`b', 'Record ID')
    """
    if not text.startswith("`"):
        return text
    if not re.fullmatch(QUOTED, text):
        raise ValueError(text)
    return text[1:-1].replace("``", "`")


def split_name(text: str) -> tuple[str, str]:
    """Split `source.column` into its parts; the column is '' if there is none.

    >>> split_name("use.`Net. amount`"), split_name("use")
    (('use', 'Net. amount'), ('use', ''))
    """
    source, _, column = text.partition(".")
    return source, unquote(column)
