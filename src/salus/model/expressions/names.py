"""Names of columns and tables as a model writes them: plain, or in backticks where they hold blanks
or signs.
"""

from __future__ import annotations

import re

QUOTED = "`(?:[^`]|``)+`"


def unquoted(text: str) -> str:
    """The name itself; within backticks a doubled one stands for one. Raises ValueError where they
    aren't closed.

    >>> unquoted("`Record ID`"), unquoted("`a``b`"), unquoted("Record ID")
    ('Record ID', 'a`b', 'Record ID')
    """
    if not text.startswith("`"):
        return text
    if not re.fullmatch(QUOTED, text):
        raise ValueError(text)
    return text[1:-1].replace("``", "`")


def quoted(name: str) -> str:
    """A name as conditions read it: in backticks, unless it is plain.

    >>> quoted("seats"), quoted("Record ID")
    ('seats', '`Record ID`')
    """
    return name if re.fullmatch(r"[^\W\d]\w*", name) else "`" + name.replace("`", "``") + "`"


def split(text: str) -> tuple[str, str]:
    """`source.column` as its two parts; the second is '' where there is none.

    >>> split("use.`Net. amount`"), split("use")
    (('use', 'Net. amount'), ('use', ''))
    """
    source, _, column = text.partition(".")
    return source, unquoted(column)
