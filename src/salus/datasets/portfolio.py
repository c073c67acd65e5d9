"""The book of entities as the tables tell it: who was there from when to when, and what each was
worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.partials.partial import Attributes
from salus.facts.sql.fact_rows import load_first_days
from salus.insight.metrics.portfolio import Absences, PortfolioHistory, ValueHistory
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents, load_events
from salus.outcomes.inactivity import InactivityRule, find_silences
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection

Recognition = Literal["end_of_service", "on_cancel", "when_scheduled"]
RECOGNITIONS: tuple[Recognition, ...] = ("end_of_service", "on_cancel", "when_scheduled")


@dataclass(frozen=True)
class PortfolioData:
    """The book, or why there is none; how a loss is recognised; and why nothing can be said of
    money, if so.
    """

    book: PortfolioHistory | None
    says: str = ""
    reason: str | None = None
    no_money: str | None = None


def load_portfolio(
    model: Model,
    connection: Connection,
    known: Attributes,
    stop: int,
    recognise: Recognition,
    outcome: Outcome | None,
) -> PortfolioData:
    """What is known before the day `stop`. `known` are the attributes with the history known by
    then.
    """
    start = _starts(model, connection, known, pa.array(known.ids, pa.string()), stop)
    if start is None:
        return PortfolioData(
            None,
            reason=(
                f"since when each {model.entity.name} is there isn't declared: add `starts:` to the"
                " entity"
            ),
        )
    worth, no_money = _worth(model, known)
    quiet = _quiet(model, known, outcome, recognise)
    if quiet is not None:
        own = _own_end(model, known)
        end = np.full(len(start), NEVER, dtype=np.int32) if own is None else own
        return PortfolioData(
            PortfolioHistory(start, end, worth, _away(model, connection, known, quiet, stop)),
            _says(model, quiet),
            None,
            no_money,
        )
    by, says = _ends(model, connection, known, start, outcome, recognise, stop)
    if by is None:
        return PortfolioData(None, reason=says)
    return PortfolioData(PortfolioHistory(start, by, worth), says, None, no_money)


def _quiet(
    model: Model, known: Attributes, outcome: Outcome | None, recognise: Recognition
) -> InactivityRule | None:
    """The silence that is a loss and may be made good; None: a loss has a date of its own."""
    if model.entity.active is not None:
        return InactivityRule(model.entity.active.source, model.entity.active.within)
    if outcome is None or outcome.quiet is None or outcome.silent_for is None:
        return None
    if recognise == "when_scheduled" or (
        recognise == "end_of_service" and _own_end(model, known) is not None
    ):
        return None
    return InactivityRule(outcome.quiet, outcome.silent_for, outcome.where)


def _says(model: Model, quiet: InactivityRule) -> str:
    ends = model.entity.ends
    more = f", and at `{ends}`" if ends else ""
    return (
        f"a loss counts when {quiet.wait} days without `{quiet.source}` are complete{more}; who has"
        " one again counts as returned"
    )


def _away(
    model: Model, connection: Connection, known: Attributes, quiet: InactivityRule, stop: int
) -> Absences:
    """Every silence that was complete before the day `stop`."""
    keys, found = find_silences(model, connection, quiet, stop)
    place = pc.index_in(
        pa.array(keys, pa.string()), value_set=pa.array(known.ids, pa.string())
    ).fill_null(-1)
    entity = place.to_numpy(zero_copy_only=False).astype(np.int64)[found.entity]
    rows = np.flatnonzero(entity >= 0)
    rows = rows[np.lexsort([found.day[rows], entity[rows]])]
    return Absences(entity[rows], found.day[rows], found.back[rows])


def find_loss_outcome(model: Model, asked: Outcome | None = None) -> Outcome | None:
    """The outcome that is a loss: the one asked for, unless a further score has it as its goal;
    else the first such one.
    """
    goals = {score.goal for score in model.scores}
    dated = [one for one in (asked, *model.outcomes) if one is not None and one.flag is None]
    return next((one for one in dated if one.name not in goals), None)


def _starts(
    model: Model, connection: Connection, known: Attributes, keys: pa.Array, stop: int
) -> Days | None:
    """The declared day; without a table that of the first known fact; None: there is neither.

    Where facts make one active, not before the first of them.
    """
    entity = model.entity
    if entity.active is not None:
        first = load_first_days(
            model, connection, entity.active.source, keys, stop, by_known_day=True
        )
        if entity.starts is None or entity.starts not in known.columns:
            return first
        return np.maximum(first, _days(known.columns[entity.starts]))
    if entity.table is None:
        firsts = [
            load_first_days(model, connection, name, keys, stop, by_known_day=True)
            for name in model.sources
        ]
        return np.minimum.reduce(firsts)
    if entity.starts is None or entity.starts not in known.columns:
        return None
    return _days(known.columns[entity.starts])


def _ends(
    model: Model,
    connection: Connection,
    known: Attributes,
    start: Days,
    outcome: Outcome | None,
    recognise: Recognition,
    stop: int,
) -> tuple[Days | None, str]:
    """The last day of each, and what is taken for it; or None and why."""
    ends, own = model.entity.ends, _own_end(model, known)
    if recognise == "end_of_service" and own is not None:
        return own, f"a loss counts at the end of service, `{ends}`"
    if outcome is None:
        wanted = "declare an outcome" if own is not None else "add `ends:` to the entity"
        return None, f"nothing tells when one is lost: {wanted}"
    if recognise == "when_scheduled" and outcome.decided is None:
        return None, f"outcome `{outcome.name}` doesn't tell when it was decided: add `decided:`"
    found = load_events(model, connection, outcome, list(known.ids), stop)
    if recognise == "when_scheduled":
        return (
            _by(found, own, start, stop, found.day),
            f"a loss counts when it is decided, `{outcome.decided}`",
        )
    what = (
        f"`{outcome.time}`"
        if outcome.time
        else f"after {outcome.silent_for} days without `{outcome.quiet}`"
    )
    word = "at the end of service" if recognise == "end_of_service" else "when it takes effect"
    return (
        _by(found, own, start, stop, found.effective_day),
        f"a loss counts {word}, {what} of outcome `{outcome.name}`",
    )


def _own_end(model: Model, known: Attributes) -> Days | None:
    """The last day of each by a column of its own."""
    ends = model.entity.ends
    return _days(known.columns[ends]) if ends is not None and ends in known.columns else None


def _by(found: OutcomeEvents, own: Days | None, start: Days, stop: int, day: Days) -> Days:
    """The day of the event by which each one left; an event from before its start is of another
    life.

    Without a column of its own for the end the first event counts, as everywhere: nothing tells who
    came back. With one the last event counts, unless the entity has no end and so came back; who
    has no event ends by the column.
    """
    rows = np.flatnonzero(found.effective_day >= start[found.entity])
    if own is None:
        end, rows = np.full(len(start), NEVER, dtype=np.int32), rows[::-1]
    else:
        end = own.copy()
        rows = rows[(own[found.entity[rows]] < NEVER) | (found.effective_day[rows] >= stop)]
    end[found.entity[rows]] = day[rows]  # of several rows of one the last one stays
    return end


def _worth(model: Model, known: Attributes) -> tuple[ValueHistory | None, str | None]:
    name = model.entity.value
    if name is None:
        return None, "what each is worth isn't declared: add `value:` to the entity"
    if known.history is None or name not in known.changing:
        return None, f"what `{name}` was in the past isn't kept: add `history:` to the entity"
    values = (
        known.changing[name]
        .cast(pa.float64())
        .fill_null(float("nan"))
        .to_numpy(zero_copy_only=False)
    )
    values = np.where(np.isfinite(values), values, np.nan)
    return ValueHistory(known.history.entity.astype(np.int64), known.history["begun"], values), None


def _days(column: Any) -> Days:
    days: Days = (
        column.cast(pa.date32(), safe=False)
        .cast(pa.int32())
        .fill_null(NEVER)
        .to_numpy(zero_copy_only=False)
    )
    return days
