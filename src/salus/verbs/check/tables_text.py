"""The tables as text: how each was read, what it is used for, and how its rows lead to entities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from salus.channels.text.width import wrap
from salus.sanitize import one_line, sanitize
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading
from salus.verbs.check.result import Inspection, TableUse

SHOWN = 12  # names in a list
PREVIEW = 2  # lines of a file
WAYS = 3  # from a table to entities
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")


def render_tables(result: Inspection) -> list[str]:
    """The rows of each table in columns, and below it how it was read and what it is used for."""
    rows = [
        (one_line(each.file), each.read, _rejected(each), _details(each), each.table)
        for each in result.readings
    ]
    rows += [
        (one_line(each.name), each.rows, f" in {count_words(each.files, 'file')}", [], each.table)
        for each in result.parquet_tables
    ]
    name = max((len(row[0]) for row in rows), default=0)
    width = max((len(f"{row[1]:,}") for row in rows), default=0)
    lines: list[str] = []
    for file, count, more, details, table in rows:
        word = "row" if count == 1 else "rows"
        lines += [f"{file:{name}}  {count:>{width},} {word}{more}", *details]
        lines += _uses(result, table)
    others = dict.fromkeys(use.table for use in result.uses)
    for table in others.keys() - {row[-1] for row in rows}:
        lines += [one_line(table), *_uses(result, table)]
    return [*lines, *_note_where(result), *_unused(result)]


def _note_where(result: Inspection) -> list[str]:
    """That rows are counted before a source leaves some out."""
    if not any(use.narrowed for use in result.uses):
        return []
    return wrap(
        "Rows are counted before the `where` of a source leaves some out; rows without a time aren't"
        " counted.",
        following="  ",
    )


def _unused(result: Inspection) -> list[str]:
    if not result.unused:
        return []
    verb = "isn't" if result.unused == 1 else "aren't"
    names = list_names(map(one_line, result.unused_tables))
    what = f"{count_words(result.unused, 'other table')} {verb} used by the model"
    return wrap(f"{what}: {names}" if names else what, following="  ")


def list_names(names: Iterable[str]) -> str:
    """The first names of a list, and how many more there are.

    >>> list_names(["a", "b"]), list_names("abcdefghijklmno")[-13:]
    ('a, b', ' l and 3 more')
    """
    every = list(names)
    more = len(every) - SHOWN
    return ", ".join(every[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _uses(result: Inspection, table: str) -> list[str]:
    """What the model uses a table for. Uses with the same join and counts stand together."""
    own = [use for use in result.uses if use.table == table]
    lines: list[str] = []
    entities = result.entity_rows
    if entities is not None and table == result.entity_table and entities[0] != entities[1]:
        whole = f"{entities[1]:,} rows {'is' if entities[0] == 1 else 'are'} {one_line(result.entity[1])}"
        lines.append(f"  {entities[0]:,} of {whole}{_members(result, entities[0])}")
    for ways in dict.fromkeys(use.ways for use in own if use.counts is not None):
        lines += _joined(result, ways, [use for use in own if use.ways == ways])
    names = [use.title for use in own if use.counts is None]
    return lines + (wrap(_title(names), "  ", "    ") if names else [])


def _members(result: Inspection, rows: int) -> str:
    """How many of the entities are or were in the population, where not all were."""
    known = result.population
    if known is None or known.constant or known.ever >= rows:
        return ""
    return f" ({known.ever:,} of them are or were customers)"


def _joined(result: Inspection, ways: tuple[str, ...], uses: list[TableUse]) -> list[str]:
    """The uses of a table that lead to entities in the same ways. Those with equal counts stand
    together.
    """
    linked = " = " in ways[0]
    lines = []
    for _, group in groupby(sorted(uses, key=_numbers, reverse=True), key=_numbers):
        same = list(group)
        by = "" if linked else f" by {one_line(ways[0])}"
        text = f"{_title([use.title for use in same])}{by}{_counted(result, same[0])}"
        lines += wrap(text, "  ", "    ")
    if not linked:
        return lines
    join = "; else ".join(map(one_line, ways[:WAYS]))
    more = len(ways) - WAYS
    end = f"; and {count_words(more, 'more way')}" if more > 0 else ""
    return [*lines, *wrap(f"joined by {join}{end}", "    ", "      ")]


def _title(titles: list[str]) -> str:
    """What a table is used for: the kind once, then the names.

    >>> _title(["source `tickets`", "source `resolved`"]), _title(["link `name`"])
    ('sources `tickets`, `resolved`', 'link `name`')
    """
    kinds = {title.rpartition(" `")[0] for title in titles}
    if len(titles) == 1 or len(kinds) > 1:
        return ", ".join(map(one_line, titles))
    names = [f"`{title.rpartition(' `')[2]}" for title in titles]
    return one_line(f"{kinds.pop()}s {', '.join(names)}")


def _numbers(use: TableUse) -> tuple[int, ...]:
    counts = use.counts
    if counts is None:
        return ()
    return (counts.facts, counts.matched, counts.unknown, counts.ambiguous, counts.left_out)


def _counted(result: Inspection, use: TableUse) -> str:
    """How many rows belong to an entity, and why the others don't."""
    counts = use.counts
    if counts is None:
        return ""
    if not counts.facts:
        return ": no rows with a time"
    verb = "belongs" if counts.matched == 1 else "belong"
    share = f" ({_percent(counts.matched, counts.facts)})"
    parts = [
        f"{counts.matched:,} of {count_words(counts.facts, 'row')} {verb} to {one_line(result.entity[1])}{share}"
    ]
    for number, why in (
        (counts.unknown, "unknown"),
        (counts.ambiguous, "ambiguous"),
        (counts.left_out, f"of non-{one_line(result.entity[1])}"),
        (counts.without, "without a key"),
    ):
        parts += [f"{number:,} {why}"] if number else []
    return ": " + ", ".join(parts)


def _percent(part: int, whole: int) -> str:
    """A share that is 100 % or 0 % only if it is exactly that.

    >>> _percent(999, 1000), _percent(1, 1000), _percent(3, 3), _percent(2, 3)
    ('>99%', '<1%', '100%', '67%')
    """
    share = 100 * part / whole
    if part and share < 1:
        return "<1%"
    if part < whole and share > 99:
        return ">99%"
    return f"{share:.0f}%"


def count_words(count: int, word: str) -> str:
    """A number with its noun.

    >>> count_words(1, "row"), count_words(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _rejected(reading: FileReading) -> str:
    """How many rows were kept, if there is something to say about how the file was read."""
    kept = f" read, {reading.kept:,} kept"
    if not reading.rejected:
        return kept if reading.notes else ""
    file = rejected_path(Path("rejected"), reading.table).as_posix()
    return f"{kept}, {reading.rejected:,} rejected (see {one_line(file)})"


def _details(reading: FileReading) -> list[str]:
    """Notes, and the first values that Salus read differently from how they are written."""
    lines = [f"  {one_line(note)}" for note in reading.notes]
    preview = []
    for row in reading.preview:
        pairs = [
            f"{sanitize(name)}: {sanitize(before)} → {sanitize(_written(after)) or 'empty'}"
            for name, before in row.before.items()
            if not _same(before, after := row.after.get(name))
        ]
        if pairs:
            preview.append(f"    line {row.line}: " + ", ".join(pairs))
    return [
        *lines,
        *(["  Salus reads these values as follows:"] if preview else []),
        *preview[:PREVIEW],
    ]


def _written(value: object) -> str:
    """A value as most files write it.

    >>> _written(None), _written(True), _written(7.0), _written("2026-02-06T10:57:53")
    ('', 'true', '7', '2026-02-06 10:57:53')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return f"{value:.0f}"
    return _TIME.sub(r"\1 \2", str(value))


def _same(before: str, after: object) -> bool:
    """Whether a file writes a value as Salus does, or as everybody reads it: another way to write the
    same time, or decimals that are 0.

    >>> _same("2026-02-06 10:57", "2026-02-06T10:57:00"), _same("4368.00", 4368.0), _same("1.200", 1200)
    (True, True, False)
    >>> _same("2026-02-06T11:57:53.000+0100", "2026-02-06T10:57:53+00:00"), _same("06.02.2026", "2026-02-06")
    (True, False)
    """
    if str(after) == before or _written(after) == before:
        return True
    with suppress(ValueError):
        if isinstance(after, int | float) and not isinstance(after, bool):
            return float(before) == after
        own, read = datetime.fromisoformat(before), datetime.fromisoformat(str(after))
        return own == read or (own.tzinfo is None and own.replace(tzinfo=UTC) == read)
    return False
