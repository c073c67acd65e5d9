"""What a model asks for and the data never say: conditions that no row meets, words without points.
Warnings of `check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.errors import Problem
from salus.facts.partials.requirements import metric_columns
from salus.facts.roles import (
    CheckedExpression,
    entity_expressions,
    measure_path,
    measure_title,
    source_expressions,
)
from salus.facts.sql.occurrences import (
    all_facts,
    contains_any,
    count_matches,
    count_table_values,
    count_values,
)
from salus.facts.sql.relation import Relation
from salus.model.curve import WordScale
from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.source import Source
from salus.model.suggest import nearest
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.sources.connection import Connection


def doubts_of_source(model: Model, connection: Connection, source: Source) -> Iterator[Problem]:
    """Conditions of a source and its measures, and the words of its measures."""
    found = _Doubts(model, connection, ModelLocations(model))
    asked = [
        *source_expressions(model, source),
        *(
            CheckedExpression(("metrics", name, "of"), f"`of` of metric `{name}`", quantity.of)
            for name, quantity in model.metrics.declared.items()
            if quantity.source == source.name and quantity.of is not None
        ),
    ]
    more = metric_columns(model, source)
    own = [one for one in asked if one.expression is source.where]
    yield from found.conditions(
        own, all_facts(model, connection, source.name, more, filtered=False), source
    )
    kept = all_facts(model, connection, source.name, more, filtered=True)
    yield from found.conditions([one for one in asked if one not in own], kept, source)
    for measure in model.everything:
        if (
            measure.source == source.name
            and measure.kind == "latest"
            and isinstance(measure.scale, WordScale)
        ):
            yield from found.words(
                measure, measure.scale, count_values(connection, kept, str(measure.column))
            )


def doubts_of_entities(model: Model, connection: Connection) -> Iterator[Problem]:
    """Conditions and formulas of attributes, and the words of attributes that have points."""
    entity = model.entity
    if entity.table is None:
        return
    found = _Doubts(model, connection, ModelLocations(model))
    tables = [*([entity.history.table] if entity.history else []), entity.table]
    texts = {
        column.name
        for table in tables
        for column in connection.columns(table)
        if column.type == "text"
    }
    for asked in entity_expressions(model):
        yield from found.without_columns(asked, connection.names(entity.table))
        for atom in atoms(asked.expression):
            if atom.name in texts & set(entity.readable):
                table = found.holder(tables, atom.name)
                if not contains_any(connection, table, atom.name, atom.words):
                    yield from found.unmet(
                        asked,
                        atom,
                        count_table_values(connection, table, atom.name),
                        connection.names(entity.table),
                    )
    for measure in model.everything:
        if measure.kind == "value" and isinstance(measure.scale, WordScale):
            column = str(measure.column)
            yield from found.words(
                measure,
                measure.scale,
                count_table_values(connection, found.holder(tables, column), column),
            )


@dataclass(frozen=True)
class Atom:
    """A comparison of a column with words: `=`, `!=` or `in`. `excludes`: the words are those that
    shall not be there.
    """

    name: str
    words: tuple[str, ...]
    node: ex.Expression
    excludes: bool = False

    def written_otherwise(self, values: Iterable[object]) -> bool:
        """Whether one of the words is there with other capitals or blanks."""
        plain = {word.strip().casefold() for word in self.words if word.strip()}
        return any(str(value).strip().casefold() in plain for value in values)

    def __str__(self) -> str:
        words = ", ".join(f"'{shorten(word)}'" for word in self.words[:5])
        return f"`{shorten(self.name)}` {'= ' + words if len(self.words) == 1 else 'in (' + words + ')'}"


def atoms(expression: ex.Expression) -> Iterator[Atom]:
    """The comparisons of a column with words within an expression; each as a condition that some
    row should meet.

    >>> [str(atom) for atom in atoms(ex.Not(ex.In(ex.Name("plan"), (ex.Constant("gold"), ex.Constant("tin")))))]
    ["`plan` in ('gold', 'tin')"]
    """
    negated = {
        id(inner)
        for node in ex.walk(expression)
        if isinstance(node, ex.Not)
        for inner in ex.walk(node)
    }
    for node in ex.walk(expression):
        match node:
            case ex.Compare(
                "=" | "!=" as sign, ex.Name(name), ex.Constant(str() as word)
            ) | ex.Compare("=" | "!=" as sign, ex.Constant(str() as word), ex.Name(name)):
                excludes = sign == "!=" or id(node) in negated
                yield Atom(
                    name, (word,), ex.Compare("=", ex.Name(name), ex.Constant(word)), excludes
                )
            case ex.In(ex.Name(name), options):
                words = tuple(
                    one.value
                    for one in options
                    if isinstance(one, ex.Constant) and isinstance(one.value, str)
                )
                if len(words) == len(options):
                    yield Atom(name, words, node, id(node) in negated)
            case _:
                continue


@dataclass(frozen=True)
class _Doubts:
    model: Model
    connection: Connection
    places: ModelLocations

    def conditions(
        self, asked: list[CheckedExpression], facts: Relation, source: Source
    ) -> Iterator[Problem]:
        """Conditions that name no column, that no fact meets, or that compare a column with words
        it never holds.
        """
        known = [*self.connection.names(source.table), *source.columns]
        if source.lookup is not None:
            known += self.connection.names(source.lookup.table)
        texts = {name for name, kind in facts.columns.types.items() if kind == "text"}
        pairs = [
            (one, [atom for atom in atoms(one.expression) if atom.name in texts]) for one in asked
        ]
        every, *counts = (
            count_matches(
                self.connection,
                facts,
                [
                    node
                    for one, several in pairs
                    for node in (one.expression, *(atom.node for atom in several))
                ],
            )
            if asked
            else [0]
        )
        left = iter(counts)
        for one, several in pairs:
            met, often = next(left), [next(left) for _ in several]
            yield from self.without_columns(one, known)
            unmet = (
                [atom for atom, count in zip(several, often, strict=True) if not count]
                if every
                else []
            )
            for atom in unmet:
                yield from self.unmet(
                    one, atom, count_values(self.connection, facts, atom.name), known
                )
            if every and not met and not unmet and ex.find_names(one.expression):
                yield self.places.problem(
                    one.path,
                    f"no row meets {one.title}",
                    "check its values and its columns",
                    "warning",
                )

    def without_columns(self, asked: CheckedExpression, known: Iterable[str]) -> Iterator[Problem]:
        """Comparisons in which no column stands, as of a column's name in quotes."""
        compared = [
            node
            for node in ex.walk(asked.expression)
            if isinstance(node, ex.Compare | ex.In | ex.Like)
        ]
        whole = [asked.expression] if asked.truth and not ex.find_names(asked.expression) else []
        if not any(not ex.find_names(node) for node in [*compared, *whole]):
            return
        words = {
            str(node.value).casefold()
            for node in ex.walk(asked.expression)
            if isinstance(node, ex.Constant)
        }
        meant = next((name for name in known if name.casefold() in words), None)
        fix = (
            f"write the column in backticks: `{meant}`"
            if meant
            else "name a column; one with blanks stands in backticks"
        )
        yield self.places.problem(
            asked.path, f"{asked.title} compares a text, not a column", fix, "warning"
        )

    def unmet(
        self, asked: CheckedExpression, atom: Atom, values: Mapping[Any, int], known: Iterable[str]
    ) -> Iterator[Problem]:
        """A comparison with words that the column never holds; that nothing is to be excluded is no
        matter.
        """
        column = next(
            (name for name in known for word in atom.words if name.casefold() == word.casefold()),
            None,
        )
        if atom.excludes and column is None and not atom.written_otherwise(values):
            return
        near = next(filter(None, (nearest(word, map(str, values)) for word in atom.words)), None)
        if near is not None:
            fix = f"did you mean '{shorten(near)}'?"
        elif column is not None:
            fix = f"a column stands in backticks: `{column}`"
        else:
            fix = (
                f"it holds {', '.join(repr(shorten(str(value))) for value in list(values)[:5])}"
                if values
                else "it is empty"
            )
        what = f"no row has {atom}: {asked.title} never finds one"
        yield self.places.problem(asked.path, what, fix, "warning", name=atom.name)

    def holder(self, tables: Iterable[str], name: str) -> str:
        """The table whose values of an attribute count: its history, where one is kept."""
        return next(
            table
            for table in tables
            if name in {column.name for column in self.connection.columns(table)}
        )

    def words(
        self, measure: Measure, scale: WordScale, values: Mapping[Any, int]
    ) -> Iterator[Problem]:
        """Words that a measure has no points for."""
        lost = {value: count for value, count in values.items() if not _has_points(scale, value)}
        if not lost:
            return
        listed = ", ".join(
            f"'{shorten(str(value))}' ({count:,} rows)" for value, count in list(lost.items())[:5]
        )
        near = nearest(str(next(iter(lost))), scale.points)
        fix = (
            f"did you mean '{near}'? Add the others to `points`"
            if near is not None
            else "add them to `points`"
        )
        what = (
            f"{measure_title(measure)} has no points for {listed}{' …' if len(lost) > 5 else ''}: there"
            " it is missing"
        )
        yield self.places.problem(measure_path(measure, "points"), what, fix, "warning")


def _has_points(scale: WordScale, value: Any) -> bool:
    if isinstance(value, bool):
        return str(value).lower() in scale.points
    if isinstance(value, str):
        return value in scale.points
    return not bool(np.isnan(scale.of_numbers(np.array([float(value)])))[0])
