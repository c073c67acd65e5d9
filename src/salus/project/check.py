"""`salus check`: every problem of settings, model and data at once, and how each file was read."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from salus.errors import DataError, ModelError, Problem, RejectedRowsWarning, SalusError, in_order
from salus.facts.data_end import end_of, source_days
from salus.facts.keys import Keys, keys_of
from salus.facts.need import columns_read, wanted
from salus.facts.origin import facts_of
from salus.facts.query import query
from salus.facts.relation import Span
from salus.facts.singles import select
from salus.model.metrics import Quantity
from salus.model.model import Model
from salus.model.read import check_text
from salus.model.suggest import did_you_mean
from salus.project.connect import connect
from salus.project.lines import preview, safe_line
from salus.project.project import Project
from salus.sources.connection import Connection
from salus.sources.table import Reading

ANY_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Inspection:
    """What was found; no error among the problems means that the project can be scored."""

    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...] = ()
    keys: tuple[Keys, ...] = ()

    def __str__(self) -> str:
        told = [safe_line(line) for problem in self.problems for line in str(problem).splitlines()]
        errors = sum(problem.severity == "error" for problem in self.problems)
        warnings = len(self.problems) - errors
        files = [line for reading in self.readings for line in preview(reading)]
        end = f"{errors} errors, {warnings} warnings" if self.problems else "no problems"
        return "\n".join([*files, *([""] if files else []), *told, end]).strip()


def inspect(project: Project) -> Inspection:
    """Look at everything."""
    path = project.folder / "salus.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelError(f"there is no salus.yaml in {project.folder}", "start a project with `salus init`") from None
    except UnicodeDecodeError as error:
        raise ModelError([Problem("salus.yaml", None, None, f"this is no UTF-8: {error.reason}",
                                  "save the file as UTF-8")]) from error
    model, found = check_text(text, "salus.yaml", project.folder)
    problems = list(found)
    try:
        settings = project.settings
    except SalusError as error:
        return Inspection(in_order([*problems, *error.problems]))
    if model is None:
        return Inspection(in_order(problems))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RejectedRowsWarning)         # they are among the problems
        try:
            connection = connect(project.folder, settings, model)
        except SalusError as error:
            return Inspection(in_order([*problems, *error.problems]))
        try:
            return with_data(model, connection, problems, project.today)
        finally:
            connection.close()


def with_data(model: Model, connection: Connection, problems: list[Problem], today: dt.date) -> Inspection:
    """What of a model doesn't fit the data, after the problems found so far."""
    tables = [table for table in tables_of(model) if not _collected(problems, _columns(model, connection, table))]
    keys: list[Keys] = []
    dated: list[str] = []
    if model.entity.table in tables:
        _collected(problems, _terms(model, connection))
    for source in model.sources.values():
        needed = {source.table} | ({source.lookup.table} if source.lookup else set())
        if needed <= set(tables):
            fitting = not _collected(problems, _fits(model, connection, source.name))
            if fitting:
                _collected(problems, _counted(model, connection, source.name, keys))
                dated.append(source.name)
    _collected(problems, _doubtful(model, connection, dated, today))
    for name, quantity in model.metrics.declared.items():
        if {model.sources[quantity.source].table} <= set(tables):
            _collected(problems, _measurable(model, connection, name, quantity))
    readings = tuple(getattr(connection, "readings", {}).values())
    problems += [problem for reading in readings for problem in (reading.left_out, reading.nameless) if problem is not None]
    problems += [problem for one in keys for problem in _strangers(model, one)]
    return Inspection(in_order(problems), readings, tuple(keys))


def _collected(problems: list[Problem], found: Iterator[Problem]) -> bool:
    """Adds what is found; whether anything was."""
    before = len(problems)
    try:
        problems.extend(found)
    except SalusError as error:
        problems.extend(error.problems)
    return len(problems) > before


def tables_of(model: Model) -> tuple[str, ...]:
    """Every table that the model names, once."""
    entity = model.entity
    found = [entity.table, entity.history.table if entity.history else None]
    for source in model.sources.values():
        found += [source.table, source.lookup.table if source.lookup else None]
    found += [outcome.table for outcome in model.outcomes]
    return tuple(dict.fromkeys(table for table in found if table))


def _columns(model: Model, connection: Connection, table: str) -> Iterator[Problem]:
    """Columns that the model names and no table of that name has."""
    there = set(connection.names(table))
    elsewhere = {name for other in _beside(model, table) for name in connection.names(other)}
    for name in sorted(columns_read(model, table) - there - elsewhere):
        yield Problem(model.file, None, None, f"table `{table}` has no column `{name}`",
                      did_you_mean(name, there) or f"it has {', '.join(sorted(there)[:12])}")


def _beside(model: Model, table: str) -> set[str]:
    """Tables whose columns may be meant as well: the two sides of a lookup, the entity's table and its history."""
    found: set[str] = set()
    pairs = [(s.table, s.lookup.table) for s in model.sources.values() if s.lookup]
    if model.entity.history and model.entity.table:
        pairs.append((model.entity.table, model.entity.history.table))
    for pair in pairs:
        if table in pair:
            found |= set(pair) - {table}
    return found


def _terms(model: Model, connection: Connection) -> Iterator[Problem]:
    """Days of decision that are no dates."""
    entity = model.entity
    for table in (entity.table, entity.history.table if entity.history else None):
        types = {column.name: column.type for column in connection.columns(table)} if table and entity.renewal else {}
        for role in ("decide_by", "term_end"):
            name = getattr(entity.renewal, role, None)
            if name and types.get(name) not in (None, "date", "moment", "instant"):
                yield Problem("salus.yaml", None, None, f"`{role}` of the entity is `{table}.{name}`, which holds "
                              f"{types[name]}, not dates", "name a column of dates, or set the file's `dates` in salus.toml")


def _fits(model: Model, connection: Connection, source: str) -> Iterator[Problem]:
    """Columns whose type isn't what the measures need."""
    one = model.sources[source]
    types = {column.name: column.type for column in connection.columns(one.table)}
    for role in ("time", "recorded", "until", "until_recorded"):
        name = getattr(one, role)
        if name and types.get(name) not in (None, "date", "moment", "instant"):
            yield Problem(model.file, None, None, f"`{role}` of source `{source}` is `{one.table}.{name}`, which holds "
                          f"{types[name]}, not dates", "name a column of dates, or set the file's `dates` in salus.toml")
            return
    for shape, need in wanted(model).items():
        if shape.source == source:
            relation = facts_of(model, connection, source).relation(Span(None, ANY_DAY), shape.ending)
            try:
                query(need, relation, ANY_DAY)
            except DataError as error:
                for problem in error.problems:
                    yield Problem(model.file, None, None, f"source `{source}`: {problem.what}", problem.fix)


def _measurable(model: Model, connection: Connection, name: str, quantity: Quantity) -> Iterator[Problem]:
    """What a metric reads and can't be used so."""
    try:
        select(model, connection, quantity, 0, 1, still_open=False)
    except DataError as error:
        for problem in error.problems:
            yield Problem("salus.yaml", None, None, f"metric `{name}`: {problem.what}", problem.fix)


def _counted(model: Model, connection: Connection, source: str, keys: list[Keys]) -> Iterator[Problem]:
    found = keys_of(model, connection, source)
    keys.append(found)
    if found.facts == 0:
        yield Problem(model.file, None, None, f"source `{source}` has no fact at all: its measures are missing",
                      "check its `where`, or whether the table is empty", "warning")


def _doubtful(model: Model, connection: Connection, sources: list[str], today: dt.date) -> Iterator[Problem]:
    """Facts dated so far after all others of their source that the data can't end there."""
    days = [each for name in sources if (each := source_days(model, connection, name)).facts]
    for found in end_of(days, today).doubtful:
        yield Problem(model.file, None, None, str(found), "check these facts for a mistyped year", "warning")


def _strangers(model: Model, keys: Keys) -> Iterator[Problem]:
    if keys.without:
        yield Problem(model.file, None, None, f"source `{keys.source}`: {keys.without:,} rows have no key and belong "
                      "to nobody", None, "warning")
    if keys.unknown:
        yield Problem(model.file, None, None, f"source `{keys.source}`: {keys.unknown:,} rows have a key that is no "
                      f"{model.entity.name}, such as {', '.join(repr(key) for key in keys.examples)}", None, "warning")
