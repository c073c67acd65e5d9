"""Moves between bands: ribbons from the earlier band to the later band or to the outcome."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from salus.channels.pictures.grammar import (
    INK,
    LETTER,
    SHEET,
    WIDTH,
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

GAP = 0.03  # between blocks, as a share of the height
APART = 0.075  # between labels, as a share of the height
BELOW = 0.07  # of the height: how far labels may lie below the picture
POINTS = 16  # along a ribbon
BLOCK = 0.035  # the width of a block, as a share of the way between the two dates
NEAR = 0.13  # from a block to its label, as a share of that way
LONGEST = 115  # pixels: a longer label is cut


@dataclass(frozen=True)
class FlowStop:
    """A place where ribbons start or end. `band` is None if the place isn't a band."""

    name: str
    band: int | None = None


@dataclass(frozen=True)
class FlowBlock:
    """A stop as it is drawn. `bottom`, `top` and `label` are heights between 0 and 1."""

    stop: FlowStop
    number: int
    bottom: float
    top: float
    label: float = 0.0


@dataclass(frozen=True)
class Flows:
    """The moves between the stops of two dates. Stops are listed from top to bottom."""

    moves: Mapping[tuple[int, int], int]  # (place in `before`, place in `after`) -> entities
    before: Sequence[FlowStop]
    after: Sequence[FlowStop]
    bands: int  # the number of bands, without the unknown band


def build_flows(flows: Flows, title: str, says: str, words: Words) -> Picture:
    """The picture, with a table that has a row for each earlier stop."""
    places = range(len(flows.after))
    head = (words.text("picture.flows.from"), *(stop.name for stop in flows.after))
    rows = tuple(
        (stop.name, *(words.number(flows.moves.get((start, end), 0)) for end in places))
        for start, stop in enumerate(flows.before)
        if any(flows.moves.get((start, end)) for end in places)
    )
    return Picture(
        name="flows",
        title=title,
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(flows, words),
    )


def stack_blocks(stops: Sequence[FlowStop], numbers: Sequence[int]) -> dict[int, FlowBlock]:
    """The blocks of the stops that have entities, from the top. A block's height is its share."""
    places = [place for place, number in enumerate(numbers) if number]
    room, whole, top = 1 - GAP * (len(places) - 1), sum(numbers), 1.0
    blocks = {}
    for place in places:
        bottom = top - room * numbers[place] / whole
        blocks[place] = FlowBlock(stops[place], numbers[place], bottom, top)
        top = bottom - GAP
    labels = separate_labels([(block.bottom + block.top) / 2 for block in blocks.values()])
    return {
        place: replace(block, label=label)
        for (place, block), label in zip(blocks.items(), labels, strict=True)
    }


def separate_labels(places: Sequence[float]) -> list[float]:
    """The heights of labels, from the top, moved apart so that no two overlap. The last ones may lie a
    little below the picture, so that the others stay at their blocks.

    >>> [round(place, 3) for place in separate_labels([0.5, 0.02, 0.01])]
    [0.5, 0.02, -0.055]
    """
    heights: list[float] = []
    for place in places:
        heights.append(min(place, heights[-1] - APART) if heights else place)
    low = -BELOW
    for number in range(len(heights) - 1, -1, -1):
        heights[number] = max(heights[number], low)
        low = heights[number] + APART
    return heights


def build_ribbons(
    moves: Mapping[tuple[int, int], int],
    left: Mapping[int, FlowBlock],
    right: Mapping[int, FlowBlock],
) -> Iterator[dict[str, Any]]:
    """The points of each ribbon's lower and upper edge. Its thickness shows its entities."""
    starts, ends = ({place: block.top for place, block in side.items()} for side in (left, right))
    for (start, end), number in sorted(moves.items()):
        first, last = (
            number * (block.top - block.bottom) / block.number
            for block in (left[start], right[end])
        )
        starts[start], ends[end] = starts[start] - first, ends[end] - last
        for point in range(POINTS + 1):
            way = (1 - math.cos(math.pi * point / POINTS)) / 2
            low = starts[start] + way * (ends[end] - starts[start])
            yield {
                "ribbon": f"{start}-{end}",
                "x": BLOCK + (1 - 2 * BLOCK) * point / POINTS,
                "low": low,
                "high": low + first + way * (last - first),
                "from": start,
                "n": number,
            }


def label_room(labels: Sequence[str]) -> float:
    """The room for the labels of one side, as a share of the way between the two dates.

    >>> [round(label_room([label]), 2) for label in ("Healthy 148", "Beobachten 10.658")]
    [0.55, 1.13]
    """
    longest = min(LETTER * max(map(len, labels), default=0), LONGEST)
    return NEAR + longest * (1 + 2 * NEAR) / (WIDTH - 2 * longest)


def _colour(stop: FlowStop, bands: int) -> str:
    return INK if stop.band is None else band_colour(stop.band, bands)


def _chart(flows: Flows, words: Words) -> LayerChart:
    import altair as alt

    moves = {pair: number for pair, number in flows.moves.items() if number}
    leaving, arriving = [0] * len(flows.before), [0] * len(flows.after)
    for (start, end), number in moves.items():
        leaving[start] += number
        arriving[end] += number
    left, right = stack_blocks(flows.before, leaving), stack_blocks(flows.after, arriving)

    sides = [
        list(_side(side.values(), at, flows.bands, words)) for at, side in enumerate((left, right))
    ]
    room = label_room([str(block["name"]) for side in sides for block in side])

    def x(name: str) -> X:
        return alt.X(f"{name}:Q", scale=alt.Scale(domain=[-room, 1 + room], nice=False), axis=None)

    def y(name: str) -> Y:
        return alt.Y(
            f"{name}:Q", scale=alt.Scale(domain=[-BELOW - 0.02, 1.02], nice=False), axis=None
        )

    colour = alt.Fill("colour:N", scale=None)
    moving = [
        {**point, "colour": _colour(left[point["from"]].stop, flows.bands)}
        for point in build_ribbons(moves, left, right)
    ]
    layers = [
        alt.Chart(inline_data(moving))
        .mark_area(fillOpacity=0.4)
        .encode(x=x("x"), y=y("low"), y2="high:Q", detail="ribbon:N", fill=colour)
    ]
    for at, side in enumerate(sides):
        base = alt.Chart(inline_data(side))
        layers += [
            base.mark_rect().encode(x=x("x"), x2="x2:Q", y=y("low"), y2="high:Q", fill=colour),
            base.transform_filter("datum.shape != ''")
            .mark_point(stroke=SHEET, strokeWidth=0, size=60, opacity=1)
            .encode(x=x("mark"), y=y("label"), fill=colour, shape=alt.Shape("shape:N", scale=None)),
            base.mark_text(
                align="left" if at else "right", baseline="middle", limit=LONGEST, color=INK
            ).encode(x=x("text"), y=y("label"), text="name:N"),
        ]
    return layer_chart(layers, words)


def _side(
    side: Iterable[FlowBlock], at: int, bands: int, words: Words
) -> Iterator[dict[str, object]]:
    """The blocks of the left (0) or right (1) side, with marks and labels."""
    away, inner = (-1, BLOCK) if at == 0 else (1, -BLOCK)
    for block in side:
        yield {
            "x": min(at, at + inner),
            "x2": max(at, at + inner),
            "low": block.bottom,
            "high": block.top,
            "label": block.label,
            "mark": at + away * NEAR / 2,
            "text": at + away * NEAR,
            "colour": _colour(block.stop, bands),
            "shape": "" if block.stop.band is None else band_shape(block.stop.band, bands),
            "n": block.number,
            "name": f"{clean_text(block.stop.name)} {words.number(block.number)}",
        }
