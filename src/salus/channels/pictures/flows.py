"""Who moved between bands: ribbons from where entities stood to where they stand, or to what
came.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salus.channels.pictures.grammar import (
    INK,
    SHEET,
    band_colour,
    band_shape,
    clean_text,
    inline_data,
    layer_chart,
)
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words

if TYPE_CHECKING:
    from altair import LayerChart, X, Y

GAP, APART, POINTS = (
    0.03,
    0.075,
    16,
)  # of the height: between blocks, between labels; points along a ribbon
BLOCK = 0.035  # of the width


@dataclass(frozen=True)
class FlowStop:
    """A place that ribbons leave or reach, in the order from top to bottom. `band` None: no
    band.
    """

    name: str
    band: int | None = None


@dataclass(frozen=True)
class FlowBlock:
    """A stop as it is drawn, from `bottom` to `top` between 0 and 1, with its label."""

    stop: FlowStop
    number: int
    bottom: float
    top: float
    label: float = 0.0


def build_flows(
    moves: Mapping[tuple[int, int], int],
    before: Sequence[FlowStop],
    after: Sequence[FlowStop],
    bands: int,
    title: str,
    says: str,
    words: Words,
) -> Picture:
    """`moves`: from a place in `before` to a place in `after`: entities. `bands`: how many, without
    the unknown one.
    """
    head = (words.text("picture.flows.from"), *(stop.name for stop in after))
    rows = tuple(
        (stop.name, *(words.number(moves.get((one, other), 0)) for other in range(len(after))))
        for one, stop in enumerate(before)
        if any(moves.get((one, other)) for other in range(len(after)))
    )
    return Picture(
        "flows", title, says, head, rows, lambda: _chart(moves, before, after, bands, words)
    )


def stack_blocks(stops: Sequence[FlowStop], numbers: Sequence[int]) -> dict[int, FlowBlock]:
    """The stops that somebody is at, from the top, as high as they have entities."""
    there = [place for place, number in enumerate(numbers) if number]
    room, whole, top = 1 - GAP * (len(there) - 1), sum(numbers), 1.0
    found = {}
    for place in there:
        bottom = top - room * numbers[place] / whole
        found[place] = FlowBlock(stops[place], numbers[place], bottom, top)
        top = bottom - GAP
    labels = separate_labels([(block.bottom + block.top) / 2 for block in found.values()])
    return {
        place: FlowBlock(one.stop, one.number, one.bottom, one.top, label)
        for (place, one), label in zip(found.items(), labels, strict=True)
    }


def separate_labels(places: Sequence[float]) -> list[float]:
    """Places from the top, moved down where two are too near to be read, and up again from the
    bottom.

    >>> [round(place, 3) for place in separate_labels([0.5, 0.02, 0.01])]
    [0.5, 0.075, 0.0]
    """
    found: list[float] = []
    for place in places:
        found.append(min(place, found[-1] - APART) if found else place)
    low = 0.0
    for number in range(len(found) - 1, -1, -1):
        found[number] = max(found[number], low)
        low = found[number] + APART
    return found


def build_ribbons(
    moves: Mapping[tuple[int, int], int],
    left: Mapping[int, FlowBlock],
    right: Mapping[int, FlowBlock],
) -> Iterator[dict[str, Any]]:
    """Points of each ribbon's lower and upper edge; it leaves and arrives as high as it has
    entities.
    """
    starts, ends = ({place: block.top for place, block in side.items()} for side in (left, right))
    for (one, other), number in sorted(moves.items()):
        here, there = (
            number * (block.top - block.bottom) / block.number
            for block in (left[one], right[other])
        )
        starts[one], ends[other] = starts[one] - here, ends[other] - there
        for point in range(POINTS + 1):
            way = (1 - math.cos(math.pi * point / POINTS)) / 2
            low = starts[one] + way * (ends[other] - starts[one])
            yield {
                "ribbon": f"{one}-{other}",
                "x": BLOCK + (1 - 2 * BLOCK) * point / POINTS,
                "low": low,
                "high": low + here + way * (there - here),
                "from": one,
                "n": number,
            }


def _colour(stop: FlowStop, bands: int) -> str:
    return INK if stop.band is None else band_colour(stop.band, bands)


def _chart(
    moves: Mapping[tuple[int, int], int],
    before: Sequence[FlowStop],
    after: Sequence[FlowStop],
    bands: int,
    words: Words,
) -> LayerChart:
    import altair as alt

    moves = {pair: number for pair, number in moves.items() if number}
    left = stack_blocks(
        before,
        [sum(n for (one, _), n in moves.items() if one == place) for place in range(len(before))],
    )
    right = stack_blocks(
        after,
        [sum(n for (_, one), n in moves.items() if one == place) for place in range(len(after))],
    )

    def x(name: str) -> X:
        return alt.X(f"{name}:Q", scale=alt.Scale(domain=[-0.72, 1.72], nice=False), axis=None)

    def y(name: str) -> Y:
        return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[-0.02, 1.02], nice=False), axis=None)

    colour = alt.Fill("colour:N", scale=None)
    moving = [
        {**point, "colour": _colour(left[point["from"]].stop, bands)}
        for point in build_ribbons(moves, left, right)
    ]
    layers = [
        alt.Chart(inline_data(moving))
        .mark_area(fillOpacity=0.4)
        .encode(x=x("x"), y=y("low"), y2="high:Q", detail="ribbon:N", fill=colour)
    ]
    for side, at in ((left, 0), (right, 1)):
        base = alt.Chart(inline_data(_side(side.values(), at, bands, words)))
        layers += [
            base.mark_rect().encode(x=x("x"), x2="x2:Q", y=y("low"), y2="high:Q", fill=colour),
            base.transform_filter("datum.shape != ''")
            .mark_point(stroke=SHEET, strokeWidth=0, size=60, opacity=1)
            .encode(x=x("mark"), y=y("label"), fill=colour, shape=alt.Shape("shape:N", scale=None)),
            base.mark_text(
                align="left" if at else "right", baseline="middle", limit=110, color=INK
            ).encode(x=x("text"), y=y("label"), text="told:N"),
        ]
    return layer_chart(layers, words)


def _side(
    side: Iterable[FlowBlock], at: int, bands: int, words: Words
) -> Iterator[dict[str, object]]:
    """Blocks with marks and labels, of the left side (0) or the right one (1)."""
    away, inner = (-1, BLOCK) if at == 0 else (1, -BLOCK)
    for block in side:
        yield {
            "x": min(at, at + inner),
            "x2": max(at, at + inner),
            "low": block.bottom,
            "high": block.top,
            "label": block.label,
            "mark": at + away * 0.05,
            "text": at + away * 0.1,
            "colour": _colour(block.stop, bands),
            "shape": "" if block.stop.band is None else band_shape(block.stop.band, bands),
            "n": block.number,
            "told": f"{clean_text(block.stop.name)} {words.number(block.number)}",
        }
