"""What can be said about a file in `salus.toml` when the file itself doesn't show it."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from salus.errors import Problem

Locale = Literal["de", "en", "da", "ch"]
Order = Literal["dmy", "mdy", "ymd"]
ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso8859-1",
    "iso8859-15",
    "cp1250",
    "cp1251",
    "cp850",
    "mac-roman",
    "shift_jis",
    "gb18030",
)


@dataclass(frozen=True)
class FileSettings:
    """One block `[files."PATTERN"]`. What is None is read off the file.

    `locale`: how numbers and dates are written: de, da 1.234,56; ch 1'234.56; en 1,234.56. `dates`:
    the order of 03/04/2025: dmy, mdy or ymd. `timezone`: where times without offset were written.
    `timezone_column`: the column that names this zone row by row. `header_row`: the line with the
    column names, counted from 1.
    """

    locale: Locale | None = None
    encoding: str | None = None
    separator: str | None = None
    dates: Order | None = None
    timezone: str | None = None
    header_row: int | None = None
    timezone_column: str | None = None


def settings_for(name: str, patterns: Mapping[str, FileSettings]) -> FileSettings:
    """What is said about a file by all patterns that match its name; where two speak, the later one
    counts.

    >>> told = {"*.csv": FileSettings(locale="en"), "rechnungen*": FileSettings(locale="de", header_row=8)}
    >>> settings_for("rechnungen_2025.csv", told).locale, settings_for("logins.csv", told).locale
    ('de', 'en')
    """
    found = FileSettings()
    for pattern, settings in patterns.items():
        if fnmatchcase(name, pattern):
            said = {field.name: getattr(settings, field.name) for field in fields(settings)}
            found = replace(
                found, **{key: value for key, value in said.items() if value is not None}
            )
    return found


def read_settings(
    told: object, file: str = "salus.toml"
) -> tuple[dict[str, FileSettings], list[Problem]]:
    """The `[files]` part of a settings file, and every problem in it.

    >>> read_settings({"*.csv": {"locale": "de"}})[0]["*.csv"].locale
    'de'
    >>> print(read_settings({"*.csv": {"local": "de"}})[1][0])
    salus.toml: `local` isn't a setting of [files."*.csv"]
        -> did you mean `locale`?
    """
    if not isinstance(told, Mapping):
        return {}, [
            Problem(
                file,
                None,
                None,
                "`files` is a section",
                'write [files."NAME*.csv"] on a line of its own',
            )
        ]
    found: dict[str, FileSettings] = {}
    problems: list[Problem] = []
    for pattern, block in told.items():
        found[str(pattern)], more = _block(str(pattern), block, file)
        problems += more
    return found, problems


def _block(pattern: str, block: object, file: str) -> tuple[FileSettings, list[Problem]]:
    place = f'[files."{pattern}"]'
    if not isinstance(block, Mapping):
        return FileSettings(), [
            Problem(
                file,
                None,
                None,
                f"`{pattern}` under [files] is a section",
                f'write {place} and below it locale = "de"',
            )
        ]
    good: dict[str, Any] = {}
    problems = []
    for key, value in block.items():
        if key not in CHECKS:
            close = difflib.get_close_matches(str(key), CHECKS, 1)
            fix = (
                f"did you mean `{close[0]}`?" if close else f"the settings are {', '.join(CHECKS)}"
            )
            problems.append(Problem(file, None, None, f"`{key}` isn't a setting of {place}", fix))
            continue
        check, fix = CHECKS[key]
        if check(value):
            good[key] = value
        else:
            problems.append(
                Problem(file, None, None, f"`{key}` in {place} can't be {value!r}", fix)
            )
    return FileSettings(**good), problems


def _is_encoding(value: object) -> bool:
    try:
        return isinstance(value, str) and codecs.lookup(value).name in _encodings()
    except LookupError:
        return False


@cache
def _encodings() -> frozenset[str]:
    return frozenset(codecs.lookup(name).name for name in ENCODINGS)


def _is_zone(value: object) -> bool:
    return isinstance(value, str) and zone_named(value) is not None


def zone_named(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name, None where there is none of that name.

    >>> zone_named("Europe/Berlin").key, zone_named("Mars/Olympus"), zone_named("../../etc/passwd")
    ('Europe/Berlin', None, None)
    """
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # no such key, a folder of zones, a path
        return None


def _is_row(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10_000


def _is_separator(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) == 1
        and value not in '"\r\n\0'
        and not value.isalnum()
    )


CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "locale": (lambda value: value in get_args(Locale), 'one of "de", "en", "da", "ch"'),
    "encoding": (_is_encoding, f"one of {', '.join(ENCODINGS)}"),
    "separator": (_is_separator, 'one character, such as ";" or "\\t"'),
    "dates": (lambda value: value in get_args(Order), 'one of "dmy", "mdy", "ymd"'),
    "timezone": (_is_zone, 'an IANA name, such as "Europe/Berlin"'),
    "timezone_column": (
        lambda value: isinstance(value, str) and bool(value.strip()),
        "the name of a column",
    ),
    "header_row": (_is_row, "the number of the line with the column names, counted from 1"),
}
