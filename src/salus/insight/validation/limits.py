"""What keeps a validation from being a forward test. It is said before everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Days

MOST = 5  # measures that are named
FEWEST = 10  # outcomes that are no chance to lie on one date


@dataclass(frozen=True)
class Limitation:
    """One reason why it isn't a forward test, or not wholly one."""

    code: Literal["flag", "one_date", "today", "partly_today"]
    day: dt.date | None = None  # of `one_date`
    measures: tuple[str, ...] = ()  # that read attributes as they are today


def limitations(model: Model, days: Days, question: Question) -> tuple[Limitation, ...]:
    """None of a forward test on several dates."""
    if question.horizon is None:
        return (Limitation("flag"),)
    found, dates = [], np.unique(days)
    if len(dates) == 1:
        found.append(Limitation("one_date", date_of(int(dates[0]))))
    if question.todays:
        whole = len(question.todays) == len(model.measures)
        found.append(
            Limitation("today" if whole else "partly_today", measures=tuple(question.todays))
        )
    return tuple(found)


def limits(model: Model, days: Days, question: Question) -> Iterator[str]:
    """One sentence each."""
    names = model.entity.names
    for one in limitations(model, days, question):
        if one.code == "flag":
            yield (
                f"This compares {names} with one another by the flag `{question.outcome}`: it tells"
                " who looks like those who left, not who will leave."
            )
        elif one.code == "one_date":
            yield (
                f"This is no forward test: all rows are of one date, {one.day}, so it compares"
                f" {names} with one another on that day."
            )
        else:
            listed = ", ".join(one.measures[:MOST]) + (" …" if len(one.measures) > MOST else "")
            reads = "reads" if len(one.measures) == 1 else "read"
            yield (
                f"This is {'no' if one.code == 'today' else 'not wholly a'} forward test: {listed}"
                f" {reads} attributes as they are today, which may have changed after the outcome."
            )


def one_day(panel: Panel, question: Question) -> Iterator[str]:
    """Where every outcome is of the same date, several as-of dates are no several tests."""
    days = np.unique(panel.when[panel.came])
    if (
        question.horizon is None
        or len(days) != 1
        or panel.events < FEWEST
        or len(np.unique(panel.day)) == 1
    ):
        return
    yield (
        f"All {panel.events:,} outcomes lie on one date, {date_of(int(days[0]))}: that is one test,"
        " and none if it is merely the date of an export."
    )
