"""Lines → the text of a model: written once without points, to see the spread, and once with
them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from salus.draft.anchors import TOO_FEW, Anchors, Floats, choose_anchors, enough_values, values_at
from salus.draft.keys import EntityKey
from salus.draft.lines import Body, DraftLines, FixedPoints, InputDraft, MeasureDraft
from salus.draft.profile import TableProfile
from salus.draft.yaml_writer import render_block, render_model, render_scalar
from salus.errors import DataError
from salus.facts.data_end import load_data_end
from salus.model.read import read_text
from salus.sources.connection import Connection


@dataclass(frozen=True)
class Draft:
    """The text of a model, and what to tell: what was guessed, and what was left out."""

    text: str
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class DraftDates:
    """Today, and the day on which values are looked at where no source has a fact."""

    today: dt.date
    last: dt.date


class DraftWriter:
    """Writes the lines down: once without points, to see the spread, and once with them."""

    def __init__(
        self,
        connection: Connection,
        name: str,
        timezone: str,
        picked: EntityKey,
        register: TableProfile | None,
        lines: DraftLines,
        when: DraftDates,
    ) -> None:
        self.connection, self.name, self.timezone, self.picked = connection, name, timezone, picked
        self.register, self.lines, self.when = register, lines, when

    def draft(self) -> Draft:
        found = self._spread()
        kept = [(one, points) for one, points in found if points.body is not None]
        self.lines = drop_unused(self.lines, [one for one, _ in kept])
        lost = [f"measure {one.name}: {points.why}" for one, points in found if points.body is None]
        if not kept:
            raise DataError(
                "nothing here tells the entities apart",
                "add a table with a date column, or more rows",
            )
        guessed = (f"entity: `{self.picked.header}`, by {self.picked.why}", *self.lines.guessed)
        left_out = (*self.lines.lost, *lost)
        measures = [
            (one, points.body, points.why) for one, points in kept if points.body is not None
        ]
        text = self._text(measures, guessed, left_out)
        read_text(text)  # what is handed out can be read
        return Draft(text, guessed, left_out)

    def _spread(self) -> list[tuple[MeasureDraft, Anchors]]:
        """The points of every measure, those of the data's spread from a first run."""
        plain_points = {"bad": 0, "good": 1}
        trial = [
            (one, one.scale.body if isinstance(one.scale, FixedPoints) else plain_points, "")
            for one in self.lines.measures
        ]
        model = read_text(self._text(trial, (), ()))
        end = load_data_end(model, self.connection, self.when.today).midnight
        values = values_at(model, self.connection, end or self.when.last)
        return [(one, choose_points(one, values[one.name])) for one in self.lines.measures]

    def _text(
        self,
        measures: Iterable[tuple[MeasureDraft, Body, str]],
        guessed: tuple[str, ...],
        left_out: tuple[str, ...],
    ) -> str:
        scored = list(measures)
        title = [
            "Proposed from the tables; every line is a guess to check and edit.",
            *(f"guessed: {one}" for one in guessed),
            *(f"left out: {one}" for one in left_out),
        ]
        head = {"version": 1, "name": self.name, "timezone": self.timezone}
        return render_model(
            title, head, self._entity(), self.lines.sources, self.lines.inputs, scored, self._tail()
        )

    def _entity(self) -> dict[str, tuple[object, str]]:
        found: dict[str, tuple[object, str]] = {
            "name": (self.picked.word, "the word the screens use")
        }
        if self.register is None:
            return {**found, "key": (self.picked.header, "whoever occurs in a source is one")}
        found |= {
            "table": (self.register.name, "one row each"),
            "key": (self.picked.columns[self.register.name], ""),
        }
        found |= {key: (value, "") for key, value in self.lines.entity.items()}
        if self.lines.attributes:
            found["attributes"] = (list(self.lines.attributes), "")
        return found

    def _tail(self) -> list[str]:
        tail = ["bands: {healthy: 75, watch: 50, at_risk: 0}"]
        if self.lines.caps:
            tail += ["caps:", *(f"  - {render_scalar(cap)}" for cap in self.lines.caps)]
        tail += render_block(
            "outcomes", ((name, body, _about(body)) for name, body in self.lines.outcomes.items())
        )
        return tail


def choose_points(line: MeasureDraft, values: Floats) -> Anchors:
    """The points of a measure, those of the field or those of the data's spread; none where hardly
    anyone has a value.
    """
    if not isinstance(line.scale, FixedPoints):
        return choose_anchors(values, line.scale)
    return Anchors(line.scale.body, "") if enough_values(values) else Anchors(None, TOO_FEW)


def drop_unused(lines: DraftLines, kept: list[MeasureDraft]) -> DraftLines:
    """The lines without inputs and sources that no kept measure, cap or outcome reads any more."""
    bodies: list[Body] = [one.body for one in kept] + [*lines.caps, *lines.outcomes.values()]
    inputs: list[InputDraft] = []
    for one in reversed(lines.inputs):
        if one.name in words_in(bodies) or "value" in one.body:
            inputs.insert(0, one)
            bodies.append(one.body)
    read = words_in(bodies)
    return replace(
        lines, inputs=tuple(inputs), sources=tuple(one for one in lines.sources if one.name in read)
    )


def words_in(bodies: Iterable[Body]) -> set[str]:
    """Every word of the texts in some bodies: names of sources and inputs are among them."""
    return {
        word
        for body in bodies
        for value in body.values()
        if isinstance(value, str)
        for word in re.findall(r"\w+", value)
    }


def _about(body: Body) -> str:
    return (
        "no contract ends here, so leaving is silence; its length is a guess"
        if "quiet" in body
        else ""
    )
