"""Keys are compared by value: 17, 17.0 and '17' are one. The rule for texts, which facts/dialects
says in SQL.
"""

from __future__ import annotations

import re

# a whole number with a point: as every engine's regular expressions read it
DECIMAL = "^(0|-?[1-9][0-9]*)[.]0+$"


def plain_key(text: str) -> str:
    """A key as it is compared: a whole number without the zeros behind its point. Leading zeros
    count.

    >>> plain_key("17.0"), plain_key("007.0"), plain_key("1.50")
    ('17', '007.0', '1.50')
    """
    return text.partition(".")[0] if re.match(DECIMAL, text) and not text.endswith("\n") else text
