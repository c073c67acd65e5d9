"""What keeps a validation from being a forward test. It is said before everything else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.finding import Finding
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Days

MOST = 5  # measures that are named
FEWEST = 10  # outcomes that are no chance to lie on one date


def find_limits(model: Model, days: Days, question: Question) -> tuple[Finding, ...]:
    """None of a forward test on several dates."""
    if question.horizon is None:
        return (Finding("limit.flag", outcome=question.outcome),)
    dates, measures = np.unique(days), tuple(question.todays)
    found = []
    if len(dates) == 1:
        found.append(Finding("limit.one_date", day=date_of(int(dates[0]))))
    if measures and len(measures) == len(model.measures):
        found.append(Finding("limit.today", measures=measures))
    elif measures:
        found.append(Finding("limit.partly_today", measures=measures))
    return tuple(found)


def limits(model: Model, days: Days, question: Question) -> Iterator[str]:
    """One sentence each."""
    names = model.entity.names
    for one in find_limits(model, days, question):
        if one.code == "limit.flag":
            yield (
                f"This compares {names} with one another by the flag `{question.outcome}`: it tells"
                " who looks like those who left, not who will leave."
            )
        elif one.code == "limit.one_date":
            yield (
                f"This is no forward test: all rows are of one date, {one.get('day')}, so it compares"
                f" {names} with one another on that day."
            )
        else:
            measures = question.todays
            listed = ", ".join(measures[:MOST]) + (" …" if len(measures) > MOST else "")
            reads = "reads" if len(measures) == 1 else "read"
            yield (
                f"This is {'no' if one.code == 'limit.today' else 'not wholly a'} forward test: {listed}"
                f" {reads} attributes as they are today, which may have changed after the outcome."
            )


def one_day(panel: Panel, question: Question) -> Iterator[str]:
    """Where every outcome is of the same date, several as-of dates are no several tests."""
    days = np.unique(panel.when[panel.had_outcome])
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
