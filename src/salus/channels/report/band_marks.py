"""The mark of a band: a shape that is shown with the band's name and colour, and a hatch for areas.

The best band is a disc and the worst a triangle that points down. The bands between are a diamond,
a square, a pentagon or a hexagon. Unknown is a ring.
"""

from __future__ import annotations

from salus.channels.colours import band_token
from salus.channels.marks import mark_shape
from salus.channels.markup import Markup, element
from salus.channels.words import Words

SHAPES = {
    "disc": "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    "diamond": "M6 .2L11.8 6L6 11.8L.2 6z",
    "square": "M1.5 1.5h9v9h-9z",
    "pentagon": "M6 .6L11.6 4.8L9.5 11.3H2.5L.4 4.8z",
    "hexagon": "M6 .4L10.9 3.2V8.8L6 11.6L1.1 8.8V3.2z",
    "down": "M.4 1.4h11.2L6 11.2z",
    "ring": (
        "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6zM6 3.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1"
        " 0-5.6z"
    ),
}
STEEP = "M0 6l6-6M-1 1l2-2M5 7l2-2"
HATCHED_BETWEEN = ("M0 3h6", "M3 0v6", "M0 3h6M3 0v6", "M0 0l6 6M-1 5l2 2M5-1l2 2")


def draw_mark(position: int, bands: int) -> Markup:
    """The shape in its colour. Screen readers skip it."""
    path = element("path", d=SHAPES[mark_shape(position, bands)], fill_rule="evenodd")
    return element(
        "svg",
        path,
        class_=f"mark {band_token(position, bands)}",
        viewBox="0 0 12 12",
        aria_hidden="true",
    )


def render_band(words: Words, position: int, name: str, bands: int) -> Markup:
    """The shape and the name of a band."""
    return element("span", draw_mark(position, bands), " ", words.label(name), class_="band")


def place_mark(position: int, bands: int, x: str, y: float) -> Markup:
    """The shape inside a chart. Its middle is at x (a percentage) and its top at y (pixels)."""
    path = element("path", d=SHAPES[mark_shape(position, bands)], fill_rule="evenodd")
    return element(
        "svg",
        path,
        x=x,
        y=f"{y:g}",
        width="12",
        height="12",
        overflow="visible",
        viewBox="6 0 12 12",
        class_=band_token(position, bands),
    )


def define_hatches(bands: int) -> Markup:
    """An invisible SVG that defines the hatched fills of all bands for the charts."""
    patterns = [_hatch(position, bands) for position in [*range(bands), -1]]
    return element(
        "svg", element("defs", patterns), class_="defs", width="0", height="0", aria_hidden="true"
    )


def hatch_fill(position: int) -> str:
    """The reference to a band's fill."""
    return f"url(#{_hatch_name(position)})"


def _hatch_name(position: int) -> str:
    return "hatch-unknown" if position < 0 else f"hatch-{position}"


def _hatch(position: int, bands: int) -> Markup:
    lines = _lines(position, bands)
    plain = element("rect", width="6", height="6", class_=band_token(position, bands))
    return element(
        "pattern",
        plain,
        element("path", d=lines, class_="hatch") if lines else None,
        id=_hatch_name(position),
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
    )


def _lines(position: int, bands: int) -> str:
    """The lines of the hatch: none for the best band, steep for the worst, dots for unknown."""
    if position < 0:
        return "M1 1h2v2h-2zM4 4h2v2h-2z"
    if position == 0:
        return ""
    return (
        STEEP if position == bands - 1 else HATCHED_BETWEEN[(position - 1) % len(HATCHED_BETWEEN)]
    )
