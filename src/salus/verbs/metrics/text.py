"""The metrics of a book as plain text: the figures, what can't be told, patterns, predictors,
cohorts, how it is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from salus.channels.text.tables import format_table
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import CORRECTION, Pattern, Patterns
from salus.insight.metrics.predictors import Predictors
from salus.insight.metrics.retention_cohorts import AGES, RetentionCohort, combine_cohorts
from salus.insight.statistics.interval import Interval
from salus.sanitize import one_line, sanitize

if TYPE_CHECKING:
    from salus.verbs.metrics.metrics import PortfolioMetrics

NAMES = {
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "logo_churn_rate": "logo churn",
    "money_churn_gross": "money churn, gross",
    "money_churn_net": "money churn, net",
    "grr": "GRR, gross retention",
    "nrr": "NRR, net retention",
    "arpa": "ARPA",
    "dso": "DSO",
    "time_to_value": "time to value",
}
COUNTS = {"nps": "answers", "csat": "answers", "ces": "answers", "dso": "invoices"}
LAST = 24  # cohorts that are shown
MOST = 12  # measures of a list


def render_metrics(found: PortfolioMetrics) -> str:
    """The whole text."""
    who = sanitize(found.model.entity.names)
    there = (
        ""
        if found.at_start is None
        else f" · {found.at_start:,} {who} at the start, {found.at_end:,} at the end"
    )
    there += (
        "" if found.lapsed is None else f" · {found.lapsed:,} lapsed, {found.returned:,} returned"
    )
    lines = [
        (
            f"{sanitize(found.model.name)} · {found.first} to {found.stop},"
            f" {(found.stop - found.first).days} days{there}"
        ),
        *map(one_line, found.notes),
        "",
    ]
    lines += _figures(found)
    for part in (
        _refused(found),
        _unsure(found),
        _patterns(found),
        _predictors(found),
        _cohorts(found),
        _counted(found),
    ):
        several = list(part)
        lines += ["", *several] if several else []
    return "\n".join(lines)


def _figures(found: PortfolioMetrics) -> list[str]:
    rows = []
    for name, metric in found.metrics.items():
        if metric.found is not None:
            one = metric.found
            unit = f"{metric.n:,} {COUNTS.get(name, sanitize(found.model.entity.name) + 's')}"
            rows.append(
                [
                    _named(found, name),
                    _value(metric, one.value),
                    _ends(metric, one),
                    unit,
                    _beside(name, metric),
                ]
            )
    wide = max((len(row[-1]) for row in rows), default=0)
    rows = [[*row[:-1], row[-1].ljust(wide)] for row in rows]  # words are flush left
    return format_table(["", "", "95 %", "of", ""], rows) if rows else ["nothing can be told"]


def _ends(metric: Metric, one: Interval) -> str:
    if not one.known:
        return "no interval"
    last = f"to {_value(metric, one.high)}" if math.isfinite(one.high) else "or more"
    return f"{_value(metric, one.low)} {last}"


def _named(found: PortfolioMetrics, name: str) -> str:
    entity, metric = found.model.entity, found.metrics[name]
    if name == "arpa":
        return one_line(
            f"ARPA, {sanitize(entity.value)}{' ' + sanitize(entity.currency) if entity.currency else ''}"
        )
    return (
        f"CES, {metric.more['bad']:g} to {metric.more['good']:g}"
        if name == "ces" and "bad" in metric.more
        else NAMES[name]
    )


def _value(metric: Metric, value: float) -> str:
    """A number as its unit is read."""
    match metric.unit:
        case "points":
            return f"{value:+.0f}"
        case "share":
            return f"{value:.1%}"
        case "answer":
            return f"{value:.2f}"
        case "money":
            return f"{value:,.0f}"
        case "days":
            return f"{value:,.0f} d"


def _beside(name: str, metric: Metric) -> str:
    """What a reader asks next."""
    more = metric.more
    match name:
        case "nps":
            return f"{more['promoters']:.0%} promoters, {more['detractors']:.0%} detractors"
        case "logo_churn_rate":
            return f"{more['lost']:,} lost" + (
                f", {more['a_year']:.1%} a year at this pace" if "a_year" in more else ""
            )
        case "money_churn_gross" if "of" in more:
            return (
                f"{more['lost']:,.0f} lost and {more['reduced']:,.0f} reduced of {more['of']:,.0f}"
            )
        case "grr":
            return f"half of the value lies with {more['half_with']:,}"
        case "nrr":
            unknown = f"; of {more['unknown']:,} the value isn't known" if more["unknown"] else ""
            return f"{more['grown']:,.0f} grown{unknown}"
        case "arpa":
            return f"median {more['median']:,.0f}, in all {more['total']:,.0f}"
        case "dso" if "delinquent" in more:
            return (
                f"best possible {more['best_possible']:,.0f} d, {more['delinquent']:,.0f} d overdue"
            )
        case "time_to_value":
            within = ", ".join(
                f"{share:.0%} in {days} d" for days, share in more["share_within"].items()
            )
            before = f", {more['before_start']:,} before they came" if more["before_start"] else ""
            return f"{more['with_value']:,} have it{before}: {within}"
        case _:
            return ""


def _counted(found: PortfolioMetrics) -> Iterator[str]:
    said = {name: metric.says for name, metric in found.metrics.items() if metric.found is not None}
    if said:
        yield "how it is counted"
        yield from (f"  {NAMES[name]}: {one_line(says)}" for name, says in said.items())
    if found.recognised:
        yield f"  {one_line(found.recognised)}"


def _refused(found: PortfolioMetrics) -> Iterator[str]:
    several: dict[str, list[str]] = {}
    for name, metric in found.metrics.items():
        if metric.found is None:
            several.setdefault(str(metric.reason), []).append(NAMES[name])
    if several:
        yield "not told"
        yield from (
            f"  {'; '.join(names)}: {one_line(reason)}" for reason, names in several.items()
        )


def _unsure(found: PortfolioMetrics) -> Iterator[str]:
    """Why figures stand without an interval."""
    several: dict[str, list[str]] = {}
    for name, metric in found.metrics.items():
        if metric.unsure is not None:
            several.setdefault(metric.unsure, []).append(NAMES[name])
    if several:
        yield "no interval"
        yield from (
            f"  {'; '.join(names)}: {one_line(reason)}" for reason, names in several.items()
        )


def _cohorts(found: PortfolioMetrics) -> Iterator[str]:
    shown = [cohort for cohort in found.cohorts if cohort.share][-LAST:]
    if not shown:
        return
    ages = [age for age in AGES if any(age in cohort.share for cohort in shown)]
    yield "cohorts: the share still there so many months after the start (95 %)"
    rows = [_cohort(cohort, ages) for cohort in shown]
    if (whole := combine_cohorts(found.cohorts)) is not None:
        rows.append(_cohort(whole, ages))
    yield from format_table(["came in", "n", *(str(age) for age in ages)], rows)
    if any(cohort.early for cohort in shown):
        yield (
            "* came before the first loss known: who had left before may be missing from the table"
        )


def _cohort(cohort: RetentionCohort, ages: list[int]) -> list[str]:
    cells = [
        f"{one.value:.0%} ({one.low:.0%}–{one.high:.0%})" if (one := cohort.share.get(age)) else ""
        for age in ages
    ]
    return [cohort.name + ("*" if cohort.early else ""), f"{cohort.number:,}", *cells]


def _patterns(found: PortfolioMetrics) -> Iterator[str]:
    several: Patterns | None = found.patterns
    if several is None:
        return
    if several.reason is not None:
        yield f"patterns: {one_line(several.reason)}"
        return
    real = [one for one in several.found if one.real]
    outcome = sanitize(found.outcome.name) if found.outcome else ""
    yield (
        f"patterns: points in the {found.settings.horizon} days before `{outcome}`"
        f" ({several.n_with:,}) and of the others ({several.n_without:,}), on the same dates;"
        f" {CORRECTION}'s correction for {len(several.found)} measures"
    )
    for title, some in (
        ("lower where it came", [one for one in real if one.difference.value < 0]),
        ("higher where it came", [one for one in real if one.difference.value > 0]),
    ):
        if some:
            yield from format_table(
                [title, "before it", "others", "difference", "95 %", "p", "known"],
                map(_pattern, some[:MOST]),
            )
            yield from [f"… and {len(some) - MOST} more"] if len(some) > MOST else []
    others = [sanitize(one.measure) for one in several.found if not one.real]
    if others:
        yield f"no clear difference: {', '.join(others[:MOST])}{' …' if len(others) > MOST else ''}"


def _pattern(one: Pattern) -> list[str]:
    p = "<.001" if one.p < 0.001 else f"{one.p:.3f}".lstrip("0")
    return [
        f"  {sanitize(one.measure)}",
        f"{one.points_with:.0f}",
        f"{one.points_without:.0f}",
        f"{one.difference.value:+.1f}",
        f"{one.difference.low:+.1f} to {one.difference.high:+.1f}",
        p,
        f"{one.known_with:.0%} | {one.known_without:.0%}",
    ]


def _predictors(found: PortfolioMetrics) -> Iterator[str]:
    several: Predictors | None = found.predictors
    if several is None:
        return
    if several.reason is not None or several.score is None:
        yield f"predictors: {one_line(str(several.reason))}"
        return
    outcome = sanitize(found.outcome.name) if found.outcome else ""
    yield f"what predicts `{outcome}` within {found.settings.horizon} days (AUC; 0.5 is chance)"
    asked = several.question.score if several.question else "score"
    named = "the score" if asked == "score" else f"the score {asked}"
    alone = several.score
    rows = [
        [sanitize(named), "", f"{alone.value:.3f}", f"{alone.low:.3f} to {alone.high:.3f}", "", ""]
    ]
    rows += [
        [
            f"{NAMES[metric]}: {sanitize(one.name)}",
            f"{one.known:.0%}",
            f"{one.auc.value:.3f}",
            f"{one.auc.low:.3f} to {one.auc.high:.3f}",
            f"{one.difference.value:+.3f}",
            f"{one.difference.low:+.3f} to {one.difference.high:+.3f}",
        ]
        for metric, one in several.beside
    ]
    yield from format_table(["", "known", "AUC", "95 %", "score less it", "95 %"], rows)
    yield from (f"{NAMES[name]}: no scored measure speaks of it alone" for name in several.without)
