"""One page of HTML for people who were not there: `page` turns a Report and Words into it."""

from __future__ import annotations

from salus.channels.report.content import Report
from salus.channels.report.page import render_page

__all__ = ["Report", "render_page"]
