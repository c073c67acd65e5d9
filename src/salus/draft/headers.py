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


def normalise(header: str) -> str:
    """Lower-case words without accents: CamelCase split, vendor prefixes and endings dropped,
    punctuation to blanks.

    >>> normalise("InvoiceNo"), normalise("customerID"), normalise("Kündigungsfrist (Monate)")
    ('invoice no', 'customer id', 'kundigungsfrist monate')
    >>> normalise("property_createdate"), normalise("Renewal_Date__c"), normalise("Größe")
    ('createdate', 'renewal date', 'grosse')
    """
    text = header.strip().removeprefix("property_").removesuffix("__c").translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9A-Za-z]+", " ", _HUMPS.sub(" ", text)).lower().split())


def fold(header: str) -> str:
    """A normalised header as one run of letters in which ü, ue and u are the same.

    >>> fold("Kündigungsdatum") == fold("KUENDIGUNGSDATUM") == fold("kuendigungs_datum")
    True
    """
    run = normalise(header).replace(" ", "")
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")):
        run = run.replace(pair, letter)
    return run


def is_similar(left: str, right: str) -> bool:
    """Whether two headers are nearly the same, whatever the order of their words.

    >>> is_similar("customer number", "number customer"), is_similar("custmer number", "customer number"), is_similar("item", "time")
    (True, True, False)
    """
    a, b = (" ".join(sorted(normalise(text).split())) for text in (left, right))
    return difflib.SequenceMatcher(None, a, b).ratio() >= FUZZY


def is_plain(header: str) -> bool:
    """Whether the model's conditions can name the column: a letter, then letters, digits and
    underscores.

    >>> is_plain("UnitPrice"), is_plain("Unit Price"), is_plain("Stückpreis")
    (True, False, True)
    """
    return re.fullmatch(r"[^\W\d]\w*", header) is not None


def to_snake_case(text: str) -> str:
    """A name for the model made of a header or table name.

    >>> to_snake_case("Telco-Customer-Churn"), to_snake_case("2024 Logins")
    ('telco_customer_churn', 'table_2024_logins')
    """
    found = normalise(text).replace(" ", "_")[:40].strip("_") or "table"
    return found if found[0].isalpha() else f"table_{found}"
