"""The scores of one date by the model of salus.yaml and by an edited one, with as little work as they
allow.

If only weights, curves, bands, the limits of caps or what a segment changes were edited, both
models read the same values. Then the edited model weighs those of the other; if it remembers
earlier scores, both are computed from one reading of the facts. In an open project the scores and
these facts stay in memory until a file of facts changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from salus.datasets.past_cells import without_weights
from salus.facts.build import FactSet, open_fact_reader
from salus.kernel.cells import look_back, required_grid
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scores.compute import compute_from_facts, compute_project_scores, compute_scores
from salus.scores.scores import Scores
from salus.scoring.score import score
from salus.sources.connection import Connection
from salus.workspace.source_state import SourceState, source_state
from salus.workspace.workspace import Workspace

ROW = 2500  # bytes of a row of scores with its parts, about


def score_both(workspace: Workspace, edited: Model, as_of: dt.date | None) -> tuple[Scores, Scores]:
    """The scores of all entities by the model of salus.yaml, and by the edited model."""
    own = workspace.model
    same_values = read_same_values(own, edited)
    shared = same_values and edited.remembers and look_back(edited) == look_back(own)
    with _open_date(workspace, as_of) as date:
        before = date.scores(own, shared=shared)
        if same_values and not edited.remembers:
            return before, weigh_again(before, edited)
        return before, date.scores(edited, shared=shared)


def read_same_values(own: Model, edited: Model) -> bool:
    """Whether both models give every entity the same values of all measures on every date."""
    return (
        own.entity == edited.entity
        and _corrected_links(own) == _corrected_links(edited)
        and fingerprint(without_weights(own)) == fingerprint(without_weights(edited))
    )


def _corrected_links(model: Model) -> str:
    """Links that people corrected. They are read from a file of their own, not from the model's."""
    return repr([(name, link.corrected) for name, link in sorted(model.links.items())])


def weigh_again(before: Scores, edited: Model) -> Scores:
    """The scores by a model that reads the same values and doesn't remember earlier scores."""
    scored = score(edited, replace(before.scored.cells, past=None))
    return replace(before, scored=scored)


@contextmanager
def _open_date(workspace: Workspace, as_of: dt.date | None) -> Iterator[_ScoredDate]:
    with ExitStack() as stack:
        yield _ScoredDate(workspace, as_of, stack)


@dataclass(frozen=True)
class _ScoredDate:
    """One date. The sources are opened when something isn't in memory."""

    workspace: Workspace
    as_of: dt.date | None  # None: where the data end
    stack: ExitStack

    @cached_property
    def _sources(self) -> SourceState | None:
        return source_state(self.workspace.folder, self.workspace.settings)

    @cached_property
    def _connection(self) -> Connection:
        return self.stack.enter_context(self.workspace.connected())

    @cached_property
    def day(self) -> dt.date:
        if self.as_of is not None:
            return self.as_of
        workspace, model = self.workspace, self.workspace.model
        return workspace.kept.get(
            ("end", model.fingerprint, model.text, workspace.today),
            self._sources,
            lambda: workspace.find_data_end(model, self._connection),
        ).as_of

    def scores(self, model: Model, *, shared: bool) -> Scores:
        """The scores by a model. `shared`: from the facts that the model of salus.yaml reads."""
        return self.workspace.kept.get(
            ("computed", model.fingerprint, model.text, _corrected_links(model), self.day),
            self._sources,
            lambda: self._compute(model, shared=shared),
            len,
        )

    def _compute(self, model: Model, *, shared: bool) -> Scores:
        facts = self._facts if shared else None
        if facts is not None:
            return compute_from_facts(model, facts, self.day)
        if shared or model is self.workspace.model:
            return compute_scores(model, self._connection, self.day, self.workspace.partials)
        return compute_project_scores(self.workspace, model, self.day)

    @property
    def _facts(self) -> FactSet | None:
        """The facts that the model of salus.yaml reads; None where they are kept as files, which are
        read by ranges of entities.
        """
        own = self.workspace.model
        return self.workspace.kept.get(
            ("facts", own.fingerprint, own.text, _corrected_links(own), self.day),
            self._sources,
            self._read,
            _memory_rows,
        )

    def _read(self) -> FactSet | None:
        own = self.workspace.model
        grid = required_grid(own, np.array([day_number(self.day)], dtype=np.int32))
        reader = open_fact_reader(own, self._connection, grid, self.workspace.partials)
        return None if reader.uses_files else reader.read()


def _memory_rows(facts: FactSet | None) -> int:
    """How many rows of scores take as much memory as these facts."""
    arrays = [] if facts is None else [part.arrays.values() for part in facts.partials.values()]
    return sum(array.nbytes for group in arrays for array in group) // ROW
