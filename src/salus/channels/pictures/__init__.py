"""Pictures of results. Each has a sentence, a chart (Altair, drawn as SVG by Vega-Lite) and its
figures as a table.
"""

from __future__ import annotations

from salus.channels.pictures.outlook import build_outlook
from salus.channels.pictures.picture import Picture
from salus.channels.pictures.proof import build_pictures
from salus.channels.pictures.svg import draw_picture, is_missing, require_extra

__all__ = [
    "Picture",
    "build_outlook",
    "build_pictures",
    "draw_picture",
    "is_missing",
    "require_extra",
]
