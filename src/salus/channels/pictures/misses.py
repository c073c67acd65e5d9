"""The bands of entities with the outcome, 90, 60 and 30 days before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from salus.channels.pictures.figures import append_count
from salus.channels.pictures.grammar import (
    SHEET,
    band_colour,
    band_shape,
    clean_text,
    inline_data,
    layer_chart,
)
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.validation.misses import BEFORE, Miss

if TYPE_CHECKING:
    from altair import LayerChart

MARK, SMALL, MARKED = 70, 22, 0.02  # sizes of marks; a part below this share has no mark
LABELLED = 0.06  # share of a bar; a narrower part has no room for its number


def build_misses(register: Sequence[Miss], bands: Sequence[str], words: Words) -> Picture | None:
    """The picture; None if the register is empty. `bands` are names, best first, without unknown.

    On a day without a score, an entity counts as unknown.
    """
    if not register:
        return None
    counts = count_bands(register, bands)
    missed = sum(entry.missed for entry in register)
    says = words.counted(
        "picture.misses.says", missed, all=words.number(len(register)), band=words.label(bands[-1])
    )
    names = [words.label(name) for name in (*bands, "unknown")]
    head = (words.text("picture.misses.when"), *names)
    rows = tuple(
        (words.days(back), *(words.number(number) for number in numbers))
        for back, numbers in counts.items()
    )
    return Picture(
        name="misses",
        title=words.text("picture.misses"),
        says=says,
        head=head,
        rows=rows,
        draw=lambda: _chart(counts, names, words),
    )


def count_bands(register: Sequence[Miss], bands: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """The number of entities in each band, unknown last, by the days before the outcome."""
    counts = {}
    for place, back in enumerate(BEFORE):
        by_band = Counter(entry.prior_scores[place].band for entry in register)
        known = [by_band[name] for name in bands]
        counts[back] = (*known, len(register) - sum(known))
    return counts


def stack_parts(
    counts: dict[int, tuple[int, ...]], names: Sequence[str]
) -> list[dict[str, object]]:
    """One row for each part of a bar that isn't empty, best band first and unknown last."""
    parts = []
    for back, numbers in counts.items():
        whole, start = sum(numbers), 0.0
        for place in range(len(numbers)):
            share = numbers[place] / whole
            if share:
                parts.append(
                    {
                        "days": back,
                        "band": names[place],
                        "from": start,
                        "to": start + share,
                        "middle": start + share / 2,
                        "n": numbers[place],
                        "labelled": share >= LABELLED,
                        "size": MARK if share >= LABELLED else SMALL,
                    }
                )
            start += share
    return parts


def _chart(counts: dict[int, tuple[int, ...]], names: Sequence[str], words: Words) -> LayerChart:
    import altair as alt

    labels, last = [clean_text(name) for name in names], len(names) - 1
    rows = [{**row, "label": words.number(row["n"])} for row in stack_parts(counts, labels)]  # type: ignore[arg-type]
    places = [-1 if place == last else place for place in range(len(names))]
    colour = alt.Scale(domain=labels, range=[band_colour(place, last) for place in places])
    marks = alt.Scale(domain=labels, range=[band_shape(place, last) for place in places])
    y = alt.Y(
        "days:O",
        sort=list(counts),
        axis=alt.Axis(title=words.text("picture.misses.when"), ticks=False, domain=False),
    )
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            title=append_count(
                words.text("picture.misses.share"), words.number(sum(next(iter(counts.values()))))
            ),
            format="~%",
            tickCount=5,
            grid=False,
        ),
    )
    base = alt.Chart(inline_data(rows))
    return layer_chart(
        [
            base.mark_rect(stroke=SHEET, strokeWidth=1.5, height={"band": 0.72}).encode(
                x=x, x2="to:Q", y=y, fill=alt.Fill("band:N", scale=colour)
            ),
            base.transform_filter(f"datum.to - datum.from >= {MARKED}")
            .mark_point(opacity=1, stroke=SHEET, strokeWidth=1.2, yOffset=-9)
            .encode(
                x="middle:Q",
                y=y,
                fill=alt.Fill("band:N", scale=colour),
                shape=alt.Shape("band:N", scale=marks),
                size=alt.Size("size:Q", scale=None),
            ),
            base.transform_filter("datum.labelled")
            .mark_text(color=SHEET, baseline="middle", yOffset=8, fontSize=12)
            .encode(x="middle:Q", y=y, text="label:N"),
        ],
        words,
    )
