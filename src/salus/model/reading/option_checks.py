"""Whether the options of a measure fit its kind and its source: what doesn't would be passed over
in silence.
"""

from __future__ import annotations

from collections.abc import Iterable

from salus.model.expressions.expression import Expression, find_names
from salus.model.measure import Kind
from salus.model.reading.line import MeasureDeclaration
from salus.model.reading.source import OPEN_DAYS
from salus.model.source import Source
from salus.model.yaml.language.measure import KINDS, OF_FACTS, OF_SOME

WITH_OPEN_DAYS = ("sum", "mean", "max")
NEEDED = {"share": ("of",), "trend": ("within", "baseline")}


def check(
    line: MeasureDeclaration,
    kind: Kind,
    column: str | None,
    source: Source | None,
    conditions: Iterable[Expression | None],
) -> None:
    """Note everything about a line that doesn't fit together."""
    _options(line, kind)
    _weeks(line, kind)
    _days(line, kind, column)
    for key, condition in zip(("where", "of"), conditions, strict=True):
        if OPEN_DAYS in find_names(condition):
            line.error(
                key,
                f"`{OPEN_DAYS}` changes from day to day, so a condition can't use it",
                "use `within`",
            )
    if source is not None:
        _open(line, kind, source)
        _open_days(line, kind, column, source)
        _moment(line, kind, column, source)


def _options(line: MeasureDeclaration, kind: Kind) -> None:
    of_facts = OF_FACTS if KINDS[kind].reads in ("source", "column", "either") else ()
    for option in (*OF_FACTS, *OF_SOME):
        if (
            line.fields.says(option)
            and option not in of_facts
            and option not in KINDS[kind].options
        ):
            users = [name for name, other in KINDS.items() if option in other.options]
            fix = (
                f"use it with {', '.join(users)}"
                if users
                else f"`{kind}` reads no facts; remove it"
            )
            line.error(option, f"`{option}` can't be used with `{kind}` in {line.title}", fix)
    for option in NEEDED.get(kind, ()):
        if not line.fields.says(option):
            line.error(kind, f"{line.title} needs `{option}`", f"add {option}: …")


def _weeks(line: MeasureDeclaration, kind: Kind) -> None:
    for key in ("within", "baseline") if kind == "trend" else ():
        days = line.fields.get(key)
        if days is not None and days % 7:
            line.context.warning(
                line.fields.at(key),
                f"`{key}` of {line.title} isn't a number of whole weeks, so weekends count unevenly",
                f"write {max(1, round(days / 7))}w",
            )


def _days(line: MeasureDeclaration, kind: Kind, column: str | None) -> None:
    if line.fields.says("days") and kind in WITH_OPEN_DAYS and column != OPEN_DAYS:
        line.error(
            "days",
            f"{line.title} doesn't count days",
            f"use `days` with days_since, oldest_open, median_gap or the column {OPEN_DAYS}",
        )


def _open(line: MeasureDeclaration, kind: Kind, source: Source) -> None:
    asks = "open" if line.fields.get("open") else kind
    if (asks == "open" or kind == "oldest_open") and not source.ends:
        line.error(
            asks,
            f"{line.title} needs open facts, but source `{source.name}` has no `until`",
            f"add until: … to source `{source.name}`",
        )
    if line.fields.get("open") is False and kind == "oldest_open":
        line.error("open", f"{line.title} reads only open facts", "remove `open: false`")


def _open_days(line: MeasureDeclaration, kind: Kind, column: str | None, source: Source) -> None:
    if column != OPEN_DAYS:
        return
    if kind not in WITH_OPEN_DAYS:
        line.context.error(
            line.fields.at(kind),
            f"`{kind}` can't read `{OPEN_DAYS}` in {line.title}",
            f"use {', '.join(WITH_OPEN_DAYS[:-1])} or {WITH_OPEN_DAYS[-1]}",
        )
    elif not source.ends:
        line.context.error(
            line.fields.at(kind),
            f"{line.title} reads `{OPEN_DAYS}`, but source `{source.name}` has no `until`",
            f"add until: … to source `{source.name}`",
        )


def _moment(line: MeasureDeclaration, kind: Kind, column: str | None, source: Source) -> None:
    """The columns that are surely dates; others show it only in the data."""
    if (
        column is None
        or column not in (source.time, source.recorded, source.until)
        or column in source.columns
    ):
        return
    if kind in ("sum", "mean", "median", "trend"):
        line.context.error(
            line.fields.at(kind),
            f"`{column}` is a date, but {line.title} needs numbers",
            "choose another column",
        )
    elif kind in ("min", "max", "latest") and line.dimension is not None:
        line.context.error(
            line.fields.at(kind),
            f"{line.title} is a date, and a date can't get points",
            "make it an input, and score the days from it to as_of with a formula",
        )
