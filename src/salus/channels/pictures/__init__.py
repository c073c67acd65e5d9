"""Pictures of what was found: each a sentence, a chart (Altair, drawn to SVG by Vega-Lite) and its
figures as a table.
"""

from __future__ import annotations

from salus.channels.pictures.outlook import outlook
from salus.channels.pictures.picture import Picture
from salus.channels.pictures.proof import proof
from salus.channels.pictures.svg import drawn, missing, require

__all__ = ["Picture", "drawn", "missing", "outlook", "proof", "require"]
