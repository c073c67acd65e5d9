"""Findings in English."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "This compares {entities} with one another by the flag “{outcome:name}”: it shows who looks like"
        " those who left, not who will leave."
    ),
    "limit.one_date": (
        "This is no forward test: all rows are of one date, {day:date}, so it compares {entities} with"
        " one another on that day."
    ),
    "limit.today": (
        "This is no forward test: {measures:labels} are taken as they are today, which may have changed"
        " after the outcome."
    ),
    "limit.partly_today": (
        "This is not wholly a forward test: {measures:labels} are taken as they are today, which may have"
        " changed after the outcome."
    ),
}
