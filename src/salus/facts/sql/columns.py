"""The columns that every relation of facts has, besides those of its table."""

from __future__ import annotations

ENTITY, BEGUN, KNOWN, CLOSED, ENDED = "salus_entity", "salus_e", "salus_k", "salus_u", "salus_end"
STOP = "salus_stop"  # the last day on which a row's end is valid, where ends move
TIME, RECORDED, GROUP, MONTH = "salus_time", "salus_recorded", "salus_group", "salus_month"
# of changes of fields
FIELD, VALUE, BEFORE, LATER = "salus_field", "salus_value", "salus_before", "salus_later"
# of contracts and exchange rates
AMOUNT, MONTHS, CURRENCY = "salus_amount", "salus_months", "salus_currency"
DAY, RATE = "salus_day", "salus_rate"
