"""Invented names of companies and people. Domains end in `.example`, so that nobody has them."""

from __future__ import annotations

import re
import unicodedata
from random import Random

STEMS = {
    "SE": (
        [
            "Älv",
            "Björk",
            "Fjäll",
            "Gran",
            "Hällby",
            "Kvarn",
            "Lind",
            "Mälar",
            "Norr",
            "Sjö",
            "Tall",
            "Vret",
            "Åker",
            "Öster",
        ],
        ["bro", "dal", "fors", "hamn", "holm", "kulla", "lid", "näs", "sala", "torp", "ö"],
    ),
    "DE": (
        [
            "Bär",
            "Elb",
            "Fähr",
            "Hader",
            "Kör",
            "Lauen",
            "Mühlen",
            "Oker",
            "Rödel",
            "Schwar",
            "Ufer",
            "Weid",
        ],
        ["au", "bach", "feld", "grund", "hafen", "kehl", "rode", "stedt", "wald", "werth"],
    ),
    "EN": (
        [
            "Amber",
            "Bramble",
            "Copper",
            "Dray",
            "Elder",
            "Fen",
            "Garnet",
            "Hazel",
            "Ivel",
            "Juniper",
            "Kestrel",
            "Linnet",
            "Marl",
            "Osier",
            "Pell",
            "Quarry",
        ],
        [
            "bridge",
            "croft",
            "ford",
            "haven",
            "holt",
            "lade",
            "mere",
            "ness",
            "port",
            "quay",
            "stow",
            "wharf",
        ],
    ),
}
TRADES = {
    "SE": ["Åkeri", "Transport", "Spedition", "Logistik", "Bud", "Frakt", "Kyltransport"],
    "DE": ["Spedition", "Logistik", "Transporte", "Kühlfracht", "Lagerhaus", "Kurier", "Umschlag"],
    "EN": [
        "Haulage",
        "Freight",
        "Couriers",
        "Warehousing",
        "Forwarding",
        "Carriers",
        "Distribution",
    ],
}
LEGAL = {
    "GB": ("Ltd", "Ltd", "Limited", "PLC"),
    "SE": ("AB", "AB", "AB", "HB"),
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG"),
    "US": ("Inc.", "LLC", "Corp."),
}
FORMS = sorted({form for forms in LEGAL.values() for form in forms}, key=len, reverse=True)
FIRST = [
    "Agnes",
    "Bertil",
    "Callum",
    "Dagny",
    "Edith",
    "Fergus",
    "Greta",
    "Hamish",
    "Ingrid",
    "Jonna",
    "Kerstin",
    "Ludvig",
    "Moira",
    "Nils",
    "Orla",
    "Petra",
    "Rhona",
    "Sten",
    "Tilda",
    "Ulf",
    "Vera",
    "Wendel",
]
LAST = [
    "Abercrombie",
    "Bergqvist",
    "Cairns",
    "Dahlström",
    "Engdahl",
    "Fairweather",
    "Grönlund",
    "Hathersage",
    "Isaksson",
    "Jessop",
    "Kirkbride",
    "Lövgren",
    "Mossop",
    "Nyqvist",
    "Oakden",
    "Pettersson",
    "Rönnberg",
    "Sandeman",
    "Thwaite",
    "Wetterlind",
]
LETTERS = str.maketrans(
    {"ä": "a", "ö": "o", "å": "a", "ü": "u", "Ä": "A", "Ö": "O", "Å": "A", "Ü": "U", "ß": "s"}
)


def slug(name: str) -> str:
    """The letters and digits of a name, joined by hyphens: a part of a domain."""
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def expanded(name: str) -> str:
    """The name with letters that any keyboard has: `Älvhamn` becomes `Aelvhamn`."""
    pairs = zip("äöåüÄÖÅÜ", ["ae", "oe", "aa", "ue", "Ae", "Oe", "Aa", "Ue"], strict=True)
    return name.translate(str.maketrans(dict(pairs)))


def stem(name: str) -> str:
    """The name without its legal form."""
    return next((name[: -len(form) - 1] for form in FORMS if name.endswith(" " + form)), name)


def company_name(random: Random, country: str, used: set[str], family: str = "") -> str:
    """A name that isn't used yet, of the same family where one is given."""
    speech = country if country in STEMS else "EN"
    while True:
        first, second = STEMS[speech]
        base = family or random.choice(first) + random.choice(second)
        name = f"{base} {random.choice(TRADES[speech])}"
        if slug(name) not in used and (family or slug(base) not in used):
            used |= {slug(name), slug(base)}
            return f"{name} {random.choice(LEGAL[country])}"


def person(random: Random, domain: str, used: set[str]) -> tuple[str, str, str]:
    """First name, last name and e-mail address of somebody who isn't there yet."""
    while True:
        first, last = random.choice(FIRST), random.choice(LAST)
        email = f"{slug(first)}.{slug(last)}@{domain}"
        if email not in used:
            used.add(email)
            return first, last, email
