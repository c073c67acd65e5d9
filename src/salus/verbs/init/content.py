"""Collects what init-report.html and the lines of the terminal show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from salus.channels.folder.content import (
    FolderContent,
    FolderPopulation,
    FolderTable,
    JoinStep,
)
from salus.channels.words import Words
from salus.channels.words.key_terms import describe_functions
from salus.channels.words.labels import words_for
from salus.datasets.population_summary import load_population_summary
from salus.draft import Draft
from salus.draft.counted_rows import count_left_out
from salus.draft.picture import TablePicture
from salus.facts.column_usage import column_uses
from salus.facts.population import select_current
from salus.facts.sql.keys import (
    KeyCounts,
    count_keys,
    key_columns,
    load_key_column,
    load_left_out_keys,
)
from salus.facts.sql.linked_keys import count_linked
from salus.finding import Finding
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.verbs.init.dialogue import AnsweredDraft, list_doubts
from salus.verbs.init.question import phrase_question
from salus.version import __version__


def describe_draft(
    answered: AnsweredDraft, connection: Connection, language: str
) -> FolderContent | None:
    """The content for a draft, in words of the language; None if no picture was made."""
    draft, codes = answered.draft, {question.code for question in answered.open}
    if draft.picture is None:
        return None
    model, words = draft.model, words_for(draft.model, language)
    measures = measures_by_table(model)
    population = find_population(draft, connection)
    linked = count_rows(model, connection)
    return FolderContent(
        name=model.name,
        version=__version__,
        customers=model.entity.table,
        tables=tuple(
            _count_entities(model, connection, each, population)
            if "customers" in each.uses
            else count_by_model(each, linked.get(each.name))
            for each in (
                replace(
                    described, findings=(*described.findings, *_omitted(draft, table, connection))
                )
                for described, table in (
                    (describe_table(model, table, measures.get(table.name, ()), words), table)
                    for table in draft.picture.tables
                )
            )
        ),
        population=population,
        questions=tuple(
            phrase_question(question, words).text
            for question in list_doubts(draft)
            if question.code in codes
        ),
    )


def _count_entities(
    model: Model, connection: Connection, table: FolderTable, population: FolderPopulation | None
) -> FolderTable:
    """The table of customers with the number of rows that the model scores once they are customers."""
    return replace(
        table,
        kept=connection.query(select_current(model, connection)).num_rows,
        ever=population.ever if population is not None else None,
    )


def count_rows(model: Model, connection: Connection) -> dict[str, KeyCounts]:
    """How many rows of each table lead to entities by the keys of the model, as `salus check` counts
    them. Of a table's several uses, the first source counts.
    """
    keys = load_key_column(model, connection)
    known = frozenset(filter(None, keys.to_pylist())) if keys is not None else None
    left_out = load_left_out_keys(model, connection) - known if known is not None else ()
    counted: dict[str, KeyCounts] = {}
    for place in key_columns(model).values():
        if place.table in counted:
            continue
        counts = (
            count_linked(model, connection, place)
            if place.paths
            else count_keys(connection, place, known, left_out)
        )
        if counts is not None:
            counted[place.table] = counts
    return counted


def count_by_model(table: FolderTable, counts: KeyCounts | None) -> FolderTable:
    """The table with the numbers that the model's own links give."""
    if counts is None:
        return table
    return replace(
        table,
        dated=counts.facts,
        matched=counts.matched,
        unknown=counts.unknown,
        ambiguous=counts.ambiguous,
        empty=counts.without,
        left_out=counts.left_out,
    )


def find_population(draft: Draft, connection: Connection) -> FolderPopulation | None:
    """The population where the data end; None if the tables can't tell."""
    if draft.end is None:
        return None
    known = load_population_summary(draft.model, connection, draft.end.as_of)
    if known is None:
        return None
    return FolderPopulation(
        as_of=known.as_of,
        today=known.today,
        ever=known.ever,
        left=known.left,
        value=known.value,
        currency=known.currency,
    )


def _omitted(draft: Draft, table: TablePicture, connection: Connection) -> Iterator[Finding]:
    """The rows that only measures leave out, each under the first reason."""
    omitted = [each for each in draft.omitted if each.table == table.name]
    if not omitted:
        return
    first = [] if table.where is None else [table.where]
    conditions = [*first, *(each.keeps for each in omitted)]
    rows = count_left_out(connection, table.name, conditions)[len(first) :]
    for each, n in zip(omitted, rows, strict=True):
        if n:
            yield Finding(
                "rows.left_out",
                reason=each.reason,
                column=each.column,
                values=each.values,
                rows=n,
                by="measures",
            )


def describe_table(
    model: Model, table: TablePicture, measures: tuple[str, ...], words: Words
) -> FolderTable:
    """A table of the picture, and what the model uses it for."""
    uses = tuple(dict.fromkeys(_uses(model, table.name)))
    if not uses and not measures and column_uses(model, table.name):
        uses = ("lookup",)
    return FolderTable(
        name=table.name,
        role=table.role,
        tool=table.tool,
        rows=table.profile.rows,
        kept=table.rows,
        matched=table.matched,
        unknown=table.unknown,
        ambiguous=table.ambiguous,
        empty=table.empty,
        ways=tuple(
            tuple(
                JoinStep(
                    step.term.column,
                    step.target_table,
                    step.target.column,
                    describe_functions(step.term.functions, words),
                )
                for step in way.steps
            )
            for way in table.ways
        ),
        where=table.where,
        time=_time(model, table),
        uses=uses,
        measures=measures,
        leaks=table.leaks,
        findings=table.findings,
    )


def _time(model: Model, table: TablePicture) -> str | None:
    """The column from which the first source of the table counts, or else that of the picture."""
    times = (source.time for source in model.sources.values() if source.table == table.name)
    return next(times, table.time)


def _uses(model: Model, table: str) -> Iterator[str]:
    entity = model.entity
    if entity.table == table:
        yield "customers"
    if entity.contracts is not None and entity.contracts.table == table:
        yield "contracts"
    if entity.history is not None and entity.history.table == table:
        yield "history"
    if any(outcome.table == table for outcome in model.outcomes):
        yield "outcome"
    if any(link.table == table for link in model.links.values()) and entity.table != table:
        yield "link"
    lookups = [source.lookup.table for source in model.sources.values() if source.lookup]
    if table in lookups:
        yield "lookup"
    rates = entity.contracts.rates if entity.contracts is not None else None
    if rates is not None and rates.table == table:
        yield "rates"


def measures_by_table(model: Model) -> dict[str, tuple[str, ...]]:
    """The scored measures that read each table, also through inputs, in the order of the model."""
    every = {measure.name: measure for measure in model.everything}
    tables: dict[str, dict[str, None]] = {}
    for measure in model.measures:
        for name in sorted(_closure(measure, every)):
            source = every[name].source
            if source is not None:
                tables.setdefault(model.sources[source].table, {})[measure.name] = None
            elif every[name].kind == "value" and every[name].column not in every:
                tables.setdefault(model.entity.table or "", {})[measure.name] = None
    return {table: tuple(names) for table, names in tables.items()}


def _closure(measure: Measure, every: dict[str, Measure]) -> set[str]:
    """The names of a measure and of all measures and inputs that it reads."""
    names, rest = set[str](), [measure.name]
    while rest:
        name = rest.pop()
        if name in names or name not in every:
            continue
        names.add(name)
        each = every[name]
        rest += find_names(each.formula)
        rest += [each.per] if isinstance(each.per, str) else []
        rest += [each.column] if each.kind == "value" and each.column else []
    return names
