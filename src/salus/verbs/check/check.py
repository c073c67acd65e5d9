"""`salus check`: every problem of settings, model and data at once, how each table was read and
joined, and who is counted.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TypeVar

import salus.verbs.check.text  # noqa: F401  registers the text of the result
from salus.datasets.population_summary import PopulationSummary, load_population_summary
from salus.errors import (
    DataError,
    ModelError,
    Problem,
    RejectedRowsWarning,
    ResourceError,
    SalusError,
    UsageError,
    sort_problems,
)
from salus.facts.data_end import DataEnd, find_data_end
from salus.facts.kind_checks import KindChecks
from salus.facts.sql.keys import key_columns
from salus.model.model import Model, Outcome
from salus.model.read import check_text
from salus.model.yaml.places import ModelLocations
from salus.outcomes.flagged import load_flags
from salus.scores.compute import compute_scores
from salus.sources.connection import Connection
from salus.sources.table import FileReading
from salus.verbs.check.conditions import check_entity_conditions, check_source_conditions
from salus.verbs.check.contracts import check_contracts
from salus.verbs.check.field_history import check_field_history
from salus.verbs.check.freshness import check_freshness
from salus.verbs.check.joins import find_other_uses
from salus.verbs.check.keys import KeyChecks
from salus.verbs.check.population import check_population, count_returned
from salus.verbs.check.result import Inspection
from salus.verbs.check.stopped_history import check_stopped_history
from salus.verbs.check.tables import find_tables
from salus.verbs.check.unread_times import find_unread_times
from salus.workspace.connect import open_connection
from salus.workspace.workspace import Workspace

Loaded = TypeVar("Loaded")


def inspect(workspace: Workspace) -> Inspection:
    """Check a project.

    Raises ModelError if there is no readable salus.yaml. All other problems are in the result.
    """
    model, found_problems = check_text(_model_text(workspace), "salus.yaml", workspace.folder)
    problems = list(found_problems)
    try:
        settings = workspace.settings
    except SalusError as error:
        return Inspection(problems=sort_problems([*problems, *error.problems]))
    if model is None:
        return Inspection(problems=sort_problems(problems))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RejectedRowsWarning)  # they are among the problems
        try:
            connection = open_connection(workspace.folder, settings, model)
        except ResourceError:
            raise
        except SalusError as error:
            return Inspection(problems=sort_problems([*problems, *error.problems]))
        with closing(connection):
            return check_data(model, connection, problems, workspace)


def _model_text(workspace: Workspace) -> str:
    try:
        return (workspace.folder / "salus.yaml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelError(
            f"there is no salus.yaml in {workspace.folder}", "start a project with `salus init`"
        ) from None
    except UnicodeDecodeError as error:
        what = f"the file isn't UTF-8 text: {error.reason}"
        problem = Problem("salus.yaml", None, None, what, "save the file as UTF-8")
        raise ModelError([problem]) from error


def check_data(
    model: Model, connection: Connection, problems: list[Problem], workspace: Workspace
) -> Inspection:
    """The problems so far, and everything in the data that doesn't fit the model."""
    checks, places = KindChecks(model, connection), ModelLocations(model)
    keys = KeyChecks(model=model, connection=connection, places=places)
    entity_is_sound = not _collect(problems, checks.entity())
    if entity_is_sound:
        keys.load()
        _collect(problems, keys.entity_table())
        _collect(problems, keys.total_row())
        _collect(problems, keys.corrections())
    links_are_sound = entity_is_sound and not _collect(problems, checks.links())
    sound = _sound_parts(model, links_are_sound) if entity_is_sound else set()
    for source in model.sources.values():
        lost = bool(source.keys) and not links_are_sound
        if not _collect(problems, checks.source(source)) and not lost:
            sound.add(("sources", source.name))
            _collect(problems, checks.metrics(source))
    if not _collect(problems, checks.values()) and entity_is_sound:
        _collect(problems, check_entity_conditions(model, connection))
    for outcome in model.outcomes:
        lost = bool(outcome.keys) and not links_are_sound
        if not _collect(problems, checks.outcome(outcome)) and not lost:
            sound.add(("outcomes", outcome.name))
            if outcome.flag is not None and entity_is_sound:
                _collect(problems, _unused_flag(model, connection, outcome, places))
    for path, column in key_columns(model).items():
        if path in sound:
            _collect(problems, keys.facts(path, column))
    for name, source in model.sources.items():
        if ("sources", name) in sound:
            _collect(problems, check_source_conditions(model, connection, source))
    _collect(problems, find_unread_times(model, connection))
    population = _check_dates(keys, problems, sound, workspace)
    readings = _sorted_readings(model, connection)
    notes = (note for reading in readings for note in (reading.left_out, reading.nameless))
    problems += filter(None, notes)
    parquet_tables, unused = find_tables(model, connection)
    return Inspection(
        problems=sort_problems(dict.fromkeys(problems)),
        readings=readings,
        keys=tuple(keys.counts),
        parquet_tables=parquet_tables,
        unused=len(unused),
        unused_tables=unused,
        uses=(*keys.uses, *find_other_uses(model)),
        entity_rows=keys.entity_rows,
        entity_table=model.entity.table,
        entity=(model.entity.name, model.entity.names),
        population=population,
        returned=count_returned(model, population),
    )


def _check_dates(
    keys: KeyChecks, problems: list[Problem], sound: set[tuple[str, ...]], workspace: Workspace
) -> PopulationSummary | None:
    """Checks the date on which the data end, and returns who is counted on it; None if errors are in
    the way.
    """
    model, connection, places = keys.model, keys.connection, keys.places
    sources = [name for name in model.sources if ("sources", name) in sound]
    days = _attempt(problems, lambda: workspace.source_days.load(model, connection, sources))
    if days is None:
        return None
    end = find_data_end(days, workspace.today)
    _collect(problems, _doubtful_days(places, end))
    _collect(problems, check_freshness(model, days, places, end.as_of))
    if keys.entity_keys is not None and ("entity", "history") in sound:
        _collect(problems, check_field_history(model, connection, places))
        if not _has_error(problems):  # it needs one row per key
            _collect(problems, check_stopped_history(model, connection, places, end.as_of))
    if keys.entity_keys is not None and ("entity", "contracts") in sound:
        _collect(problems, check_population(model, connection, places, end.as_of))
        _collect(problems, check_contracts(model, connection, places, end.as_of))
    if not _has_error(problems):
        _collect(problems, _scoring_problems(model, connection, end.as_of, workspace))
    if _has_error(problems):
        return None
    return _attempt(problems, lambda: load_population_summary(model, connection, end.as_of))


def _sorted_readings(model: Model, connection: Connection) -> tuple[FileReading, ...]:
    """How each file was read: the entity's table first, then by name."""
    readings: Mapping[str, FileReading] = getattr(connection, "readings", {})
    first = model.entity.table
    return tuple(sorted(readings.values(), key=lambda each: (each.table != first, each.table)))


def _sound_parts(model: Model, links_are_sound: bool) -> set[tuple[str, ...]]:
    """The parts of a sound entity whose keys can be counted: not those through unsound links."""
    history, contracts = model.entity.history, model.entity.contracts
    linked = {
        ("entity", "history"): history is not None and bool(history.keys),
        ("entity", "contracts"): contracts is not None and bool(contracts.keys),
    }
    return {part for part, through in linked.items() if links_are_sound or not through}


def _collect(problems: list[Problem], more: Iterator[Problem]) -> bool:
    """Add problems, also those of an error that is raised. Returns whether one is an error."""
    before = len(problems)
    try:
        problems.extend(more)
    except ResourceError:  # without the database or the disk no other check can succeed
        raise
    except SalusError as error:
        problems.extend(error.problems)
    return _has_error(problems[before:])


def _attempt(problems: list[Problem], load: Callable[[], Loaded]) -> Loaded | None:
    """What `load` returns; None if it raises an error, whose problems are added."""
    try:
        return load()
    except ResourceError:
        raise
    except SalusError as error:
        problems.extend(error.problems)
        return None


def _has_error(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _unused_flag(
    model: Model, connection: Connection, outcome: Outcome, places: ModelLocations
) -> Iterator[Problem]:
    """A flag whose value occurs in no row."""
    try:
        load_flags(model, connection, outcome, ())
    except DataError as error:
        for problem in error.problems:
            yield places.problem(("outcomes", outcome.name, "is"), problem.what, problem.fix)


def _doubtful_days(places: ModelLocations, end: DataEnd) -> Iterator[Problem]:
    """Facts dated so long after all others of their source that the date is probably wrong."""
    for doubtful in end.doubtful:
        yield places.problem(
            ("sources", doubtful.source, "time"),
            str(doubtful),
            "check these facts for a mistyped year",
            "warning",
        )


def _scoring_problems(
    model: Model, connection: Connection, as_of: dt.date, workspace: Workspace
) -> Iterator[Problem]:
    """Problems that only scoring finds, such as sums that are too large.

    An empty population isn't one of them: `check_population` reports it.
    """
    try:
        compute_scores(model, connection, as_of, workspace.partials)
    except DataError as error:
        yield from error.problems
    except UsageError:
        return
