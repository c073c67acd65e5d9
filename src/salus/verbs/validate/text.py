"""A validation as plain text: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.text.render import render
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_number
from salus.channels.words import Words
from salus.channels.words.verdict import write_verdict
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.deciles import Break, Level
from salus.insight.validation.misses import Miss
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import word_of
from salus.model.plural import pluralize
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.validate.result import ValidationResult

MOST = 10  # lines of a list


@render.register
def _(result: ValidationResult) -> str:
    found = result.found
    verdict = one_line(write_verdict(found, result.words))
    sections = [
        [verdict, *_bands(found), *_next_step(found)],
        _basis(found),
        _warnings(found, result.words),
        _misses(found),
        _figures(found),
        _deciles(found),
        _beside(found),
        _segments(found),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _next_step(found: Validation) -> Iterator[str]:
    """What to do with the verdict."""
    word, outcome = word_of(found.verdict), sanitize(found.question.outcome)
    if found.question.sign > 0:
        return
    if word == "too few":
        yield "Next: choose a longer horizon or an earlier first date, so that more outcomes count."
    elif found.warnings:
        yield "Next: look into the warnings below; they make these figures less certain."
    elif word == "evidence":
        yield f"Next: see whether other weights predict better: salus learn --outcome {outcome}"
    else:
        yield f"Next: let the data propose weights: salus learn --outcome {outcome}"


def _basis(found: Validation) -> Iterator[str]:
    """The rows it rests on."""
    question = found.question
    first, last = (date_of(found.days[place]) for place in (0, -1)) if found.days else ("–", "–")
    dates = f"on {first}" if first == last else f"on {len(found.days)} dates from {first} to {last}"
    within = "" if question.horizon is None else f" within {question.horizon} days"
    share = f" ({_share(found.base_rate)} of rows)" if found.base_rate else ""
    yield (
        f"{found.rows:,} rows: {found.entities:,} {sanitize(pluralize(found.entity))} {dates};"
        f" {found.events:,} of them had `{sanitize(question.outcome)}`{within}{share}"
    )
    if found.unscored:
        yield f"{found.unscored:,} more rows had no score"


def _share(found: Interval) -> str:
    return f"{found.value:.1%}, {found.low:.1%} to {found.high:.1%}"


def _figure(found: Interval | None) -> list[str]:
    return (
        ["–", "–"]
        if found is None
        else [f"{found.value:.3f}", f"{found.low:.3f} – {found.high:.3f}"]
    )


def _figures(found: Validation) -> Iterator[str]:
    if found.auc is None:
        return
    worst, told, lead = found.lift, found.calibration, found.lead
    rows = [
        ["AUC", *_figure(found.auc)],
        ["average precision", format_number(found.average_precision, 3), ""],
    ]
    if worst is not None:
        share = f"worst {worst.capacity:.0%} of each date"
        rows += [
            [f"lift in the {share}", *_figure(worst.lift)],
            [f"captured by the {share}", *_figure(worst.captured)],
        ]
        rows += (
            [["the same in money", *_figure(worst.captured_value)]] if worst.captured_value else []
        )
    if told is not None:
        base = f"same for all: {told.brier_of_base:.4f}"
        rows += [
            [f"Brier score, {told.rows:,} rows predicted forward", f"{told.brier:.4f}", base],
            ["slope of the calibration (1 is right)", *_figure(told.slope)],
        ]
        if told.ece is not None:
            rows.append(
                [
                    "expected calibration error",
                    f"{told.ece:.4f}",
                    f"if all were right: {told.ece_floor:.4f}",
                ]
            )
    if lead is not None:
        rows.append(
            [
                f"days from the worst band to the outcome, median of {lead.entities}",
                f"{lead.median:.0f}",
                f"90 or more for {lead.early:.0%}",
            ]
        )
    yield from format_table(["", "", "95 %"], rows)


def _deciles(found: Validation) -> Iterator[str]:
    if found.auc is None:
        return
    yield "the outcome by score, lowest tenth first"
    yield from format_table(
        ["score", "rows", "rate", "95 %"], [_decile(level) for level in found.deciles]
    )
    if found.breaks is not None:
        yield _break(found.breaks)


def _decile(level: Level) -> list[str]:
    told = level.rate
    return [
        f"{level.low:.1f} – {level.high:.1f}",
        f"{level.rows:,}",
        *([f"{told.value:.1%}", f"{told.low:.1%} – {told.high:.1%}"] if told else ["too few", ""]),
    ]


def _break(found: Break) -> str:
    score = found.score
    return (
        f"the rate breaks below a score of {score.value:.0f} (95 %: {score.low:.0f} to"
        f" {score.high:.0f}): {found.below:.1%} below, {found.above:.1%} from there on"
    )


def _beside(found: Validation) -> Iterator[str]:
    if not found.comparisons:
        return
    yield "alone, on the same rows"
    rows = [
        [
            _name(one),
            f"{one.known:.0%}",
            f"{one.auc.value:.3f}",
            f"{one.auc.low:.3f} – {one.auc.high:.3f}",
            f"{one.difference.value:+.3f}",
            f"{one.difference.low:+.3f} – {one.difference.high:+.3f}",
        ]
        for one in _shown(found)
    ]
    yield from format_table(["", "known", "AUC", "95 %", "score less it", "95 %"], rows)


def _name(one: MeasureComparison) -> str:
    """With the format_number of rows, where those are others."""
    return (
        f"{sanitize(one.name)} ({one.rows:,} rows)" if one.kind == "learned" else sanitize(one.name)
    )


def _shown(found: Validation) -> list[MeasureComparison]:
    """The best of the measures and dimensions, then what was learned."""
    told = [one for one in found.comparisons if one.kind != "learned"]
    return [*told[:MOST], *(one for one in found.comparisons if one.kind == "learned")]


def _segments(found: Validation) -> Iterator[str]:
    if found.segments:
        rows = [
            [sanitize(one.segment), f"{one.rows:,}", f"{one.events:,}", *_figure(one.auc)]
            for one in found.segments
        ]
        yield from format_table(["segment", "rows", "with it", "AUC", "95 %"], rows)


def _misses(found: Validation) -> Iterator[str]:
    missed = [one for one in found.misses if one.missed]
    if not found.misses:
        return
    if missed:
        yield (
            f"the latest {min(MOST, len(missed))} that it missed, with their scores 90, 60 and 30 days"
            " before"
        )
        head = [found.entity, "", "on", "90", "60", "30", "lowest measure"]
        yield from format_table(head, [_miss(one) for one in missed[:MOST]], 3)


def _bands(found: Validation) -> Iterator[str]:
    """What the worst band missed, what it caught, and what another limit would have caught."""
    misses = found.missed
    if misses is None:
        return
    band, entities = sanitize(misses.band.replace("_", " ").capitalize()), pluralize(found.entity)
    outcome = sanitize(found.question.outcome.replace("_", " "))
    yield (
        f"The {band} band missed {misses.missed:,} of the {misses.all:,} {sanitize(entities)} with"
        f" “{outcome}” and caught {misses.all - misses.missed:,}."
    )
    if misses.limit is not None:
        yield (
            f"A limit of {misses.limit:.0f} would have caught {misses.caught:,} of those it missed."
        )


def _miss(one: Miss) -> list[str]:
    lowest = (
        "none"
        if one.lowest is None or one.points is None
        else f"{sanitize(one.lowest)} {one.points:.0f}"
    )
    return [
        sanitize(one.id),
        sanitize(one.label or ""),
        str(date_of(one.day)),
        *(format_number(prior.score) for prior in one.prior_scores),
        lowest,
    ]


def _warnings(found: Validation, words: Words) -> Iterator[str]:
    for warning in found.warnings:
        yield f"warning: {one_line(words.finding(warning))}"
        yield f"    -> {one_line(words.fix(warning))}"
