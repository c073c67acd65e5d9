"""How German is written, with all its texts."""

from __future__ import annotations

from salus.channels.words.format import FIXED, Format
from salus.channels.words.german import (
    folder,
    forecast,
    learning,
    measures,
    metrics,
    pictures,
    report,
    validation,
)
from salus.model.plural import pluralize as english_plural


def pluralize(word: str) -> str:
    """The plural: -n after -e, and the English plural for other words.

    >>> [pluralize(word) for word in ("Kunde", "Filiale", "team")]
    ['Kunden', 'Filialen', 'teams']
    """
    return f"{word}n" if word.endswith("e") else english_plural(word)


def dative(plural: str) -> str:
    """The dative of a plural: -n, except after -n and -s.

    >>> [dative(word) for word in ("Haushalte", "Nutzer", "Kunden", "teams")]
    ['Haushalten', 'Nutzern', 'Kunden', 'teams']
    """
    return plural if plural.endswith(("n", "s")) else f"{plural}n"


LABELS = {
    "healthy": "Gesund",
    "watch": "Beobachten",
    "at_risk": "Gefährdet",
    "unknown": "Unbekannt",
}

AMOUNTS = {
    "": "Betrag",
    "arr": "ARR",
    "mrr": "MRR",
    "acv": "ACV",
    "revenue": "Umsatz",
    "sales": "Umsatz",
    "contract_value": "Vertragswert",
}


GERMAN = Format(
    language="de",
    decimal=",",
    group=".",
    percent=FIXED + "%",
    million="Mio.",
    billion="Mrd.",
    long="{day}. {name} {year}",
    short="{day:02d}.{month:02d}.{year}",
    month="{brief} {year}",
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    brief_months=(
        "Jan.",
        "Feb.",
        "März",
        "Apr.",
        "Mai",
        "Juni",
        "Juli",
        "Aug.",
        "Sep.",
        "Okt.",
        "Nov.",
        "Dez.",
    ),
    capital_nouns=True,
    plural=pluralize,
    dative=dative,
    texts={**report.TEXTS, **pictures.TEXTS, **folder.TEXTS, **measures.TEXTS},
    findings={
        **validation.FINDINGS,
        **learning.FINDINGS,
        **metrics.FINDINGS,
        **forecast.FINDINGS,
        **folder.FINDINGS,
        **measures.FINDINGS,
    },
    labels=LABELS,
    amounts=AMOUNTS,
)
