"""Reads `stages:`, `signals:` and `plays:`."""

from __future__ import annotations

from salus.model.reading.context import ReadContext
from salus.model.response import Play, PlayStep, Signal, Stage
from salus.model.yaml.document import Scalar
from salus.model.yaml.section import Fields


def read_stages(written: list[tuple[Scalar, Fields]], context: ReadContext) -> tuple[Stage, ...]:
    """Read the stages. A stage without a condition matches every entity, so it must be the last."""
    result = []
    for position, (key, fields) in enumerate(written):
        result.append(
            Stage(
                key.text, context.expression(fields, "when", context.result_scope(without="stage"))
            )
        )
        if not fields.has("when") and position + 1 < len(written):
            after = written[position + 1][0].text
            context.error(
                key.place,
                f"stage `{key.text}` matches every entity, so `{after}` is never reached",
                "add when: …, or move it to the end",
            )
    return tuple(result)


def read_signal(key: Scalar, fields: Fields, context: ReadContext) -> Signal:
    """Read a signal, which has either a condition or a control chart."""
    title = f"signal `{key.text}`"
    if fields.has("when") and fields.has("chart"):
        context.error(
            fields.keys["chart"].place,
            f"{title} has both `when` and `chart`",
            "split it into two signals",
        )
    elif not (fields.has("when") or fields.has("chart") or fields.strange):
        context.error(
            fields.place,
            f"{title} has no condition, so it never fires",
            "add when: … or chart: health",
        )
    when = context.expression(fields, "when", context.result_scope())
    return Signal(
        key.text,
        when,
        fields.get("chart"),
        fields.get("for", 0),
        fields.get("cool_down", 0),
        tuple(text for text, _ in fields.get("tell", [])),
    )


def read_play(key: Scalar, fields: Fields, context: ReadContext) -> Play | None:
    """Read a play, and check that its signal exists."""
    on = fields.get("on")
    if on is not None:
        context.check_declared(
            on, fields.place_of("on"), context.names.signals, f"play `{key.text}` waits for signal"
        )
    hold_out = fields.get("hold_out", 0.0)
    if hold_out >= 1:
        context.error(
            fields.place_of("hold_out"),
            f"play `{key.text}` leaves out every entity",
            "use a share below 100%",
        )
    until = context.expression(fields, "until", context.result_scope())
    steps = tuple(
        PlayStep(step.get("do", ""), step.get("who", "owner"), step.get("within"))
        for step, _ in fields.get("steps", [])
    )
    return Play(key.text, on, steps, until, hold_out) if on is not None else None
