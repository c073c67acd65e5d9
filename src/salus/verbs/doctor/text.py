"""The text of `salus doctor`: a line per check, and a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.text.render import render
from salus.verbs.doctor.result import DoctorCheck

#: The words for checks whose name in the JSON document is another.
LABELS = {"newest fact": "newest data", "rollout": "in use", "project": "project folder"}


@render.register
def render_check(result: DoctorCheck) -> str:
    """`ok` or `WRONG`, what was checked, and the details."""
    what = LABELS.get(result.what, result.what.replace("extra ", "optional extra "))
    return f"{'ok   ' if result.good else 'WRONG'}  {what}: {result.details}"


def render_verdict(checks: Sequence[DoctorCheck]) -> str:
    """How many of the checks failed."""
    failed = sum(not check.good for check in checks)
    if not failed:
        return f"All {len(checks)} checks passed."
    return f"{failed} of {len(checks)} checks failed."
