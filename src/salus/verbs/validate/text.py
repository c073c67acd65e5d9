"""The text of `salus validate`: the verdict first, then the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.score_notes import note_dead_zone, note_known
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_difference, format_number, format_signed
from salus.channels.text.width import add_command, wrap
from salus.channels.words import Words
from salus.channels.words.verdict import verdict_findings
from salus.channels.words.words import capitalize
from salus.insight.statistics.calibration import Calibration
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.deciles import Break, Level
from salus.insight.validation.lift import LeadTime, Lift
from salus.insight.validation.misses import Miss
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import word_of
from salus.model.model import Model
from salus.model.plural import pluralize
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.validate.departures import FoundDepartures
from salus.verbs.validate.result import ValidationResult

MAX_ROWS = 10  # lines of a list


@render.register
def render_validation(result: ValidationResult) -> str:
    """The verdict, what the worst band missed and the next step; then the tables."""
    validation = result.validation
    sections = [
        [*_verdict(result), *_worst_band(result), *_next_step(validation)],
        _data(result),
        _warnings(validation, result.words),
        _misses(result),
        _figures(result),
        _deciles(result),
        _comparisons(result),
        _segments(validation),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _verdict(result: ValidationResult) -> Iterator[str]:
    """The findings of the verdict, each on its own lines."""
    for finding in verdict_findings(result.validation):
        yield from wrap(one_line(result.words.finding(finding)))


def _worst_band(result: ValidationResult) -> Iterator[str]:
    """What the worst band missed and caught, and what another limit would have caught."""
    validation = result.validation
    misses = validation.missed
    if misses is None:
        return
    band = format_label(misses.band)
    yield from wrap(
        f"Of the {misses.all:,} {_with_outcome(result)}, {_were(misses.all - misses.missed)}"
        f" {band} 90, 60 or 30 days before; {_were(misses.missed)} not."
    )
    yield from _departures(result.departures)
    if misses.limit is not None:
        yield from wrap(
            f"If {band} began below {misses.limit:.0f}{_instead_of(result)}, {misses.caught:,} more"
            f" would have been {band}."
        )


def _departures(departures: FoundDepartures | None) -> Iterator[str]:
    """Why other texts count fewer: some came back, and others have yet to leave."""
    if departures is None or not (departures.returned or departures.announced):
        return
    parts = [f"{departures.left:,} {'has' if departures.left == 1 else 'have'} left"]
    parts += [f"{departures.returned:,} came back"] if departures.returned else []
    parts += [f"{departures.announced:,} announced it"] if departures.announced else []
    yield from wrap(f"By {departures.as_of}, {', '.join(parts[:-1])} and {parts[-1]}.")


def _with_outcome(result: ValidationResult) -> str:
    """The entities that had the outcome, such as `accounts that churned`."""
    validation = result.validation
    outcome = result.words.outcome_words(validation.question.outcome, one_line)["outcome_with"]
    return f"{sanitize(pluralize(validation.entity))} {outcome}"


def _were(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'}"


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
        yield from wrap(
            "Next: choose a longer horizon or an earlier first date, so that more outcomes count."
        )
    elif validation.warnings:
        yield "Next: look into the warnings below; they make these figures less certain."
    elif word == "evidence":
        yield from add_command("Next: see whether other weights predict better", learn)
    else:
        yield from add_command("Next: let the data propose weights", learn)


def _data(result: ValidationResult) -> Iterator[str]:
    """The rows, the dates and the outcomes."""
    validation = result.validation
    question, days = validation.question, validation.days
    first, last = (date_of(days[i]) for i in (0, -1)) if days else ("–", "–")
    dates = f"on {first}" if first == last else f"on {len(days)} dates from {first} to {last}"
    within = (
        ""
        if question.horizon is None
        else f" within {question.horizon} days after one of these dates"
    )
    entities = sanitize(pluralize(validation.entity))
    yield from wrap(
        f"{validation.rows:,} rows: {validation.entities:,} {entities} {dates}."
        f" {capitalize(_with_outcome(result))}{within}: {validation.events:,} of"
        f" {validation.entities:,}."
    )
    rate = validation.base_rate
    if rate is not None:
        yield from wrap(
            f"“{format_outcome(question.outcome)}” followed {rate.value:.1%} of the rows (95%"
            f" interval {rate.low:.1%} to {rate.high:.1%})."
        )
    if validation.unscored:
        yield f"{validation.unscored:,} more rows had no score."


def _warnings(validation: Validation, words: Words) -> Iterator[str]:
    for warning in validation.warnings:
        yield from wrap(f"warning: {one_line(words.finding(warning))}")
        yield from wrap(f"-> {one_line(words.fix(warning))}", "    ", "       ")


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
    yield from format_entities(
        head, [_miss(miss, result.model) for miss in missed], 3, text_last=True
    )
    yield from note_dead_zone(
        result.model,
        [(prior.score, prior.band) for miss in missed for prior in miss.prior_scores],
    )


def _miss(miss: Miss, model: Model) -> list[str]:
    known = miss.lowest is not None and miss.points is not None
    lowest = f"{format_label(miss.lowest or '', model)} ({miss.points:.0f})" if known else "none"
    return [
        sanitize(miss.id),
        sanitize(miss.label or ""),
        str(date_of(miss.day)),
        *(format_number(prior.score) for prior in miss.prior_scores),
        lowest,
    ]


def _figures(result: ValidationResult) -> Iterator[str]:
    """How well the score ranks and predicts, and how early."""
    validation = result.validation
    if validation.auc is None:
        return
    rate, outcome = validation.base_rate, format_outcome(validation.question.outcome)
    chance = "" if rate is None else f"chance alone: {rate.value:.3f}"
    rows = [
        ["AUC", *_figure(validation.auc), "chance alone: 0.5"],
        ["average precision", format_number(validation.average_precision, 3), "", chance],
    ]
    if validation.lift is not None:
        amount = sanitize(result.words.amount_words()["amount"])
        rows += _lift(validation.lift, outcome, amount)
    if validation.calibration is not None:
        rows += _calibration(validation.calibration)
    worst = format_label(result.model.bands[-1][0])
    entities = sanitize(pluralize(validation.entity))
    if validation.lead is not None:
        rows.append(_lead_time(validation.lead, outcome, worst, entities))
    yield from format_table(["", "", "95% interval", ""], rows, text_last=True)
    if validation.lead is not None:
        yield from wrap(
            f"Warning time: for the {_with_outcome(result)} by {date_of(validation.days[-1])},"
            f" in the year before each outcome. 0 days: never {worst} in that year."
        )


def _lift(lift: Lift, outcome: str, amount: str) -> Iterator[list[str]]:
    """What a team finds that looks only at the worst scores of each date."""
    worst = f"the worst {lift.capacity:.0%} of each date"
    yield [f"rate in {worst} ÷ usual rate (lift)", *_figure(lift.lift, 1), ""]
    yield [f"share of “{outcome}” in {worst}", *_share(lift.captured), ""]
    if lift.captured_value:
        share = f"share of “{outcome}” by {amount} in {worst}"
        yield [share, *_share(lift.captured_value), ""]


def _calibration(calibration: Calibration) -> Iterator[list[str]]:
    """How well the probabilities fit that were learned from earlier dates only."""
    yield [
        f"Brier score of {calibration.rows:,} rows, predicted from earlier dates",
        f"{calibration.brier:.4f}",
        "",
        f"without the score: {calibration.brier_of_base:.4f}",
    ]
    yield ["slope of the calibration (1 is right)", *_figure(calibration.slope), ""]
    if calibration.ece is not None:
        yield [
            "expected calibration error",
            f"{calibration.ece:.4f}",
            "",
            f"chance alone: about {calibration.ece_floor:.4f}",
        ]


def _lead_time(lead: LeadTime, outcome: str, worst: str, entities: str) -> list[str]:
    return [
        f"median warning time, from first {worst} to “{outcome}”",
        f"{lead.median:.0f} {'day' if lead.median == 1 else 'days'}",
        "",
        f"{lead.entities:,} {entities}; 90 days or more for {lead.early:.0%}",
    ]


def _figure(interval: Interval | None, digits: int = 2) -> list[str]:
    if interval is None:
        return ["too few", ""]
    low, high = f"{interval.low:.{digits}f}", f"{interval.high:.{digits}f}"
    return [f"{interval.value:.{digits}f}", f"{low} to {high}"]


def _share(share: Interval) -> list[str]:
    return [f"{share.value:.0%}", f"{share.low:.0%} to {share.high:.0%}"]


def _deciles(result: ValidationResult) -> Iterator[str]:
    validation = result.validation
    if validation.auc is None:
        return
    outcome = format_outcome(validation.question.outcome)
    yield f"How often “{outcome}” followed, by tenths of all scores"
    yield from format_table(
        ["score", "rows", "rate", "95% interval"], map(_decile, validation.deciles)
    )
    if validation.breaks is not None:
        yield from wrap(_break(validation.breaks, format_label(result.model.bands[-1][0])))


def _decile(level: Level) -> list[str]:
    rate = level.rate
    figures = (
        ["too few", ""]
        if rate is None
        else [f"{rate.value:.1%}", f"{rate.low:.1%} to {rate.high:.1%}"]
    )
    return [f"{level.low:.1f} to {level.high:.1f}", f"{level.rows:,}", *figures]


def _break(limit: Break, worst: str) -> str:
    """The score below which the outcome is clearly more frequent."""
    score = limit.score
    return (
        f"The rate rises sharply below a score of {score.value:.0f} (95% interval {score.low:.0f}"
        f" to {score.high:.0f}): it is {limit.below:.1%} below and {limit.above:.1%} above."
        f" Below this score the risk starts to rise. It needn’t be the limit of {worst}."
    )


def _comparisons(result: ValidationResult) -> Iterator[str]:
    """The score against each measure alone: the ten best measures, then what was learned."""
    validation = result.validation
    if not validation.comparisons:
        return
    learned = [row for row in validation.comparisons if row.kind == "learned"]
    single = [row for row in validation.comparisons if row.kind != "learned"]
    yield (
        f"The {MAX_ROWS} measures and dimensions that predict best alone, on the same rows"
        " (all: --json)"
        if len(single) > MAX_ROWS
        else "Each measure and dimension alone, on the same rows"
    )
    head = ["", "has a value", "AUC", "95% interval", "score minus it", "95% interval"]
    score = validation.auc
    rows = [["the score", "", *_figure(score), "", ""]] if score else []
    rows += [_comparison(row, score.value, result.model) for row in single[:MAX_ROWS] if score]
    yield from format_table(head, rows)
    for row in learned:
        score_alone = row.auc.value + row.difference.value
        yield ""
        yield from wrap(
            f"Learned weights alone{_without(result)}, on {row.rows:,} rows they weren’t learned"
            " from"
        )
        the_score = ["the score", "", f"{score_alone:.2f}", "", "", ""]
        yield from format_table(head, [the_score, _comparison(row, score_alone, result.model)])
    yield from wrap(note_known(sanitize(validation.entity)))


def _without(result: ValidationResult) -> str:
    """The parts of the score that learned weights lack."""
    model = result.model
    parts = [name for name, has in (("rules", model.caps), ("smoothing", model.smooth)) if has]
    return f" (without {' and '.join(parts)}), compared with the full score" if parts else ""


def _comparison(row: MeasureComparison, score: float, model: Model) -> list[str]:
    """The cells of a row. `score`: the AUC of the score on the same rows."""
    auc, difference = row.auc, row.difference
    return [
        _comparison_label(row, model),
        f"{row.known:.0%}",
        *_figure(auc),
        format_difference(score, auc.value, 2),
        f"{format_signed(difference.low, 2)} to {format_signed(difference.high, 2)}",
    ]


def _comparison_label(row: MeasureComparison, model: Model) -> str:
    match row.kind:
        case "learned":
            return "learned weights"
        case "dimension":
            return f"{format_label(row.name.removeprefix('dimension '))} (dimension)"
    return format_label(row.name, model)


def _segments(validation: Validation) -> Iterator[str]:
    if validation.segments:
        rows = [
            [format_label(part.segment), f"{part.rows:,}", f"{part.events:,}", *_figure(part.auc)]
            for part in validation.segments
        ]
        outcome = format_outcome(validation.question.outcome)
        entities = sanitize(pluralize(validation.entity))
        head = ["segment", "rows", f"{entities} with “{outcome}”", "AUC", "95% interval"]
        yield from format_table(head, rows)
        if sum(part.events for part in validation.segments) > validation.events:
            entity = sanitize(validation.entity)
            yield f"The same {entity} can be in several segments over time."
