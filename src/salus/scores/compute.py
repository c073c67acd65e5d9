"""`salus score`: facts → cells → scores, for one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from salus.errors import Problem, SalusError, UsageError
from salus.facts.build import Known, supply
from salus.facts.cache.partial_cache import Keep
from salus.facts.data_end import data_end
from salus.facts.partials.partial import Attributes
from salus.kernel.cells import grid_for
from salus.model.model import Model
from salus.periods.day import day_number
from salus.project.project import Project
from salus.scores.scores import Names, Scores
from salus.scoring.scored import Scored
from salus.scoring.timeline import everybody, together
from salus.sources.connection import Connection
from salus.workspace.connect import connect

if TYPE_CHECKING:
    from salus.scores.active_models import Spoken
    from salus.scores.rollout import Rollout

RANGE = 20_000                               # entities at a time where facts are kept: their arrays stay small


def score(project: Project, as_of: dt.date | None, *, keep: bool, out: Path | None = None) -> Scores | Spoken:
    """Score `as_of` (None: the default date) and, with `keep`, write it to history.

    While a model is on trial both score. In its shadow only the official one is shown; rolled out to a part, each speaks
    for its own entities.
    """
    rollout = project.rollout
    part = rollout is not None and rollout.decision.stage == "part"
    if out is not None:
        from salus.channels.export import check_ending
        check_ending(out, 2 if part else 1)
    scores = scored_by(project, project.model, as_of)
    if rollout is None or not part:
        if keep:
            project.store.keep(scores.to_arrow(), project.model, scores.as_of)
        notes = [_shadowed(project, rollout, scores.as_of)] if rollout is not None and keep else []
        notes += [str(project.unfinished)] if project.unfinished is not None else []
        scores = replace(scores, notes=(*scores.notes, *notes))
        if out is not None:
            from salus.channels.export import write
            write(scores, out)
        return scores
    return _spoken(project, rollout, scores, keep=keep, out=out)


def scored_by(project: Project, model: Model, as_of: dt.date | None) -> Scores:
    """Everybody by one model, from the facts; None: the default date."""
    connection = connect(project.folder, project.settings, model)
    try:
        return scores_at(model, connection, as_of or data_end(model, connection, project.today).as_of, project.partials)
    finally:
        connection.close()


def _candidate(project: Project, rollout: Rollout, day: dt.date) -> Scores:
    """Everybody by the model on trial; what stands in its way is told as its own."""
    try:
        return scored_by(project, rollout.candidate, day)
    except SalusError as error:
        what = f"the model {rollout.candidate.fingerprint}, which is on trial, can't score"
        told = Problem(rollout.candidate.file, None, None, what, "mend it and adopt it again, or run `salus rollback`")
        raise type(error)([told, *error.problems]) from error


def _shadowed(project: Project, rollout: Rollout, day: dt.date) -> str:
    """Score the candidate too and keep it as not shown; what to tell of it. What is official was kept before."""
    scores = _candidate(project, rollout, day)
    project.store.keep(scores.to_arrow(), rollout.candidate, day, np.zeros(len(scores), dtype=bool))
    return f"in its shadow the model {rollout.candidate.fingerprint} scored {len(scores):,}; `salus plan` compares them"


def _spoken(project: Project, rollout: Rollout, official: Scores, *, keep: bool, out: Path | None) -> Spoken:
    """Both models, each for its own. The candidate's file comes first: an interruption leaves nobody unspoken for."""
    from salus.scores.active_models import Spoken
    candidate = _candidate(project, rollout, official.as_of)
    found = Spoken.of(rollout, official, candidate)
    if keep:
        for scores, shown in ((candidate, rollout.candidates(official, candidate.ids)),
                              (official, ~rollout.candidates(official, official.ids))):
            project.store.keep(scores.to_arrow(), scores.model, scores.as_of, shown)
    if out is not None:
        from salus.channels.export import write_parts
        write_parts(found.parts, found.fingerprints, out)
    return found


def scores_at(model: Model, connection: Connection, as_of: dt.date, partials: Keep | None = None) -> Scores:
    """The scores of one date, from `partials` where they are kept."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    facts = supply(model, connection, grid_for(model, days), partials)
    found = together(model, facts.ranges(RANGE if facts.kept else max(len(facts), 1)), days)
    return _described(model, found, as_of, facts.attributes, facts.strangers)


def described(model: Model, known: Known, as_of: dt.date) -> Scores:
    """The scores of one date with the words that go with each entity; `known` reaches as far back as they need."""
    found = everybody(model, known, np.array([day_number(as_of)], dtype=np.int32))
    return _described(model, found, as_of, known.attributes, known.strangers)


def _described(model: Model, found: Scored | None, as_of: dt.date, known: Attributes, strangers: Collection[str]) -> Scores:
    if found is None:
        raise nobody(model, as_of)
    positions = found.cells.entity
    scored = replace(found, cells=replace(found.cells, entity=np.arange(len(found))))
    ids = tuple(map(known.ids.__getitem__, positions.tolist()))
    return Scores(as_of, scored, ids, Names(model.entity, known, positions), _notes(model, strangers))


def nobody(model: Model, as_of: dt.date) -> UsageError:
    """The refusal of a date on which nobody is there."""
    return UsageError(f"no {model.entity.name} is part of the population on {as_of}",
                      "choose another date, or check `starts` and `ends`")


def _notes(model: Model, strangers: Collection[str]) -> tuple[str, ...]:
    return tuple(f"source {name}: some facts have a key that is no {model.entity.name}" for name in sorted(strangers))
