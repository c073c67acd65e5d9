"""Databricks SQL follows Spark's rules. Generated, not executed; its session needs `SET TIME ZONE
'UTC'`.
"""

from __future__ import annotations

from salus.facts.sql.dialects.spark import SparkDialect


class DatabricksDialect(SparkDialect):
    """Databricks SQL."""

    name = "databricks"
