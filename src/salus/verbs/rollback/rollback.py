"""`salus rollback`: undo the last adoption."""

from __future__ import annotations

import dataclasses
import datetime as dt

from salus.errors import UsageError
from salus.history.decisions import Decision, current_trial, find_unfinished, last_adoption
from salus.scores.rollout import read_model_bytes
from salus.verbs.adopt.adopt import fingerprint_or_none, write_model
from salus.verbs.adopt.result import AdoptionResult
from salus.workspace.workspace import Workspace


def rollback(workspace: Workspace, at: dt.datetime) -> AdoptionResult:
    """End the current trial; if there is none, restore the text that the last adoption replaced.

    `at`: the time of the decision. Raises UsageError if there is nothing to undo, ModelError if salus.yaml
    has errors and would have to score all entities.
    """
    decisions, official = workspace.decisions, workspace.folder / "salus.yaml"
    with decisions.lock():
        content, earlier = official.read_bytes(), decisions.all()
        decision = find_unfinished(decisions, content)
        if current_trial(earlier) is not None:
            read_model_bytes(content, official.name, workspace.folder)  # it must score all again
        if decision is None or decision.stage != "back":
            beside = decisions.keep(content, fingerprint_or_none(content, workspace.folder))
            decision = dataclasses.replace(_undo(earlier, beside), at=at)
            decisions.text(decision.model)  # raises if it is gone, before anything is decided
            decisions.add(decision)
        if decision.moves_file:
            write_model(official, decisions.text(decision.model))
    model = Workspace(workspace.folder).model
    replaced = f"models/{decision.beside}.yaml" if decision.moves_file else None
    before = earlier[:-1] if earlier and earlier[-1] == decision else earlier
    undone = current_trial(before) or last_adoption(before)
    return AdoptionResult(
        decision=decision, official=model, model=model, replaced=replaced, undone=undone
    )


def _undo(decisions: tuple[Decision, ...], beside: str) -> Decision:
    """The decision that undoes the last one; `beside`: the name of the kept text of salus.yaml."""
    trial, adopted = current_trial(decisions), last_adoption(decisions)
    if trial is not None:
        return dataclasses.replace(
            trial, stage="back", model=beside, beside=beside, share=None, segment=None
        )
    if adopted is not None:
        return dataclasses.replace(adopted, stage="back", model=adopted.beside, beside=beside)
    raise UsageError(
        "there is nothing to undo: no adopted model is in use",
        "to use an older model again: `salus adopt models/NUMBER.yaml`. NUMBER is the model's number,"
        " as the history of an entity shows it",
    )
