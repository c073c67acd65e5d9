"""What differs between engines, one explicit rule each.

Everything else is plain ``SELECT … WHERE … GROUP BY`` that sqlglot writes alike for all. Rules
follow what was seen to run: rounding half away from zero, days of instants, microseconds, finite
numbers.
"""

from __future__ import annotations

from salus.errors import SalusError
from salus.facts.sql.dialects.bigquery import BigQuery
from salus.facts.sql.dialects.clickhouse import ClickHouse
from salus.facts.sql.dialects.databricks import Databricks
from salus.facts.sql.dialects.duckdb import DuckDB
from salus.facts.sql.dialects.postgres import Postgres
from salus.facts.sql.dialects.snowflake import Snowflake
from salus.facts.sql.dialects.spark import Spark
from salus.facts.sql.sql_helpers import SQL, Type, call, cast, day_literal, number, text

__all__ = ["SQL", "Dialect", "Type", "call", "cast", "day_literal", "dialect", "number", "text"]

Dialect = DuckDB  # the others differ from it in single rules
_KNOWN: dict[str, Dialect] = {
    rules.name: rules
    for rules in (
        DuckDB(),
        Postgres(),
        Spark(),
        Databricks(),
        Snowflake(),
        BigQuery(),
        ClickHouse(),
    )
}


def dialect(name: str) -> Dialect:
    """The rules of an engine by its sqlglot name."""
    if name not in _KNOWN:
        raise SalusError(f"no SQL is written for {name}", "use " + " or ".join(_KNOWN))
    return _KNOWN[name]
