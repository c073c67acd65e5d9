"""Proposes lines for the table with one row per entity: its first and last day, its value, and
measures of the attributes whose meaning is known.

A column of unknown meaning is left out, and so is personal data. Whether someone left is never a
measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from salus.draft.currencies import explain_several, several_currencies
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

_OPTIONS = {
    "label": "label",
    "owner": "owner",
    "value": "value",
    "starts": "first day",
    "ends": "last day",
}
UNCLEAR = "because it isn't clear which values are good"
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


def draft_attributes(
    table: TableProfile,
    key: str,
    names: UniqueNames,
    flag: str | None = None,
    elsewhere: Collection[str] = (),
    ends_known: bool = False,
) -> DraftLines:
    """The lines for the entity table, whose key is the column `key`.

    `flag`: the column that says who left, if it is known. `elsewhere`: columns that the model uses in
    other places. `ends_known`: another table says who left.
    """
    measures: list[MeasureDraft] = []
    attributes: list[str] = []
    used: set[str] = {key} if flag is None else {key, flag}
    inputs: list[InputDraft] = []
    for column in table.columns:
        line = (
            None
            if column.name in used or column.personal or column.constant
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
    entity = _entity(table, key)
    used |= {str(value) for value in entity.values()}
    attributes += _descriptive(table, {*used, *_leaks(table, flag)})
    used |= set(attributes)
    if "value" in entity:
        inputs.append(
            InputDraft(
                names.new("money_at_stake", table.name),
                {"value": entity["value"]},
                "shown, not scored: a high value is neither good nor bad",
            )
        )
        attributes.append(str(entity["value"]))
    ended = entity.get("ends")
    outcomes = {"churned": {"table": table.name, "key": key, "time": ended}} if ended else {}
    return DraftLines(
        inputs=tuple(inputs),
        measures=tuple(measures),
        outcomes=outcomes,
        attributes=tuple(dict.fromkeys(attributes)),
        entity=entity,
        guessed=(f"table {table.name}: one row per `{key}`{_sources_of(entity)}",),
        left_out=(
            *_without_value(table),
            *_left_out(table, {*used, *elsewhere}, flag, ends_known),
        ),
    )


def _line(column: ColumnProfile, names: UniqueNames, table: str) -> MeasureDraft | None:
    """A measure of a column if it is known whether more is better; otherwise None."""
    body = {"value": column.name}
    if column.is_number:
        if column.has_role("tenure"):
            return MeasureDraft(
                names.new("time_together", table),
                "commitment",
                body,
                SpreadPoints("good"),
                f"`{column.name}`: those who have stayed long are more likely to stay",
                2,
            )
        if column.has_role("good", "usage", "score"):
            return MeasureDraft(
                names.new(f"{_short(column)}_level", table),
                "usage",
                body,
                SpreadPoints("good"),
                f"`{column.name}`: judging by its header, more is better",
            )
        if column.has_role("bad"):
            return MeasureDraft(
                names.new(f"{_short(column)}_level", table),
                "experience",
                body,
                SpreadPoints("bad"),
                f"`{column.name}`: judging by its header, less is better",
            )
        return None
    if (
        column.type != "text"
        or not 2 <= column.distinct <= 12
        or "label_of_outcome" in column.roles
    ):
        return None
    duration = _points_of_words(column.frequent_values, _duration)
    if duration:
        return MeasureDraft(
            names.new("contract_length", table),
            "commitment",
            body,
            FixedPoints({"points": duration}),
            f"`{column.name}`: a longer contract is safer",
            2,
        )
    payment = _points_of_words(column.frequent_values, _payment)
    if payment:
        return MeasureDraft(
            names.new("payment_way", table),
            "payment",
            body,
            FixedPoints({"points": payment}),
            f"`{column.name}`: automatic payments fail less often",
        )
    return None


def _short(column: ColumnProfile) -> str:
    return normalise(column.name).replace(" ", "_")[:30]


def _points_of_words(
    words: Mapping[str, int], points_of: Callable[[str], float | None]
) -> dict[str, float] | None:
    """The points of every word; None unless all words are known and their points differ."""
    points = {word: points_of(normalise(word)) for word in sorted(words)}
    known = {word: value for word, value in points.items() if value is not None}
    return known if len(known) == len(points) and len(set(known.values())) > 1 else None


def _duration(word: str) -> float | None:
    """Points for the length of a contract."""
    if _TWO_YEARS.search(word):
        return 100.0
    if _ONE_YEAR.search(word):
        return 70.0
    return 20.0 if _MONTH.search(word) else None


def _payment(word: str) -> float | None:
    """Points for a way to pay."""
    if _AUTOMATIC.search(word):
        return 100.0
    return 40.0 if _BY_HAND.search(word) else None


def _services(table: TableProfile, key: str) -> list[ColumnProfile]:
    """Columns with yes, no and "no such service": options that an entity has or hasn't."""
    return [
        column
        for column in table.columns
        if column.name != key
        and column.type == "text"
        and is_plain(column.name)
        and not column.personal
        and "label_of_outcome" not in column.roles
        and _optional(column.frequent_values)
    ]


def _optional(words: Mapping[str, int]) -> bool:
    """Whether the words are yes, no, and a third one that begins with no: "No internet service"."""
    if len(words) != 3:
        return False
    starts = sorted(normalise(word).split()[:1] for word in words)
    firsts = [first[0] for first in starts if first]
    return (
        sum(first in _YES for first in firsts) == 1 and sum(first in _NO for first in firsts) == 2
    )


def _owned(group: list[ColumnProfile], names: UniqueNames, table: str) -> MeasureDraft:
    words = {
        column.name: next(word for word in column.frequent_values if fold(word) in _YES)
        for column in group
    }
    formula = " + ".join(f"({column} = '{word}')" for column, word in sorted(words.items()))
    return MeasureDraft(
        names.new("options_used", table),
        "commitment",
        {"formula": formula},
        SpreadPoints("good"),
        "number of options in use: the more there are, the harder it is to leave",
    )


def _entity(table: TableProfile, key: str) -> dict[str, object]:
    """The options of the `entity:` block, each with its column."""
    entity: dict[str, object] = {}
    label = next(
        (
            c
            for c in table.columns
            if c.may_have_role("name") and c.type == "text" and c.name != key and not c.personal
        ),
        None,
    )
    if label is not None:
        entity["label"] = label.name
    owner = next((c for c in table.with_role("owner") if c.type == "text" and not c.personal), None)
    if owner is not None:
        entity["owner"] = owner.name
    money = find_recurring(table)
    if money and several_currencies(table) is None:
        entity["value"] = money[0].name
    started, ended = date_column(table, "started", "opened"), date_column(table, "ended")
    if started and table.column(started).share_filled > 0.9:
        entity["starts"] = started
    if ended and ended != started:
        entity["ends"] = ended
    return entity


def find_recurring(table: TableProfile) -> list[ColumnProfile]:
    """The columns of what an entity pays again and again, the likeliest first."""
    return [c for c in table.with_role("recurring") if c.is_number and not c.negative]


def _without_value(table: TableProfile) -> list[str]:
    """A note on a value that can't be used."""
    money, currency = find_recurring(table), several_currencies(table)
    if not money or currency is None:
        return []
    return [f"table {table.name}: no value from `{money[0].name}`: {explain_several(currency)}"]


def _sources_of(entity: Mapping[str, object]) -> str:
    """Which column is the label, the value and so on, as the end of a note."""
    pairs = (f"{_OPTIONS[option]} from `{column}`" for option, column in entity.items())
    return f"; {', '.join(pairs)}" if entity else ""


def _descriptive(table: TableProfile, used: set[str]) -> list[str]:
    """Attributes that segments can use: seats, regions, states."""
    return [
        column.name
        for column in table.with_role("seats", "region", "status")
        if column.name not in used
        and not column.personal
        and is_plain(column.name)
        and not column.is_time
    ][:6]


def _leaks(table: TableProfile, flag: str | None) -> list[str]:
    """The columns that are known only once somebody left, such as a reason for churn."""
    return [c.name for c in table.columns if "label_of_outcome" in c.roles and c.name != flag]


def _left_out(
    table: TableProfile, used: set[str], flag: str | None = None, ends_known: bool = False
) -> tuple[str, ...]:
    """Notes on the columns that aren't used, grouped by reason."""
    rest = [column for column in table.columns if column.name not in used]
    leaks = [name for name in _leaks(table, flag) if name not in used]
    personal = [c.name for c in rest if c.personal and c.name not in leaks]
    dates = [c.name for c in rest if c.is_time and c.name not in (*leaks, *personal)]
    unknown = [c.name for c in rest if c.name not in (*leaks, *personal, *dates)]
    reasons = (
        (
            leaks,
            "says who left, so it can't be a measure; it can be the `flag` of an outcome"
            if flag is None
            else "is known only once somebody left, so it can't be a measure",
        ),
        (personal, "personal data never enters a score"),
    )
    notes = [
        f"table {table.name}, {list_names(columns)}: {reason}"
        for columns, reason in reasons
        if columns
    ]
    if dates:
        notes.append(f"table {table.name}: {_unclear_dates(dates, ends_known)}")
    if unknown:
        made = f"no measure is made from {list_names(unknown)}"
        notes.append(f"table {table.name}: {made}, {UNCLEAR}")
    return tuple(notes)


def _unclear_dates(dates: list[str], ends_known: bool) -> str:
    aren, mean, each = (
        ("isn't", "the date means", "it")
        if len(dates) == 1
        else ("aren't", "the dates mean", "one of them")
    )
    note = f"{list_names(dates)} {aren} used, because it isn't clear what {mean}"
    if ends_known:
        return note
    return f"{note}; if {each} is the last day as a customer, enter it as `ends` under `entity`"


def list_names(names: list[str]) -> str:
    """The first twelve names in one line, and how many more there are."""
    return ", ".join(f"`{name}`" for name in names[:12]) + (
        f" and {len(names) - 12} more" if len(names) > 12 else ""
    )
