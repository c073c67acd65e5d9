"""Who is counted, as text: the population, its value, and each outcome by month."""

from __future__ import annotations

from salus.channels.text.width import wrap
from salus.datasets.population_summary import OutcomeSummary, PopulationSummary
from salus.sanitize import one_line
from salus.verbs.check.result import Inspection


def render_population(result: Inspection) -> list[str]:
    """The population, its value, and the outcomes. Empty if it isn't known."""
    summary = result.population
    if summary is None:
        return []
    name, names = map(one_line, result.entity)
    lines = wrap(f"{_people(summary, name if summary.ever == 1 else names)}.", following="  ")
    lines += _value(summary, names)
    for outcome in summary.outcomes:
        lines += wrap(
            _outcome(outcome, names, result.returned.get(outcome.name, 0)), following="  "
        )
    dated = [outcome for outcome in summary.outcomes if outcome.recent]
    return [*lines, *(_table(dated) if dated else [])]


def _people(summary: PopulationSummary, noun: str) -> str:
    """The sentence in which a wrong population is seen at once."""
    if summary.constant:
        return (
            f"{summary.ever:,} {noun}, on every date: the model says neither when they come nor when"
            " they leave (`starts`, `ends`, `contracts` or `active`)"
        )
    text = (
        f"{summary.ever:,} {noun} ever, {summary.today:,} on {summary.as_of},"
        f" {summary.year_before:,} a year before"
    )
    if summary.left is None:
        return text
    return (
        f"{text}; {summary.left:,} left in the last 18 months,"
        f" {summary.left_last_year:,} of them in the last 12"
    )


def _value(summary: PopulationSummary, names: str) -> list[str]:
    if summary.value is None:
        return []
    currency = f" {one_line(summary.currency)}" if summary.currency else ""
    text = f"Value: {summary.value:,.0f}{currency} on {summary.as_of}"
    if summary.value_year_before is not None:
        text += f", {summary.value_year_before:,.0f}{currency} a year before"
    if summary.without_value:
        verb = "has" if summary.without_value == 1 else "have"
        text += f"; {summary.without_value:,} of the {names} {verb} no value"
    return wrap(f"{text}.", following="  ")


def _outcome(outcome: OutcomeSummary, names: str, returned: int) -> str:
    name = one_line(outcome.name)
    if outcome.flagged is not None:
        return (
            f"Outcome `{name}`: {outcome.flagged:,} of {outcome.entities:,} {names}, without dates."
        )
    parts = [
        f"{outcome.recent:,} in the last 18 months, {outcome.last_year:,} of them in the last 12"
    ]
    if returned > 0:
        parts += [f"{returned:,} of the {outcome.recent:,} came back"]
    parts += [f"{outcome.before:,} earlier"] if outcome.before else []
    parts += [f"{outcome.ahead:,} announced"] if outcome.ahead else []
    return f"Outcome `{name}`: {'; '.join(parts)}."


def _table(outcomes: list[OutcomeSummary]) -> list[str]:
    """One line per outcome and year, one column per month."""
    counts = {
        (place, each.month.year, each.month.month): f"{each.events:,}"
        for place, outcome in enumerate(outcomes)
        for each in outcome.months
    }
    width = max(3, *map(len, counts.values()))
    name = max(len("by month"), *(len(one_line(outcome.name)) for outcome in outcomes))
    months = [f"{month:02}" for month in range(1, 13)]
    lines = [f"{'by month':{name}}      {' '.join(f'{each:>{width}}' for each in months)}"]
    for place, outcome in enumerate(outcomes):
        title = one_line(outcome.name)
        for year in sorted({each.month.year for each in outcome.months}):
            cells = (counts.get((place, year, month), "") for month in range(1, 13))
            row = " ".join(f"{cell:>{width}}" for cell in cells)
            lines.append(f"{title:{name}}  {year}{row:>{width * 12 + 11}}".rstrip())
            title = ""
    return lines
