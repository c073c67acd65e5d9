"""`salus check`: every problem of settings, model and data at once, and how each file was read."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import closing

import salus.verbs.check.text  # noqa: F401  registers the text of the result
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
from salus.facts.data_end import find_data_end, load_data_end, load_source_days
from salus.facts.kind_checks import KindChecks
from salus.facts.sql.keys import key_columns
from salus.model.model import Model, Outcome
from salus.model.read import check_text
from salus.model.yaml.places import ModelLocations
from salus.outcomes.flagged import load_flags
from salus.scores.compute import compute_scores
from salus.sources.connection import Connection
from salus.verbs.check.conditions import check_entity_conditions, check_source_conditions
from salus.verbs.check.contracts import check_contracts
from salus.verbs.check.keys import KeyChecks
from salus.verbs.check.population import check_population
from salus.verbs.check.result import Inspection
from salus.verbs.check.tables import find_tables
from salus.workspace.connect import open_connection
from salus.workspace.workspace import Workspace


def inspect(workspace: Workspace) -> Inspection:
    """Check a project.

    Raises ModelError if there is no readable salus.yaml. All other problems are in the result.
    """
    model, found_problems = check_text(_model_text(workspace), "salus.yaml", workspace.folder)
    problems = list(found_problems)
    try:
        settings = workspace.settings
    except SalusError as error:
        return Inspection(sort_problems([*problems, *error.problems]))
    if model is None:
        return Inspection(sort_problems(problems))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RejectedRowsWarning)  # they are among the problems
        try:
            connection = open_connection(workspace.folder, settings, model)
        except ResourceError:
            raise
        except SalusError as error:
            return Inspection(sort_problems([*problems, *error.problems]))
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
    sources = [name for name in model.sources if ("sources", name) in sound]
    for name in sources:
        _collect(problems, check_source_conditions(model, connection, model.sources[name]))
    _collect(problems, _doubtful_days(model, connection, places, sources, workspace.today))
    if keys.entity_keys is not None and ("entity", "contracts") in sound:
        _collect(problems, check_population(model, connection, places, sources, workspace.today))
        _collect(problems, check_contracts(model, connection, places, workspace.today))
    if not any(problem.severity == "error" for problem in problems):
        _collect(problems, _scoring_problems(model, connection, workspace))
    readings = tuple(getattr(connection, "readings", {}).values())
    notes = (note for reading in readings for note in (reading.left_out, reading.nameless))
    problems += filter(None, notes)
    return Inspection(
        sort_problems(dict.fromkeys(problems)),
        readings,
        tuple(keys.counts),
        *find_tables(model, connection),
    )


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
    return any(problem.severity == "error" for problem in problems[before:])


def _unused_flag(
    model: Model, connection: Connection, outcome: Outcome, places: ModelLocations
) -> Iterator[Problem]:
    """A flag whose value occurs in no row."""
    try:
        load_flags(model, connection, outcome, ())
    except DataError as error:
        for problem in error.problems:
            yield places.problem(("outcomes", outcome.name, "is"), problem.what, problem.fix)


def _doubtful_days(
    model: Model, connection: Connection, places: ModelLocations, sources: list[str], today: dt.date
) -> Iterator[Problem]:
    """Facts dated so long after all others of their source that the date is probably wrong."""
    days = [each for name in sources if (each := load_source_days(model, connection, name)).facts]
    for doubtful in find_data_end(days, today).doubtful:
        yield places.problem(
            ("sources", doubtful.source, "time"),
            str(doubtful),
            "check these facts for a mistyped year",
            "warning",
        )


def _scoring_problems(
    model: Model, connection: Connection, workspace: Workspace
) -> Iterator[Problem]:
    """Problems that only scoring finds, such as sums that are too large.

    An empty population isn't one of them: `check_population` reports it.
    """
    try:
        compute_scores(
            model,
            connection,
            load_data_end(model, connection, workspace.today).as_of,
            workspace.partials,
        )
    except DataError as error:
        yield from error.problems
    except UsageError:
        return
