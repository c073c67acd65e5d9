"""Why a validation isn't a forward test. These findings come before everything else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.finding import Finding
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Days

FEWEST = 10  # outcomes; fewer may lie on one date by chance


def find_limits(model: Model, panel: Panel, question: Question) -> tuple[Finding, ...]:
    """The limits of the test; empty for a forward test on several dates."""
    if question.horizon is None:
        return (Finding("limit.flag", outcome=question.outcome),)
    dates = np.unique(panel.day)
    return (
        *_one_date(dates),
        *_current_values(model, question),
        *(_one_outcome_day(panel) if len(dates) > 1 else ()),
    )


def _one_date(dates: Days) -> Iterator[Finding]:
    if len(dates) == 1:
        yield Finding("limit.one_date", day=date_of(int(dates[0])))


def _current_values(model: Model, question: Question) -> Iterator[Finding]:
    """Measures that read attributes as they are today."""
    measures = tuple(question.current)
    if len(measures) == len(model.measures):
        yield Finding("limit.today", measures=measures)
    elif measures:
        yield Finding("limit.partly_today", measures=measures)


def _one_outcome_day(panel: Panel) -> Iterator[Finding]:
    """If all outcomes lie on one date, several as-of dates are only one test."""
    days = np.unique(panel.when[panel.had_outcome])
    if len(days) == 1 and panel.events >= FEWEST:
        yield Finding("limit.one_outcome_day", events=panel.events, day=date_of(int(days[0])))
