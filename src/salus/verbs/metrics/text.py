"""Metrics as plain text: the figures first, then what isn't measured, patterns, predictors,
cohorts, and how each figure is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.score_notes import note_known
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_difference, format_signed
from salus.channels.text.width import wrap
from salus.channels.words.format import MINUS
from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import CORRECTION, Pattern
from salus.insight.metrics.retention_cohorts import AGES, RetentionCohort, combine_cohorts
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.model.model import Model
from salus.sanitize import one_line, sanitize
from salus.verbs.metrics.result import PortfolioMetrics

NAMES = {
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "logo_churn_rate": "customer churn (logo churn)",
    "money_churn_gross": "revenue churn, gross",
    "money_churn_net": "revenue churn, net",
    "grr": "gross revenue retention (GRR)",
    "nrr": "net revenue retention (NRR)",
    "arpa": "average revenue per account (ARPA)",
    "dso": "days sales outstanding (DSO)",
    "time_to_value": "time to value",
}
COUNTED = {"nps": "answer", "csat": "answer", "ces": "answer", "dso": "invoice"}
INTERVAL = "95% interval"
LAST = 24  # cohorts in the table
MOST = 12  # measures of a list


@render.register
def render_metrics(result: PortfolioMetrics) -> str:
    """The whole text."""
    sections: list[Iterable[str]] = [
        _heading(result),
        _figures(result),
        _reasons(result, "Not measured", {n: m.reason for n, m in result.metrics.items()}),
        _reasons(
            result, "Without an interval", {n: m.no_interval for n, m in result.metrics.items()}
        ),
        _patterns(result),
        _predictors(result),
        _cohorts(result),
        _definitions(result),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _write(result: PortfolioMetrics, *findings: Finding) -> str:
    return one_line(result.words.paragraph(findings))


def _heading(result: PortfolioMetrics) -> Iterator[str]:
    counts, entities = result.counts, sanitize(result.model.entity.names)
    parts = [
        sanitize(result.model.name),
        f"{result.first} to {result.stop}, {(result.stop - result.first).days} days",
    ]
    if counts.at_start is not None:
        parts.append(f"{counts.at_start:,} {entities} at the start, {counts.at_end:,} at the end")
    if counts.lapsed is not None:
        parts.append(f"{counts.lapsed:,} lapsed, {counts.returned:,} returned")
    yield " · ".join(parts)
    yield from (line for note in result.notes for line in wrap(_write(result, note)))


def _figures(result: PortfolioMetrics) -> list[str]:
    rows = [
        [
            _name(result, name),
            _value(metric, metric.estimate.value),
            _interval(metric, metric.estimate),
            _basis(result, name, metric.n),
            _details(result, name, metric),
        ]
        for name, metric in result.metrics.items()
        if metric.estimate is not None
    ]
    wide = max((len(row[-1]) for row in rows), default=0)
    rows = [[*row[:-1], row[-1].ljust(wide)] for row in rows]  # text is flush left
    head = ["", "", INTERVAL, "based on", ""]
    return format_table(head, rows) if rows else ["Nothing can be measured."]


def _basis(result: PortfolioMetrics, name: str, count: int) -> str:
    """The number of answers, invoices or entities."""
    entity = result.model.entity
    if name in COUNTED:
        return f"{count:,} {COUNTED[name]}" + ("" if count == 1 else "s")
    return f"{count:,} {sanitize(entity.name if count == 1 else entity.names)}"


def _interval(metric: Metric, estimate: Interval) -> str:
    if not estimate.known:
        return "no interval"
    high = f"to {_value(metric, estimate.high)}" if math.isfinite(estimate.high) else "or more"
    return f"{_value(metric, estimate.low)} {high}"


def _name(result: PortfolioMetrics, name: str) -> str:
    entity, details = result.model.entity, result.metrics[name].details
    if name == "arpa":
        amount = result.words.amount_words()["amount"] if entity.value else None
        unit = " ".join(sanitize(part) for part in (amount, entity.currency) if part)
        return one_line(f"{NAMES[name]}, {unit}")
    if name == "ces" and "bad" in details:
        return f"CES, {details['bad']:g} to {details['good']:g}"
    return NAMES[name]


def _value(metric: Metric, value: float) -> str:
    """A number in the unit of the metric."""
    match metric.unit:
        case "points":
            return format_signed(value, 0)
        case "share":
            return f"{value:.1%}".replace("-", MINUS)
        case "answer":
            return f"{value:.2f}"
        case "money":
            return f"{value:,.0f}"
        case "days":
            return f"{value:,.0f} {'day' if round(value) == 1 else 'days'}"


def _details(result: PortfolioMetrics, name: str, metric: Metric) -> str:
    """The figures that a reader asks for next."""
    details = metric.details
    match name:
        case "nps":
            return f"{details['promoters']:.1%} promoters, {details['detractors']:.1%} detractors"
        case "logo_churn_rate":
            year = f", {details['a_year']:.1%} a year at this pace" if "a_year" in details else ""
            return f"{details['lost']:,} of them lost{year}"
        case "money_churn_gross" if "of" in details:
            return (
                f"{details['lost']:,.0f} lost and {details['reduced']:,.0f} reduced"
                f" of {details['of']:,.0f}"
            )
        case "money_churn_net" if metric.estimate is not None and metric.estimate.value < 0:
            return "below 0: growth is larger than the losses"
        case "grr":
            entity, half = result.model.entity, details["half_with"]
            holders = f"{half:,} {sanitize(entity.name if half == 1 else entity.names)}"
            return f"{holders} make{'s' if half == 1 else ''} up half of the value"
        case "nrr":
            unknown = details["unknown"]
            missing = f"; the value of {unknown:,} is unknown" if unknown else ""
            return f"{details['grown']:,.0f} of growth{missing}"
        case "arpa":
            return f"median {details['median']:,.0f}, total {details['total']:,.0f}"
        case "dso" if "delinquent" in details:
            return (
                f"{details['best_possible']:,.0f} days if all were paid on time,"
                f" {details['delinquent']:,.0f} days overdue"
            )
        case "time_to_value":
            return _waits(metric)
        case _:
            return ""


def _waits(metric: Metric) -> str:
    details = metric.details
    shares = details["share_within"].items()
    within = ", ".join(f"{share:.0%} within {days} days" for days, share in shares)
    before = details["before_start"]
    early = f", {before:,} before their start" if before else ""
    return f"{details['with_value']:,} reached it{early}: {within}"


def _definitions(result: PortfolioMetrics) -> Iterator[str]:
    measured = {
        name: metric for name, metric in result.metrics.items() if metric.estimate is not None
    }
    if measured:
        yield "How it is counted"
        for name, metric in measured.items():
            definition = f"{NAMES[name]}: {_write(result, *metric.definition)}"
            yield from wrap(definition, "  ", "    ")
    if result.recognition is not None:
        yield f"  {_write(result, result.recognition)}"


def _reasons(
    result: PortfolioMetrics, title: str, reasons: dict[str, Finding | None]
) -> Iterator[str]:
    """Metrics by reason; metrics of one reason share a line."""
    names: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        if reason is not None:
            names.setdefault(_write(result, reason), []).append(NAMES[name])
    if names:
        yield title
        for text, group in names.items():
            yield from wrap(f"{'; '.join(group)}: {text}", "  ", "    ")


def _cohorts(result: PortfolioMetrics) -> Iterator[str]:
    every = [cohort for cohort in result.cohorts if cohort.share]
    if not every:
        return
    cohorts, before = every[-LAST:], sum(cohort.number for cohort in every[:-LAST])
    ages = [age for age in AGES if any(age in cohort.share for cohort in cohorts)]
    entities = sanitize(result.model.entity.names)
    yield from wrap(
        f"How many {entities} stay, by when they started: the percentage still active after that"
        " many months (95% interval)"
    )
    rows = [_cohort(cohort, ages) for cohort in cohorts]
    early = any(cohort.early for cohort in cohorts)
    total = "without *" if early else "all"
    if (combined := combine_cohorts(result.cohorts)) is not None:
        rows.append(_cohort(replace(combined, name=total), ages))
    months = (f"{age} month{'' if age == 1 else 's'}" for age in ages)
    yield from format_table(["started", entities, *months], rows)
    if before:
        started = sanitize(result.model.entity.name) if before == 1 else entities
        yield from wrap(
            f"{before:,} {started} started before {cohorts[0].name}: see --cohorts year, or --json."
        )
    if early:
        yield from wrap(
            "* They started before the first known loss, so earlier losses may be missing. The last"
            " row leaves them out."
            if combined
            else "* They started before the first known loss, so earlier losses may be missing."
        )


def _cohort(cohort: RetentionCohort, ages: list[int]) -> list[str]:
    cells = [
        f"{100 * share.value:.0f} ({100 * share.low:.0f} to {100 * share.high:.0f})"
        if (share := cohort.share.get(age))
        else ""
        for age in ages
    ]
    return [cohort.name + ("*" if cohort.early else ""), f"{cohort.number:,}", *cells]


def _patterns(result: PortfolioMetrics) -> Iterator[str]:
    part = result.patterns
    if part is None:
        return
    if part.reason is not None:
        yield from wrap(f"No patterns. {_write(result, part.reason)}")
        return
    real = [pattern for pattern in part.patterns if pattern.real]
    outcome = format_outcome(result.outcome.name) if result.outcome else ""
    entities = sanitize(result.model.entity.names)
    yield from wrap(
        f"Which measures differed before “{outcome}”: average points of {part.n_with:,} {entities}"
        f" in the {result.settings.horizon} days before it, and of {part.n_without:,} others on the"
        " same dates"
    )
    if result.outcome is not None and result.outcome.decided is not None:
        yield from wrap(
            "The outcome counts on the day of the decision"
            f" (`{sanitize(result.outcome.decided)}`), as in `salus validate`."
        )
    for title, sign in (("lower", -1), ("higher", 1)):
        rows = [pattern for pattern in real if sign * pattern.difference.value > 0]
        if rows:
            known = f"has a value: {outcome} | others"
            yield from format_table(
                [
                    f"{title} before {outcome}",
                    outcome,
                    "others",
                    "difference",
                    INTERVAL,
                    "p",
                    known,
                ],
                [_pattern(pattern, result.model) for pattern in rows[:MOST]],
            )
            yield from [_more(len(rows))] if len(rows) > MOST else []
    others = [
        format_label(pattern.measure, result.model) for pattern in part.patterns if not pattern.real
    ]
    if others:
        more = f" {_more(len(others))}" if len(others) > MOST else ""
        yield from wrap(f"No clear difference: {', '.join(others[:MOST])}{more}")
    yield from wrap(
        f"p: how likely it is that chance alone would make such a difference ({CORRECTION}’s correction for"
        f" {len(part.patterns)} measures)."
    )


def _more(count: int) -> str:
    return f"and {count - MOST:,} more (all: --json)"


def _pattern(pattern: Pattern, model: Model) -> list[str]:
    p = "<.001" if pattern.p < 0.001 else f"{pattern.p:.3f}".lstrip("0")
    difference = pattern.difference
    return [
        f"  {format_label(pattern.measure, model)}",
        f"{pattern.points_with:.0f}",
        f"{pattern.points_without:.0f}",
        format_difference(pattern.points_with, pattern.points_without, 0),
        _signed_ends(difference, 0),
        p,
        f"{pattern.known_with:.0%} | {pattern.known_without:.0%}",
    ]


def _predictors(result: PortfolioMetrics) -> Iterator[str]:
    part = result.predictors
    if part is None:
        return
    if part.reason is not None:
        yield from wrap(f"No predictors. {_write(result, part.reason)}")
    if part.score is None:
        return
    name = sanitize(result.outcome.name) if result.outcome else ""
    outcome = format_outcome(name)
    command = suggest_command("validate", "--outcome", name)
    yield f"The score compared with NPS, CSAT and CES alone (more measures: {command})"
    yield from wrap(
        f"AUC: how well each predicts “{outcome}” within {result.settings.horizon} days; 0.5 is"
        " chance, 1 is perfect."
    )
    score = part.question.score if part.question else "score"
    name = "the score" if score == "score" else f"the score {format_label(score)}"
    rows = [[name, "", f"{part.score.value:.2f}", _ends(part.score), "", ""]]
    rows += [
        [
            _comparison_name(metric, comparison.name, result.model),
            f"{comparison.known:.0%}",
            f"{comparison.auc.value:.2f}",
            _ends(comparison.auc),
            format_difference(part.score.value, comparison.auc.value, 2),
            _signed_ends(comparison.difference, 2),
        ]
        for metric, comparison in part.comparisons
    ]
    yield from format_table(["", "has a value", "AUC", INTERVAL, "score minus it", INTERVAL], rows)
    yield from wrap(_known_note(result, part.comparisons))
    yield from (f"{NAMES[name]}: no scored measure uses it alone" for name in part.without)


def _known_note(
    result: PortfolioMetrics, comparisons: Sequence[tuple[str, MeasureComparison]]
) -> str:
    """What the share of known values means, and which measures need several answers."""
    note = note_known(sanitize(result.model.entity.name))
    for _, comparison in comparisons:
        measure = next(
            (part for part in result.model.measures if part.name == comparison.name), None
        )
        if measure is not None and measure.at_least > 1 and measure.within is not None:
            note += (
                f" {format_label(measure.name, result.model)} needs at least {measure.at_least} answers within"
                f" {measure.within} days."
            )
    return note


def _comparison_name(metric: str, measure: str, model: Model) -> str:
    """The metric, and the measure of the score that uses it."""
    label = format_label(measure, model)
    return label if label == NAMES[metric] else f"{NAMES[metric]}: {label}"


def _ends(interval: Interval) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}"


def _signed_ends(interval: Interval, digits: int) -> str:
    return f"{format_signed(interval.low, digits)} to {format_signed(interval.high, digits)}"
