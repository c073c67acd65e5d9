"""Invents firms and people from syllables. Any likeness to a real name is a coincidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

HEADS = (
    "Al",
    "Bra",
    "Brö",
    "Dal",
    "Del",
    "Dor",
    "Eb",
    "El",
    "Fal",
    "Fen",
    "Grä",
    "Gal",
    "Hal",
    "Hol",
    "Ib",
    "Jor",
    "Kal",
    "Kel",
    "Kjær",
    "Lan",
    "Lin",
    "Lü",
    "Mar",
    "Mel",
    "Mø",
    "Nal",
    "Nør",
    "Or",
    "Ost",
    "Pel",
    "Quel",
    "Ral",
    "Rø",
    "Sal",
    "Sel",
    "Strö",
    "Tal",
    "Tho",
    "Tü",
    "Ul",
    "Ur",
    "Val",
    "Ver",
    "Wal",
    "Wen",
    "Zel",
    "Zör",
    "Æl",
)
TAILS = (
    "dorin",
    "vanta",
    "mikra",
    "tolis",
    "brenn",
    "kavik",
    "lundra",
    "metis",
    "novar",
    "pendra",
    "quist",
    "rosta",
    "silva",
    "tarn",
    "ulma",
    "verro",
    "wick",
    "xandra",
    "yta",
    "zander",
    "bolt",
    "cora",
    "dessa",
    "ferro",
    "gusta",
    "hanse",
    "jarl",
    "kolma",
    "lerke",
    "marn",
    "nessa",
    "orda",
    "prell",
    "rikka",
    "stova",
    "trell",
    "umbra",
    "vinta",
    "wessel",
    "zorra",
)
TRADES = (
    ("de", "Maschinenbau", "manufacturing"),
    ("en", "Freight", "logistics"),
    ("de", "Medizintechnik", "health"),
    ("da", "Fødevarer", "food"),
    ("de", "Energie", "energy"),
    ("en", "Foods", "food"),
    ("de", "Möbel", "retail"),
    ("da", "Byggeri", "construction"),
    ("de", "Prüftechnik", "services"),
    ("en", "Payroll", "services"),
    ("de", "Logistik", "logistics"),
    ("en", "Learning", "education"),
    ("de", "Getränke", "food"),
    ("da", "Møbler", "retail"),
    ("de", "Gerätebau", "manufacturing"),
    ("en", "Instruments", "manufacturing"),
    ("de", "Bürobedarf", "retail"),
    ("en", "Interiors", "construction"),
    ("de", "Steuerberatung", "services"),
    ("da", "Rederi", "logistics"),
    ("de", "Verlag", "media"),
    ("en", "Textiles", "retail"),
    ("de", "Wärmetechnik", "energy"),
    ("en", "Clinics", "health"),
)
FORMS = {
    "de": (("GmbH", "DE"), ("AG", "CH"), ("GmbH & Co. KG", "DE"), ("GmbH", "AT"), ("SE", "DE")),
    "da": (("ApS", "DK"), ("A/S", "DK")),
    "en": (("Ltd", "GB"), ("Ltd", "IE"), ("plc", "GB")),
}
FIRST = (
    "Anna",
    "Bjørn",
    "Clara",
    "David",
    "Ella",
    "Finn",
    "Greta",
    "Hannes",
    "Ida",
    "Jonas",
    "Käthe",
    "Lars",
    "Mette",
    "Noah",
    "Olivia",
    "Per",
    "Ronja",
    "Søren",
    "Tilda",
    "Uwe",
    "Vera",
    "William",
    "Yara",
    "Jürgen",
)
REGIONS = {  # of firms beyond the first round of names
    "de": ("Nord", "Süd", "Ost", "West"),
    "da": ("Nord", "Syd", "Øst", "Vest"),
    "en": ("North", "South", "East", "West"),
}
ROUND = len(HEADS) * len(TAILS) * len(TRADES)
MOST = ROUND * (1 + min(map(len, REGIONS.values())))
STEP = 29_173  # has no common factor with ROUND, so two numbers never give the same name


@dataclass(frozen=True)
class Firm:
    """The public data of an invented firm."""

    name: str
    domain: str
    language: str
    country: str
    industry: str


def invent_firm(number: int, seed: int) -> Firm:
    """The firm with a number. Two numbers below MOST never have the same name.

    >>> invent_firm(1, seed=1).name == invent_firm(1, seed=1).name, invent_firm(1, seed=1).domain.endswith(".example")
    (True, True)
    """
    code = (number * STEP + seed * 7919) % ROUND
    code, head = divmod(code, len(HEADS))
    trade, tail = divmod(code, len(TAILS))
    language, word, industry = TRADES[trade]
    form, country = FORMS[language][(number + seed) % len(FORMS[language])]
    stem, rounds = HEADS[head] + TAILS[tail], number // ROUND
    words = [word, *REGIONS[language][rounds - 1 : rounds]] if rounds else [word]
    return Firm(
        " ".join([stem, *words, form]),
        "-".join(map(to_ascii, [stem, *words])) + ".example",
        language,
        country,
        industry,
    )


def invent_surname(number: int) -> str:
    """An invented surname."""
    head, tail = HEADS[number % len(HEADS)], TAILS[number // len(HEADS) % len(TAILS)]
    return head + tail


def invent_csm_email(number: int) -> str:
    """The e-mail address of a customer success manager of the demo company."""
    first, last = FIRST[number % len(FIRST)], invent_surname(31 * number + 7)
    return f"{to_ascii(first)}.{to_ascii(last)}@ordalin.example"


SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"}
)


def to_ascii(text: str) -> str:
    """A word as it is written in an e-mail address.

    >>> to_ascii("Prüftechnik"), to_ascii("Rø"), to_ascii("Æl")
    ('prueftechnik', 'roe', 'ael')
    """
    spelled = text.lower().translate(SPELLED)
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()


def invent_firms(numbers: Iterable[int], seed: int) -> list[Firm]:
    """The firms with some numbers."""
    return [invent_firm(number, seed) for number in numbers]
