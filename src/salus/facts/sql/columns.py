"""The columns that every relation of facts has, besides those of its table."""

from __future__ import annotations

ENTITY, BEGUN, KNOWN, CLOSED, ENDED = "salus_entity", "salus_e", "salus_k", "salus_u", "salus_end"
STOP = "salus_stop"  # the last day on which a row's end is valid, where ends move
TIME, RECORDED, GROUP, MONTH = "salus_time", "salus_recorded", "salus_group", "salus_month"
