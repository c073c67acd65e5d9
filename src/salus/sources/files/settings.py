"""Settings of files in `salus.toml`, for what a file doesn't show by itself."""

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


@dataclass(frozen=True, kw_only=True)
class FileSettings:
    """One section `[files."PATTERN"]`. A setting that is None is detected from the file."""

    locale: Locale | None = (
        None  # how numbers are written: de, da 1.234,56; ch 1'234.56; en 1,234.56
    )
    encoding: str | None = None
    separator: str | None = None
    dates: Order | None = None  # the order of 03/04/2025
    timezone: str | None = None  # of times without an offset
    header_row: int | None = None  # the line with the column names, counted from 1
    timezone_column: str | None = None  # the column with the time zone of each row
    row_number: str | None = None  # a further column of this name, with the line of each row


def settings_for(name: str, patterns: Mapping[str, FileSettings]) -> FileSettings:
    """The settings of a file from all patterns that match its name. A later pattern overrides an
    earlier one.

    >>> patterns = {"*.csv": FileSettings(locale="en"), "rechnungen*": FileSettings(locale="de", header_row=8)}
    >>> settings_for("rechnungen_2025.csv", patterns).locale, settings_for("logins.csv", patterns).locale
    ('de', 'en')
    """
    result = FileSettings()
    for pattern, settings in patterns.items():
        if fnmatchcase(name, pattern):
            values = {field.name: getattr(settings, field.name) for field in fields(settings)}
            result = replace(
                result, **{key: value for key, value in values.items() if value is not None}
            )
    return result


def read_settings(
    section: object, file: str = "salus.toml"
) -> tuple[dict[str, FileSettings], list[Problem]]:
    """The settings in the section `[files]` of a file, and its problems.

    >>> read_settings({"*.csv": {"locale": "de"}})[0]["*.csv"].locale
    'de'
    >>> print(read_settings({"*.csv": {"local": "de"}})[1][0])
    salus.toml: `local` isn't a setting of [files."*.csv"]
        -> did you mean `locale`?
    """
    if not isinstance(section, Mapping):
        return {}, [
            Problem(
                file,
                None,
                None,
                "`files` must be a section",
                'write [files."NAME*.csv"] on a line of its own',
            )
        ]
    settings: dict[str, FileSettings] = {}
    problems: list[Problem] = []
    for pattern, block in section.items():
        settings[str(pattern)], more = _block(str(pattern), block, file)
        problems += more
    return settings, problems


def _block(pattern: str, block: object, file: str) -> tuple[FileSettings, list[Problem]]:
    place = f'[files."{pattern}"]'
    if not isinstance(block, Mapping):
        return FileSettings(), [
            Problem(
                file,
                None,
                None,
                f"`{pattern}` under [files] must be a section",
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
    """The time zone of an IANA name; None if there is no such zone.

    >>> zone_named("Europe/Berlin").key, zone_named("Mars/Olympus"), zone_named("../../etc/passwd")
    ('Europe/Berlin', None, None)
    """
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # no such zone, a folder of zones, a path
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
    "row_number": (
        lambda value: isinstance(value, str) and bool(value.strip()),
        "the name of a column that the file doesn't have",
    ),
    "header_row": (_is_row, "the number of the line with the column names, counted from 1"),
}
