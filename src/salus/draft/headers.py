"""Headers as people write them → words that can be compared."""

from __future__ import annotations

import difflib
import re
import unicodedata

FUZZY = 0.88  # of two spellings alike enough to be a proposal
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d"}
)
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # customerID, HTTPStatus


def normalised(header: str) -> str:
    """Lower-case words without accents: CamelCase split, vendor prefixes and endings dropped,
    punctuation to blanks.

    >>> normalised("InvoiceNo"), normalised("customerID"), normalised("Kündigungsfrist (Monate)")
    ('invoice no', 'customer id', 'kundigungsfrist monate')
    >>> normalised("property_createdate"), normalised("Renewal_Date__c"), normalised("Größe")
    ('createdate', 'renewal date', 'grosse')
    """
    text = header.strip().removeprefix("property_").removesuffix("__c").translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9A-Za-z]+", " ", _HUMPS.sub(" ", text)).lower().split())


def folded(header: str) -> str:
    """A normalised header as one run of letters in which ü, ue and u are the same.

    >>> folded("Kündigungsdatum") == folded("KUENDIGUNGSDATUM") == folded("kuendigungs_datum")
    True
    """
    run = normalised(header).replace(" ", "")
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")):
        run = run.replace(pair, letter)
    return run


def alike(left: str, right: str) -> bool:
    """Whether two headers are nearly the same, whatever the order of their words.

    >>> alike("customer number", "number customer"), alike("custmer number", "customer number"), alike("item", "time")
    (True, True, False)
    """
    a, b = (" ".join(sorted(normalised(text).split())) for text in (left, right))
    return difflib.SequenceMatcher(None, a, b).ratio() >= FUZZY


def plain(header: str) -> bool:
    """Whether the model's conditions can name the column: a letter, then letters, digits and
    underscores.

    >>> plain("UnitPrice"), plain("Unit Price"), plain("Stückpreis")
    (True, False, True)
    """
    return re.fullmatch(r"[^\W\d]\w*", header) is not None


def snake(text: str) -> str:
    """A name for the model made of a header or table name.

    >>> snake("Telco-Customer-Churn"), snake("2024 Logins")
    ('telco_customer_churn', 'table_2024_logins')
    """
    found = normalised(text).replace(" ", "_")[:40].strip("_") or "table"
    return found if found[0].isalpha() else f"table_{found}"
