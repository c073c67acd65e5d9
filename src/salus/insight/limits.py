"""What keeps a validation from being a forward test. It is said before everything else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.insight.panel import Panel
from salus.insight.question import Question
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Days

MOST = 5                                     # measures that are named
FEWEST = 10                                  # outcomes that are no chance to lie on one date


def limits(model: Model, days: Days, question: Question) -> Iterator[str]:
    """One sentence each; none of a forward test on several dates."""
    names, dates = model.entity.names, np.unique(days)
    if question.horizon is None:
        yield (f"This compares {names} with one another by the flag `{question.outcome}`: it tells who looks like those who "
               "left, not who will leave.")
        return
    if len(dates) == 1:
        yield (f"This is no forward test: all rows are of one date, {date_of(int(dates[0]))}, so it compares {names} with one "
               "another on that day.")
    if question.todays:
        listed = ", ".join(question.todays[:MOST]) + (" …" if len(question.todays) > MOST else "")
        whole = len(question.todays) == len(model.measures)
        yield (f"This is {'no' if whole else 'not wholly a'} forward test: {listed} read attributes as they are today, which "
               "may have changed after the outcome.")


def one_day(panel: Panel, question: Question) -> Iterator[str]:
    """Where every outcome is of the same date, several as-of dates are no several tests."""
    days = np.unique(panel.when[panel.came])
    if question.horizon is None or len(days) != 1 or panel.events < FEWEST or len(np.unique(panel.day)) == 1:
        return
    yield (f"All {panel.events:,} outcomes lie on one date, {date_of(int(days[0]))}: that is one test, and none if it is "
           "merely the date of an export.")
