"""Whether learned weights may be adopted: only with evidence from rows they weren't learned from.

Four conditions must hold together: enough outcomes and no open leak; an AUC whose 99 % interval lies
above 0.5; a log loss that is at most slightly worse than with the model's own weights; and either a
proven gain over them, or nearly the AUC of a score that is proven itself. Without the second
condition, weights near zero would pass as "not worse" where nothing predicts the outcome.
"""

from __future__ import annotations

from collections.abc import Sequence

from salus.finding import Finding
from salus.insight.learning.trial import Trial
from salus.insight.quality.data_warning import DataWarning

ENOUGH = 40  # entities with the outcome
HARM = 0.002  # of log loss that a proposal may cost at most, by its 90 % interval
LOSS = 0.01  # of AUC that a proposal may cost, compared with a proven score
COIN = 0.5  # the AUC of chance
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
    events: int,
    trial: Trial | None,
    warnings: Sequence[DataWarning],
    obstacle: Finding | None,
) -> tuple[str, tuple[Finding, ...]]:
    """`adopt` or `proposal`, and the reasons. `obstacle` says why there is no trial, where there is
    none.
    """
    leaks = [warning for warning in warnings if warning.kind in LEAKS]
    names = tuple(dict.fromkeys(leak.measure or leak.source or "score" for leak in leaks))
    doubt = (Finding("adoption.leaks", names=names),) if leaks else ()
    if events < ENOUGH:
        return "proposal", (Finding("adoption.few_outcomes", events=events, least=ENOUGH), *doubt)
    if trial is None:
        return "proposal", ((obstacle, *doubt) if obstacle else doubt)
    if doubt:
        return "proposal", doubt
    gap = missing_evidence(trial)
    return ("adopt", (_gain(trial),)) if gap is None else ("proposal", (gap,))


def missing_evidence(trial: Trial) -> Finding | None:
    """What is missing in the evidence; None where it is enough."""
    learned, own, least = trial.proposed_99, trial.own_99, trial.gain_ci[0]
    if learned.low <= COIN:
        return Finding(
            "adoption.no_evidence",
            auc=learned.value,
            low=learned.low,
            high=learned.high,
            coin=COIN,
        )
    if -least >= HARM:
        return Finding("adoption.harm", loss=-least, most=HARM)
    if least > 0:
        return None
    if own.low <= COIN:
        return Finding("adoption.unproven", auc=own.value, low=own.low, high=own.high, coin=COIN)
    loss = own.value - learned.value
    return Finding("adoption.lower_auc", loss=loss) if loss > LOSS else None


def _gain(trial: Trial) -> Finding:
    """Why the weights may be adopted."""
    auc = trial.proposed_99
    return Finding(
        "adoption.better" if trial.gain_ci[0] > 0 else "adoption.as_good",
        gain=trial.gain,
        least=trial.gain_ci[0],
        most=trial.gain_ci[1],
        auc=auc.value,
        low=auc.low,
        high=auc.high,
    )
