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
    "label.usage_trend": "Nutzung in {span}, Veränderung",
    "label.ticket_trend": "Tickets in {span}, Veränderung",
    "label.order_trend": "Bestellungen in {span}, Veränderung",
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
    "label.bought_more": "Zusätzlich gewonnene Geschäfte in {span}",
    "label.new_owner": "Wechsel der Betreuung",
    "label.pushed_deals": "Verschobene Abschlusstermine",
    "label.max_overdue_days": "Tage, seit die älteste offene Rechnung fällig ist",
    "label.arr_growth": "Wachstum des Vertragswerts in einem Jahr",
}
