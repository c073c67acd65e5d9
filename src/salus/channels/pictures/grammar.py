"""The parts that all charts share: size, colours, fonts, axes and the marks of bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from salus.channels.colours import LIGHT, band_token
from salus.channels.marks import mark_shape
from salus.channels.markup import INVISIBLE, shorten
from salus.channels.words import Words

if TYPE_CHECKING:
    from altair import InlineData, LayerChart

WIDTH, HEIGHT = 360, 250  # pixels: the width of a phone; a desktop shows three side by side
LETTER = 6.5  # pixels: the usual width of a letter
SYMBOL = 30  # pixels: the symbol of a legend, with the space around it
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
INK, SOFT, LINE, ACCENT, SHEET = (
    LIGHT[name] for name in ("ink", "soft", "line", "accent", "sheet")
)
#: An outer circle, and an inner circle drawn the other way round, which makes the hole.
RING = "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1ZM0,-0.55A0.55,0.55,0,1,0,0,0.55A0.55,0.55,0,1,0,0,-0.55Z"
#: The marks of bands: names that Vega knows, or paths between -1 and 1.
SHAPES = {
    "disc": "circle",
    "diamond": "diamond",
    "square": "square",
    "down": "triangle-down",
    "ring": RING,
    "pentagon": "M0,-1L0.95,-0.31L0.59,0.81L-0.59,0.81L-0.95,-0.31Z",
    "hexagon": "M0,-1L0.87,-0.5L0.87,0.5L0,1L-0.87,0.5L-0.87,-0.5Z",
}

Row = Mapping[str, object]


def inline_data(rows: Iterable[Row]) -> InlineData:
    """The rows as data of a chart. Equal figures give equal charts."""
    import altair

    return altair.InlineData(values=[dict(row) for row in rows])


def clean_text(text: str) -> str:
    """A text from the data, shortened and without invisible characters. The SVG escapes it."""
    return shorten(INVISIBLE.sub("", text))


def band_colour(position: int, bands: int) -> str:
    """The colour of a band by its place from best to worst; -1 is unknown."""
    return LIGHT[band_token(position, bands)]


def band_shape(position: int, bands: int) -> str:
    """The mark of a band by its place from best to worst; -1 is unknown."""
    return SHAPES[mark_shape(position, bands)]


def legend_columns(labels: Sequence[str]) -> int:
    """The columns of a legend: one for each label, or two if the labels are too long for one line.

    >>> legend_columns(["Healthy 148", "Watch 199", "At risk 21"]), legend_columns(["Beobachten 10.658"] * 3)
    (3, 2)
    """
    line = sum(LETTER * len(label) + SYMBOL for label in labels)
    return len(labels) if line <= WIDTH - SYMBOL else 2


def axis_limit(most: float) -> float:
    """The end of an axis of shares: the next of 1, 2, 2.5 or 5 times a power of ten, at most 1.

    >>> [axis_limit(share) for share in (0.043, 0.11, 0.23, 0.61, 0.0)]
    [0.05, 0.2, 0.25, 1.0, 0.01]
    """
    steps = [round(size * base, 6) for size in (0.01, 0.1) for base in (1, 2, 2.5, 5)] + [1.0]
    return next((step for step in steps if most <= step), 1.0)


def layer_chart(layers: Iterable[Any], words: Words) -> LayerChart:
    """A chart of layers with the common size, fonts and colours. The last layer is on top.

    `aria` is off inside: a screen reader reads the picture's title, description and table.
    """
    import altair

    form = words.format
    locale = {
        "number": {
            "decimal": form.decimal,
            "thousands": form.group,
            "grouping": [3],
            "currency": ["", ""],
            "percent": form.percent,
        }
    }
    axis: dict[str, Any] = {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "titlePadding": 6,
        "labelPadding": 4,
        "tickSize": 4,
    }
    legend = {
        "labelColor": INK,
        "labelFontSize": 11,
        "title": None,
        "orient": "bottom",
        "columnPadding": 14,
        "symbolOpacity": 1,
        "labelLimit": 150,
        "offset": 8,
    }
    chart = altair.LayerChart(layer=list(layers))
    return chart.properties(
        width=WIDTH,
        height=HEIGHT,
        padding=4,
        autosize=altair.AutoSizeParams(type="fit", contains="padding"),
    ).configure(
        font=FONT,
        background=SHEET,
        aria=False,
        locale=locale,
        axis=axis,
        legend=legend,
        view={"stroke": None},
        text={"fontSize": 11, "color": SOFT},
    )
