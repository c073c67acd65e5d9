"""What was learned, as plain text: whether it may be adopted, what it gains, and the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.project.lines import safe, safe_line
from salus.project.text import table

if TYPE_CHECKING:
    from salus.insight.trial import Bend
    from salus.project.learn import Proposal

WORDS = {"none": "nothing learned", "proposal": "a proposal, not to be adopted by itself", "adopt": "may be adopted"}


def _curves(bend: Bend, proposal: Proposal) -> str:
    if bend.wins and proposal.found.card:
        return (f"curves of {len(proposal.found.card.bent)} measures are fitted too: log loss less by {bend.gain:.4f} on later "
                "dates")
    return (f"curves stay as they are: fitted ones would change the log loss on later dates by {-bend.gain:z.4f} "
            f"(90 %: {-bend.gain_ci[1]:z.4f} to {-bend.gain_ci[0]:z.4f})")


def told(proposal: Proposal) -> str:
    """The whole text."""
    found, trial = proposal.found, proposal.found.trial
    lines = [f"{WORDS[found.allowed]}: {safe_line(found.reason)}"]
    if trial is not None:
        gain = trial.auc_gain
        lines += ["", f"learned on the earlier dates, tried on {trial.rows:,} later rows, {trial.events:,} with the outcome"]
        bend = trial.bend
        rows = [("own weights", trial.auc_own), ("learned weights", trial.auc_learned)]
        rows += [("learned weights and curves", bend.auc)] if bend else []
        differences = [("difference", gain)] + ([("curves add", bend.auc_gain)] if bend else [])
        lines += table(["", "AUC", "95 %"], [
            *([name, f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}"] for name, one in rows),
            *([name, f"{one.value:+.3f}", f"{one.low:+.3f} to {one.high:+.3f}"] for name, one in differences)])
        if bend:
            lines.append(_curves(bend, proposal))
    if found.weights:
        order = sorted(found.own, key=lambda name: -found.weights[name])
        lines += ["", *table(["measure", "own", "learned"], [
            [safe(name), f"{found.own[name]:.1%}", f"{found.weights[name]:.1%}"] for name in order])]
    if proposal.path is not None:
        lines += ["", f"written to {proposal.path}; see what it changes: salus plan --model {proposal.path} --outcome "
                  f"{safe(proposal.question.outcome)}"]
    return "\n".join(lines)
