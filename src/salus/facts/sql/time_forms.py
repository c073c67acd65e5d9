"""Times that a database stores as texts or numbers: as SQL, in the forms of `salus.toml`.

A value that doesn't have the form is null: no part of it is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Dialect, Type, call, cast, dialect, number, text
from salus.sources.connection import Connection
from salus.sources.table import TableColumn
from salus.sources.time_forms import UNITS, Order, TimeForm, Times
from salus.sources.timed_connection import TimedConnection

FARTHEST = 10_000 * 366 * 86_400  # seconds since 1970
MINUTE = 60_000_000  # microseconds
_MONTHS = (
    ("jan",), ("feb",), ("mar", "mär", "mrz"), ("apr",), ("may", "mai", "maj"), ("jun",), ("jul",),
    ("aug",), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip
_YEAR, _MONTH, _DAY = "[0-9]{4}", "([0-9]{1,2}|[A-Za-zä]{3,9})", "[0-9]{1,2}"
_BETWEEN = "[-/. ]+"
_CLOCK = "([T ,]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)"
_OFFSET = " ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)"
_PARTS: Mapping[Order, tuple[str, str, str]] = {
    "ymd": (_YEAR, _MONTH, _DAY),
    "dmy": (_DAY, _MONTH, _YEAR),
    "mdy": (_MONTH, _DAY + ",?", _YEAR),
}
_CLOCK_PARTS = {
    "hour": "[T ,]([0-9]{1,2}):[0-9]{2}",
    "minute": "[T ,][0-9]{1,2}:([0-9]{2})",
    "second": "[T ,][0-9]{1,2}:[0-9]{2}:([0-9]{2})",
    "fraction": ":[0-9]{2}[.]([0-9]{1,6})",
    "sign": "([+-])[0-9]{2}:?[0-9]{0,2} *$",
    "away": "[+-]([0-9]{2}):?[0-9]{0,2} *$",
    "further": "[+-][0-9]{2}:?([0-9]{2}) *$",
}


def with_times(
    connection: Connection,
    times: Times,
    wanted: Callable[[str], Collection[str]] | None = None,
) -> Connection:
    """A database that reads some columns as times; the same connection if there are none. `wanted`:
    the columns of a table that may be read; None: all.
    """
    return TimedConnection(connection, times, read_times, wanted) if times else connection


def read_times(
    rows: exp.Select,
    columns: Collection[TableColumn],
    forms: Mapping[str, TimeForm],
    dialect_name: str,
) -> exp.Select:
    """The rows with their times. Texts are taken apart in one step after the other, each a subquery,
    because the next step reads the parts several times.
    """
    rules = dialect(dialect_name)
    texts = {
        name: (f"salus_t{place}_", form)
        for place, (name, form) in enumerate(forms.items())
        if form.unit is None
    }
    kept: list[SQL] = []
    for column in columns:
        plain = exp.column(column.name, quoted=True)
        form = forms.get(column.name)
        if form is None:
            kept.append(plain)
        elif form.unit is not None:
            read = since_1970(plain, column.type, form, rules)
            kept.append(read.as_(column.name, quoted=True))
    parts = [
        part
        for name, (short, form) in texts.items()
        for part in text_parts(exp.column(name, quoted=True), form, rules, short)
    ]
    first = rows.select(*kept, *parts)
    if not texts:
        return first
    months = [month_number(short, rules).as_(f"{short}number") for short, _ in texts.values()]
    second = exp.select(exp.Star(), *months).from_(first.subquery("salus_a", copy=False))
    names = [exp.column(c.name, quoted=True) for c in columns if c.name not in texts]
    read_texts = [
        joined_parts(form, rules, short).as_(name, quoted=True)
        for name, (short, form) in texts.items()
    ]
    return exp.select(*names, *read_texts).from_(second.subquery("salus_b", copy=False))


def whole_pattern(form: TimeForm) -> str:
    """The regular expression that a text of this form fits."""
    day = _BETWEEN.join(_PARTS[form.order])
    clock = "" if not form.clock else _CLOCK if form.offset else f"{_CLOCK}?"
    return f"^ *{day}{clock}{_OFFSET if form.offset else ''} *$"


def since_1970(column: SQL, kind: Type, form: TimeForm, rules: Dialect) -> SQL:
    """A number of seconds, milliseconds or microseconds as an instant."""
    assert form.unit is not None
    scale = UNITS[form.unit]
    if kind == "text":
        digits = rules.fits(column, "^-?[0-9]{1,17}([.][0-9]{1,9})?$")
        column = exp.case().when(digits, column.copy())
    value = cast(column, "double")
    near = exp.Between(
        this=value,
        low=number(float(-FARTHEST * 1_000_000 // scale)),
        high=number(float(FARTHEST * 1_000_000 // scale)),
    )
    micros = exp.case().when(near, rules.rounded(_times(value.copy(), scale)))
    if kind == "integer":  # exact, however large
        micros = exp.case().when(near.copy(), _times(cast(column.copy(), "bigint"), scale))
    return rules.instant(rules.moment(exp.paren(micros)), "moment", "UTC")


def text_parts(column: SQL, form: TimeForm, rules: Dialect, name: str) -> list[SQL]:
    """The parts of a text of this form, as columns with a common beginning; null if it has another
    form.
    """
    fits = rules.fits(column, whole_pattern(form))
    patterns = dict(_day_patterns(form.order))
    if form.clock:
        patterns |= _CLOCK_PARTS
    return [
        exp.case()
        .when(fits.copy(), call("nullif", rules.group(column.copy(), pattern), text("")))
        .as_(f"{name}{part}")
        for part, pattern in patterns.items()
    ]


def _day_patterns(order: Order) -> list[tuple[str, str]]:
    """For each part a pattern with one group."""
    names = {"y": "year", "m": "month", "d": "day"}
    result = []
    for place, letter in enumerate(order):
        before = "".join(part + _BETWEEN for part in _plain(_PARTS[order][:place]))
        result.append((names[letter], f"^ *{before}({_plain(_PARTS[order])[place].rstrip(',?')})"))
    return result


def _plain(parts: tuple[str, ...]) -> list[str]:
    """The patterns of parts without groups of their own."""
    return [part.replace(_MONTH, "[0-9A-Za-zä]{1,9}") for part in parts]


def month_number(name: str, rules: Dialect) -> SQL:
    """The month of a part that is a number or a name."""
    part = exp.column(f"{name}month")
    result = exp.case()
    start = call("lower", call("left", part, exp.Literal.number(3)))
    for place, words in enumerate(_MONTHS):
        options = [text(word) for word in words]
        result = result.when(
            exp.In(this=start.copy(), expressions=options), exp.Literal.number(place + 1)
        )
    digits = rules.fits(part.copy(), "^[0-9]+$")
    return result.when(digits, cast(part.copy(), "int"))


def joined_parts(form: TimeForm, rules: Dialect, name: str) -> SQL:
    """The time of parts: a date, a moment or an instant; null if there is no such day or hour."""

    def part(which: str, otherwise: str = "0") -> SQL:
        return call("coalesce", exp.column(f"{name}{which}"), text(otherwise))

    def two(value: SQL) -> SQL:
        return call("lpad", value, exp.Literal.number(2), text("0"))

    month, day = exp.column(f"{name}number"), exp.column(f"{name}day")
    year = exp.column(f"{name}year")
    iso = [year, text("-"), two(cast(month, "text")), text("-"), two(day)]
    valid = [_is_day(cast(year.copy(), "int"), month.copy(), cast(day.copy(), "int"))]
    if not form.clock:
        return exp.case().when(exp.and_(*valid), cast(call("concat", *iso), "date"))
    for which, most in (("hour", 23), ("minute", 59), ("second", 59)):
        iso += [text(" " if which == "hour" else ":"), two(part(which))]
        valid.append(exp.LTE(this=cast(part(which), "int"), expression=exp.Literal.number(most)))
    moment = cast(call("concat", *iso, text("."), part("fraction")), "timestamp")
    if not form.offset:
        return exp.case().when(exp.and_(*valid), moment)
    minutes = exp.Add(
        this=_times(cast(part("away"), "bigint"), 60), expression=cast(part("further"), "bigint")
    )
    west = exp.EQ(this=part("sign"), expression=text("-"))
    offset = exp.case().when(west, exp.Literal.number(MINUTE)).else_(exp.Literal.number(-MINUTE))
    micros = exp.case().when(
        exp.and_(*valid),
        exp.Add(
            this=rules.micros(rules.instant(moment, "moment", "UTC")),
            expression=exp.Mul(this=exp.paren(minutes), expression=exp.paren(offset)),
        ),
    )
    return rules.instant(rules.moment(exp.paren(micros)), "moment", "UTC")


def _is_day(year: SQL, month: SQL, day: SQL) -> SQL:
    def divides(by: int) -> SQL:
        rest = exp.Mod(this=exp.paren(year.copy()), expression=exp.Literal.number(by))
        return exp.EQ(this=rest, expression=exp.Literal.number(0))

    leap = exp.and_(divides(4), exp.or_(exp.not_(divides(100)), divides(400)))
    february = exp.EQ(this=month.copy(), expression=exp.Literal.number(2))
    short = exp.In(this=month.copy(), expressions=[exp.Literal.number(n) for n in (4, 6, 9, 11)])
    longest = (
        exp.case()
        .when(exp.and_(february, leap), exp.Literal.number(29))
        .when(february.copy(), exp.Literal.number(28))
        .when(short, exp.Literal.number(30))
        .else_(exp.Literal.number(31))
    )
    return exp.and_(
        exp.GTE(this=year.copy(), expression=exp.Literal.number(1)),
        exp.Between(this=month.copy(), low=exp.Literal.number(1), high=exp.Literal.number(12)),
        exp.GTE(this=day.copy(), expression=exp.Literal.number(1)),
        exp.LTE(this=day.copy(), expression=exp.paren(longest)),
    )


def _times(value: SQL, factor: int) -> SQL:
    return exp.paren(exp.Mul(this=value, expression=exp.Literal.number(factor)))
