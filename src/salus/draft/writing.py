"""Writes proposed lines as the text of a model.

The model is written twice: once with trial points to compute the values, then with the points that
follow from those values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from salus.draft.anchors import (
    NO_GROWTH,
    NO_SPREAD,
    TOO_FEW,
    Anchors,
    choose_anchors,
    enough_values,
    grow_alike,
    have_one_value,
)
from salus.draft.entity_block import EntityBlock
from salus.draft.freshness import with_freshness
from salus.draft.labels import Labeller, is_numbered, label_codes, no_labels
from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    GrowthPoints,
    InputDraft,
    LinkDraft,
    MeasureDraft,
    OmittedRows,
)
from salus.draft.links import used_links
from salus.draft.living import LivingValues, find_wrong_directions, load_living
from salus.draft.picture import FolderPicture, TablePicture
from salus.draft.yaml_writer import (
    ModelText,
    ScoredMeasure,
    render_block,
    render_model,
    render_scalar,
)
from salus.errors import DataError, Problem
from salus.facts.data_end import DataEnd, SourceDays, find_data_end, load_days
from salus.model.model import Model
from salus.model.read import read_text
from salus.sources.connection import Connection

TITLE = "Salus proposed this model from your tables. Check every line and edit what doesn't fit."
TRIAL_POINTS: Body = {"bad": 0, "good": 1}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The text of a model, and notes: what was guessed, and what was left out.

    `files` are further files that the model reads, each with its text; `end`: where the data of its
    sources end.
    """

    text: str
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]
    model: Model
    files: Mapping[str, str] = field(default_factory=dict)
    picture: FolderPicture | None = None
    end: DataEnd | None = None
    omitted: tuple[OmittedRows, ...] = ()  # by measures
    assumed: str = ""  # of time zones


@dataclass(frozen=True)
class DraftDates:
    """Today, and the date whose values are used if no source has a fact."""

    today: dt.date
    last: dt.date


@dataclass(frozen=True, kw_only=True)
class DraftHeader:
    """What a model says before its sources, and what its labels depend on. `notes` say how the entity
    was found, `zone_note` what is assumed of times; `folder` holds the files that the model reads.
    """

    name: str
    timezone: str = "UTC"
    entity: EntityBlock = field(default_factory=dict)
    links: tuple[LinkDraft, ...] = ()
    label: Labeller = no_labels
    tables: tuple[TablePicture, ...] = ()
    notes: tuple[str, ...] = ()
    folder: Path | None = None
    zone_note: str = ""

    @property
    def head(self) -> Body:
        """The first lines of the model."""
        return {"version": 1, "name": self.name, "timezone": self.timezone}


class DraftWriter:
    """Writes a model from proposed lines."""

    def __init__(
        self, connection: Connection, header: DraftHeader, lines: DraftLines, dates: DraftDates
    ) -> None:
        self.connection, self.header, self.lines, self.dates = connection, header, lines, dates
        self.end = dates.last
        self.days: list[SourceDays] = []
        self.labels: Mapping[str, str] = {}

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
        renewal = [value for name, (value, _) in self.header.entity.items() if name == "renewal"]
        self.lines = drop_unused(
            self.lines,
            [measure.draft for measure in measures],
            [body for body in renewal if isinstance(body, Mapping)],
        )
        drafts: list[MeasureDraft | InputDraft] = [
            *(measure.draft for measure in measures),
            *self.lines.inputs,
        ]
        self.labels = self.header.label(label_codes(drafts, self.header.tables))
        measures = tuple(
            replace(measure, label=self.labels.get(measure.draft.name)) for measure in measures
        )
        guessed = (*self.header.notes, *self.lines.guessed)
        left_out = (*self.lines.left_out, *_dropped(anchors))
        text = self._text(measures, guessed, left_out)
        model = self._read(text)  # so that nobody gets a model that can't be read
        wrong = find_wrong_directions(model, living)
        if wrong:
            guessed = (*guessed, *(direction.note for direction in wrong))
            text = self._text(measures, guessed, left_out)
            model = self._read(text)
        return Draft(
            text=text,
            guessed=guessed,
            left_out=left_out,
            model=model,
            end=self._data_end(model.sources),
            omitted=self.lines.omitted,
            assumed=self.header.zone_note.removeprefix("assumed: "),
        )

    def _data_end(self, sources: Collection[str]) -> DataEnd:
        """Where the data of some sources end."""
        days = [each for each in self.days if each.source in sources]
        return find_data_end(days, self.dates.today)

    def _read(self, text: str) -> Model:
        return read_text(text, folder=self.header.folder)

    def _living(self) -> LivingValues:
        """The values of all measures, from a trial model, which also tells how fresh sources are."""
        trial = tuple(
            ScoredMeasure(
                draft, draft.scale.body if isinstance(draft.scale, FixedPoints) else TRIAL_POINTS
            )
            for draft in self.lines.measures
        )
        model = self._read(self._text(trial, (), ()))
        self.days = load_days(model, self.connection)
        data = self._data_end(model.sources)
        sources = with_freshness(self.lines.sources, self.days, self.dates.today)
        self.lines = replace(self.lines, sources=sources)
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
                head=self.header.head,
                zone_note=self.header.zone_note,
                entity=self.header.entity,
                links=used_links(self.header.links, self._keys()),
                sources=self.lines.sources,
                inputs=self.lines.inputs,
                measures=measures,
                tail=tuple(self._tail()),
                weights=self.lines.weights,
                labels={
                    item.name: self.labels[item.name]
                    for item in self.lines.inputs
                    if item.name in self.labels and is_numbered(item.name)
                },
            )
        )

    def _keys(self) -> list[object]:
        """Every key that may go through links."""
        parts = [self.header.entity.get(part, ({}, ""))[0] for part in ("contracts", "history")]
        bodies = [source.body for source in self.lines.sources]
        bodies += self.lines.outcomes.values()
        bodies += [part for part in parts if isinstance(part, Mapping)]
        return [body["key"] for body in bodies if "key" in body]

    def _tail(self) -> list[str]:
        """Bands, caps, outcomes and metrics."""
        tail = ["bands: {healthy: 75, watch: 50, at_risk: 0}"]
        if self.lines.caps:
            tail += ["caps:", *(f"  - {render_scalar(cap)}" for cap in self.lines.caps)]
        outcomes = self.lines.outcomes.items()
        tail += render_block("outcomes", ((name, body, _note(body)) for name, body in outcomes))
        metrics = self.lines.metrics
        if metrics:
            tail.append("metrics:    # what `salus metrics` reads")
            tail += [f"  {name}: {render_scalar(read)}" for name, read in metrics.items()]
        return tail


def check_measures(lines: DraftLines) -> DraftLines:
    """The lines. Raises DataError if they hold no measure."""
    if lines.measures:
        return lines
    reasons = [Problem("data", None, None, reason) for reason in lines.left_out]
    nothing = Problem(
        "data",
        None,
        None,
        "nothing here can be scored: no table has dated rows with a key, and no attribute has a"
        " known meaning",
        "add a table with a date column, or start from a pack: `salus init DIR --pack b2b_saas`",
    )
    raise DataError([*reasons, nothing])


def choose_points(draft: MeasureDraft, living: LivingValues, when: str) -> Anchors:
    """The points of a measure: fixed ones, or from the spread of its values; none if too few have a
    value.
    """
    values = living.of(draft.name)
    if not isinstance(draft.scale, FixedPoints):
        return choose_anchors(values, draft.scale, when)
    if not enough_values(values):
        return Anchors(None, TOO_FEW)
    if isinstance(draft.scale, GrowthPoints):
        currency = draft.scale.currency
        groups = np.zeros(len(values)) if currency is None else living.of(currency)
        if grow_alike(values, groups):
            return Anchors(None, NO_SPREAD if currency is None else NO_GROWTH)
    if "formula" in draft.body and have_one_value(values):  # as of seats that never change
        return Anchors(None, NO_SPREAD)
    return Anchors(draft.scale.body, "")


def drop_unused(
    lines: DraftLines, measures: list[MeasureDraft], entity: Iterable[Body] = ()
) -> DraftLines:
    """The lines without inputs and sources that nothing uses: no measure, cap, outcome or metric, and
    no part of the entity.
    """
    bodies: list[Body] = [*(measure.body for measure in measures), *entity]
    bodies += [*lines.caps, *lines.outcomes.values(), *_metric_bodies(lines.metrics)]
    inputs: list[InputDraft] = []
    for item in reversed(lines.inputs):
        if item.name in words_in(bodies) or ("value" in item.body and "ago" not in item.body):
            inputs.insert(0, item)
            bodies.append(item.body)
    names = words_in(bodies)
    sources = tuple(source for source in lines.sources if source.name in names)
    return replace(lines, inputs=tuple(inputs), sources=sources)


def _metric_bodies(metrics: Mapping[str, object]) -> list[Body]:
    return [
        metric if isinstance(metric, Mapping) else {"of": metric} for metric in metrics.values()
    ]


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
