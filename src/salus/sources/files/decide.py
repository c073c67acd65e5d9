"""Chooses the format of a column from its counts.

If the values mean different things in two locales, Salus doesn't guess: the settings must say
which.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from salus.errors import Problem
from salus.sources.files.column_use import NUMBERS, TIMED, empty_type
from salus.sources.files.form import ColumnFormat
from salus.sources.files.numbers import STYLES, Style
from salus.sources.files.settings import Order
from salus.sources.files.value_counts import Tally
from salus.sources.table import Type

#: The share of values that may be rejected because they don't fit the type of the column. It is
#: larger if the model uses the column as a time or number.
FEW, FEW_WHERE_NEEDED = 0.1, 0.5


class AmbiguousColumn(Exception):
    """The values can be read in two ways. `what` and `fix` are the message for the user; `place`:
    whether to name the section of salus.toml in it.
    """

    def __init__(self, what: str, fix: str, place: bool = True) -> None:
        super().__init__(what)
        self.what, self.fix, self.place = what, fix, place


def choose_format(tally: Tally, zone: ZoneInfo, fixed_zone: ZoneInfo | None) -> ColumnFormat:
    """The format of a column. Raises AmbiguousColumn if the settings must decide.

    `fixed_zone`: the time zone of times without an offset, if it is known; else it is the model's
    `zone`.

    >>> import pyarrow as pa
    >>> from salus.sources.files.settings import FileSettings
    >>> tally = Tally("betrag", None, FileSettings())
    >>> tally.add(pa.array(["1.234,56", "12,5", "1.200"]))
    >>> form = choose_format(tally, ZoneInfo("UTC"), None)
    >>> form.type, form.style
    ('number', 'comma')
    """
    count, values, timed = tally.count, tally.count["values"], tally.use in TIMED
    if tally.use == "text":
        return ColumnFormat(type="text")
    if not values:
        return ColumnFormat(type=empty_type(tally.use), use=tally.use)
    if not timed and values in (count["truth"] if count["clear truth"] else 0, count["tick"]):
        return ColumnFormat(type="bool")
    few = FEW if tally.use is None else FEW_WHERE_NEEDED
    if tally.use not in NUMBERS and values - count["any time"] <= few * values:
        return _time(tally, zone, fixed_zone)
    if values - count["duration"] <= few * values:
        return ColumnFormat(type="number", use=tally.use, duration=True)
    if not timed and values - max(tally.numbers["point"], tally.numbers["comma"]) <= few * values:
        return _number(tally)
    return ColumnFormat(type="text")


def to_problem(tally: Tally, column: AmbiguousColumn, label: str, name: str) -> Problem:
    """The problem for the user about a column that isn't decided."""
    fix = f'{column.fix} under [files."{name}"]' if column.place else column.fix
    return Problem(label, None, None, f"column `{tally.column}`: {column.what}", fix)


def _number(tally: Tally) -> ColumnFormat:
    count, locale = tally.numbers, tally.settings.locale
    if tally.use is None and (_codes(tally) or count["grade"] or len(tally.currencies) > 1):
        return ColumnFormat(type="text")
    if tally.accounting and len(tally.currencies) > 1:
        first, second, *_ = tally.currencies.values()
        raise AmbiguousColumn(
            f"`{first}` and `{second}` are amounts in two currencies, which can't be summed",
            "write the currency in a column of its own, and use one currency for each amount",
            place=False,
        )
    style: Style = STYLES[locale] if locale else _style(tally)
    whole = count[f"whole {style}"] == count[style]
    kind: Type = "integer" if whole else "number"
    return ColumnFormat(
        type=kind, style=style, locale=locale, use=tally.use, accounting=tally.accounting
    )


def _codes(tally: Tally) -> bool:
    """Whether the digits are codes, not amounts: they have leading zeros, are too long, or the
    column also has codes such as C536379.
    """
    count = tally.numbers
    only_digits = count["whole point"] + count["long"] >= max(count["point"], count["comma"])
    return bool(count["leading zero"] or (only_digits and (count["code"] or count["long"])))


def _style(tally: Tally) -> Style:
    count = tally.numbers
    point, comma = count["point only"], count["comma only"]
    if not point and not comma and count["either number"]:
        example = tally.example["either number"]
        small = example.replace(",", ".")
        raise AmbiguousColumn(
            f"`{example}` is {_thousand(example)} in one country and {small} in another, and no"
            " other value shows which is meant",
            'set locale = "de", "da", "ch" or "en" in salus.toml',
        )
    return "comma" if comma > point else "point"


def _thousand(example: str) -> str:
    return example.replace(".", "").replace(",", "")


def _time(tally: Tally, zone: ZoneInfo, fixed_zone: ZoneInfo | None) -> ColumnFormat:
    count = tally.count
    order = _order(tally)
    points = tally.settings.dates or "dmy"
    kind: Type = "instant" if count["zoned"] else "moment" if count["clock"] else "date"
    if kind == "moment" and fixed_zone is not None:
        kind = "instant"
    return ColumnFormat(
        type=kind, order=order, points=points, use=tally.use, zone=fixed_zone or zone
    )


def _order(tally: Tally) -> Order:
    count, settings = tally.count, tally.settings
    if settings.dates:
        return settings.dates
    if settings.locale in ("de", "da", "ch"):
        return "dmy"
    dmy, mdy = count["dmy only"], count["mdy only"]
    if min(dmy, mdy) > FEW * (dmy + mdy):
        raise AmbiguousColumn(
            f"`{tally.example['dmy only']}` has the day first and `{tally.example['mdy only']}` the"
            " month",
            'set dates = "dmy" or "mdy" in salus.toml; dates in the other order are then rejected. Or correct the'
            " file",
        )
    if count["short year"] and not settings.locale:
        raise AmbiguousColumn(
            f"in `{tally.example['short year']}` any of the numbers may be the year",
            'set dates = "dmy", "mdy" or "ymd" in salus.toml',
        )
    if not dmy and not mdy and count["either date"] and not settings.locale:
        raise AmbiguousColumn(
            f"`{tally.example['either date']}` is one day with the month first and another with the"
            " day first, and no other value shows which is meant",
            'set dates = "dmy" or "mdy" in salus.toml',
        )
    return "mdy" if mdy > dmy or (not dmy and settings.locale == "en") else "dmy"
