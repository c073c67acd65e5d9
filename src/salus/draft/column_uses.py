"""Finds columns of files that hold times or durations which look like numbers or texts.

Milliseconds since 1970 are whole numbers, and 53:12:09 is a text, until somebody says what the
column is used for. Here the header and the values say it.
"""

from __future__ import annotations

import re

from sqlglot import exp

from salus.draft.dictionary import Role, find_roles
from salus.draft.headers import normalise
from salus.sources.files import Uses
from salus.sources.files.durations import PATTERN as DURATION
from salus.sources.folder import Folder

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
        "time",
        "times",
        "date",
        "timestamp",
        "ts",
        "at",
        "epoch",
        "datetime",
        "zeit",
        "datum",
        "zeitpunkt",
        "zeitstempel",
        "dato",
        "tid",
    ]
)
_FIRST, _LAST = 946_684_800, 4_102_444_800  # 2000 and 2100, in seconds since 1970
_SCALES = (1, 1_000, 1_000_000)


def find_uses(connection: Folder, table: str) -> Uses:
    """The columns of a table that are times since 1970 or durations; the use of the others is None.

    Parquet files say themselves what a column is.
    """
    names = connection.names(table)
    if connection.file(table).parquet_files:
        return dict.fromkeys(names)
    types = {column.name: column.type for column in connection.columns(table)}
    numbers = [
        name for name, kind in types.items() if kind in ("integer", "number") and _named_time(name)
    ]
    texts = [name for name, kind in types.items() if kind == "text"]
    extremes = _extremes(connection, table, [*numbers, *texts])
    times = [name for name in numbers if _since_1970(*extremes[name])]
    durations = [
        name
        for name in texts
        if all(isinstance(end, str) and re.fullmatch(DURATION, end) for end in extremes[name])
        and _all_durations(connection, table, name)
    ]
    return dict.fromkeys(names) | dict.fromkeys(times, "time") | dict.fromkeys(durations, "number")


def _named_time(header: str) -> bool:
    """Whether the header suggests a time: a synonym, or a word such as `at`."""
    roles = find_roles(header)
    return bool(roles and roles[0] in _TIMES) or not _WORDS.isdisjoint(normalise(header).split())


def _extremes(connection: Folder, table: str, names: list[str]) -> dict[str, tuple[object, object]]:
    if not names:
        return {}
    ends = [
        end(this=exp.column(name, quoted=True)).as_(f"{end.key}_{place}")
        for place, name in enumerate(names)
        for end in (exp.Min, exp.Max)
    ]
    row = connection.query(exp.select(*ends).from_(connection.table(table))).to_pylist()[0]
    return {name: (row[f"min_{place}"], row[f"max_{place}"]) for place, name in enumerate(names)}


def _since_1970(smallest: object, largest: object) -> bool:
    """Whether all numbers are times of this century, in seconds, milliseconds or microseconds."""
    if not isinstance(smallest, int | float) or not isinstance(largest, int | float):
        return False
    return any(_FIRST * scale <= smallest <= largest < _LAST * scale for scale in _SCALES)


def _all_durations(connection: Folder, table: str, name: str) -> bool:
    column = exp.column(name, quoted=True)
    fits = exp.RegexpLike(this=column, expression=exp.Literal.string(f"^(?:{DURATION})$"))
    others = exp.select(exp.Count(this=exp.Star()).as_("others")).from_(connection.table(table))
    return not connection.query(others.where(exp.not_(fits))).to_pylist()[0]["others"]
