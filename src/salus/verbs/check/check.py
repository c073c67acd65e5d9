"""`salus check`: every problem of settings, model and data at once, and how each file was read."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa

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
from salus.facts.population import select_current
from salus.facts.sql.keys import (
    AmbiguousKeys,
    KeyColumn,
    KeyCounts,
    count_keys,
    key_columns,
    load_key_column,
)
from salus.facts.sql.total_row import FIX, find_total_row
from salus.model.model import Model, Outcome
from salus.model.read import check_text
from salus.model.yaml.places import ModelLocations
from salus.outcomes.flagged import load_flags
from salus.scores.compute import compute_scores
from salus.sources.connection import Connection
from salus.sources.folder import Folder
from salus.verbs.check.doubts import doubts_of_entities, doubts_of_source
from salus.verbs.check.nobody import nobody_there
from salus.verbs.check.result import Inspection
from salus.workspace.connect import open_connection
from salus.workspace.workspace import Workspace


def inspect(workspace: Workspace) -> Inspection:
    """Look at everything."""
    path = workspace.folder / "salus.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelError(
            f"there is no salus.yaml in {workspace.folder}", "start a project with `salus init`"
        ) from None
    except UnicodeDecodeError as error:
        raise ModelError(
            [
                Problem(
                    "salus.yaml",
                    None,
                    None,
                    f"the file isn't UTF-8 text: {error.reason}",
                    "save the file as UTF-8",
                )
            ]
        ) from error
    model, found = check_text(text, "salus.yaml", workspace.folder)
    problems = list(found)
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
            return with_data(model, connection, problems, workspace)


def with_data(
    model: Model, connection: Connection, problems: list[Problem], workspace: Workspace
) -> Inspection:
    """What of a model doesn't fit the data, after the problems found so far."""
    checks, places = KindChecks(model, connection), ModelLocations(model)
    sound = not _collected(problems, checks.entity())
    keys = load_key_column(model, connection) if sound else None
    known = None if keys is None else frozenset(filter(None, keys.to_pylist()))
    if keys is not None:
        _collected(problems, _unclear(model, connection, places, keys))
        _collected(problems, _total(model, connection, places))
    fitting = {("entity", "history")} if sound else set()
    for source in model.sources.values():
        if not _collected(problems, checks.source(source)):
            fitting.add(("sources", source.name))
            _collected(problems, checks.metrics(source))
    if not _collected(problems, checks.values()) and sound:
        _collected(problems, doubts_of_entities(model, connection))
    fitting |= {
        ("outcomes", one.name)
        for one in model.outcomes
        if not _collected(problems, checks.outcome(one))
    }
    for outcome in model.outcomes:
        if outcome.flag is not None and sound and ("outcomes", outcome.name) in fitting:
            _collected(problems, _flagged(model, connection, outcome, places))
    counted: list[KeyCounts] = []
    for path, place in key_columns(model).items():
        if path in fitting:
            _collected(problems, _counted(model, connection, places, (path, place), known, counted))
    for source in model.sources.values():
        if ("sources", source.name) in fitting:
            _collected(problems, doubts_of_source(model, connection, source))
    sources = [name for kind, name in fitting if kind == "sources"]
    days = [name for name in model.sources if name in sources]
    _collected(problems, _doubtful(model, connection, places, days, workspace.today))
    if keys is not None:
        _collected(problems, nobody_there(model, connection, places, days, workspace.today))
    if not any(problem.severity == "error" for problem in problems):
        _collected(problems, _refused(model, connection, workspace))
    readings = tuple(getattr(connection, "readings", {}).values())
    problems += [
        problem
        for reading in readings
        for problem in (reading.left_out, reading.nameless)
        if problem is not None
    ]
    return Inspection(sort_problems(dict.fromkeys(problems)), readings, tuple(counted))


def _collected(problems: list[Problem], found: Iterator[Problem]) -> bool:
    """Adds what is found; whether an error was."""
    before = len(problems)
    try:
        problems.extend(found)
    except ResourceError:  # without the database or the disk every other look ends alike
        raise
    except SalusError as error:
        problems.extend(error.problems)
    return any(problem.severity == "error" for problem in problems[before:])


def _flagged(
    model: Model, connection: Connection, outcome: Outcome, places: ModelLocations
) -> Iterator[Problem]:
    """A flag that no row has."""
    try:
        load_flags(model, connection, outcome, ())
    except DataError as error:
        yield from (
            places.problem(("outcomes", outcome.name, "is"), one.what, one.fix)
            for one in error.problems
        )


def _unclear(
    model: Model, connection: Connection, places: ModelLocations, keys: pa.ChunkedArray
) -> Iterator[Problem]:
    """Rows of the entity's table without a key, or with the key of another row."""
    found = AmbiguousKeys.of(keys, str(model.entity.table), model.entity.key)
    if found:
        lines = (
            connection.lines_of(found.table, found.key, found.keys)
            if isinstance(connection, Folder)
            else []
        )
        where = (
            f", in lines {', '.join(map(str, lines[:8]))}{' …' if len(lines) > 8 else ''}"
            if lines
            else ""
        )
        yield places.problem(("entity", "key"), f"{found}{where}", "keep one row per key")


def _doubtful(
    model: Model, connection: Connection, places: ModelLocations, sources: list[str], today: dt.date
) -> Iterator[Problem]:
    """Facts dated so far after all others of their source that the data can't end there."""
    days = [each for name in sources if (each := load_source_days(model, connection, name)).facts]
    for found in find_data_end(days, today).doubtful:
        yield places.problem(
            ("sources", found.source, "time"),
            str(found),
            "check these facts for a mistyped year",
            "warning",
        )


def _refused(model: Model, connection: Connection, workspace: Workspace) -> Iterator[Problem]:
    """What only scoring itself finds, such as sums too large to be counted. That nobody is there,
    others tell.
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


def _total(model: Model, connection: Connection, places: ModelLocations) -> Iterator[Problem]:
    """A row of the entity's table that is the sum of the others."""
    total = (
        None
        if model.entity.table is None
        else find_total_row(model, connection.query(select_current(model, connection)))
    )
    if total is not None:
        key = model.entity.key
        lines = (
            connection.lines_of(total.table, key, {total.key})
            if isinstance(connection, Folder)
            else []
        )
        yield places.problem(
            ("entity", "table"), f"{total}{', in line ' + str(lines[0]) if lines else ''}", FIX
        )


def _counted(
    model: Model,
    connection: Connection,
    places: ModelLocations,
    place: tuple[tuple[str, ...], KeyColumn],
    known: frozenset[str] | None,
    counted: list[KeyCounts],
) -> Iterator[Problem]:
    """Whose the rows of a source, a history or an outcome are."""
    path, key_column = place
    found = count_keys(connection, key_column, known)
    if found is None:
        return
    counted.append(found)
    title, entity = found.of, model.entity.name
    if found.facts == 0:
        what = (
            f"{title} has no fact at all: its measures are missing"
            if path[0] == "sources"
            else f"{title} has no row at all"
        )
        yield places.problem(
            path, what, "check its `where`, or whether the table is empty", "warning"
        )
    if found.without:
        yield places.problem(
            path,
            f"{title}: {found.without:,} rows have no key and belong to nobody",
            None,
            "warning",
        )
    if found.unknown:
        none = path[0] == "outcomes" and found.unknown == found.facts - found.without
        what = (
            f"{found.unknown:,} rows have a key that is no {entity}, such as"
            f" {', '.join(map(repr, found.examples))}"
        )
        yield places.problem(
            path,
            f"{title}: {what}",
            f"check `key: {key_column.key}`" if none else None,
            "error" if none else "warning",
        )
