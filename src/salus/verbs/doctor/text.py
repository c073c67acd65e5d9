"""The text of `salus doctor`: a line per check."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.verbs.doctor.result import DoctorCheck


@render.register
def render_check(result: DoctorCheck) -> str:
    """`ok` or `WRONG`, what was checked, and the details."""
    return f"{'ok   ' if result.good else 'WRONG'}  {result.what}: {result.details}"
