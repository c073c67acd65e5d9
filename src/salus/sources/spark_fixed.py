"""Settings of Spark that answers depend on: nobody may set them otherwise."""

from __future__ import annotations

FIXED = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_LTZ",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.groupByOrdinal": "true",
}
