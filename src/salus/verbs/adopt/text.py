"""The text of `salus adopt` and `salus rollback`."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.scores.rollout import RolloutScope
from salus.verbs.adopt.result import AdoptionResult

NEXT_STEP = {
    "shadow": "Next: run `salus score`, then `salus plan` with the same file.",
    "part": "Next: `salus adopt` without a share uses it for all; `salus rollback` undoes this.",
    "all": "`salus rollback` undoes this.",
}


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
        lines.append(f"The previous text of salus.yaml is kept as {result.replaced}.")
    if decision.stage in NEXT_STEP:
        lines.append(NEXT_STEP[decision.stage])
    return "\n".join(lines)
