"""`salus adopt`: use the model in another file for all entities, for a part, or in the background."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import salus.verbs.adopt.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.errors import ModelError, OptionError, Problem, UsageError, sort_problems
from salus.history.decisions import Decision, current_trial, find_unfinished, next_rollout
from salus.model.model import Model
from salus.model.read import content_of
from salus.model.suggest import did_you_mean
from salus.sanitize import one_line
from salus.scores.rollout import RolloutScope, read_model_bytes, share_mask
from salus.verbs.adopt.result import AdoptionResult, ShareCount
from salus.verbs.check.check import check_data
from salus.verbs.learn.proposal_file import evidence
from salus.verbs.plan.both_models import score_both
from salus.verbs.plan.plan import compare_models
from salus.verbs.plan.result import Plan
from salus.workspace.connect import open_connection
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class Acceptance:
    """Which proposals of `salus learn` a person accepts in spite of weak evidence."""

    proposal: bool = False  # one that isn't recommended
    cross_sectional: bool = False  # one that was learned across entities, not forward in time


def parse_scope(
    *, shadow: bool = False, share: float | str | None = None, segment: str | None = None
) -> RolloutScope:
    """The scope that the options ask for. Raises OptionError if they contradict each other."""
    if sum((shadow, share is not None, segment is not None)) > 1:
        raise OptionError("shadow, share and segment exclude one another", "choose one of them")
    if shadow:
        return RolloutScope("shadow")
    if share is not None:
        return RolloutScope("part", share=_parse_share(share))
    return RolloutScope("all") if segment is None else RolloutScope("part", segment=segment)


def _parse_share(value: float | str) -> float:
    """A share between 0 and 1, from `20%` or `0.2`.

    >>> _parse_share("20%"), _parse_share("0.2"), _parse_share("2.5 %")
    (0.2, 0.2, 0.025)
    """
    text = str(value).strip()
    match = re.fullmatch(r"(\d*\.?\d+)\s*(%?)", text)
    if isinstance(value, str) and match is None:
        raise OptionError(f"'{text}' is not a valid share", "write it as 20% or 0.2")
    share = float(value) if match is None else float(match[1]) / (100 if match[2] else 1)
    if not 0 < share < 1:
        fix = (
            "leave the share out to use the model for all"
            if share == 1
            else "write it as 20% or 0.2"
        )
        raise OptionError(f"a share must be between 0 and 100%, and {text} isn't", fix)
    return share


def adopt(
    workspace: Workspace, file: Path, at: dt.datetime, scope: RolloutScope, accept: Acceptance
) -> AdoptionResult:
    """Use the model in `file` for the entities of `scope`, if it has no errors on the data.

    `at`: the time of the decision.
    """
    content = content_of(file)
    model = check_candidate(workspace, content, file.name, scope, accept)
    decisions, official = workspace.decisions, workspace.folder / "salus.yaml"
    with decisions.lock():
        before, all_before = official.read_bytes(), decisions.all()
        decision = find_unfinished(decisions, before)
        if (
            decision is None
            or scope.stage != "all"
            or decision.stage != "all"
            or decisions.text(decision.model) != content
        ):
            _refuse_nothing(scope, all_before, before, content)
            decision = Decision(
                at=at,
                stage=scope.stage,
                rollout=next_rollout(all_before),
                model=decisions.keep(content, model.fingerprint),
                beside=decisions.keep(before, fingerprint_or_none(before, workspace.folder)),
                share=scope.share,
                segment=scope.segment,
            )
            decisions.add(decision)
        if scope.stage == "all":
            write_model(official, content)
    official_now = Workspace(workspace.folder).model
    share = scope.share
    return AdoptionResult(
        decision=decision,
        official=official_now,
        model=model,
        replaced=f"models/{decision.beside}.yaml" if decision.moves_file else None,
        file=file,
        share_count=None if share is None else _count_share(workspace, decision.rollout, share),
    )


def _count_share(workspace: Workspace, rollout: int, share: float) -> ShareCount | None:
    """The size of a share, from the entities that were scored last; None if none were."""
    last = workspace.store.at_end()
    ids = sorted({key for file in last for key in workspace.store.shown_mask(file)[0]})
    return ShareCount(int(share_mask(rollout, share, ids).sum()), len(ids)) if ids else None


def preview(
    workspace: Workspace, file: Path, as_of: dt.date | None, scope: RolloutScope, accept: Acceptance
) -> Plan:
    """What `adopt` would change for the entities of `scope`, without doing it."""
    model = check_candidate(workspace, content_of(file), file.name, scope, accept)
    before, after = score_both(workspace, model, as_of)
    if scope.stage != "part":
        plan = compare_models(before, after, scope.describe(workspace.model))
        return replace(plan, file=file, dry_run=True)
    rollout = next_rollout(workspace.decisions.all())
    parts = [
        scores.at(np.flatnonzero(scope.mask(rollout, before, scores.ids)))
        for scores in (before, after)
    ]
    plan = compare_models(parts[0], parts[1], scope.describe(workspace.model))
    return replace(plan, file=file, dry_run=True)


def check_candidate(
    workspace: Workspace, content: bytes, name: str, scope: RolloutScope, accept: Acceptance
) -> Model:
    """The model in these bytes.

    Raises ModelError if it has errors. Raises UsageError if it is a proposal that nobody accepted,
    or if it can't be used together with the model of salus.yaml.
    """
    model = read_model_bytes(content, name, workspace.folder)
    _refuse_proposal(model.text, name, scope, accept)
    _refuse_trial(workspace.model, model, scope)
    problems: list[Problem] = []
    with closing(open_connection(workspace.folder, workspace.settings, model)) as connection:
        check_data(model, connection, problems, workspace)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ModelError(sort_problems(errors))
    return model


def _refuse_proposal(content: str, name: str, scope: RolloutScope, accept: Acceptance) -> None:
    """Refuse a proposal that `salus learn` doesn't recommend, unless a person accepts it."""
    proposal = evidence(content)
    if scope.stage == "shadow":
        return
    if proposal.doubt is not None and not accept.proposal:
        raise UsageError(
            f"{name} is only a proposal of `salus learn`: {one_line(proposal.doubt)}",
            "try it with --shadow, or accept it with --accept-proposal"
            + (" and --accept-cross-sectional" if proposal.cross_sectional else ""),
        )
    if proposal.cross_sectional and not accept.cross_sectional:
        raise UsageError(
            f"{name} was learned from a flag without dates: it shows who resembles the customers who"
            " left, not who will leave",
            "try it with --shadow, or accept it with --accept-cross-sectional",
        )


def _refuse_trial(official: Model, model: Model, scope: RolloutScope) -> None:
    if scope.stage == "all":
        return
    if model.fingerprint == official.fingerprint:
        raise UsageError(
            f"model {model.fingerprint} gives the same scores as salus.yaml, so there is nothing to"
            " try",
            "edit it, or adopt it for all if only its texts changed",
        )
    own, other = official.entity, model.entity
    if (own.table, own.key) != (other.table, other.key):
        raise UsageError(
            "the two models score different entities: the table or the key of `entity` differs",
            "adopt it for all, or start another project",
        )
    if scope.segment is not None and scope.segment not in (
        names := [segment.name for segment in official.segments]
    ):
        raise UsageError(
            f"salus.yaml has no segment `{scope.segment}`",
            did_you_mean(scope.segment, names) or _list_segments(names),
        )


def _list_segments(names: Sequence[str]) -> str:
    if not names:
        return "it has no segments: use --share, or adopt the model for all"
    return f"its segments are: {', '.join(names)}"


def _refuse_nothing(
    scope: RolloutScope, before: tuple[Decision, ...], official: bytes, content: bytes
) -> None:
    if scope.stage == "all" and official == content and current_trial(before) is None:
        raise UsageError("salus.yaml already has this text", "nothing was changed")


def fingerprint_or_none(content: bytes, folder: Path) -> str | None:
    """The fingerprint of a model's text. None if it isn't a valid model: it must still be possible
    to roll back a salus.yaml with errors.
    """
    try:
        return read_model_bytes(content, "salus.yaml", folder).fingerprint
    except ModelError:
        return None


def write_model(path: Path, content: bytes) -> None:
    with atomic_write(path) as draft:
        draft.write_bytes(content)
