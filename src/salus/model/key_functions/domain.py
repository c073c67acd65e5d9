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

_STEPS, _HOST = tuple(map(re.compile, STEPS)), re.compile(HOST)
#: Addresses and hosts as most tools write them. What the steps would make of them is known at once.
_PLAIN = re.compile(r"(?:[a-z0-9._%+-]+@)?((?:[a-z0-9-]+\.)+[a-z]{2,})")
_TABLE = str.maketrans({**SMALL, **dict.fromkeys(BLANKS, " ")})


def domain(text: str) -> str | None:
    """The host of an e-mail address or URL in small letters, without `www.`; None for a free mail
    provider, and if there is no host.

    >>> domain("Anna <Anna@Nordwind.DE>"), domain("https://www.nordwind.de/shop?x=1"), domain("x@gmail.com")
    ('nordwind.de', 'nordwind.de', None)
    """
    plain = _PLAIN.fullmatch(text.lower()) if text.isascii() and len(text) <= LONGEST else None
    if plain is not None:
        host = plain[1].removeprefix("www.")
        return host if "." in host and host not in FREE_MAIL else None
    host = text[:LONGEST].translate(_TABLE)
    for step in _STEPS:
        host = step.sub("", host)
    return host if _HOST.search(host) and host not in FREE_MAIL else None
