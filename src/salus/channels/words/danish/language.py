"""How Danish is written, with all its texts."""

from __future__ import annotations

from salus.channels.words.danish import (
    folder,
    forecast,
    learning,
    measures,
    metrics,
    pictures,
    report,
    validation,
)
from salus.channels.words.format import FIXED, Format
from salus.model.plural import pluralize as english_plural


def pluralize(word: str) -> str:
    """The plural: -r after -e, and the English plural for other words.

    >>> [pluralize(word) for word in ("kunde", "team")]
    ['kunder', 'teams']
    """
    return f"{word}r" if word.endswith("e") else english_plural(word)


LABELS = {"healthy": "Sund", "watch": "Følg op", "at_risk": "I risikozonen", "unknown": "Ukendt"}

AMOUNTS = {
    "": "beløb",
    "arr": "ARR",
    "mrr": "MRR",
    "acv": "ACV",
    "revenue": "omsætning",
    "sales": "omsætning",
    "contract_value": "kontraktværdi",
}


DANISH = Format(
    language="da",
    decimal=",",
    group=".",
    percent=FIXED + "%",
    million="mio.",
    billion="mia.",
    long="{day}. {name} {year}",
    short="{day:02d}.{month:02d}.{year}",
    month="{brief} {year}",
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    brief_months=(
        "jan.",
        "feb.",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "aug.",
        "sept.",
        "okt.",
        "nov.",
        "dec.",
    ),
    plural=pluralize,
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
