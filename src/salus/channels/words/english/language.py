"""How English is written, with all its texts."""

from __future__ import annotations

from salus.channels.words.english import (
    folder,
    forecast,
    learning,
    measures,
    metrics,
    pictures,
    report,
    validation,
)
from salus.channels.words.format import Format
from salus.model.plural import pluralize

LABELS = {"at_risk": "At risk", "unknown": "Unknown"}

AMOUNTS = {
    "": "value",
    "arr": "ARR",
    "mrr": "MRR",
    "acv": "ACV",
    "revenue": "revenue",
    "sales": "sales",
    "contract_value": "contract value",
}


ENGLISH = Format(
    language="en",
    decimal=".",
    group=",",
    percent="%",
    million="M",
    billion="bn",
    long="{day} {name} {year}",
    short="{day} {brief} {year}",
    month="{brief} {year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    brief_months=(
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
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
