"""The text of `salus validate`: the verdict first, then the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_difference, format_number
from salus.channels.words import Words
from salus.channels.words.verdict import verdict_findings
from salus.insight.statistics.calibration import Calibration
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.deciles import Break, Level
from salus.insight.validation.lift import LeadTime, Lift
from salus.insight.validation.misses import Miss
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import word_of
from salus.model.plural import pluralize
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.validate.result import ValidationResult

MAX_ROWS = 10  # lines of a list


@render.register
def render_validation(result: ValidationResult) -> str:
    """The verdict, what the worst band missed and the next step; then the tables."""
    validation = result.validation
    sections = [
        [*_verdict(result), *_worst_band(result), *_next_step(validation)],
        _data(validation),
        _warnings(validation, result.words),
        _misses(result),
        _figures(validation),
        _deciles(validation),
        _comparisons(validation),
        _segments(validation),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _verdict(result: ValidationResult) -> Iterator[str]:
    """The findings of the verdict, each on its own line."""
    for finding in verdict_findings(result.validation):
        yield one_line(result.words.finding(finding))


def _worst_band(result: ValidationResult) -> Iterator[str]:
    """What the worst band missed and caught, and what another limit would have caught."""
    validation = result.validation
    misses = validation.missed
    if misses is None:
        return
    band = format_label(misses.band)
    entities = sanitize(pluralize(validation.entity))
    outcome = format_outcome(validation.question.outcome)
    yield (
        f"Of the {misses.all:,} {entities} with “{outcome}”, {misses.all - misses.missed:,} were"
        f" {band} 90, 60 or 30 days before; {misses.missed:,} were not."
    )
    if misses.limit is not None:
        yield (
            f"If {band} began below {misses.limit:.0f}{_instead_of(result)}, {misses.caught:,} more"
            f" would have been {band}."
        )


def _instead_of(result: ValidationResult) -> str:
    """The score below which the worst band begins today; empty if it is a percentile."""
    limit = result.model.bands[-2][1] if len(result.model.bands) > 1 else None
    return f" instead of {limit:.4g}" if isinstance(limit, int | float) else ""


def _next_step(validation: Validation) -> Iterator[str]:
    word, question = word_of(validation.verdict), validation.question
    horizon = () if question.horizon in (None, 90) else ("--horizon", f"{question.horizon}d")
    learn = suggest_command("learn", "--outcome", one_line(question.outcome), *horizon)
    if validation.question.sign > 0:
        return
    if word == "too few":
        yield "Next: choose a longer horizon or an earlier first date, so that more outcomes count."
    elif validation.warnings:
        yield "Next: look into the warnings below; they make these figures less certain."
    elif word == "evidence":
        yield f"Next: see whether other weights predict better: {learn}"
    else:
        yield f"Next: let the data propose weights: {learn}"


def _data(validation: Validation) -> Iterator[str]:
    """The rows, the dates and the outcomes."""
    question, days = validation.question, validation.days
    first, last = (date_of(days[i]) for i in (0, -1)) if days else ("–", "–")
    dates = f"on {first}" if first == last else f"on {len(days)} dates from {first} to {last}"
    within = (
        "" if question.horizon is None else f" within {question.horizon} days of one of these dates"
    )
    entities = sanitize(pluralize(validation.entity))
    yield (
        f"{validation.rows:,} rows: {validation.entities:,} {entities} {dates}."
        f" {validation.events:,} of these {entities} had “{format_outcome(question.outcome)}”{within}."
    )
    rate = validation.base_rate
    if rate is not None:
        yield (
            f"“{format_outcome(question.outcome)}” followed {rate.value:.1%} of the rows (95%"
            f" interval {rate.low:.1%} to {rate.high:.1%})."
        )
    if validation.unscored:
        yield f"{validation.unscored:,} more rows had no score."


def _warnings(validation: Validation, words: Words) -> Iterator[str]:
    for warning in validation.warnings:
        yield f"warning: {one_line(words.finding(warning))}"
        yield f"    -> {one_line(words.fix(warning))}"


def _misses(result: ValidationResult) -> Iterator[str]:
    """The latest entities that the worst band missed."""
    validation = result.validation
    missed = [miss for miss in validation.misses if miss.missed][:MAX_ROWS]
    if not missed:
        return
    band = format_label(validation.missed.band) if validation.missed else "in the worst band"
    yield (
        f"The latest {len(missed)} that were not {band} beforehand, with their scores 90, 60 and 30"
        " days before"
        if len(missed) > 1
        else f"The latest that was not {band} beforehand, with its scores 90, 60 and 30 days before"
    )
    name = validation.question.outcome
    decided = any(part.name == name and part.decided for part in result.model.outcomes)
    on = "decided on" if decided else f"{format_outcome(name)} on"
    head = [sanitize(validation.entity), "name", on, "90", "60", "30", "lowest measure (points)"]
    yield from format_entities(head, [_miss(miss) for miss in missed], 3, text_last=True)


def _miss(miss: Miss) -> list[str]:
    known = miss.lowest is not None and miss.points is not None
    lowest = f"{format_label(miss.lowest or '')} ({miss.points:.0f})" if known else "none"
    return [
        sanitize(miss.id),
        sanitize(miss.label or ""),
        str(date_of(miss.day)),
        *(format_number(prior.score) for prior in miss.prior_scores),
        lowest,
    ]


def _figures(validation: Validation) -> Iterator[str]:
    """How well the score ranks and predicts, and how early."""
    if validation.auc is None:
        return
    rows = [
        ["AUC", *_figure(validation.auc, 2)],
        ["average precision", format_number(validation.average_precision, 3), ""],
    ]
    if validation.lift is not None:
        rows += _lift(validation.lift, format_outcome(validation.question.outcome))
    if validation.calibration is not None:
        rows += _calibration(validation.calibration)
    if validation.lead is not None:
        rows.append(_lead_time(validation.lead))
    yield from format_table(["", "", "95%"], rows)


def _lift(lift: Lift, outcome: str) -> Iterator[list[str]]:
    """What a team finds that looks only at the worst scores of each date."""
    share = f"the worst {lift.capacity:.0%} of scores"
    yield [f"rate in {share} ÷ usual rate (lift)", *_figure(lift.lift)]
    yield [f"share of “{outcome}” that is in {share}", *_figure(lift.captured)]
    if lift.captured_value:
        yield [f"share of its value that is in {share}", *_figure(lift.captured_value)]


def _calibration(calibration: Calibration) -> Iterator[list[str]]:
    yield [
        f"Brier score, {calibration.rows:,} rows predicted forward",
        f"{calibration.brier:.4f}",
        f"without the score: {calibration.brier_of_base:.4f}",
    ]
    yield ["slope of the calibration (1 is right)", *_figure(calibration.slope)]
    if calibration.ece is not None:
        yield [
            "expected calibration error",
            f"{calibration.ece:.4f}",
            f"best possible by chance: {calibration.ece_floor:.4f}",
        ]


def _lead_time(lead: LeadTime) -> list[str]:
    return [
        f"days from the first day in the worst band to the outcome, median of {lead.entities}",
        f"{lead.median:.0f}",
        f"90 or more for {lead.early:.0%}",
    ]


def _figure(interval: Interval | None, digits: int = 3) -> list[str]:
    if interval is None:
        return ["too few", ""]
    low, high = f"{interval.low:.{digits}f}", f"{interval.high:.{digits}f}"
    return [f"{interval.value:.{digits}f}", f"{low} to {high}"]


def _deciles(validation: Validation) -> Iterator[str]:
    if validation.auc is None:
        return
    outcome = format_outcome(validation.question.outcome)
    yield f"How often “{outcome}” followed, by tenths of the score"
    yield from format_table(["score", "rows", "rate", "95%"], map(_decile, validation.deciles))
    if validation.breaks is not None:
        yield _break(validation.breaks)


def _decile(level: Level) -> list[str]:
    rate = level.rate
    figures = (
        ["too few", ""]
        if rate is None
        else [f"{rate.value:.1%}", f"{rate.low:.1%} to {rate.high:.1%}"]
    )
    return [f"{level.low:.1f} to {level.high:.1f}", f"{level.rows:,}", *figures]


def _break(limit: Break) -> str:
    """The score below which the outcome is clearly more frequent."""
    score = limit.score
    return (
        f"The rate rises sharply below a score of {score.value:.0f} (95% interval {score.low:.0f}"
        f" to {score.high:.0f}): it is {limit.below:.1%} below and {limit.above:.1%} above."
        " This is where the risk starts, not where the worst band begins."
    )


def _comparisons(validation: Validation) -> Iterator[str]:
    """The score against each measure alone: the ten best measures, then what was learned."""
    if not validation.comparisons:
        return
    learned = [row for row in validation.comparisons if row.kind == "learned"]
    single = [row for row in validation.comparisons if row.kind != "learned"]
    yield "Each measure and dimension alone, on the same rows"
    head = ["", "has a value", "AUC", "95%", "score better by", "95%"]
    score = validation.auc
    rows = [["the score", "", *_figure(score), "", ""]] if score else []
    rows += [_comparison(row, score) for row in single[:MAX_ROWS]]
    yield from format_table(head, rows)
    if learned:
        yield from ["", f"Learned weights, on {learned[0].rows:,} later rows"]
        yield from format_table(head, [_comparison(row, None) for row in learned])


def _comparison(row: MeasureComparison, score: Interval | None) -> list[str]:
    """The cells of a row. `score`: the AUC of the score if the table shows it."""
    auc, difference = row.auc, row.difference
    better = (
        f"{difference.value:+.3f}"
        if score is None
        else format_difference(score.value, auc.value, 3)
    )
    return [
        _comparison_label(row),
        f"{row.known:.0%}",
        f"{auc.value:.3f}",
        f"{auc.low:.3f} to {auc.high:.3f}",
        better,
        f"{difference.low:+.3f} to {difference.high:+.3f}",
    ]


def _comparison_label(row: MeasureComparison) -> str:
    match row.kind:
        case "learned":
            return "learned weights"
        case "dimension":
            return f"{format_label(row.name.removeprefix('dimension '))} (dimension)"
    return format_label(row.name)


def _segments(validation: Validation) -> Iterator[str]:
    if validation.segments:
        rows = [
            [format_label(part.segment), f"{part.rows:,}", f"{part.events:,}", *_figure(part.auc)]
            for part in validation.segments
        ]
        outcome = format_outcome(validation.question.outcome)
        yield from format_table(["segment", "rows", f"with “{outcome}”", "AUC", "95%"], rows)
