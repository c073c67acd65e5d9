"""The text of `salus adopt` and `salus rollback`."""

from __future__ import annotations

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.history.decisions import Decision
from salus.sanitize import sanitize
from salus.scores.rollout import RolloutScope
from salus.verbs.adopt.result import AdoptionResult

NEXT_SCORE = "Starting with the next `salus score`"


@render.register
def render_adoption(result: AdoptionResult) -> str:
    """Which model scores which entities from now on, and what to do next."""
    rollback = result.decision.stage == "back"
    lines = _undone(result) if rollback else _adopted(result)
    if result.replaced is not None:
        what = "The text that salus.yaml had" if rollback else "The previous salus.yaml"
        lines.append(f"{what} is kept as {result.replaced}.")
    return "\n".join([*lines, *_next_step(result)])


def _adopted(result: AdoptionResult) -> list[str]:
    decision, official = result.decision, result.official
    names = official.entity.names
    count = ""
    if result.share_count is not None:
        count = f" ({result.share_count.entities:,} of the {result.share_count.scored:,} scored last time)"
    lines = [
        f"{NEXT_SCORE}, model {result.model.fingerprint}"
        f" {_scope(decision).describe(official)}{count}."
    ]
    if result.share_count is not None:
        name = sanitize(official.entity.name)
        lines.append(
            f"Salus draws each {name} separately, so the share isn't exactly"
            f" {100 * (decision.share or 0):.4g}%."
        )
    if decision.trial:
        rest = f"all {names}" if decision.stage == "shadow" else f"the other {names}"
        lines.append(f"Model {official.fingerprint} (salus.yaml) scores {rest}.")
    return lines


def _undone(result: AdoptionResult) -> list[str]:
    """Which model no longer scores, and which one does."""
    official, undone = result.official, result.undone
    scores = f"model {official.fingerprint} (salus.yaml) scores all {official.entity.names}"
    if undone is None:
        return [f"{NEXT_SCORE}, {scores} again."]
    if undone.fingerprint == official.fingerprint:
        return [f"salus.yaml has its previous text again; {scores}, as before."]
    if undone.stage == "shadow":
        return [
            f"Model {undone.fingerprint} no longer scores in the background.",
            f"M{scores[1:]}, as before.",
        ]
    if undone.stage == "all":
        ended = f"Model {undone.fingerprint} no longer scores all {official.entity.names}."
    else:
        scope = _scope(undone).entities(official)
        ended = f"The trial of model {undone.fingerprint} on {scope} has ended."
    return [ended, f"{NEXT_SCORE}, {scores} again."]


def _scope(decision: Decision) -> RolloutScope:
    return RolloutScope(decision.stage, decision.share, decision.segment)


def _next_step(result: AdoptionResult) -> list[str]:
    score, rollback = suggest_command("score"), f"To undo this: {suggest_command('rollback')}"
    match result.decision.stage:
        case "shadow":
            return [f"Next: score with both models: {score}", rollback]
        case "part":
            adopt = suggest_command("adopt", result.file or "MODEL")
            return [
                f"Next: score with both models: {score}",
                f"To use it for all: {adopt}",
                rollback,
            ]
        case "all":
            return [f"Next: {score}", rollback]
        case "back":
            shadow = result.undone is not None and result.undone.stage == "shadow"
            return [] if shadow else [f"Next: {score}"]
