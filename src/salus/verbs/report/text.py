"""The text of `salus report`: the path of the page."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.verbs.report.result import ReportFile


@render.register
def render_report_file(result: ReportFile) -> str:
    """The path of the page."""
    return str(result.path)
