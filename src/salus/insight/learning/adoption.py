"""Whether what was learned may be adopted: only with evidence, from rows it was not learned on.

Four things at once: enough outcomes and no open leak; an AUC whose 99 % interval lies above 0.5; a
log loss that is at most a little worse than with the model's own weights; and a proven gain over
them, or nearly the AUC of a score that is itself proven. Without the second, weights shrunk to
nothing pass as "not worse" where nothing predicts anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from salus.insight.learning.trial import Trial
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import Interval

SOME = 40  # entities with the outcome
HARM = 0.002  # of log loss: what a proposal may at most cost, by its 90 % interval
LOSS = 0.01  # of AUC, against a proven score
COIN = 0.5
LEAKS = (
    "too good",
    "knows early",
    "never changes",
    "late",
    "absence",
    "named",
    "one row each",
    "recorded unsaid",
    "todays",
)


def decide(
    events: int, trial: Trial | None, found: Sequence[DataWarning], split_obstacle: str
) -> tuple[str, str]:
    """`adopt` or `proposal`, and the reason. `undivided`: why there is no trial, where there is
    none.
    """
    leaks = [one for one in found if one.kind in LEAKS]
    names = ", ".join(dict.fromkeys(one.measure or one.source or "the score" for one in leaks))
    doubt = f"first check whether {names} may already know the outcome"
    if events < SOME:
        few = (
            f"{events} outcomes are too few to prove that other weights are better; {SOME} are"
            " needed"
        )
        return "proposal", f"{few}; {doubt}" if leaks else few
    if trial is None:
        return "proposal", f"{split_obstacle}; {doubt}" if leaks else split_obstacle
    if leaks:
        return "proposal", doubt
    against = missing_evidence(trial)
    return ("adopt", _why(trial)) if against is None else ("proposal", against)


def missing_evidence(trial: Trial) -> str | None:
    """What the evidence lacks; None where it is enough."""
    learned, own = trial.proposed_99, trial.own_99
    if learned.low <= COIN:
        return (
            f"there is no evidence that it predicts the outcome on {trial.unseen}: AUC"
            f" {_sure(learned)}, where {COIN:g} is chance"
        )
    if -trial.gain_ci[0] >= HARM:
        return (
            f"on {trial.unseen} its log loss may be {-trial.gain_ci[0]:.4f} more than that of the"
            f" model's own weights; at most {HARM:g} is allowed"
        )
    if trial.gain_ci[0] > 0:
        return None
    if own.low <= COIN:
        return (
            f"no gain is proven on {trial.unseen}, and the score that it would replace isn't proven"
            f" either: AUC {_sure(own)}, where {COIN:g} is chance"
        )
    loss = own.value - learned.value
    return (
        f"on {trial.unseen} its AUC is {loss:.3f} less than that of the model's own weights"
        if loss > LOSS
        else None
    )


def _why(trial: Trial) -> str:
    word = "is better" if trial.gain_ci[0] > 0 else "is proven neither better nor worse"
    return (
        f"on {trial.unseen} it {word} than the model's own weights (log loss less by"
        f" {trial.gain:z.4f}, 90 %: {trial.gain_ci[0]:.4f} to {trial.gain_ci[1]:.4f}), its AUC is"
        f" {_sure(trial.proposed_99)}, and no measure seems to know the outcome in advance"
    )


def _sure(found: Interval) -> str:
    return f"{found.value:.3f} (99 %: {found.low:.3f} to {found.high:.3f})"
