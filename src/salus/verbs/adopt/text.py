"""The text of `salus adopt` and `salus rollback`."""

from __future__ import annotations

from pathlib import Path

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.scores.rollout import RolloutScope
from salus.verbs.adopt.result import AdoptionResult


@render.register
def render_adoption(result: AdoptionResult) -> str:
    """Which model scores which entities from now on, and what to do next."""
    decision, official = result.decision, result.official
    if decision.stage == "back":
        lines = [f"Model {official.fingerprint} scores all {official.entity.names} again."]
    else:
        scope = RolloutScope(decision.stage, decision.share, decision.segment)
        lines = [
            f"From the next score on, model {result.model.fingerprint} {scope.describe(official)}."
        ]
        if decision.trial:
            rest = f"all {official.entity.names}" if decision.stage == "shadow" else "the others"
            lines.append(f"Model {official.fingerprint} (salus.yaml) scores {rest}.")
    if result.replaced is not None:
        lines.append(f"The previous salus.yaml is kept as {result.replaced}.")
    return "\n".join([*lines, *_next_step(decision.stage, result.file)])


def _next_step(stage: str, file: Path | None) -> list[str]:
    rollback = f"To undo this: {suggest_command('rollback')}"
    match stage:
        case "shadow":
            return [f"Next: score with both models: {suggest_command('score')}", rollback]
        case "part":
            adopt = suggest_command("adopt", file or "MODEL")
            return [f"Next: to use it for all: {adopt}", rollback]
        case "all":
            return [rollback]
    return []
