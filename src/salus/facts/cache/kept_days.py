"""The days on which sources have facts, kept from one run to the next in `partials/days.json`.

Every verb asks where the data end, and the answer reads every row of every source. So the days are
kept with the state of the data: of each file where files can be queried alone, else of the tables
together. What is in another state is asked again, and only that. A file that can't be read is made
again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.atomic import atomic_write
from salus.facts.data_end import DataEnd, SourceDays, find_data_end, load_days
from salus.facts.sql.columns import CLOSED, KNOWN
from salus.facts.sql.dialect import cast
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import FAR, Facts, Span, Table, column
from salus.model.model import Model
from salus.sources.connection import FILE, Connection

MOST_SOURCES = 256  # kept; beyond it, those that were asked for the longest time ago are left out
WHOLE = ""  # stands for all files of a source that can't be queried one by one

Piece = dict[str, Any]  # `state`, `facts` (the number per day), `ended` (a day or None)


@dataclass(frozen=True)
class KeptDays:
    """The file of kept days. Nothing is kept of data whose state isn't that of files."""

    file: Path

    def data_end(self, model: Model, connection: Connection, today: dt.date) -> DataEnd:
        """Where the data end (facts/data_end.py)."""
        return find_data_end(self.load(model, connection, model.sources), today)

    def load(self, model: Model, connection: Connection, names: Iterable[str]) -> list[SourceDays]:
        """The days of each of these sources that has a fact, equal to those of `load_days`."""
        if not connection.has_file_states:
            return load_days(model, connection, names)
        before = _read(self.file)
        kept, sources = dict(before), []
        for name in names:
            origin = Origin.of(model, connection, name)
            key = f"{name} {origin.checksum_definition(moving=False)}"
            pieces = _renew(origin, kept.pop(key, {}))
            kept[key] = pieces  # now the newest
            sources.append(_add_up(origin, name, pieces))
        kept = dict(list(kept.items())[-MOST_SOURCES:])
        if kept != before:
            _write(self.file, kept)
        return [days for days in sources if days.facts]


def _renew(origin: Origin, before: Mapping[str, Piece]) -> dict[str, Piece]:
    """The pieces of a source as they are now; those in the same state are taken as they were."""
    states = dict(origin.files) or {WHOLE: origin.identity}
    same = {
        name: before[name]
        for name, state in states.items()
        if name in before and before[name]["state"] == state
    }
    missing = [name for name in states if name not in same]
    pieces = _ask(origin, missing) if missing else {}
    return {
        name: same.get(name) or {"state": state, **pieces.get(name, {"facts": {}, "ended": None})}
        for name, state in states.items()
    }


def _ask(origin: Origin, files: Sequence[str]) -> dict[str, Piece]:
    """The days of these files, by one grouped query."""
    facts, by_file = origin.facts, list(files) != [WHOLE]
    if by_file:
        inside = origin.within(files).facts
        own = Table(inside.own.reference, {**inside.own.types, FILE: "text"})
        facts = Facts(inside.source, own, None, inside.dialect, inside.zone)
    relation = facts.relation(Span(None, FAR), ends=_has_ends(origin))
    file: exp.Expr = column(FILE) if by_file and len(files) > 1 else exp.Literal.string(files[0])
    ended = exp.Max(this=column(CLOSED)) if _has_ends(origin) else exp.null()
    select = (
        exp.select(
            file.as_("piece"),
            column(KNOWN).as_("day"),
            cast(exp.Count(this=exp.Star()), "bigint").as_("n"),
            ended.as_("ended"),
        )
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(
            *([column(FILE)] if isinstance(file, exp.Column) else []),
            column(KNOWN),
        )
    )
    return _by_piece(origin.connection.query(select))


def _by_piece(rows: pa.Table) -> dict[str, Piece]:
    pieces: dict[str, Piece] = {}
    for row in rows.sort_by("day").to_pylist():
        piece = pieces.setdefault(row["piece"], {"facts": {}, "ended": None})
        piece["facts"][row["day"].isoformat()] = row["n"]
        if row["ended"] is not None:
            piece["ended"] = max(piece["ended"] or "", row["ended"].isoformat())
    return pieces


def _add_up(origin: Origin, name: str, pieces: Mapping[str, Piece]) -> SourceDays:
    facts: Counter[str] = Counter()
    for piece in pieces.values():
        facts.update(piece["facts"])
    ended = max((piece["ended"] for piece in pieces.values() if piece["ended"]), default=None)
    return SourceDays(
        name,
        {dt.date.fromisoformat(day): facts[day] for day in sorted(facts)},
        _has_ends(origin),
        None if ended is None else dt.date.fromisoformat(ended),
    )


def _has_ends(origin: Origin) -> bool:
    source = origin.facts.source
    return source.until is not None and not source.until_next


def _read(file: Path) -> dict[str, dict[str, Piece]]:
    """What the last run kept; nothing if it can't be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        for piece in (piece for pieces in kept.values() for piece in pieces.values()):
            _check(piece)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _check(piece: Piece) -> None:
    """Raises ValueError, TypeError or KeyError for what `_write` didn't write."""
    for day, number in piece["facts"].items():
        dt.date.fromisoformat(day)
        if type(number) is not int:
            raise ValueError(number)
    if piece["ended"] is not None:
        dt.date.fromisoformat(piece["ended"])
    if not isinstance(piece["state"], str):
        raise ValueError(piece["state"])


def _write(file: Path, kept: dict[str, dict[str, Piece]]) -> None:
    """Keep the days for the next run. If they can't be written, that run asks again."""
    with suppress(OSError), atomic_write(file, durable=False) as draft:
        draft.write_text(json.dumps(kept), encoding="utf-8")
