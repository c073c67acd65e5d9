"""The host in an e-mail address or a URL."""

from __future__ import annotations

import re

from salus.model.key_functions.free_mail import FREE_MAIL
from salus.model.key_functions.letters import BLANKS, SMALL

LONGEST = 400  # characters that are read
# Every pattern matches at one place only, so that replacing the first match or all is the same.
STEPS = (
    "^[^<]*<",  # Anna Berg <anna@nordwind.de>
    "^ +",
    "[ <>,;\"'()|].*$",
    "^[a-z][a-z0-9+.-]*://",
    "^mailto:",
    "^/+",
    "[/?#].*$",
    "^.*@",
    ":.*$",
    "[.]+$",
    "^www[.]",
)
# a dot, and a last part that isn't a number
HOST = "^[^.@]+([.][^.@]+)*[.](xn--[a-z0-9-]+|[^.@0-9]{2,})$"

_TABLE = str.maketrans({**SMALL, **dict.fromkeys(BLANKS, " ")})


def domain(text: str) -> str | None:
    """The host of an e-mail address or URL in small letters, without `www.`; None for a free mail
    provider, and if there is no host.

    >>> domain("Anna <Anna@Nordwind.DE>"), domain("https://www.nordwind.de/shop?x=1"), domain("x@gmail.com")
    ('nordwind.de', 'nordwind.de', None)
    """
    host = text[:LONGEST].translate(_TABLE)
    for pattern in STEPS:
        host = re.sub(pattern, "", host)
    return host if re.search(HOST, host) and host not in FREE_MAIL else None
