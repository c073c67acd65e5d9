"""BigQuery's own functions for times and checksums, by its reference. No test can execute them."""

from __future__ import annotations

from sqlglot import exp

from salus.facts.sql.dialect import dialect
from salus.facts.sql.sql_helpers import CHECKSUMS

BIGQUERY = dialect("bigquery")


def written(tree: exp.Expression) -> str:
    return BIGQUERY.written(tree).upper()


def test_microseconds_and_moments_are_inverse() -> None:
    """UNIX_MICROS takes a TIMESTAMP, and a moment is a DATETIME."""
    assert written(BIGQUERY.micros(exp.column("a"))) == "UNIX_MICROS(CAST(A AS TIMESTAMP))"
    assert written(BIGQUERY.moment(exp.column("a"))) == "CAST(TIMESTAMP_MICROS(A) AS DATETIME)"


def test_a_checksum_covers_all_columns_and_is_small_enough_to_be_summed() -> None:
    assert written(BIGQUERY.checksum([exp.column("a"), exp.column("b")])) == (
        f"MOD(FARM_FINGERPRINT(TO_JSON_STRING(STRUCT(A, B))), {CHECKSUMS})"
    )


def test_days_are_counted_from_the_earlier_date() -> None:
    days = BIGQUERY.days_between(exp.column("later"), exp.column("earlier"))
    assert written(days) == "DATE_DIFF(LATER, EARLIER, DAY)"
