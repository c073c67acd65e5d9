"""Labels that `salus init` gives measures, in English. Names that aren't here have the label of the packs."""

from __future__ import annotations

FINDINGS = {"measure.label": "{base:label}"}

TEXTS = {
    "label.span.year": "a year",
    "label.span.half_year": "half a year",
    "label.span.days": "{n} days",
    "label.active_users": "Active users in {span}",
    "label.active_days": "Days with use in {span}",
    "label.breadth": "Features used in {span}",
    "label.usage_trend": "Change in use over {span}",
    "label.ticket_trend": "Change in tickets over {span}",
    "label.order_trend": "Change in orders over {span}",
    "label.complaints": "Complaints in {span}",
    "label.escalations": "Escalations in {span}",
    "label.problem_share": "Share of tickets about problems",
    "label.urgent_share": "Share of urgent tickets",
    "label.failures": "Share of events that failed",
    "label.sla_breach_rate": "Share of late first replies",
    "label.late_solutions": "Share of late solutions",
    "label.reopen_rate": "Share of tickets opened again",
    "label.last_touch_days": "Days since the last conversation",
    "label.touches_held": "Days with conversations in {span}",
    "label.people_met": "People met in {span}",
    "label.bought_more": "Extra deals won in {span}",
    "label.new_owner": "Changes of the person in charge",
    "label.pushed_deals": "Closing dates of deals put off",
    "label.arr_growth": "Growth of the contract value in a year",
}
