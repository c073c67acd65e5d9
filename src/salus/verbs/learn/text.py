"""What was learned, as plain text: whether it may be adopted, what it gains, and the weights."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.channels.text.tables import format_table
from salus.channels.words import Words
from salus.insight.learning.band_limits import BandLimits
from salus.insight.learning.learning import Learned
from salus.insight.learning.trial import CurveGain
from salus.insight.statistics.interval import Interval
from salus.sanitize import one_line, sanitize
from salus.verbs.learn.result import Proposal

WORDS = {
    "none": "Nothing was learned",
    "proposal": "A proposal that is not adopted without your own decision",
    "adopt": "It may be adopted",
}


def _word(found: Learned) -> str:
    """Whether it may be adopted, in words."""
    if found.cross_sectional and found.proven:
        return "A proposal that only --accept-cross-sectional adopts"
    return WORDS[found.allowed]


def _limits(proposal: Proposal) -> list[str]:
    """What keeps it from being learned forward in time comes first."""
    limits = proposal.words.paragraph(proposal.limits)
    return [one_line(limits)] if limits else []


def _bands(found: BandLimits, words: Words) -> list[str]:
    """The limits that follow from risk, and what each band then holds."""
    if not found.limits:
        reason = "" if found.reason is None else f": {words.finding(found.reason)}"
        return [f"the limits of the bands stay as they are{reason}"]
    best, worst = found.limits[0], found.limits[-1][0]
    rows = [
        [
            sanitize(one.name),
            f"{one.low:.0f}",
            *_share(one.share),
            *_share(one.rate),
            *_share(one.captured),
        ]
        for one in found.shares
    ]
    return [
        (
            f"limits by risk, written too: {sanitize(worst)} below {found.at_risk:.0f}, where it is at"
            f" least twice the usual {found.base_rate:.1%}; {sanitize(best[0])} from {best[1]:.0f}"
        ),
        *format_table(
            ["band", "from", "share", "95 %", "rate", "95 %", "of all with the outcome", "95 %"],
            rows,
        ),
    ]


def _share(found: Interval | None) -> list[str]:
    return (
        ["too few", ""]
        if found is None
        else [f"{found.value:.1%}", f"{found.low:.1%} to {found.high:.1%}"]
    )


def _curves(bend: CurveGain, proposal: Proposal) -> str:
    if bend.wins and proposal.found.card:
        return (
            f"curves of {len(proposal.found.card.new_curves)} measures are fitted too: log loss less by"
            f" {bend.gain:.4f} on later dates"
        )
    return (
        "curves stay as they are: fitted ones would change the log loss on later dates by"
        f" {-bend.gain:z.4f} (90 %: {-bend.gain_ci[1]:z.4f} to {-bend.gain_ci[0]:z.4f})"
    )


@render.register
def _(proposal: Proposal) -> str:
    found, trial = proposal.found, proposal.found.trial
    lines = [
        *_limits(proposal),
        f"{_word(found)}: {one_line(proposal.words.paragraph(found.reasons))}",
    ]
    if trial is not None:
        gain = trial.auc_gain
        how = (
            "learned on four fifths, tested on the others"
            if found.cross_sectional
            else ("learned on the earlier dates, tested on the later ones")
        )
        lines += [
            "",
            (
                f"{how}: {trial.rows:,} rows, {trial.events:,} {sanitize(proposal.model.entity.names)} with"
                " the outcome"
            ),
        ]
        bend = trial.bend
        rows = [("own weights", trial.auc_own), ("learned weights", trial.auc_learned)]
        rows += [("learned weights and curves", bend.auc)] if bend else []
        differences = [("difference", gain)] + ([("curves add", bend.auc_gain)] if bend else [])
        lines += format_table(
            ["", "AUC", "95 %"],
            [
                *(
                    [name, f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}"]
                    for name, one in rows
                ),
                *(
                    [name, f"{one.value:+.3f}", f"{one.low:+.3f} to {one.high:+.3f}"]
                    for name, one in differences
                ),
            ],
        )
        if bend:
            lines.append(_curves(bend, proposal))
    if found.weights:
        order = sorted(found.own, key=lambda name: -found.weights[name])
        lines += [
            "",
            *format_table(
                ["measure", "own", "learned"],
                [
                    [sanitize(name), f"{found.own[name]:.1%}", f"{found.weights[name]:.1%}"]
                    for name in order
                ],
            ),
        ]
    if proposal.bands is not None:
        lines += ["", *_bands(proposal.bands, proposal.words)]
    if proposal.path is not None:
        lines += [
            "",
            (
                f"Written to {proposal.path}. Next, see what it changes: salus plan --model"
                f" {proposal.path} --outcome {sanitize(proposal.question.outcome)}"
            ),
        ]
    return "\n".join(lines)
