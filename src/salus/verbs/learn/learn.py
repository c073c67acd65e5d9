"""`salus learn`: propose weights that predict the outcome better, with the evidence for them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

import salus.verbs.learn.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.channels.export import require_folder
from salus.channels.words.labels import words_for
from salus.datasets.backtest import BacktestData, BacktestRequest, DateRange, build_panel
from salus.errors import UsageError
from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits, band_limits
from salus.insight.learning.learning import Learned
from salus.insight.learning.learning import learn as learn_weights
from salus.insight.quality.data_warning import DataWarning
from salus.insight.validation.limits import find_limits
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.insight.validation.validation import compare_with_measures
from salus.insight.validation.warnings import find_warnings
from salus.model.model import Model
from salus.model.read import read_text
from salus.verbs.learn.model_file import has_percentile_limits, set_limits, set_weights, write_yaml
from salus.verbs.learn.proposal_file import describe_limits, heading
from salus.verbs.learn.result import Proposal
from salus.workspace.workspace import Workspace

FILE = "proposed.yaml"


def learn(
    workspace: Workspace, outcome: str, horizon: int, period: DateRange, out: Path | None
) -> Proposal:
    """Learn from past dates and write the proposed model to `out` (None: `proposed.yaml` in the
    project's folder). The project's own model stays as it is.

    `horizon`: in days. Raises UsageError if the outcome is the goal of a further score.
    """
    model, path = workspace.model, out or workspace.folder / FILE
    require_folder(path)
    data = build_panel(workspace, BacktestRequest(outcome, horizon, period), with_values=True)
    question = data.question
    if question.sign > 0:
        raise UsageError(
            f"`{outcome}` is the goal of the score `{question.score}`, and Salus can't learn the"
            " weights of such a score",
            "name an outcome that the main score warns of",
        )
    panel = _scored_rows(data.panel)
    learned = learn_weights(
        model, panel, question.horizon, tuple(_find_all_warnings(model, data, panel))
    )
    proposal = Proposal(
        question=question,
        learned=learned,
        path=None,
        difference="",
        model=model,
        limits=find_limits(model, panel, question),
    )
    return _write_proposal(workspace, proposal, path, period) if learned.weights else proposal


def _scored_rows(panel: Panel) -> Panel:
    return panel.at(np.flatnonzero(~np.isnan(panel.score)))


def _find_all_warnings(model: Model, data: BacktestData, panel: Panel) -> Iterator[DataWarning]:
    """What makes the evidence less certain."""
    question = data.question
    auc, comparisons = compare_with_measures(model, panel, question)
    yield from data.warnings
    yield from find_warnings(model, panel, question, auc, comparisons)
    yield from _only_current_values(model, question)


def _only_current_values(model: Model, question: Question) -> Iterator[DataWarning]:
    """If every measure reads today's values, past dates can't test the model."""
    if len(question.current) == len(model.measures):
        for name in question.current:
            yield DataWarning("warning.todays", measure=name)


def _write_proposal(
    workspace: Workspace, proposal: Proposal, path: Path, period: DateRange
) -> Proposal:
    """Write the proposed model to `path`; the proposal with its file, its limits and the
    difference.
    """
    model, question, learned = proposal.model, proposal.question, proposal.learned
    proposed, new_curves = _proposed_model(model, learned)
    # a file that can't be read must not be written
    draft_model = read_text(write_yaml(proposed, new_curves, []), model.file, workspace.folder)
    bands = _find_band_limits(workspace.scoring_with(draft_model), question, period)
    comments = heading(question, learned, words_for(model, "en"), describe_limits(bands))
    text = write_yaml(set_limits(proposed, bands), new_curves, comments)
    read_text(text, model.file, workspace.folder)
    with atomic_write(path) as draft:
        draft.write_text(text, encoding="utf-8")
    return replace(
        proposal,
        path=_path_for_plan(workspace, path),
        difference=_difference(model, text, path.name),
        bands=bands,
    )


def _proposed_model(model: Model, learned: Learned) -> tuple[Model, Collection[str]]:
    """The model with the learned weights, and the measures that also have a new curve."""
    if learned.card:
        return learned.card.model, learned.card.new_curves
    return set_weights(model, learned.weights), ()


def _find_band_limits(workspace: Workspace, question: Question, period: DateRange) -> BandLimits:
    """The limits that follow from the risk at each score of this model. Percentiles stay, because
    they follow the scores themselves.
    """
    if has_percentile_limits(workspace.model):
        return BandLimits(None, reason=Finding("bands.percentiles"))
    horizon = question.horizon or 0  # not used for a flag, which has none
    request = BacktestRequest(question.outcome, horizon, period)
    data = build_panel(workspace, request, with_warnings=False)
    return band_limits(workspace.model, _scored_rows(data.panel))


def _path_for_plan(workspace: Workspace, path: Path) -> Path:
    """The path as `salus plan` finds the file."""
    return path if workspace.model_file(path).samefile(path) else path.absolute()


def _difference(model: Model, text: str, name: str) -> str:
    """A unified diff from the model's file to the proposal."""
    return "".join(
        difflib.unified_diff(
            model.text.splitlines(keepends=True), text.splitlines(keepends=True), model.file, name
        )
    )
