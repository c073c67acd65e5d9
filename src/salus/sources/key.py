"""Keys are compared by value: 17, 17.0 and '17' are the same key.

This is the rule for texts in Python. `facts/sql` has the same rule in SQL.
"""

from __future__ import annotations

import re

# a whole number with a decimal point; the pattern means the same in every engine
DECIMAL = "^(0|-?[1-9][0-9]*)[.]0+$"


def plain_key(text: str) -> str:
    """The form of a key that is compared: a whole number loses the zeros after its decimal point.
    Leading zeros stay.

    >>> plain_key("17.0"), plain_key("007.0"), plain_key("1.50")
    ('17', '007.0', '1.50')
    """
    return text.partition(".")[0] if re.match(DECIMAL, text) and not text.endswith("\n") else text
