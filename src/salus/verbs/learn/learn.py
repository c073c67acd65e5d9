"""`salus learn`: weights that predict the outcome better, as a model file beside the project's,
with the evidence.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from salus.atomic import atomic_write
from salus.channels.export import require_folder
from salus.channels.words.labels import words_for
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.errors import UsageError
from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits, band_limits
from salus.insight.learning.learning import learn as learned_from
from salus.insight.quality.data_warning import DataWarning
from salus.insight.validation.limits import find_limits
from salus.insight.validation.question import Question
from salus.insight.validation.validation import compare_with_measures
from salus.insight.validation.warnings import find_warnings
from salus.model.curve import Scale, WordScale
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.read import read_text
from salus.verbs.learn import text as _  # noqa: F401 (registers the text of the result)
from salus.verbs.learn.proposal_file import heading
from salus.verbs.learn.result import Proposal
from salus.workspace.workspace import Workspace

FILE = "proposed.yaml"
LEAST = 0.01  # of 100: a weight can't be 0


def _todays(model: Model, question: Question) -> Iterator[DataWarning]:
    """Where all that is scored is of today, later dates show nothing that the earlier ones
    didn't.
    """
    if len(question.current) == len(model.measures):
        for name in question.current:
            yield DataWarning("warning.todays", measure=name)


def learn(
    workspace: Workspace, outcome: str, horizon: int, asked: DateRange, out: Path | None
) -> Proposal:
    """Learn from past dates and write the proposal; the project's own model stays as it is."""
    model, path = workspace.model, out or workspace.folder / FILE
    require_folder(path)
    rows = build_panel(workspace, BacktestRequest(outcome, horizon, asked), with_values=True)
    if rows.question.sign > 0:
        raise UsageError(
            f"`{outcome}` is the goal of the score `{rows.question.score}`, whose weights aren't"
            " learned yet",
            "name an outcome that the main score warns of",
        )
    scored = rows.panel.at(np.flatnonzero(~np.isnan(rows.panel.score)))
    told, beside = compare_with_measures(model, scored, rows.question)
    doubts = (
        *rows.warnings,
        *find_warnings(model, scored, rows.question, told, beside),
        *_todays(model, rows.question),
    )
    found = learned_from(model, scored, rows.question.horizon, doubts)
    limits = find_limits(model, scored, rows.question)
    if not found.weights:
        return Proposal(
            question=rows.question,
            found=found,
            path=None,
            difference="",
            model=model,
            limits=limits,
        )
    proposed, new_curves = (
        (found.card.model, found.card.new_curves)
        if found.card
        else (weighted(model, found.weights), ())
    )
    draft_model = read_text(
        written(proposed, new_curves, []), model.file, workspace.folder
    )  # whatever is written can be read
    bands = _limits_of(workspace.scoring_with(draft_model), outcome, horizon, asked)
    text = written(
        with_limits(proposed, bands),
        new_curves,
        heading(rows.question, found, words_for(model, "en"), about(bands)),
    )
    read_text(text, model.file, workspace.folder)
    with atomic_write(path) as draft:
        draft.write_text(text, encoding="utf-8")
    lines = difflib.unified_diff(
        model.text.splitlines(keepends=True), text.splitlines(keepends=True), model.file, path.name
    )
    named = (
        path if workspace.model_file(path).samefile(path) else path.absolute()
    )  # as `salus plan` finds it
    return Proposal(
        question=rows.question,
        found=found,
        path=named,
        difference="".join(lines),
        model=model,
        limits=limits,
        bands=bands,
    )


def _limits_of(workspace: Workspace, outcome: str, horizon: int, asked: DateRange) -> BandLimits:
    """What risk says of the bands of a model's own scores; percentiles stay, as they follow the
    reference.
    """
    if by_percentiles(workspace.model):
        return BandLimits(None, reason=Finding("bands.percentiles"))
    request = BacktestRequest(outcome, horizon, asked)
    panel = build_panel(workspace, request, with_warnings=False).panel
    return band_limits(workspace.model, panel.at(np.flatnonzero(~np.isnan(panel.score))))


def by_percentiles(model: Model) -> bool:
    """Whether the file says a limit as a percentile; the model itself has the frozen number."""
    from ruamel.yaml import YAML

    bands = YAML(typ="safe").load(model.text).get("bands") or {}
    return any(isinstance(limit, str) and limit.startswith("p") for limit in bands.values())


def about(found: BandLimits) -> list[str]:
    """The comment line on the limits that the file has now; none where they stayed as they were."""
    if not found.limits:
        return []
    limits = ", ".join(f"{name} from {low:.0f}" for name, low in found.limits[:-1])
    return [f"Limits by risk (usual rate {found.base_rate:.1%}): {limits}."]


def with_limits(model: Model, found: BandLimits) -> Model:
    """The model with the limits proposed, if any."""
    return replace(model, bands=found.limits) if found.limits else model


def weighted(model: Model, weights: Mapping[str, float]) -> Model:
    """The model with these shares of measures in the score as weights."""

    def measure(one: Measure) -> Measure:
        return replace(one, weight=max(round(100 * weights[one.name], 2), LEAST))

    several = [replace(one, measures=tuple(map(measure, one.measures))) for one in model.dimensions]
    return replace(
        model,
        dimensions=tuple(
            replace(one, weight=round(sum(measure.weight for measure in one.measures), 2))
            for one in several
        ),
    )


def written(model: Model, new_curves: Collection[str], about: list[str]) -> str:
    """The model's file with its weights, and the curves of the measures in `bent`; comments and
    layout are kept.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    document = yaml.load(model.text)
    for dimension in model.dimensions:
        block = document["dimensions"][dimension.name]
        block["weight"] = dimension.weight
        for measure in dimension.measures:
            block["measures"][measure.name]["weight"] = measure.weight
            if measure.name in new_curves:
                _bend(block["measures"][measure.name], measure.scale)
    _limit(document, model)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return "".join(f"# {line}\n" for line in about) + stream.getvalue()


def _limit(document: Any, model: Model) -> None:
    """Write the limits of the bands where they differ from those that the file says or means."""
    from ruamel.yaml.comments import CommentedMap

    own = document.get("bands")
    limits = {
        name: int(limit) if float(limit).is_integer() else limit
        for name, limit in model.bands
        if isinstance(limit, float)
    }
    if len(limits) < len(model.bands) or (own is None and tuple(model.bands) == Model.bands):
        return
    if own is None:
        own = document["bands"] = CommentedMap()
        own.fa.set_flow_style()
    own.update(
        {name: limit for name, limit in limits.items() if name not in own or own[name] != limit}
    )


def _bend(fields: Any, scale: Scale | None) -> None:
    """Write a scale in the place of the one that was there."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    for name in ("bad", "good", "curve", "points"):
        fields.pop(name, None)
    if isinstance(scale, WordScale):
        points = CommentedMap(scale.points)
        points.fa.set_flow_style()
        fields["points"] = points
    elif scale is not None:
        knots = CommentedSeq([CommentedSeq([value, points]) for value, points in scale.knots])
        knots.fa.set_flow_style()
        fields["curve"] = knots
