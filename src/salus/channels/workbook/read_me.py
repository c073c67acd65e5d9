"""The sheet that explains the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.workbook import style
from salus.channels.workbook.sheet import Sheet
from salus.channels.workbook.style import Styles

LIVE = (
    (
        "The sheet Template recomputes every score when you change a yellow cell: a value, a word or"
        " a last known value, or on the sheet Model a weight, a curve, a limit or a cap. If you"
        " empty a cell, the measure is missing."
    ),
    (
        "These parts are live: points, the rules for missing values, segments, dimensions, coverage,"
        " the guard against scores that rise because data stopped, caps, bands, further scores, and"
        " measures that are formulas of other cells."
    ),
    (
        "To add a point to a curve, insert a row between two others, fill it in, and copy the slope"
        " (points per 1 more) down."
    ),
)
STILL = (
    ("Salus computes counts, sums, means and trends from the facts. Here they are plain numbers."),
    (
        "Held and last values come from history. Salus fills them in where a value is missing, and"
        " you can change them."
    ),
    (
        "The sums and the band of the days before come from history too, if scores are smoothed or"
        " bands have a dead zone. If the score was far from every limit, the cell of the band is"
        " empty, and the band follows from the score alone."
    ),
    "If you change as_of, the conditions and formulas that read it change, but the facts don't.",
)


def write_read_me(sheet: Sheet, styles: Styles, title: str, notes: Sequence[str]) -> None:
    """Write what is live, what isn't, the notes, and the meaning of the colours."""
    sheet.set_column(0, 0, 110)
    wrap = styles({"text_wrap": True, "valign": "top"})
    lines: list[tuple[str | None, object]] = [(title, styles(style.TITLE)), (None, None)]
    for head, texts in (
        ("What is live", LIVE),
        ("What is not live", STILL),
        ("In this workbook", tuple(notes)),
    ):
        if texts:
            lines += [
                (head, styles(style.GROUP)),
                *((text, wrap) for text in texts),
                (None, None),
            ]
    lines += [
        ("Colours", styles(style.GROUP)),
        ("An input. You can change it.", styles(style.INPUT)),
        ("A step of the computation. Don't change it.", styles(style.WORKING)),
    ]
    for row, (text, cell_style) in enumerate(lines):
        sheet.put(row, 0, text, cell_style)
