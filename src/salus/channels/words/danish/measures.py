"""The same in Danish."""

from __future__ import annotations

FINDINGS = {"measure.label": "{base:label}"}

TEXTS = {
    "label.span.year": "et år",
    "label.span.half_year": "et halvt år",
    "label.span.days": "{n} dage",
    "label.active_users": "Aktive brugere på {span}",
    "label.active_days": "Dage med brug på {span}",
    "label.breadth": "Brugte funktioner på {span}",
    "label.usage_trend": "Ændring i brug over {span}",
    "label.ticket_trend": "Ændring i sager over {span}",
    "label.order_trend": "Ændring i ordrer over {span}",
    "label.complaints": "Klager på {span}",
    "label.escalations": "Eskaleringer på {span}",
    "label.problem_share": "Andel af sager om problemer",
    "label.urgent_share": "Andel af hastesager",
    "label.failures": "Andel af hændelser, der fejlede",
    "label.sla_breach_rate": "Andel af forsinkede første svar",
    "label.late_solutions": "Andel af forsinkede løsninger",
    "label.reopen_rate": "Andel af genåbnede sager",
    "label.last_touch_days": "Dage siden seneste samtale",
    "label.touches_held": "Dage med samtaler på {span}",
    "label.people_met": "Personer talt med på {span}",
    "label.bought_more": "Ekstra handler vundet på {span}",
    "label.new_owner": "Skift af ansvarlig",
    "label.pushed_deals": "Udskudte lukkedatoer for handler",
    "label.arr_growth": "Vækst i kontraktværdien på et år",
}
