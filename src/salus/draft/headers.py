"""Turns the headers of exports into words that can be compared."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

MOST_HEADERS = 20_000  # whose words are remembered
FUZZY = 0.88  # similarity from which two spellings count as one word
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d"}
)
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # customerID, HTTPStatus


@lru_cache(maxsize=MOST_HEADERS)
def normalise(header: str) -> str:
    """Lower-case words without accents. CamelCase is split, punctuation becomes blanks, and
    prefixes and endings of vendors are dropped.

    >>> normalise("InvoiceNo"), normalise("customerID"), normalise("Kündigungsfrist (Monate)")
    ('invoice no', 'customer id', 'kundigungsfrist monate')
    >>> normalise("property_createdate"), normalise("Renewal_Date__c"), normalise("Größe")
    ('createdate', 'renewal date', 'grosse')
    """
    text = header.strip().removeprefix("property_").removesuffix("__c").translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9A-Za-z]+", " ", _HUMPS.sub(" ", text)).lower().split())


@lru_cache(maxsize=MOST_HEADERS)
def fold(header: str) -> str:
    """A normalised header without blanks, in which ü, ue and u are the same.

    >>> fold("Kündigungsdatum") == fold("KUENDIGUNGSDATUM") == fold("kuendigungs_datum")
    True
    """
    run = normalise(header).replace(" ", "")
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")):
        run = run.replace(pair, letter)
    return run


def is_similar(left: str, right: str) -> bool:
    """Whether two headers are nearly the same, in any order of their words.

    >>> is_similar("customer number", "number customer"), is_similar("custmer number", "customer number"), is_similar("item", "time")
    (True, True, False)
    """
    a, b = (" ".join(sorted(normalise(text).split())) for text in (left, right))
    return difflib.SequenceMatcher(None, a, b).ratio() >= FUZZY


def is_plain(header: str) -> bool:
    """Whether a condition of the model can name the column without quotes: a letter, then letters,
    digits and underscores.

    >>> is_plain("UnitPrice"), is_plain("Unit Price"), is_plain("Stückpreis")
    (True, False, True)
    """
    return re.fullmatch(r"[^\W\d]\w*", header) is not None


def to_snake_case(text: str) -> str:
    """A header or table name as a name for the model.

    >>> to_snake_case("Telco-Customer-Churn"), to_snake_case("2024 Logins")
    ('telco_customer_churn', 'table_2024_logins')
    """
    name = normalise(text).replace(" ", "_")[:40].strip("_") or "table"
    return name if name[0].isalpha() else f"table_{name}"
