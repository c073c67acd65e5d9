"""Reads `salus.yaml`: returns the model, or all problems at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from salus.errors import ModelError, Problem, sort_problems
from salus.model.fingerprint import fingerprint
from salus.model.link import Link
from salus.model.model import Model
from salus.model.reading import cross_checks, response, scoring
from salus.model.reading.context import ReadContext, collect_names
from salus.model.reading.contracts import check_contract_outcomes, date_by_contracts
from salus.model.reading.entity import read_entity
from salus.model.reading.frozen import FrozenNumbers, read_frozen
from salus.model.reading.holidays import read_holidays
from salus.model.reading.link import check_links, read_link
from salus.model.reading.measure import MeasureReader
from salus.model.reading.metrics import read_metrics
from salus.model.reading.outcome import check_flags, read_outcome
from salus.model.reading.source import read_source
from salus.model.source import Entity
from salus.model.suggest import did_you_mean
from salus.model.yaml import document
from salus.model.yaml.document import MappingNode
from salus.model.yaml.findings import Findings, shorten
from salus.model.yaml.language.model import MODEL
from salus.model.yaml.section import Fields

FILE = "salus.yaml"
MOST_READ = 1_000_000  # bytes; more than a model may have, so that a larger one is reported


def read_model(path: Path) -> Model:
    """Read the model in a file. Raises ModelError with all problems."""
    try:
        text = content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(path.name, None, None, "the file can't be read", "save it as UTF-8 text")
        raise ModelError([problem]) from None
    return read_text(text, path.name, path.parent)


def content_of(path: Path) -> bytes:
    """Read the first bytes of a model's file. Raises ModelError if it can't be read."""
    try:
        if path.exists() and not path.is_file():  # reading a pipe or a device might never end
            raise ModelError(
                [Problem(path.name, None, None, "this isn't a file", "give the file of a model")]
            )
        with path.open("rb") as file:
            return file.read(MOST_READ)
    except FileNotFoundError:
        problem = Problem(
            path.name, None, None, "there is no such file", "create one with `salus init`"
        )
        raise ModelError([problem]) from None
    except OSError as error:
        problem = Problem(
            path.name,
            None,
            None,
            f"the file can't be read: {error.strerror}",
            "check its permissions",
        )
        raise ModelError([problem]) from None


def read_text(text: str, file: str = FILE, folder: Path | None = None) -> Model:
    """Read the model in a text. `folder` is the folder of the file with holidays.

    Raises ModelError with all problems.
    """
    model, problems = check_text(text, file, folder)
    if model is None:
        raise ModelError(problems)
    return model


def check_text(
    text: str,
    file: str = FILE,
    folder: Path | None = None,
    *,
    thaw: bool = False,
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return the model (None if there are errors), and all problems and warnings by line.

    With `thaw` the `frozen:` block is ignored, so that percentiles can be computed again.
    """
    findings = Findings(file)
    root = document.parse(text, findings)
    fields = MODEL.read(root, "the model", findings) if root is not None else None
    if root is None or fields is None:
        return None, findings.in_order()
    reader = _ModelReader(root, fields, ReadContext(findings, collect_names(root)), folder)
    model = reader.read(text, file, thaw)
    of_files = [problem for each in reader.file_findings for problem in each.problems]
    problems = sort_problems([*findings.problems, *of_files])
    return (None if any(problem.severity == "error" for problem in problems) else model), problems


class _ModelReader:
    """Reads the blocks of one file into a model."""

    def __init__(
        self, root: MappingNode, fields: Fields, context: ReadContext, folder: Path | None
    ) -> None:
        self.root, self.fields, self.context, self.folder = root, fields, context, folder
        self.file_findings: list[Findings] = []  # problems of other files that the model names

    def read(self, text: str, file: str, thaw: bool) -> Model:
        """Read as much of the model as possible. The result is valid only if there are no errors."""
        get = self.fields.get
        dates, of_holidays = read_holidays(self.fields, self.folder, self.context)
        self.file_findings += filter(None, [of_holidays])
        numbers = read_frozen(None if thaw else get("frozen"), get("reference"), self.context)
        unmeasured = Model(
            name=get("name", ""),
            entity=self._read_entity(),
            links=self._read_links(),
            dimensions=(),
            file=file,
            text=text,
            timezone=self._read_timezone(),
            holidays=dates,
            reference=get("reference"),
            min_coverage=get("min_coverage", Model.min_coverage),
            missing_guard=get("missing_guard", Model.missing_guard),
            smooth=get("smooth", Fields(self.fields.place)).get("half_life"),
            dead_zone=get("dead_zone", Model.dead_zone),
        )
        measured = dataclasses.replace(
            unmeasured,
            **self._read_measures(unmeasured.entity, numbers),
            **self._read_outcomes(unmeasured.entity),
        )
        declared_metrics = read_metrics(
            get("metrics", Fields(self.fields.place)), measured.sources, self.context
        )
        model = dataclasses.replace(
            measured,
            metrics=declared_metrics,
            **self._read_scoring(numbers),
            **self._read_response(),
        )
        self._check(model)
        return dataclasses.replace(model, fingerprint=fingerprint(model))

    def _read_entity(self) -> Entity:
        return read_entity(self.fields.get("entity", Fields(self.fields.place)), self.context)

    def _read_links(self) -> dict[str, Link]:
        written, links = self.fields.get("links", []), {}
        for key, fields in written:
            links[key.text], of_file = read_link(key, fields, self.folder, self.context)
            self.file_findings += filter(None, [of_file])
        check_links(links, written, self.context)
        return links

    def _read_timezone(self) -> str:
        name: str = self.fields.get("timezone", Model.timezone)
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError):
            fix = did_you_mean(name, available_timezones()) or "write it as Europe/Berlin, or UTC"
            self.context.error(
                self.fields.place_of("timezone"), f"'{shorten(name)}' isn't a time zone", fix
            )
        return name

    def _read_measures(self, entity: Entity, numbers: FrozenNumbers) -> dict[str, Any]:
        sources = {
            key.text: read_source(key, fields, self.context)
            for key, fields in self.fields.get("sources", [])
        }
        reader = MeasureReader(entity, sources, self.context)
        inputs = [
            reader.read(key, fields, None, {}) for key, fields in self.fields.get("inputs", [])
        ]
        dimensions = [
            scoring.read_dimension(key, fields, reader, numbers)
            for key, fields in self.fields.get("dimensions", [])
        ]
        return {
            "sources": sources,
            "inputs": tuple(filter(None, inputs)),
            "dimensions": tuple(dimensions),
        }

    def _read_outcomes(self, entity: Entity) -> dict[str, Any]:
        written = self.fields.get("outcomes", [])
        check_flags(
            written,
            self.fields.get("entity", Fields(self.fields.place)).has("table"),
            self.context,
        )
        check_contract_outcomes(
            written, self.fields.get("entity", Fields(self.fields.place)), self.context
        )
        return {
            "outcomes": tuple(
                date_by_contracts(read_outcome(key, fields, self.context), entity)
                for key, fields in written
            )
        }

    def _read_scoring(self, numbers: FrozenNumbers) -> dict[str, Any]:
        get, context = self.fields.get, self.context
        written = get("bands")
        bands = (
            scoring.read_bands("the bands", written, numbers.bands, context)
            if written
            else Model.bands
        )
        scoring.check_caps(get("caps", []), context)
        caps = [scoring.read_cap(fields, context) for fields, _ in get("caps", [])]
        segments = [
            scoring.read_segment(key, fields, numbers, context)
            for key, fields in get("segments", [])
        ]
        scores = [
            scoring.read_further_score(key, fields, bands, numbers, context)
            for key, fields in get("scores", [])
        ]
        return {
            "bands": bands,
            "caps": tuple(filter(None, caps)),
            "segments": tuple(filter(None, segments)),
            "scores": tuple(scores),
        }

    def _read_response(self) -> dict[str, Any]:
        get, context = self.fields.get, self.context
        plays = [response.read_play(key, fields, context) for key, fields in get("plays", [])]
        return {
            "stages": response.read_stages(get("stages", []), context),
            "plays": tuple(filter(None, plays)),
            "signals": tuple(
                response.read_signal(key, fields, context) for key, fields in get("signals", [])
            ),
        }

    def _check(self, model: Model) -> None:
        """Check what needs the whole model."""
        cross_checks.check_unique_names(self.root, self.context)
        cross_checks.check_circles(model.everything, self.context)
        cross_checks.check_percentiles(model, self.context)
        if self.fields.has("dead_zone"):
            cross_checks.check_dead_zone(model, self.fields.place_of("dead_zone"), self.context)
        cross_checks.check_lookups(self.fields, model, self.context)
        cross_checks.check_unused_blocks(self.fields, self.context)
        if not self.context.findings.broken:
            cross_checks.check_unread_sources(self.root, model, self.context)
