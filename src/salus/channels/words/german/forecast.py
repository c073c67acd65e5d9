"""Findings of forecasts in German."""

from __future__ import annotations

FINDINGS = {
    "renewals.not_declared": (
        "Das Modell sagt nicht, wann über Verlängerungen entschieden wird: Ergänzen Sie "
        "`renewal` bei der Entität."
    ),
    "renewals.no_term_end": (
        "Das Ereignis `{outcome}` hat kein `decided`, also zeigt sich ein Verlust erst am Ende "
        "der Laufzeit. Ergänzen Sie `term_end` bei `renewal`."
    ),
    "renewals.no_history": (
        "Frühere Laufzeiten sind nicht aufbewahrt, also fehlen Entscheidungen, aus denen sich "
        "lernen ließe. Ergänzen Sie bei der Entität eine `history` mit der Spalte der Laufzeit."
    ),
    "renewals.few_decisions": (
        "Mit der Punktzahl davor sind {lost:n} verlorene und {renewed:n} verlängerte Laufzeiten"
        " bekannt. Nötig sind jeweils mindestens {least:n}."
    ),
    "renewals.few_periods": (
        "Entscheidungen sind aus {periods:n} früheren Zeiträumen bekannt. Nötig sind mindestens"
        " {least:n}, um zu sehen, wie verschieden Zeiträume sind."
    ),
    "expansion.too_few": (
        "Erreicht haben es {events:n} {Entities} in {periods:n} Zeiträumen. Nötig sind "
        "mindestens {least:n} in {least_periods:n} Zeiträumen."
    ),
    "purchases.few_returned": (
        "Nur {buyers:n} Käufer haben wieder gekauft. Nötig sind mindestens {least:n}."
    ),
    "purchases.no_number": "Für einige dieser Käufer ergibt das Kaufmodell keine Zahl.",
    "purchases.above_rates": (
        "Das Kaufmodell sagt {predicted:n} Käufe voraus, nach dem bisherigen Kaufverhalten "
        "wären es aber höchstens {most:n}."
    ),
    "purchases.amounts_vary": (
        "Die Beträge sind so unterschiedlich, dass das Kaufmodell keinen Mittelwert findet."
    ),
    "purchases.off": (
        "Vor {days:n} Tagen hätte das Modell {predicted:n} Käufe vorausgesagt, tatsächlich "
        "waren es {actual:n}. Diese Käufer haben Saisons, Aktionen oder einen Rhythmus, den das"
        " Kaufmodell nicht kennt."
    ),
    "forecast.facts_end": "Die Daten enden vor dem Tag der Prognose (Abstand: {days:days}).",
    "forecast.no_value_history": (
        "Frühere Werte von `{column}` sind nicht aufbewahrt. Frühere Entscheidungen zählen "
        "deshalb mit dem heutigen Wert."
    ),
    "forecast.not_saved": (
        "Diese Prognose wird nicht gespeichert, weil schon spätere Daten bekannt sind, bis zum"
        " {day:date}."
    ),
}
