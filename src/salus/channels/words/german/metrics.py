"""Findings of the portfolio metrics in German."""

from __future__ import annotations

FINDINGS = {
    "metric.few_new.one": "Im Zeitraum kam nur {number:n} {Entity} dazu.",
    "metric.few_new.many": "Im Zeitraum kamen nur {number:n} {Entities} dazu.",
    "metric.few_with_value": (
        "Nur {got:n} von {all:n} {Entities_dative} haben einen ersten Nutzen erreicht, zu wenige "
        "für "
        "einen Median."
    ),
    "metric.equal_waits": (
        "Alle {all:n} {Entities} haben gleich lange gewartet; das sind zu wenige für ein Intervall."
    ),
    "metric.nothing_invoiced": "Im Zeitraum wurde nichts in Rechnung gestellt.",
    "metric.few_debts": (
        "Zu wenige {Entities} haben offene Rechnungen, oder alle schulden den gleichen Anteil."
    ),
    "metric.no_answers": "Im Zeitraum gibt es keine Antwort.",
    "metric.nps_other_codes": (
        "{outside:n} von {all:n} Antworten liegen nicht zwischen 0 und 10. Schließen Sie andere"
        " Fragen und Codes mit `where` aus."
    ),
    "metric.nps_other_scale": (
        "Keine der {all:n} Antworten liegt über 5. Vermutlich gilt eine andere Skala als 0 bis 10."
    ),
    "metric.ces_outside": (
        "{outside:n} von {all:n} Antworten liegen nicht zwischen {low:n} und {high:n}."
    ),
    "metric.no_value_at_start": "Zu Beginn des Zeitraums ist kein Umsatz bekannt.",
    "metric.none_at_start": "Zu Beginn des Zeitraums gab es keine aktiven {Entities}.",
    "metric.none_in_period": "Im Zeitraum gab es keine aktiven {Entities}.",
    "metric.value_with_few": (
        "Der größte Teil des Umsatzes liegt bei zu wenigen {Entities_dative}, und sie haben sich "
        "zu "
        "unterschiedlich entwickelt."
    ),
    "metric.none_pays": "Am Ende des Zeitraums gibt es keine zahlenden {Entities}.",
    "metric.few_pay": "Es gibt weniger als {least:n} zahlende {Entities}.",
    "metric.all_pay_the_same": "Alle {Entities} zahlen denselben Betrag.",
    "metric.pay_differs": "Die gezahlten Beträge der {Entities} sind zu unterschiedlich.",
    "metric.not_declared": (
        "Das Modell nennt keine Quelle dafür: Ergänzen Sie `{line}` unter `metrics:`."
    ),
    "metric.unreadable": "Die Werte lassen sich nicht lesen: {problem}.",
    "metric.withheld": "Nicht ausgewiesen, weil weniger als {least:n} Personen dahinterstehen.",
    "metric.too_large": "Die Werte sind zu groß, um sie zu summieren.",
    "definition.time_to_value": (
        "Tage vom Beginn bis zum ersten Nutzen, als Median der {Entities}, die im Zeitraum "
        "begonnen haben (Kaplan-Meier). {Entities} ohne ersten Nutzen sind enthalten."
    ),
    "definition.nps": "(Anteil der Antworten 9 und 10) − (Anteil der Antworten 0 bis 6).",
    "definition.csat": "Anteil der Antworten, die die Bedingung `{condition}` erfüllen.",
    "definition.ces": (
        "Mittelwert der Antworten auf einer Skala von {bad:n} (am schlechtesten) bis {good:n} (am"
        " besten)."
    ),
    "definition.dso": (
        "(Forderungen am Ende des Zeitraums) ÷ (Rechnungsbeträge des Zeitraums) × (Tage des "
        "Zeitraums)."
    ),
    "definition.churn_start": (
        "(im Zeitraum verlorene {Entities}) ÷ (zu Beginn aktive {Entities}). Es zählen nur "
        "{Entities}, die zu Beginn aktiv waren."
    ),
    "definition.churn_stripe": (
        "(in den letzten 30 Tagen verlorene {Entities}) ÷ (30 Tage vor dem Ende aktive {Entities} "
        "+ neue in diesen 30 Tagen)."
    ),
    "definition.churn_daily": (
        "Summe über alle Tage: (an diesem Tag verlorene {Entities}) ÷ (zu seinem Beginn aktive "
        "{Entities})."
    ),
    "definition.value_start": (
        "(im Zeitraum verlorener oder gesunkener Umsatz) ÷ (Umsatz zu Beginn). Es zählen nur "
        "{Entities}, die zu Beginn aktiv waren."
    ),
    "definition.value_stripe": (
        "(in den letzten 30 Tagen verlorener oder gesunkener Umsatz) ÷ (Umsatz 30 Tage vor dem "
        "Ende + Umsatz der {Entities}, die in diesen 30 Tagen neu waren)."
    ),
    "definition.value_daily": (
        "Summe über alle Tage: (an diesem Tag verlorener oder gesunkener Umsatz) ÷ (Umsatz zu "
        "seinem Beginn)."
    ),
    "definition.less_growth": "Das Wachstum derselben {Entities} ist abgezogen.",
    "definition.grr": (
        "(Umsatz am Ende ohne Wachstum) ÷ (Umsatz zu Beginn). Es zählen nur {Entities}, die zu "
        "Beginn aktiv waren."
    ),
    "definition.nrr": (
        "(Umsatz am Ende) ÷ (Umsatz zu Beginn). Es zählen nur {Entities}, die zu Beginn aktiv "
        "waren."
    ),
    "definition.arpa": (
        "(Umsatz) ÷ (Zahl der {Entities}, die aktiv sind und zahlen), am Ende des Zeitraums."
    ),
    "answers.all": "Es zählt jede Antwort des Zeitraums.",
    "answers.last": (
        "Je {group:label} zählt nur die letzte Antwort, sofern sie aus dem Zeitraum stammt."
    ),
    "portfolio.no_start": (
        "Das Modell sagt nicht, seit wann es jeden Eintrag ({entity}) gibt: Ergänzen Sie "
        "`starts:` bei der Entität."
    ),
    "portfolio.no_outcome": (
        "Nichts sagt, wann ein Verlust eintritt ({entity}): Geben Sie ein Ereignis unter "
        "`outcomes:` an."
    ),
    "portfolio.no_end": (
        "Nichts sagt, wann ein Verlust eintritt ({entity}): Ergänzen Sie `ends:` bei der Entität."
    ),
    "portfolio.no_decision": (
        "Beim Ereignis `{outcome}` fehlt der Tag der Entscheidung: Ergänzen Sie `decided:`."
    ),
    "portfolio.no_value": (
        "Das Modell sagt nicht, was ein Eintrag wert ist ({entity}): Ergänzen Sie `value:` bei "
        "der Entität."
    ),
    "portfolio.no_value_history": (
        "Frühere Werte von `{column}` sind nicht aufbewahrt: Ergänzen Sie `history:` bei der "
        "Entität."
    ),
    "recognition.inactive": (
        "Ein Verlust zählt, wenn in `{source}` über {days:days} nichts geschah. Wer danach "
        "wieder etwas hat, gilt als zurückgekehrt."
    ),
    "recognition.inactive_or_end": (
        "Ein Verlust zählt, wenn in `{source}` über {days:days} nichts geschah, oder mit "
        "`{column}`. Wer danach wieder etwas hat, gilt als zurückgekehrt."
    ),
    "recognition.end": "Ein Verlust zählt am Ende der Leistung, `{column}`.",
    "recognition.decided": "Ein Verlust zählt am Tag der Entscheidung, `{column}`.",
    "recognition.outcome_end": (
        "Ein Verlust zählt am Ende der Leistung, `{column}` des Ereignisses `{outcome}`."
    ),
    "recognition.effect": (
        "Ein Verlust zählt, wenn er wirksam wird, `{column}` des Ereignisses `{outcome}`."
    ),
    "patterns.few": (
        "Das Ereignis trat bei {events:n} {Entities_dative} ein und bei {others:n} nicht. Nötig "
        "sind "
        "jeweils mindestens {least:n}."
    ),
    "metrics.no_loss_outcome": "Das Modell nennt kein Ereignis, das ein Verlust ist.",
    "metrics.no_past_dates": (
        "Frühere Tage lassen sich nicht mit dem Ereignis vergleichen: {problem}."
    ),
    "metrics.outcomes_alike": (
        "An diesen Tagen trat „{outcome:name}“ bei {events:n} von {all:n} {Entities_dative} ein. "
        "So "
        "lässt sich nichts vergleichen."
    ),
}
