"""Names of columns and tables in a model: plain, or in backticks if they have spaces or signs."""

from __future__ import annotations

import re

QUOTED = "`(?:[^`]|``)+`"


def unquoted(text: str) -> str:
    """Remove the backticks around a name. A doubled backtick in it means one.

    Raises ValueError if the backticks aren't closed.

    >>> unquoted("`Record ID`"), unquoted("`a``b`"), unquoted("Record ID")
    ('Record ID', 'a`b', 'Record ID')
    """
    if not text.startswith("`"):
        return text
    if not re.fullmatch(QUOTED, text):
        raise ValueError(text)
    return text[1:-1].replace("``", "`")


def quoted(name: str) -> str:
    """Put a name in backticks if a condition needs them.

    >>> quoted("seats"), quoted("Record ID")
    ('seats', '`Record ID`')
    """
    return name if re.fullmatch(r"[^\W\d]\w*", name) else "`" + name.replace("`", "``") + "`"


def split(text: str) -> tuple[str, str]:
    """Split `source.column` into its parts; the column is '' if there is none.

    >>> split("use.`Net. amount`"), split("use")
    (('use', 'Net. amount'), ('use', ''))
    """
    source, _, column = text.partition(".")
    return source, unquoted(column)
