"""Finds columns of files that hold times or durations which look like numbers or texts.

Milliseconds since 1970 are whole numbers, and 53:12:09 is a text, until somebody says what the
column is used for. Here the header and the first values say it, before the file is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from salus.draft.dictionary import Role, find_roles
from salus.draft.headers import normalise
from salus.sources.files import FileTable, Use, Uses
from salus.sources.files.durations import is_duration
from salus.sources.files.missing import trim
from salus.sources.files.numbers import TYPED

FIRST_ROWS = 5_000
_TIMES: tuple[Role, ...] = (
    "recorded",
    "due",
    "paid",
    "opened",
    "closed",
    "replied",
    "contract_end",
    "ended",
    "started",
    "time",
)
_WORDS = frozenset(
    [
        *("time", "times", "date", "timestamp", "ts", "at", "epoch", "datetime", "start", "end"),
        *("zeit", "datum", "zeitpunkt", "zeitstempel", "dato", "tid"),
    ]
)
FIRST, LAST = 946_684_800, 4_102_444_800  # 2000 and 2100, in seconds since 1970
_SCALES = (1, 1_000, 1_000_000)
_WHOLE = re.compile(r"\d{9,16}")


def find_uses(file: FileTable) -> Uses:
    """The columns of a file that are times since 1970 or durations; the use of the others is None.

    Empty for Parquet files, which say themselves what a column is.
    """
    if file.parquet_files:
        return {}
    names = file.names()
    places = file.rows.headers.places(file.rows.headers.usable)
    first = next(iter(file.rows.chunks(list(places.values()), FIRST_ROWS)))
    columns = first.columns(len(places)) if first.lines else ()
    uses: dict[str, Use | None] = dict.fromkeys(names)
    for name, cells in zip(places, columns, strict=False):
        values = trim(cells[:FIRST_ROWS]).drop_null()
        if not len(values):
            continue
        if is_named_time(name) and _since_1970(values.to_pylist()):
            uses[name] = "time"
        elif is_duration(values).all():
            uses[name] = "number"
    return uses


def is_named_time(header: str) -> bool:
    """Whether the header suggests a time: a synonym, or a word such as `at`."""
    roles = find_roles(header)
    return bool(roles and roles[0] in _TIMES) or not _WORDS.isdisjoint(normalise(header).split())


def _since_1970(texts: Sequence[str]) -> bool:
    """Whether all texts are times of this century, in seconds, milliseconds or microseconds."""
    bare = [text.removeprefix(TYPED) for text in texts]
    if not all(map(_WHOLE.fullmatch, bare)):
        return False
    numbers = [int(text) for text in bare]
    return any(FIRST * scale <= min(numbers) <= max(numbers) < LAST * scale for scale in _SCALES)
