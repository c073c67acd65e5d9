"""Times that a database stores as texts or numbers are those that Python reads, on every engine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import pytest
from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.time_forms import with_times
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.time_forms import FORMS, TimeForm, read_form
from tests.engine.product import write
from tests.links.test_worlds import loaded
from tests.oracle.table import Table

FORMS_OF = {f"c{place}": form for place, form in enumerate(map(read_form, FORMS)) if form}
ODD = (None, "", "x", "2024-02-30", "30.02.2024", "2023-02-29 10:00", "2024-13-01", "00-00-0000",
       "12/31/1999 24:00", "31.04.2024", "2024-06-30 23:60:00Z", "0000-01-01", "2024-1", "1e9")  # fmt: skip
MONTHS = ("Jan", "February", "Mär", "apr", "Mai", "JUN", "Juli", "aug", "Sept", "Okt", "Nov", "dec")


def written(random: Random, form: TimeForm) -> tuple[object, object]:
    """A value in a form, and the time that it means."""
    start = dt.datetime(1900, 3, 1) if form.unit is None else dt.datetime(1971, 1, 1)
    time = start + dt.timedelta(seconds=random.randrange(4_000_000_000), milliseconds=250)
    if form.unit is not None:
        scale = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}[form.unit]
        since = (time - dt.datetime(1970, 1, 1)) / dt.timedelta(seconds=1)
        whole = time if form.unit != "seconds" else time.replace(microsecond=0)
        return int(since * scale), whole.replace(tzinfo=dt.UTC)
    month = random.choice((str(time.month), f"{time.month:02}", MONTHS[time.month - 1]))
    sign, comma = random.choice("-/."), ""
    if form.order == "mdy" and not month.isdigit():
        sign, comma = " ", ","
    day = random.choice((str(time.day), f"{time.day:02}")) + comma
    parts = {"y": str(time.year), "m": month, "d": day}
    text = sign.join(parts[letter] for letter in form.order)
    if not form.clock:
        return text, time.date()
    if not form.offset and random.random() < 0.2:
        return f" {text} ", dt.datetime.combine(time.date(), dt.time())
    seconds = random.choice(("", f":{time.second:02}", f":{time.second:02}.25"))
    between = random.choice(("T", " ", ", "))
    text = f"{text}{between}{time.hour:02}:{time.minute:02}{seconds}"
    micros = 250_000 if seconds.endswith(".25") else 0
    time = time.replace(second=time.second if seconds else 0, microsecond=micros)
    if not form.offset:
        return text, time
    hours, minutes = random.randrange(-11, 13), random.choice((0, 30))
    offset = dt.timedelta(hours=abs(hours), minutes=minutes)
    mark = "-" if hours < 0 else "+"
    shown = f"{mark}{abs(hours):02}{random.choice((':', ''))}{minutes:02}"
    if random.random() < 0.2:
        shown, offset = random.choice(("Z", " UTC")), dt.timedelta()
    moment = time + offset if shown.startswith("-") else time - offset
    return text + shown, moment.replace(tzinfo=dt.UTC)


def tables(seed: int, rows: int = 300) -> tuple[dict[str, Table], dict[str, list[object]]]:
    random, columns, expected = Random(seed), {}, {}
    for name, form in FORMS_OF.items():
        pairs = [written(random, form) for _ in range(rows)]
        if form.unit is None:
            pairs += [(odd, None) for odd in ODD]
        else:
            pairs += [(None, None)] * (len(ODD) - 1) + [(10**18, None)]
        random.shuffle(pairs)
        columns[name] = [value for value, _ in pairs]
        expected[name] = [time for _, time in pairs]
    kinds = {"nr": "integer"} | {
        name: "text" if form.unit is None else "integer" for name, form in FORMS_OF.items()
    }
    listed = [
        {"nr": nr, **{name: columns[name][nr] for name in FORMS_OF}}
        for nr in range(rows + len(ODD))
    ]
    return {"odd_times": Table(kinds, listed)}, expected


def times_agree(connection: Connection, expected: dict[str, list[object]]) -> None:
    timed = with_times(connection, {"odd_times": FORMS_OF})
    types = {column.name: column.type for column in timed.columns("odd_times")}
    assert {name: form.type for name, form in FORMS_OF.items()}.items() <= types.items()
    rows = timed.query(exp.select(exp.Star()).from_(timed.table("odd_times"))).to_pylist()
    rows.sort(key=lambda row: row["nr"])
    for name, times in expected.items():
        for row, time in zip(rows, times, strict=True):
            given = row[name]
            if isinstance(given, dt.datetime) and given.tzinfo is not None:
                given = given.astimezone(dt.UTC)
            assert given == time, (name, FORMS_OF[name], row["nr"])


def test_duckdb(tmp_path: Path) -> None:
    data, expected = tables(1)
    connection = DuckDBFile(write(data, tmp_path / "tables.duckdb"))
    try:
        times_agree(connection, expected)
    finally:
        connection.close()


def test_postgres(postgres: str) -> None:
    data, expected = tables(2)
    with loaded(postgres, data) as connection:
        times_agree(connection, expected)


def test_a_form_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    table = Table({"day": "date", "n": "number"}, [{"day": dt.date(2024, 1, 1), "n": 1.0}])
    connection = DuckDBFile(write({"t": table}, tmp_path / "tables.duckdb"))
    try:
        for column, form in (("day", "seconds"), ("n", "dmy"), ("m", "dmy")):
            timed = with_times(connection, {"t": {column: read_form(form) or TimeForm()}})
            with pytest.raises(DataError, match=f"`{column}` of t"):
                timed.columns("t")
    finally:
        connection.close()
