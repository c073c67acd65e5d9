"""The entity's own table: when it began and ended, what it is worth, and the few attributes whose
meaning is known.

A column of unknown meaning is left out, personal ones are never named, and whether someone left is
never a measure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from salus.draft.headers import fold, is_plain, normalise
from salus.draft.lines import (
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.time_columns import date_column

_YES, _NO = ("yes", "ja", "true"), ("no", "nein", "nej", "kein", "keine", "ingen", "false")
_TWO_YEARS = re.compile(
    r"\b(two|2|three|3|zwei|drei|to|tre) *(years?|jahre?|ar)\b|\b(24|36)\b|zweijahr|biennial"
)
_ONE_YEAR = re.compile(
    r"\b(one|1|ein|et) *(years?|jahr|ar)\b|\b12\b|\b(annual|annually|yearly|jahrlich|arlig)\b|einjahr"
)
_MONTH = re.compile(r"\b(monthly|month|monatlich|monat|maned|manedlig|mtl)\b")
_AUTOMATIC = re.compile(
    r"automatic|automat|direct debit|credit card|sepa|lastschrift|kreditkarte|betalingsservice|dankort"
)
_BY_HAND = re.compile(
    r"check|cheque|scheck|cash|bar|invoice|rechnung|uberweisung|transfer|faktura|mailed|manual"
)


def draft_attributes(table: TableProfile, key: str, names: UniqueNames) -> DraftLines:
    """Lines for the table with one row per entity."""
    measures: list[MeasureDraft] = []
    attributes: list[str] = []
    used: set[str] = {key}
    inputs: list[InputDraft] = []
    for column in table.columns:
        line = (
            None
            if column.name == key or column.personal or column.constant
            else _line(column, names, table.name)
        )
        if line is not None:
            measures.append(line)
            attributes.append(column.name)
            used.add(column.name)
    group = _services(table, key)
    if len(group) >= 3:
        measures.append(_owned(group, names, table.name))
        attributes += [column.name for column in group]
        used |= {column.name for column in group}
    entity, why = _entity(table, key)
    used |= {str(value) for value in entity.values()}
    attributes += _shown(table, used)
    used |= set(attributes)
    if "value" in entity:
        inputs.append(
            InputDraft(
                names.new("money_at_stake", table.name),
                {"value": entity["value"]},
                "shown, not scored: dear is neither good nor bad",
            )
        )
        attributes.append(str(entity["value"]))
    ended = entity.get("ends")
    outcomes = {"churned": {"table": table.name, "key": key, "time": ended}} if ended else {}
    return DraftLines(
        (),
        tuple(inputs),
        tuple(measures),
        (),
        outcomes,
        tuple(dict.fromkeys(attributes)),
        entity,
        (f"table {table.name}: one row per `{key}`", *why),
        _lost(table, used),
    )


def _line(column: ColumnProfile, names: UniqueNames, table: str) -> MeasureDraft | None:
    """A measure for a column whose direction is known."""
    body = {"value": column.name}
    if column.is_number:
        if column.plays("tenure"):
            return MeasureDraft(
                names.new("time_together", table),
                "commitment",
                body,
                SpreadPoints("good"),
                f"`{column.name}`: the longer someone stays, the likelier they go on",
                2,
            )
        if column.plays("good", "usage", "score"):
            return MeasureDraft(
                names.new(f"{_short(column)}_level", table),
                "usage",
                body,
                SpreadPoints("good"),
                "more is better, by its header",
            )
        if column.plays("bad"):
            return MeasureDraft(
                names.new(f"{_short(column)}_level", table),
                "experience",
                body,
                SpreadPoints("bad"),
                "fewer is better, by its header",
            )
        return None
    if (
        column.type != "text"
        or not 2 <= column.distinct <= 12
        or "label_of_outcome" in column.roles
    ):
        return None
    duration = _words(column.words, _duration)
    if duration:
        return MeasureDraft(
            names.new("contract_length", table),
            "commitment",
            body,
            FixedPoints({"points": duration}),
            f"`{column.name}`: bound for longer",
            2,
        )
    way = _words(column.words, _payment)
    if way:
        return MeasureDraft(
            names.new("payment_way", table),
            "payment",
            body,
            FixedPoints({"points": way}),
            f"`{column.name}`: what is paid without anybody's doing fails less often",
        )
    return None


def _short(column: ColumnProfile) -> str:
    return normalise(column.name).replace(" ", "_")[:30]


def _words(words: Mapping[str, int], points: object) -> dict[str, float] | None:
    """Points of every word; None unless all are known and they differ."""
    assert callable(points)
    found = {word: points(normalise(word)) for word in sorted(words)}
    known = {word: value for word, value in found.items() if value is not None}
    return known if len(known) == len(found) and len(set(known.values())) > 1 else None


def _duration(word: str) -> float | None:
    if _TWO_YEARS.search(word):
        return 100.0
    if _ONE_YEAR.search(word):
        return 70.0
    return 20.0 if _MONTH.search(word) else None


def _payment(word: str) -> float | None:
    if _AUTOMATIC.search(word):
        return 100.0
    return 40.0 if _BY_HAND.search(word) else None


def _services(table: TableProfile, key: str) -> list[ColumnProfile]:
    """Columns of yes, no and "no such service": options that someone has or hasn't."""
    return [
        column
        for column in table.columns
        if column.name != key
        and column.type == "text"
        and is_plain(column.name)
        and not column.personal
        and "label_of_outcome" not in column.roles
        and _optional(column.words)
    ]


def _optional(words: Mapping[str, int]) -> bool:
    """yes, no, and a third word that begins with no: "No internet service"."""
    if len(words) != 3:
        return False
    starts = sorted(normalise(word).split()[:1] for word in words)
    firsts = [first[0] for first in starts if first]
    return (
        sum(first in _YES for first in firsts) == 1 and sum(first in _NO for first in firsts) == 2
    )


def _owned(group: list[ColumnProfile], names: UniqueNames, table: str) -> MeasureDraft:
    yes = {
        column.name: next(word for word in column.words if fold(word) in _YES) for column in group
    }
    formula = " + ".join(f"({column} = '{word}')" for column, word in sorted(yes.items()))
    return MeasureDraft(
        names.new("options_used", table),
        "commitment",
        {"formula": formula},
        SpreadPoints("good"),
        "how many of the options someone has: the more, the harder to leave",
    )


def _entity(table: TableProfile, key: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Keys of the `entity:` block."""
    found: dict[str, object] = {}
    label = next(
        (
            c
            for c in table.columns
            if c.could_be("name") and c.type == "text" and c.name != key and not c.personal
        ),
        None,
    )
    if label is not None:
        found["label"] = label.name
    owner = next((c for c in table.playing("owner") if c.type == "text" and not c.personal), None)
    if owner is not None:
        found["owner"] = owner.name
    money = next((c for c in table.playing("recurring") if c.is_number and not c.negative), None)
    if money is not None:
        found["value"] = money.name
    started, ended = date_column(table, "started", "opened"), date_column(table, "ended")
    if started and table.column(started).share_filled > 0.9:
        found["starts"] = started
    if ended and ended != started:
        found["ends"] = ended
    why = tuple(f"entity: `{column}` as {word}" for word, column in found.items())
    return found, why


def _shown(table: TableProfile, used: set[str]) -> list[str]:
    """Attributes that segments may want: plans, regions, seats."""
    return [
        column.name
        for column in table.playing("seats", "region", "status")
        if column.name not in used
        and not column.personal
        and is_plain(column.name)
        and not column.is_time
    ][:6]


def _lost(table: TableProfile, used: set[str]) -> tuple[str, ...]:
    rest = [column for column in table.columns if column.name not in used]
    leaks = [c.name for c in rest if "label_of_outcome" in c.roles]
    personal = [c.name for c in rest if c.personal and c.name not in leaks]
    dates = [c.name for c in rest if c.is_time and c.name not in (*leaks, *personal)]
    unknown = [c.name for c in rest if c.name not in (*leaks, *personal, *dates)]
    found = []
    if leaks:
        found.append(
            f"{list_names(leaks)}: tells who left, so no measure may read it; an outcome may, as its `flag`"
        )
    if personal:
        found.append(f"{list_names(personal)}: personal, and no part of a score")
    if dates:
        found.append(
            f"{list_names(dates)}: a date; if the time as a customer ends there, name it as `ends` of the entity"
        )
    if unknown:
        found.append(f"{list_names(unknown)}: whether more is better isn't known")
    return tuple(f"table {table.name}, {what}" for what in found)


def list_names(names: list[str]) -> str:
    """Names in one line, the first twelve."""
    return ", ".join(f"`{name}`" for name in names[:12]) + (
        f" and {len(names) - 12} more" if len(names) > 12 else ""
    )
