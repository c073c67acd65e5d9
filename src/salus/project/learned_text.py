"""What was learned, as plain text: whether it may be adopted, what it gains, and the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.project.lines import safe, safe_line
from salus.project.text import table

if TYPE_CHECKING:
    from salus.project.learn import Proposal

WORDS = {"none": "nothing learned", "proposal": "a proposal, not to be adopted by itself", "adopt": "may be adopted"}


def told(proposal: Proposal) -> str:
    """The whole text."""
    found, trial = proposal.found, proposal.found.trial
    lines = [f"{WORDS[found.allowed]}: {safe_line(found.reason)}"]
    if trial is not None:
        gain = trial.auc_gain
        lines += ["", f"learned on the earlier dates, tried on {trial.rows:,} later rows, {trial.events:,} with the outcome"]
        rows = [("own weights", trial.auc_own), ("learned weights", trial.auc_learned)]
        lines += table(["", "AUC", "95 %"], [
            *([name, f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}"] for name, one in rows),
            ["difference", f"{gain.value:+.3f}", f"{gain.low:+.3f} to {gain.high:+.3f}"]])
    if found.weights:
        order = sorted(found.own, key=lambda name: -found.weights[name])
        lines += ["", *table(["measure", "own", "learned"], [
            [safe(name), f"{found.own[name]:.1%}", f"{found.weights[name]:.1%}"] for name in order])]
    if proposal.path is not None:
        lines += ["", f"written to {proposal.path}; see what it changes: salus plan --model {proposal.path} --outcome "
                  f"{safe(proposal.question.outcome)}"]
    return "\n".join(lines)
