"""What differs between engines, one explicit rule each.

Everything else is plain ``SELECT … WHERE … GROUP BY``, which sqlglot writes for every engine. The
rules come from running the queries: rounding half away from zero, days of instants, microseconds,
finite numbers.
"""

from __future__ import annotations

from salus.errors import SalusError
from salus.facts.sql.dialects.bigquery import BigQueryDialect
from salus.facts.sql.dialects.clickhouse import ClickHouseDialect
from salus.facts.sql.dialects.databricks import DatabricksDialect
from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.dialects.postgres import PostgresDialect
from salus.facts.sql.dialects.snowflake import SnowflakeDialect
from salus.facts.sql.dialects.spark import SparkDialect
from salus.facts.sql.sql_helpers import SQL, Type, call, cast, day_literal, number, text

__all__ = ["SQL", "Dialect", "Type", "call", "cast", "day_literal", "dialect", "number", "text"]

Dialect = DuckDBDialect  # the other engines override single rules of it
_KNOWN: dict[str, Dialect] = {
    rules.name: rules
    for rules in (
        DuckDBDialect(),
        PostgresDialect(),
        SparkDialect(),
        DatabricksDialect(),
        SnowflakeDialect(),
        BigQueryDialect(),
        ClickHouseDialect(),
    )
}


def dialect(name: str) -> Dialect:
    """The rules of an engine by its sqlglot name. Raises SalusError for an unknown one."""
    if name not in _KNOWN:
        raise SalusError(f"Salus can't write SQL for {name}", "use " + " or ".join(_KNOWN))
    return _KNOWN[name]
