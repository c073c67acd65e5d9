"""The text of `salus learn`: whether the proposal may be adopted, what it gains, and the weights."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, format_long_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_difference, format_signed
from salus.channels.text.width import add_command, wrap
from salus.insight.learning.band_limits import BandLimits
from salus.insight.learning.learning import Learned
from salus.insight.learning.trial import CurveGain, Trial
from salus.insight.statistics.interval import Interval
from salus.model.model import Model
from salus.sanitize import one_line, sanitize
from salus.verbs.learn.result import Proposal

VERDICTS = {
    "none": "Nothing was learned",
    "proposal": "The proposed model needs your decision before it is adopted",
    "adopt": "The proposed model passes all checks",
}


DECISION = (
    "You decide between two models: keep your weights, for which nothing is to be done, or adopt the"
    " proposed ones although they didn’t pass every check."
)


@render.register
def render_proposal(proposal: Proposal) -> str:
    """The verdict and its reasons, then the trial, the weights, the band limits and the next step."""
    words, learned = proposal.words, proposal.learned
    limits = words.paragraph(proposal.limits)
    verdict = f"{_verdict(learned)}. {one_line(words.paragraph(learned.reasons))}"
    sections = [
        [*(wrap(one_line(limits)) if limits else []), *wrap(verdict)],
        _trial(proposal),
        _weights(learned, proposal.model),
        [] if proposal.bands is None else _bands(proposal, proposal.bands),
        _next_step(proposal),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _verdict(learned: Learned) -> str:
    """Whether it may be adopted."""
    if learned.cross_sectional and learned.proven:
        return "The proposed model may be adopted only with --accept-cross-sectional"
    return VERDICTS[learned.allowed]


def _trial(proposal: Proposal) -> Iterator[str]:
    """The AUC of the present and of the learned weights, on rows they were not learned on."""
    learned, trial = proposal.learned, proposal.learned.trial
    if trial is None:
        return
    how = (
        "Learned on four fifths, tested on the others"
        if learned.cross_sectional
        else "Learned on the earlier dates, tested on the later ones"
    )
    entities = sanitize(proposal.model.entity.names)
    yield f"{how}: {trial.rows:,} rows, {trial.events:,} {entities} with the outcome"
    yield from format_table(["", "AUC", "95% interval"], _auc_rows(trial))
    yield from _weights_only(proposal)
    if trial.bend:
        yield from wrap(_curves(trial.bend, learned))


def _weights_only(proposal: Proposal) -> Iterator[str]:
    """Why these figures differ from those of `salus validate`."""
    model = proposal.model
    parts = [name for name, has in (("rules", model.caps), ("smoothing", model.smooth)) if has]
    if parts:
        yield from wrap(
            f"Both are without {' and '.join(parts)}; `salus validate` shows the full score."
        )


def _auc_rows(trial: Trial) -> Iterator[list[str]]:
    bend = trial.bend
    figures = [("your weights", trial.auc_own), ("learned weights", trial.auc_learned)]
    differences = [("difference", trial.auc_learned, trial.auc_own, trial.auc_gain)]
    if bend:
        figures.append(("learned weights and curves", bend.auc))
        differences.append(("curves add", bend.auc, trial.auc_learned, bend.auc_gain))
    for name, auc in figures:
        yield [name, f"{auc.value:.3f}", f"{auc.low:.3f} to {auc.high:.3f}"]
    for name, auc, before, gain in differences:
        difference = format_difference(auc.value, before.value, 3)
        yield [name, difference, f"{format_signed(gain.low, 3)} to {format_signed(gain.high, 3)}"]


def _curves(bend: CurveGain, learned: Learned) -> str:
    """Whether the proposal also has new curves, and why."""
    if bend.wins and learned.card:
        count = len(learned.card.new_curves)
        return (
            f"{count} {'measure gets a' if count == 1 else 'measures get'} new"
            f" {'curve' if count == 1 else 'curves'}: the log loss on later dates falls by"
            f" {bend.gain:.4f}."
        )
    return (
        "The curves stay as they are: new ones would change the log loss on later dates by"
        f" {format_signed(-bend.gain, 4)} (90% interval {format_signed(-bend.gain_ci[1], 4)} to"
        f" {format_signed(-bend.gain_ci[0], 4)})."
    )


def _weights(learned: Learned, model: Model) -> list[str]:
    """Each measure's share of the score, the largest learned share first."""
    if not learned.weights:
        return []
    rows = [
        [format_long_label(name, model), f"{learned.own[name]:.1%}", f"{learned.weights[name]:.1%}"]
        for name in sorted(learned.own, key=lambda name: -learned.weights[name])
    ]
    return format_table(["weights", "yours", "learned"], rows)


def _bands(proposal: Proposal, bands: BandLimits) -> Iterator[str]:
    """The limits that follow from the risk, and what each band then holds."""
    if not bands.limits:
        reason = "" if bands.reason is None else f" {proposal.words.finding(bands.reason)}"
        yield from wrap(f"The limits of the bands stay as they are.{reason}")
        return
    outcome = format_outcome(proposal.question.outcome)
    (best, best_limit), (worst, _) = bands.limits[0], bands.limits[-1]
    yield from wrap(
        f"The proposed model also sets the band limits by risk: {format_label(worst)} below"
        f" {bands.at_risk:.0f}, where the rate of “{outcome}” is at least twice the usual"
        f" {bands.base_rate:.1%}; {format_label(best)} from {best_limit:.0f}."
    )
    interval = "95% interval"
    head = ["band", "from", f"share of {sanitize(proposal.model.entity.names)}", interval]
    head += [f"rate of “{outcome}”", interval, f"share of “{outcome}”", interval]
    rows = [
        [
            format_label(band.name),
            f"{band.low:.0f}",
            *_share(band.share),
            *_share(band.rate),
            *_share(band.captured),
        ]
        for band in bands.shares
    ]
    yield from format_table(head, rows)


def _share(share: Interval | None) -> list[str]:
    """A share and its interval; `too few` if there aren't enough rows."""
    if share is None:
        return ["too few", ""]
    return [f"{share.value:.1%}", f"{share.low:.1%} to {share.high:.1%}"]


def _next_step(proposal: Proposal) -> Iterator[str]:
    if proposal.path is not None:
        outcome = one_line(proposal.question.outcome)
        plan = suggest_command("plan", "--model", proposal.path, "--outcome", outcome)
        yield f"The proposed model is in {proposal.path}."
        if proposal.learned.allowed == "proposal" and not proposal.learned.cross_sectional:
            yield from wrap(DECISION)
        yield from add_command("Next: see what it changes", plan)
