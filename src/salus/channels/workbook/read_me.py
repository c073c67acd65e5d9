"""The sheet that says what the workbook is, in words."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.workbook import style
from salus.channels.workbook.sheet import Sheet
from salus.channels.workbook.style import Styles

LIVE = (
    (
        "Sheet Template computes every score anew when you change a yellow cell: a value, a word, a"
        " last known value, or on sheet Model a weight, a curve, a limit or a cap. Empty a cell and"
        " the measure is missing."
    ),
    (
        "Live are: points, what counts when a value is missing, segments, dimensions, coverage, the"
        " guard against scores that rise because data stopped, caps, bands, further scores, and"
        " measures that are formulas of other cells."
    ),
    (
        "To add a knot to a curve, insert a row between two others, fill it, and copy the slope"
        " (points per 1 more) down."
    ),
)
STILL = (
    (
        "Counts, sums, means, windows of days and trends are read from the facts by Salus: here"
        " they are plain numbers."
    ),
    (
        "Held and last values come from history: Salus fills them where a value went missing, and"
        " you can change them."
    ),
    (
        "So do the sums and the band of the days before, where scores are smoothed or bands have a"
        " dead zone. A score that lay clear of every limit needs no band of the day before: its"
        " cell is empty, and a change begins in the plain band."
    ),
    "Changing as_of moves conditions and formulas that read it, not the facts.",
)


def write_read_me(sheet: Sheet, styles: Styles, title: str, notes: Sequence[str]) -> None:
    """Explain what is live, what is not, and the colours."""
    sheet.set_column(0, 0, 110)
    wrapped = styles({"text_wrap": True, "valign": "top"})
    lines: list[tuple[str | None, object]] = [(title, styles(style.TITLE)), (None, None)]
    for head, texts in (
        ("What is live", LIVE),
        ("What is not", STILL),
        ("In this workbook", tuple(notes)),
    ):
        if texts:
            lines += [
                (head, styles(style.GROUP)),
                *((text, wrapped) for text in texts),
                (None, None),
            ]
    lines += [
        ("Colours", styles(style.GROUP)),
        ("An input: change it as you like.", styles(style.INPUT)),
        ("A step of the computation: leave it.", styles(style.WORKING)),
    ]
    for row, (text, look) in enumerate(lines):
        sheet.put(row, 0, text, look)
