"""How often what the model asks for occurs in the facts: rows that meet conditions, and the values
of columns.
"""

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

MOST = 1_000  # different values that are looked at


def all_facts(
    model: Model, connection: Connection, source: str, more: frozenset[str], *, filtered: bool
) -> Relation:
    """Every fact of a source; with `filtered` those that meet its `where`. `more` are columns
    beyond what measures read.
    """
    facts = facts_of(model, connection, source, more)
    if not filtered:
        facts = Facts(
            replace(facts.source, where=None), facts.own, facts.other, facts.dialect, facts.zone
        )
    return facts.relation(Span(None, FAR), ends=False)


def count_matches(
    connection: Connection, relation: Relation, conditions: Sequence[Expression]
) -> list[int]:
    """How many facts there are, and how many meet each of the conditions."""
    counts = [
        exp.Count(this=exp.case().when(condition(one, relation.columns), exp.Literal.number(1)))
        for one in conditions
    ]
    every: list[SQL] = [exp.Count(this=exp.Star()), *counts]
    select = exp.select(
        *(cast(one, "bigint").as_(f"n{place}") for place, one in enumerate(every))
    ).from_(relation.select.subquery("facts", copy=False))
    row = connection.query(select).to_pylist()[0]
    return [int(row[f"n{place}"]) for place in range(len(every))]


def count_values(connection: Connection, relation: Relation, name: str) -> dict[Any, int]:
    """The values of a column of facts and how often each occurs, the most frequent first."""
    return _values(connection, relation.select.subquery("facts", copy=False), name)


def count_table_values(connection: Connection, table: str, name: str) -> dict[Any, int]:
    """The same of a table."""
    return _values(connection, connection.table(table), name)


def contains_any(connection: Connection, table: str, name: str, words: Sequence[str]) -> bool:
    """Whether a column of texts holds one of the words, however many different ones it has."""
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
    there = exp.not_(exp.Is(this=column(name), expression=exp.null()))
    select = (
        exp.select(column(name).as_("value"), number)
        .from_(rows)
        .where(there)
        .group_by(exp.Literal.number(1))
        .order_by(exp.Ordered(this=exp.column("n"), desc=True, nulls_first=False))
        .limit(MOST)
    )
    return {row["value"]: int(row["n"]) for row in connection.query(select).to_pylist()}
