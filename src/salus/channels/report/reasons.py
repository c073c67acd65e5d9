"""The reasons for a score and for its change, and the way to the next better band: a line each."""

from __future__ import annotations

from salus.channels.markup import Markup, element, shorten
from salus.channels.report.content import (
    ChangeCause,
    ListedEntity,
    NextBandStep,
    Reason,
    Report,
    Unit,
)
from salus.channels.values import format_change, format_measure, shown_unit
from salus.channels.words import Words

LEAST = 1.0  # points; a smaller effect of smoothing isn't shown


def render_reasons(report: Report, words: Words, entry: ListedEntity) -> list[Markup]:
    """The rule that limits the score, what lowers it most, and the way to the next better band."""
    lines = []
    if entry.ceiling is not None:
        most, name = words.number(entry.ceiling.at_most), _cap(words, entry.ceiling.name)
        lines.append(element("p", words.text("reason.cap", at_most=most, cap=name), class_="cap"))
    if entry.reason is not None:
        lines.append(_reason(words, entry.reason))
    limited = entry.ceiling is not None  # then the rule decides the score, not the smoothing
    if not limited and entry.smoothing is not None and abs(entry.smoothing) >= LEAST:
        way = "above" if entry.smoothing > 0 else "below"
        lines.append(
            element(
                "p",
                words.text(f"reason.{way}", points=words.number(abs(entry.smoothing), 1)),
                class_="soft",
            )
        )
    if not lines:
        lines.append(element("p", words.text("reason.nothing"), class_="soft"))
    if entry.steps:
        steps = words.listed([_step(words, step) for step in entry.steps])
        lines.append(
            element(
                "p",
                words.text(
                    "reason.step",
                    band=words.label(report.bands[entry.band - 1].name),
                    steps=steps,
                ),
                class_="soft",
            )
        )
    return lines


def _step(words: Words, step: NextBandStep) -> str:
    """A change of one measure. Days that have to become fewer get a limit, because nobody can choose
    an exact number of days.
    """
    if step.measure in words.steps and _is_truth(words, step.measure, step.unit):
        return words.steps[step.measure]
    measure = words.label_within(step.measure)
    after = format_measure(words, step.measure, step.to, step.unit)
    if shown_unit(words, step.measure, step.unit) in ("days", "workdays") and step.to < step.start:
        now = words.number(step.start)
        if step.measure in words.steps:
            return words.steps[step.measure].format(most=after, now=now)
        return words.text("reason.step_most", measure=measure, most=after, now=now)
    before = format_measure(words, step.measure, step.start, step.unit)
    if _is_truth(words, step.measure, step.unit):
        return words.text("reason.step_truth", measure=words.label(step.measure), after=after)
    return words.text("reason.step_change", measure=measure, before=before, after=after)


def _is_truth(words: Words, measure: str, unit: Unit) -> bool:
    """Whether the values of a measure are yes and no. "Sponsor left from yes to no" can't be read."""
    return shown_unit(words, measure, unit) == "truth"


def _reason(words: Words, reason: Reason) -> Markup:
    reading = reason.reading
    value = words.text(
        "reason.value",
        measure=words.label(reading.measure),
        value=format_measure(words, reading.measure, reading.value, reading.unit),
    )
    best = format_measure(words, reading.measure, reason.good, reading.unit)
    good = words.text("reason.good", good=best)
    cost = words.text("reason.cost", points=words.number(reason.cost, 1))
    return element("p", value, element("span", f" ({good}), {cost}", class_="soft"))


def render_cause(words: Words, why: ChangeCause | None) -> Markup | None:
    """The main cause of a change."""
    if why is None:
        return None
    effect = words.text("cause.points", points=format_change(words, why.effect))
    return element("p", _moved(words, why), element("span", f" ({effect})", class_="soft"))


def _moved(words: Words, why: ChangeCause) -> str:
    if why.kind in ("cap_on", "cap_off"):
        return words.text(f"cause.{why.kind}", cap=_cap(words, why.name))
    if why.kind == "smoothing":
        return words.text("cause.smoothing_up" if why.effect > 0 else "cause.smoothing_down")
    truth = why.kind == "measure" and _is_truth(words, why.name, why.unit)
    return words.text(
        "change.truth" if truth else f"cause.{why.kind}",
        measure=words.label(why.name),
        before=format_measure(words, why.name, why.before, why.unit),
        after=format_measure(words, why.name, why.after, why.unit),
    )


def _cap(words: Words, name: str) -> str:
    return shorten(words.labels.get(name, name))
