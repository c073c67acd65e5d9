"""The queries of this folder over generated events, with the settings that Salus uses for DuckDB."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def opened(events: Path, as_of: dt.date | None = None, recorded: str | None = None) -> Any:
    """A connection with the tables `events` and `accounts`; with `recorded` only events received
    before `as_of`.
    """
    import duckdb

    from salus.sources.session import LIMITS

    connection = duckdb.connect(config=LIMITS)
    connection.execute("SET TimeZone='UTC'")
    known = f"WHERE {recorded} < DATE '{as_of}'" if recorded else ""
    connection.execute(
        f"CREATE VIEW events AS SELECT * FROM read_parquet('{events}/events/*.parquet') {known}"
    )
    connection.execute(
        f"CREATE VIEW accounts AS SELECT * FROM read_parquet('{events}/accounts.parquet')"
    )
    return connection


def rows(file: str, events: Path, as_of: dt.date, recorded: str | None = None) -> Any:
    """All rows of a query for one date, as an Arrow table."""
    text = (
        (HERE / file).read_text(encoding="utf-8").replace("$as_of", f"DATE '{as_of.isoformat()}'")
    )
    return opened(events, as_of, recorded).sql(text).to_arrow_table()


def churn(events: Path, first: dt.date, last: dt.date, step: int) -> Any:
    """Run `churn.sql` for every `step`-th day from `first` to `last`; returns the connection with
    its table `metric`.
    """
    connection = opened(events)
    connection.execute(
        "CREATE TABLE metric (account_id VARCHAR, as_of TIMESTAMP, name VARCHAR, value DOUBLE)"
    )
    series = (
        f"generate_series(TIMESTAMP '{first}', TIMESTAMP '{last}', INTERVAL {step} DAY) AS"
        " dates(as_of)"
    )
    for statement in (HERE / "churn.sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.execute(statement.replace("$dates", series))
    return connection
