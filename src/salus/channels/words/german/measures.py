"""The same in German."""

from __future__ import annotations

FINDINGS = {"measure.label": "{base:label}"}

TEXTS = {
    "label.span.year": "einem Jahr",
    "label.span.half_year": "einem halben Jahr",
    "label.span.days": "{n} Tagen",
    "label.active_users": "Aktive Nutzer in {span}",
    "label.active_days": "Tage mit Nutzung in {span}",
    "label.breadth": "Genutzte Funktionen in {span}",
    "label.usage_trend": "Veränderung der Nutzung in {span}",
    "label.ticket_trend": "Veränderung der Tickets in {span}",
    "label.order_trend": "Veränderung der Bestellungen in {span}",
    "label.complaints": "Beschwerden in {span}",
    "label.escalations": "Eskalationen in {span}",
    "label.problem_share": "Anteil der Tickets zu Problemen",
    "label.urgent_share": "Anteil dringender Tickets",
    "label.failures": "Anteil fehlgeschlagener Ereignisse",
    "label.sla_breach_rate": "Anteil verspäteter erster Antworten",
    "label.late_solutions": "Anteil verspäteter Lösungen",
    "label.reopen_rate": "Anteil wieder geöffneter Tickets",
    "label.last_touch_days": "Tage seit dem letzten Gespräch",
    "label.touches_held": "Tage mit Gesprächen in {span}",
    "label.people_met": "Gesprächspartner in {span}",
    "label.bought_more": "Zusatzgeschäfte in {span}",
    "label.new_owner": "Wechsel der Betreuung",
    "label.pushed_deals": "Verschobene Abschlusstermine",
    "label.arr_growth": "Wachstum des Vertragswerts in einem Jahr",
}
