"""Findings of forecasts in Danish."""

from __future__ import annotations

FINDINGS = {
    "renewals.not_declared": (
        "Modellen angiver ikke, hvornår fornyelser afgøres: Tilføj `renewal` til entiteten."
    ),
    "renewals.no_term_end": (
        "Hændelsen `{outcome}` har ingen `decided`, så et tab viser sig først ved udløbet. "
        "Tilføj `term_end` til `renewal`."
    ),
    "renewals.no_history": (
        "Tidligere aftaleperioder er ikke gemt, så der er ingen tidligere beslutninger at lære "
        "af. Tilføj en `history` med kolonnen for udløbet til entiteten."
    ),
    "renewals.few_decisions": (
        "{lost:n} tabte og {renewed:n} fornyede aftaler kendes med scoren før. Der skal være "
        "mindst {least:n} af hver."
    ),
    "renewals.few_periods": (
        "Der kendes beslutninger fra {periods:n} tidligere perioder. Der skal være mindst "
        "{least:n} for at se, hvor meget perioder varierer."
    ),
    "expansion.too_few": (
        "{events:n} {entities} nåede det i {periods:n} perioder. Der skal være mindst {least:n}"
        " i {least_periods:n} perioder."
    ),
    "purchases.few_returned": "Kun {buyers:n} købere købte igen. Der skal være mindst {least:n}.",
    "purchases.no_number": "For nogle af disse købere giver købsmodellen intet tal.",
    "purchases.above_rates": (
        "Købsmodellen forudsiger {predicted:n} køb, men efter købernes hidtidige mønster bliver"
        " det højst {most:n}."
    ),
    "purchases.amounts_vary": (
        "Beløbene er så forskellige, at købsmodellen ikke finder et gennemsnit."
    ),
    "purchases.off": (
        "For {days:days} siden ville modellen have forudsagt {predicted:n} køb, men der blev "
        "foretaget {actual:n}. Disse købere har sæsoner, kampagner eller en rytme, som "
        "købsmodellen ikke kender."
    ),
    "forecast.facts_end": "Dataene slutter {days:days} før datoen for prognosen.",
    "forecast.no_value_history": (
        "Tidligere værdier af `{column}` er ikke gemt, så tidligere beslutninger tæller med "
        "værdien i dag."
    ),
    "forecast.not_saved": (
        "Denne prognose gemmes ikke, fordi der allerede kendes senere data, indtil {day:date}."
    ),
}
