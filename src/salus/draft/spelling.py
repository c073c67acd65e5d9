"""Applies the key functions of the model language to single values, to compare tables by value."""

from __future__ import annotations

import re
import unicodedata

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.de",
        "outlook.dk",
        "hotmail.com",
        "hotmail.de",
        "hotmail.dk",
        "live.com",
        "live.de",
        "live.dk",
        "msn.com",
        "yahoo.com",
        "yahoo.de",
        "yahoo.dk",
        "yahoo.co.uk",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "gmx.ch",
        "gmx.com",
        "web.de",
        "t-online.de",
        "freenet.de",
        "bluewin.ch",
        "protonmail.com",
        "proton.me",
        "mail.com",
        "mail.dk",
        "jubii.dk",
        "ofir.dk",
        "posteo.de",
    ]
)
LEGAL_FORMS = frozenset(
    [
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "ug",
        "se",
        "ek",
        "ev",
        "eg",
        "co",
        "cokg",
        "aps",
        "as",
        "is",
        "ps",
        "ks",
        "amba",
        "ivs",
        "ab",
        "hb",
        "asa",
        "nv",
        "bv",
        "vof",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "plc",
        "corp",
        "corporation",
        "company",
        "sa",
        "sas",
        "sarl",
        "sasu",
        "eurl",
        "srl",
        "spa",
        "sl",
        "slu",
        "oy",
        "ab",
        "oyj",
        "sagl",
        "gesmbh",
    ]
)
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l"}
)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_MAIL = re.compile(r"[^@\s/]+@([^@\s/]+)")
LONGEST = 300  # characters of a value that are compared


def apply_functions(text: str, functions: tuple[str, ...]) -> str | None:
    """A value after functions, the innermost first; None if nothing is left.

    >>> apply_functions("Müller GmbH & Co. KG", ("company",)), apply_functions("A@www.B.de", ("domain",))
    ('mueller', 'b.de')
    """
    value: str | None = text
    for function in functions:
        if value is not None:
            name, *arguments = function.split()
            value = _apply(name, value, int(arguments[0]) if arguments else 0)
    return value or None


def _apply(name: str, text: str, length: int) -> str | None:
    if name == "trim":
        return text.strip()
    if name == "lower":
        return text.lower()
    if name == "left":
        return text[:length]
    if name == "digits":
        return "".join(c for c in text if c in "0123456789").lstrip("0")
    return domain(text) if name == "domain" else company(text)


def domain(text: str) -> str | None:
    """The host of a mail address or URL; None for anything else and for free mail providers."""
    value = text.strip().lower()[:LONGEST]
    mail = _MAIL.fullmatch(value)
    host = mail.group(1) if mail else re.split(r"[/?#:]", value.split("://", 1)[-1], maxsplit=1)[0]
    host = host.removeprefix("www.").rstrip(".")
    return host if _HOST.fullmatch(host) and host not in FREE_MAIL else None


def company(text: str) -> str:
    """A company's name without case, diacritics, punctuation and legal forms."""
    value = unicodedata.normalize("NFC", text[:LONGEST]).lower().translate(_LETTERS)
    value = "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))
    words = re.sub(r"[^0-9a-z]+", " ", re.sub(r"[./']", "", value)).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)
