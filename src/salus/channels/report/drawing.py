"""The parts of the charts: an SVG as wide as its place, boxes, lines and texts.

Horizontal positions are percentages of the width, so that text keeps its size on a phone. Vertical
positions are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salus.channels.markup import Child, Markup, element


def draw_svg(
    name: str,
    title: str,
    description: str,
    height: float,
    *children: Child,
    class_: str | None = None,
) -> Markup:
    """An SVG with a title and a description for screen readers. `name` is unique on the page."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-text"),
        children,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-text",
        class_=class_,
        width="100%",
        height=f"{height:g}",
    )


@dataclass(frozen=True)
class Box:
    """The position and size of a rectangle."""

    left: float  # per cent
    width: float  # per cent
    top: float  # pixels
    height: float  # pixels


def svg_box(
    box: Box, *, fill: str | None = None, class_: str | None = None, title: str | None = None
) -> Markup:
    """A rectangle; `title` is shown as its tooltip."""
    inner = [element("title", title)] if title else []
    return element(
        "rect",
        *inner,
        x=format_percent(box.left),
        width=format_percent(box.width),
        y=f"{box.top:.2f}",
        height=f"{box.height:.2f}",
        fill=fill,
        class_=class_,
    )


def vertical_line(at: float, top: float, bottom: float, class_: str) -> Markup:
    """A vertical line at a percentage of the width."""
    return element(
        "line",
        x1=format_percent(at),
        x2=format_percent(at),
        y1=f"{top:g}",
        y2=f"{bottom:g}",
        class_=class_,
    )


def horizontal_line(y: float, class_: str) -> Markup:
    """A horizontal line over the whole width."""
    return element("line", x1="0", x2="100%", y1=f"{y:.2f}", y2=f"{y:.2f}", class_=class_)


def svg_text(
    at: float, y: float, text: str, *, anchor: str | None = None, class_: str | None = None
) -> Markup:
    """Text at a percentage of the width. It is centred there, but at the edges it stays inside."""
    edge = "start" if at <= 1 else "end" if at >= 99 else "middle"
    return element(
        "text", text, x=format_percent(at), y=f"{y:g}", text_anchor=anchor or edge, class_=class_
    )


def svg_polyline(
    points: Iterable[tuple[float, float]], width: float, height: float, class_: str
) -> Markup:
    """A line through points (per cent, pixels). It stretches with the chart and keeps its
    thickness.
    """
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    line = element("polyline", points=path, vector_effect="non-scaling-stroke", class_=class_)
    return element(
        "svg",
        line,
        width="100%",
        height=f"{height:g}",
        viewBox=f"0 0 {width:g} {height:g}",
        preserveAspectRatio="none",
        overflow="visible",
    )


def split_runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The runs of neighbouring values without a gap, each value with its place.

    >>> split_runs([1.0, None, 2.0, 3.0])
    [[(0, 1.0)], [(2, 2.0), (3, 3.0)]]
    """
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


def format_percent(value: float) -> str:
    return f"{value:.3f}%"
