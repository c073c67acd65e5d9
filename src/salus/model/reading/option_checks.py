"""Checks that the kind and the source of a measure can use all of its options.

Otherwise an option would have no effect, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from salus.model.expressions.expression import Expression, find_names
from salus.model.measure import Kind
from salus.model.reading.declaration import MeasureDeclaration
from salus.model.reading.source import OPEN_DAYS
from salus.model.source import Source
from salus.model.yaml.language.measure import KINDS, OF_FACTS, OF_SOME

WITH_OPEN_DAYS = ("sum", "mean", "max")
NEEDED = {"share": ("of",), "trend": ("within", "baseline")}


def check_options(
    declaration: MeasureDeclaration,
    kind: Kind,
    column: str | None,
    source: Source | None,
    conditions: Iterable[Expression | None],
) -> None:
    """Report all options that the measure can't use."""
    _check_kind_options(declaration, kind)
    _check_weeks(declaration, kind)
    _check_days(declaration, kind, column)
    for key, condition in zip(("where", "of"), conditions, strict=True):
        if OPEN_DAYS in find_names(condition):
            declaration.error(
                key,
                f"`{OPEN_DAYS}` changes from day to day, so a condition can't use it",
                "use `within`",
            )
    if source is not None:
        _check_open(declaration, kind, source)
        _check_open_days(declaration, kind, column, source)
        _check_dates(declaration, kind, column, source)


def _check_kind_options(declaration: MeasureDeclaration, kind: Kind) -> None:
    of_facts = OF_FACTS if KINDS[kind].reads in ("source", "column", "either") else ()
    for option in (*OF_FACTS, *OF_SOME):
        if (
            declaration.fields.has(option)
            and option not in of_facts
            and option not in KINDS[kind].options
        ):
            users = [name for name, other in KINDS.items() if option in other.options]
            fix = (
                f"use it with {', '.join(users)}"
                if users
                else f"`{kind}` reads no facts; remove it"
            )
            declaration.error(
                option, f"`{option}` can't be used with `{kind}` in {declaration.title}", fix
            )
    for option in NEEDED.get(kind, ()):
        if not declaration.fields.has(option):
            declaration.error(kind, f"{declaration.title} needs `{option}`", f"add {option}: …")


def _check_weeks(declaration: MeasureDeclaration, kind: Kind) -> None:
    for key in ("within", "baseline") if kind == "trend" else ():
        days = declaration.fields.get(key)
        if days is not None and days % 7:
            declaration.context.warning(
                declaration.fields.place_of(key),
                f"`{key}` of {declaration.title} isn't a number of whole weeks, so weekends count unevenly",
                f"write {max(1, round(days / 7))}w",
            )


def _check_days(declaration: MeasureDeclaration, kind: Kind, column: str | None) -> None:
    if declaration.fields.has("days") and kind in WITH_OPEN_DAYS and column != OPEN_DAYS:
        declaration.error(
            "days",
            f"{declaration.title} doesn't count days",
            f"use `days` with days_since, oldest_open, median_gap or the column {OPEN_DAYS}",
        )


def _check_open(declaration: MeasureDeclaration, kind: Kind, source: Source) -> None:
    key = "open" if declaration.fields.get("open") else kind
    if (key == "open" or kind == "oldest_open") and not source.ends:
        declaration.error(
            key,
            f"{declaration.title} needs open facts, but source `{source.name}` has no `until`",
            f"add until: … to source `{source.name}`",
        )
    if declaration.fields.get("open") is False and kind == "oldest_open":
        declaration.error(
            "open", f"{declaration.title} reads only open facts", "remove `open: false`"
        )


def _check_open_days(
    declaration: MeasureDeclaration, kind: Kind, column: str | None, source: Source
) -> None:
    if column != OPEN_DAYS:
        return
    if kind not in WITH_OPEN_DAYS:
        declaration.context.error(
            declaration.fields.place_of(kind),
            f"`{kind}` can't read `{OPEN_DAYS}` in {declaration.title}",
            f"use {', '.join(WITH_OPEN_DAYS[:-1])} or {WITH_OPEN_DAYS[-1]}",
        )
    elif not source.ends:
        declaration.context.error(
            declaration.fields.place_of(kind),
            f"{declaration.title} reads `{OPEN_DAYS}`, but source `{source.name}` has no `until`",
            f"add until: … to source `{source.name}`",
        )


def _check_dates(
    declaration: MeasureDeclaration, kind: Kind, column: str | None, source: Source
) -> None:
    """Check the columns that must be dates. Other dates are known only from the data."""
    if (
        column is None
        or column not in (source.time, source.recorded, source.until)
        or column in source.columns
    ):
        return
    if kind in ("sum", "mean", "median", "trend"):
        declaration.context.error(
            declaration.fields.place_of(kind),
            f"`{column}` is a date, but {declaration.title} needs numbers",
            "choose another column",
        )
    elif kind in ("min", "max", "latest") and declaration.dimension is not None:
        declaration.context.error(
            declaration.fields.place_of(kind),
            f"{declaration.title} is a date, and a date can't get points",
            "make it an input, and score the days from it to as_of with a formula",
        )
