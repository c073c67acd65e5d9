"""Writes proposed lines as the text of a model.

The model is written twice: once with trial points to compute the values, then with the points that
follow from those values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from salus.draft.anchors import TOO_FEW, Anchors, choose_anchors, enough_values
from salus.draft.keys import EntityKey
from salus.draft.lines import Body, DraftLines, FixedPoints, InputDraft, MeasureDraft
from salus.draft.living import LivingValues, find_wrong_directions, load_living
from salus.draft.profile import TableProfile
from salus.draft.yaml_writer import (
    ModelText,
    ScoredMeasure,
    render_block,
    render_model,
    render_scalar,
)
from salus.errors import DataError
from salus.facts.data_end import load_data_end
from salus.model.read import read_text
from salus.sources.connection import Connection

TITLE = "Salus proposed this model from your tables. Check every line and edit what doesn't fit."
TRIAL_POINTS: Body = {"bad": 0, "good": 1}


@dataclass(frozen=True)
class Draft:
    """The text of a model, and notes: what was guessed, and what was left out."""

    text: str
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class DraftDates:
    """Today, and the date whose values are used if no source has a fact."""

    today: dt.date
    last: dt.date


@dataclass(frozen=True)
class DraftHeader:
    """What a model says before its sources. `entity_table` is None if no table lists all entities."""

    name: str
    timezone: str
    entity_key: EntityKey
    entity_table: TableProfile | None


class DraftWriter:
    """Writes a model from proposed lines."""

    def __init__(
        self, connection: Connection, header: DraftHeader, lines: DraftLines, dates: DraftDates
    ) -> None:
        self.connection, self.header, self.lines, self.dates = connection, header, lines, dates
        self.end = dates.last

    def draft(self) -> Draft:
        """The draft. Raises DataError if no measure differs between entities."""
        living = self._living()
        anchors = [
            (draft, choose_points(draft, living, self._when(living)))
            for draft in self.lines.measures
        ]
        measures = tuple(
            ScoredMeasure(draft, points.body, points.why)
            for draft, points in anchors
            if points.body is not None
        )
        if not measures:
            raise DataError(
                "every measure has the same value for nearly all, so nothing can be scored",
                "add a table with a date column, or more rows",
            )
        self.lines = drop_unused(self.lines, [measure.draft for measure in measures])
        key = self.header.entity_key
        guessed = (f"the key is `{key.header}`, chosen {key.why}", *self.lines.guessed)
        left_out = (*self.lines.left_out, *_dropped(anchors))
        text = self._text(measures, guessed, left_out)
        model = read_text(text)  # so that nobody gets a model that can't be read
        wrong = find_wrong_directions(model, living)
        if wrong:
            guessed = (*guessed, *(direction.note for direction in wrong))
            text = self._text(measures, guessed, left_out)
        return Draft(text, guessed, left_out)

    def _living(self) -> LivingValues:
        """The values of all measures, from a trial model."""
        trial = tuple(
            ScoredMeasure(
                draft, draft.scale.body if isinstance(draft.scale, FixedPoints) else TRIAL_POINTS
            )
            for draft in self.lines.measures
        )
        model = read_text(self._text(trial, (), ()))
        data = load_data_end(model, self.connection, self.dates.today)
        self.end = data.midnight or self.dates.last
        return load_living(model, self.connection, self.end, data)

    def _when(self, living: LivingValues) -> str:
        return (
            "today" if living.day == self.end else f"on {living.day}, among those who hadn't left,"
        )

    def _text(
        self,
        measures: tuple[ScoredMeasure, ...],
        guessed: tuple[str, ...],
        left_out: tuple[str, ...],
    ) -> str:
        return render_model(
            ModelText(
                title=(
                    TITLE,
                    *(f"guessed: {note}" for note in guessed),
                    *(f"left out: {note}" for note in left_out),
                ),
                head={
                    "version": 1,
                    "name": self.header.name,
                    "timezone": self.header.timezone,
                },
                entity=self._entity(),
                sources=self.lines.sources,
                inputs=self.lines.inputs,
                measures=measures,
                tail=tuple(self._tail()),
                weights=self.lines.weights,
            )
        )

    def _entity(self) -> dict[str, tuple[object, str]]:
        """The `entity:` block: key -> value and comment."""
        key, table = self.header.entity_key, self.header.entity_table
        name = (key.word, "your word for what is scored, on screens and in reports")
        if table is None:
            return {"name": name, "key": (key.header, "every key found in a source is scored")}
        block: dict[str, tuple[object, str]] = {
            "name": name,
            "table": (table.name, f"one row per {key.word}"),
            "key": (key.columns[table.name], ""),
        }
        block |= {option: (value, "") for option, value in self.lines.entity.items()}
        if self.lines.attributes:
            block["attributes"] = (list(self.lines.attributes), "")
        return block

    def _tail(self) -> list[str]:
        """Bands, caps and outcomes."""
        tail = ["bands: {healthy: 75, watch: 50, at_risk: 0}"]
        if self.lines.caps:
            tail += ["caps:", *(f"  - {render_scalar(cap)}" for cap in self.lines.caps)]
        outcomes = self.lines.outcomes.items()
        return tail + render_block(
            "outcomes", ((name, body, _note(body)) for name, body in outcomes)
        )


def choose_points(draft: MeasureDraft, living: LivingValues, when: str) -> Anchors:
    """The points of a measure: fixed ones, or from the spread of its values; none if too few have a
    value.
    """
    values = living.of(draft.name)
    if not isinstance(draft.scale, FixedPoints):
        return choose_anchors(values, draft.scale, when)
    return Anchors(draft.scale.body, "") if enough_values(values) else Anchors(None, TOO_FEW)


def drop_unused(lines: DraftLines, measures: list[MeasureDraft]) -> DraftLines:
    """The lines without inputs and sources that no measure, cap or outcome uses."""
    bodies: list[Body] = [measure.body for measure in measures]
    bodies += [*lines.caps, *lines.outcomes.values()]
    inputs: list[InputDraft] = []
    for item in reversed(lines.inputs):
        if item.name in words_in(bodies) or "value" in item.body:
            inputs.insert(0, item)
            bodies.append(item.body)
    names = words_in(bodies)
    sources = tuple(source for source in lines.sources if source.name in names)
    return replace(lines, inputs=tuple(inputs), sources=sources)


def words_in(bodies: Iterable[Body]) -> set[str]:
    """Every word in the texts of some bodies, which includes the names of sources and inputs."""
    return {
        word
        for body in bodies
        for value in body.values()
        if isinstance(value, str)
        for word in re.findall(r"\w+", value)
    }


def _dropped(anchors: Iterable[tuple[MeasureDraft, Anchors]]) -> list[str]:
    """A note for each reason why measures are left out."""
    names: dict[str, list[str]] = {}
    for draft, points in anchors:
        if points.body is None:
            names.setdefault(points.why, []).append(f"`{draft.name}`")
    return [
        f"{'measure' if len(group) == 1 else 'measures'} {', '.join(group)}: {why}"
        for why, group in names.items()
    ]


def _note(outcome: Body) -> str:
    if "flag" in outcome:
        return (
            "the flag has no date, so `salus validate` tells who looks like those who left, not who"
            " will leave"
        )
    if "quiet" not in outcome:
        return ""
    return (
        "no table says who left, so a long silence counts as leaving; its length is a guess. The"
        " curves don't follow it: most of them rank today's values, so somebody can count as gone and still"
        " get many points"
    )
