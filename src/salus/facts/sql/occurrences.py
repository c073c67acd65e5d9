"""How often the values and conditions that a model names occur in the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp

from salus.facts.sql.dialect import SQL, cast
from salus.facts.sql.expressions import condition
from salus.facts.sql.origin import facts_of
from salus.facts.sql.relation import FAR, Facts, Relation, Span, column
from salus.model.expressions.expression import Expression
from salus.model.model import Model
from salus.sources.connection import Connection

MOST = 1_000  # different values that are counted


def all_facts(
    model: Model, connection: Connection, source: str, more: frozenset[str], *, filtered: bool
) -> Relation:
    """Every fact of a source; with `filtered` only those that meet its `where`. `more` names
    columns beyond those that measures read.
    """
    facts = facts_of(model, connection, source, more)
    if not filtered:
        facts = Facts(
            replace(facts.source, where=None),
            facts.own,
            facts.other,
            facts.dialect,
            facts.zone,
            facts.remember,
        )
    return facts.relation(Span(None, FAR), ends=False)


def count_matches(
    connection: Connection, relation: Relation, conditions: Sequence[Expression]
) -> list[int]:
    """The number of facts, and of those that meet each condition."""
    counts = [
        exp.Count(this=exp.case().when(condition(each, relation.columns), exp.Literal.number(1)))
        for each in conditions
    ]
    columns: list[SQL] = [exp.Count(this=exp.Star()), *counts]
    select = exp.select(
        *(cast(each, "bigint").as_(f"n{place}") for place, each in enumerate(columns))
    ).from_(relation.select.subquery("facts", copy=False))
    row = connection.query(select).to_pylist()[0]
    return [int(row[f"n{place}"]) for place in range(len(columns))]


def count_values(connection: Connection, relation: Relation, name: str) -> dict[Any, int]:
    """The values of a column of facts and how often each occurs, the most frequent first."""
    return _values(connection, relation.select.subquery("facts", copy=False), name)


def count_table_values(connection: Connection, table: str, name: str) -> dict[Any, int]:
    """The same for a column of a table."""
    return _values(connection, connection.table(table), name)


def contains_any(connection: Connection, table: str, name: str, words: Sequence[str]) -> bool:
    """Whether a column of texts holds one of the words, however many different values it has."""
    among = exp.In(
        this=cast(column(name), "text"), expressions=[exp.Literal.string(word) for word in words]
    )
    return (
        connection.query(
            exp.select(column(name)).from_(connection.table(table)).where(among).limit(1)
        ).num_rows
        > 0
    )


def _values(connection: Connection, rows: exp.Table | exp.Subquery, name: str) -> dict[Any, int]:
    number = cast(exp.Count(this=exp.Star()), "bigint").as_("n")
    present = exp.not_(exp.Is(this=column(name), expression=exp.null()))
    select = (
        exp.select(column(name).as_("value"), number)
        .from_(rows)
        .where(present)
        .group_by(exp.Literal.number(1))
        .order_by(exp.Ordered(this=exp.column("n"), desc=True, nulls_first=False))
        .limit(MOST)
    )
    return {row["value"]: int(row["n"]) for row in connection.query(select).to_pylist()}
