"""`salus adopt` and `salus rollback`: which model speaks for whom, from now on."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from salus.atomic import whole
from salus.errors import ModelError, OptionError, Problem, UsageError, in_order
from salus.history.decisions import Decision, number, on_trial, standing, unfinished
from salus.model.model import Model
from salus.model.read import content_of
from salus.model.suggest import did_you_mean
from salus.sanitize import one_line
from salus.scores.rollout import Reach, read_bytes
from salus.verbs.check.check import with_data
from salus.verbs.learn.proposal_file import evidence
from salus.verbs.plan.plan import Plan, compare_scores, score_both
from salus.workspace.connect import open_facts
from salus.workspace.workspace import Workspace

SOMETHING = {
    "shadow": "run `salus score`, then `salus plan` with the same file",
    "part": "`salus adopt` without a share adopts it for all; `salus rollback` ends it",
    "all": "`salus rollback` puts the former text back",
}


@dataclass(frozen=True)
class Decided:
    """A decision and what follows from it."""

    decision: Decision
    official: Model  # of salus.yaml from now on
    model: Model  # the one that the decision is about
    replaced: str | None = None  # where the text of salus.yaml that is no longer there is kept

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus adopt --json` and `salus rollback --json`."""
        decision = self.decision
        return {
            "at": decision.at.isoformat(),
            "stage": decision.stage,
            "share": decision.share,
            "segment": decision.segment,
            "rollout": decision.rollout,
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "official": {"name": self.official.name, "fingerprint": self.official.fingerprint},
            "replaced": self.replaced,
        }

    def __str__(self) -> str:
        decision = self.decision
        many = f"{self.official.entity.names}"
        if decision.stage == "back":
            lines = [f"{self.official.fingerprint} speaks for all {many} again"]
        else:
            reach = Reach(decision.stage, decision.share, decision.segment)
            lines = [
                f"{self.model.fingerprint} {reach.told(self.official)}, from the next score on"
            ]
            if decision.trial:
                rest = "all" if decision.stage == "shadow" else "the others"
                lines.append(f"{self.official.fingerprint} (salus.yaml) speaks for {rest}")
        if self.replaced is not None:
            lines.append(f"the text that was in salus.yaml is kept as {self.replaced}")
        return "\n".join(
            [*lines, *([SOMETHING[decision.stage]] if decision.stage in SOMETHING else [])]
        )


@dataclass(frozen=True)
class Acceptance:
    """What a person takes on without evidence: a mere proposal, and one that was learned across
    entities.
    """

    proposal: bool = False
    cross_sectional: bool = False


def reach(
    *, shadow: bool = False, share: float | str | None = None, segment: str | None = None
) -> Reach:
    """How far it is asked to speak. Raises UsageError where that makes no sense."""
    if sum((shadow, share is not None, segment is not None)) > 1:
        raise OptionError(
            "a shadow, a share and a segment are three ways to begin", "choose one of them"
        )
    if shadow:
        return Reach("shadow")
    if share is not None:
        return Reach("part", share=_share(share))
    return Reach("all") if segment is None else Reach("part", segment=segment)


def _share(asked: float | str) -> float:
    """A share between 0 and 1, from `20%` or `0.2`.

    >>> _share("20%"), _share("0.2"), _share("2.5 %")
    (0.2, 0.2, 0.025)
    """
    text = str(asked).strip()
    match = re.fullmatch(r"(\d*\.?\d+)\s*(%?)", text)
    if isinstance(asked, str) and match is None:
        raise OptionError(f"'{text}' is not a valid share", "write it as 20% or 0.2")
    share = float(asked) if match is None else float(match[1]) / (100 if match[2] else 1)
    if not 0 < share < 1:
        fix = (
            "leave the share out: a model adopted without one speaks for all"
            if share == 1
            else "write it as 20% or 0.2"
        )
        raise OptionError(f"a share lies between 0 and 100%, and {text} doesn't", fix)
    return share


def adopt(
    workspace: Workspace, file: Path, at: dt.datetime, asked: Reach, accept: Acceptance
) -> Decided:
    """Let the model in `file` speak as far as asked, after it was read and held against the data.
    `at`: now.
    """
    content = content_of(file)
    model = examined(workspace, content, file.name, asked, accept)
    decisions, official = workspace.decisions, workspace.folder / "salus.yaml"
    with decisions.alone():
        before, all_before = official.read_bytes(), decisions.all()
        decision = unfinished(decisions, before)
        if (
            decision is None
            or asked.stage != "all"
            or decision.stage != "all"
            or decisions.text(decision.model) != content
        ):
            _refuse_nothing(asked, all_before, before, content)
            names = (
                decisions.keep(content, model.fingerprint),
                decisions.keep(before, _fingerprint(before, workspace.folder)),
            )
            decision = Decision(
                at, asked.stage, number(all_before), *names, asked.share, asked.segment
            )
            decisions.add(decision)
        if asked.stage == "all":
            _write(official, content)
    found = Workspace(workspace.folder).model
    return Decided(
        decision, found, model, f"models/{decision.beside}.yaml" if decision.moves_file else None
    )


def rollback(workspace: Workspace, at: dt.datetime) -> Decided:
    """End the trial in force; without one, put back the text that the last adoption replaced. `at`:
    now.
    """
    decisions, official = workspace.decisions, workspace.folder / "salus.yaml"
    with decisions.alone():
        before, all_before = official.read_bytes(), decisions.all()
        decision = unfinished(decisions, before)
        if on_trial(all_before) is not None:
            read_bytes(
                before, official.name, workspace.folder
            )  # it is to speak for all: mend it first
        if decision is None or decision.stage != "back":
            beside = decisions.keep(before, _fingerprint(before, workspace.folder))
            decision = dataclasses.replace(_taken_back(all_before, beside), at=at)
            decisions.text(decision.model)  # still there, or nothing is decided
            decisions.add(decision)
        if decision.moves_file:
            _write(official, decisions.text(decision.model))
    found = Workspace(workspace.folder).model
    return Decided(
        decision, found, found, f"models/{decision.beside}.yaml" if decision.moves_file else None
    )


def _taken_back(decisions: tuple[Decision, ...], beside: str) -> Decision:
    trial, adopted = on_trial(decisions), standing(decisions)
    if trial is not None:
        return dataclasses.replace(
            trial, stage="back", model=beside, beside=beside, share=None, segment=None
        )
    if adopted is not None:
        return dataclasses.replace(adopted, stage="back", model=adopted.beside, beside=beside)
    raise UsageError("there is nothing to take back", "no model was adopted here that still stands")


def preview(
    workspace: Workspace, file: Path, as_of: dt.date | None, asked: Reach, accept: Acceptance
) -> Plan:
    """What `adopt` would change for those whom the model is to speak for, without doing it."""
    model = examined(workspace, content_of(file), file.name, asked, accept)
    before, after = score_both(workspace, model, as_of)
    if asked.stage != "part":
        return compare_scores(before, after, asked.told(workspace.model))
    rollout = number(workspace.decisions.all())
    some = [
        scores.at(np.flatnonzero(asked.within(rollout, before, scores.ids)))
        for scores in (before, after)
    ]
    return compare_scores(some[0], some[1], asked.told(workspace.model))


def examined(
    workspace: Workspace, content: bytes, name: str, asked: Reach, accept: Acceptance
) -> Model:
    """The model in these bytes. Refuses one that can't be used, that nobody vouches for, or that
    can't speak beside ours.
    """
    model = read_bytes(content, name, workspace.folder)
    _refuse_proposal(model.text, name, asked, accept)
    _refuse_trial(workspace.model, model, asked)
    problems: list[Problem] = []
    connection = open_facts(workspace.folder, workspace.settings, model)
    try:
        with_data(model, connection, problems, workspace)
    finally:
        connection.close()
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ModelError(in_order(errors))
    return model


def _refuse_proposal(text: str, name: str, asked: Reach, accept: Acceptance) -> None:
    """What `salus learn` doesn't vouch for; a person may take it on."""
    found = evidence(text)
    if asked.stage == "shadow":
        return
    if found.doubt is not None and not accept.proposal:
        raise UsageError(
            f"{name} is a mere proposal of `salus learn`: {one_line(found.doubt)}",
            "try it with --shadow, or take it on with --accept-proposal"
            + (" and --accept-cross-sectional" if found.cross_sectional else ""),
        )
    if found.cross_sectional and not accept.cross_sectional:
        raise UsageError(
            f"{name} was learned by a flag without dates: it tells who looks like those who left,"
            " not who will leave",
            "try it with --shadow, or take it on with --accept-cross-sectional",
        )


def _refuse_trial(official: Model, model: Model, asked: Reach) -> None:
    if asked.stage == "all":
        return
    if model.fingerprint == official.fingerprint:
        raise UsageError(
            f"the model {model.fingerprint} scores like that in salus.yaml: there is nothing"
            " to try",
            "edit it, or adopt it for all if only its texts are new",
        )
    own, other = official.entity, model.entity
    if (own.table, own.key) != (other.table, other.key):
        raise UsageError(
            "the two models score different things: their `entity` has another table or key",
            "adopt it for all, or start a project of its own",
        )
    if asked.segment is not None and asked.segment not in (
        names := [one.name for one in official.segments]
    ):
        raise UsageError(
            f"salus.yaml has no segment `{asked.segment}`",
            did_you_mean(asked.segment, names) or f"it has {', '.join(names) or 'none'}",
        )


def _refuse_nothing(
    asked: Reach, before: tuple[Decision, ...], official: bytes, content: bytes
) -> None:
    if asked.stage == "all" and official == content and on_trial(before) is None:
        raise UsageError("salus.yaml is this text already", "nothing was changed")


def _fingerprint(content: bytes, folder: Path) -> str | None:
    """Of a text that may be no model: who edits salus.yaml can still go back."""
    try:
        return read_bytes(content, "salus.yaml", folder).fingerprint
    except ModelError:
        return None


def _write(path: Path, content: bytes) -> None:
    with whole(path) as draft:
        draft.write_bytes(content)
