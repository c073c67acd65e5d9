"""The thirteen values of `reference.sql` by Polars: lazily, on its streaming engine.

One pass and one group per account. Two other plans were tried, users grouped before accounts, with
days and features as bits or in groups of their own; neither took less.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

COUNTS = (
    "events_7d",
    "events_30d",
    "shares_90d",
    "users_7d",
    "users_30d",
    "creators_90d",
    "active_days_90d",
    "features_90d",
)


def rows(events: Path, as_of: dt.date) -> Any:
    """All rows for one date, as an Arrow table."""
    import polars as pl

    usage = _usage(events, as_of).with_columns(pl.col("account_id").cast(pl.String))
    month, older = _unless_zero("events_30d"), _unless_zero("older")
    return (
        pl.scan_parquet(events / "accounts.parquet")
        .select(pl.col("account_id").cast(pl.String))
        .join(usage, on="account_id", how="left")
        .select(
            "account_id",
            *(pl.col(name).fill_null(0).cast(pl.Int64) for name in COUNTS),
            (pl.lit(as_of) - pl.col("last").dt.date()).dt.total_days().alias("quiet"),
            pl.col("amount_90d").fill_null(0.0),
            "amount_mean_30d",
            ((pl.col("events_30d") / 30) / (older / 60) - 1).alias("trend_30d"),
            (pl.col("errors_30d") / month).alias("error_share_30d"),
        )
        .sort("account_id")
        .collect(engine="streaming")
        .to_arrow()
    )


def _usage(events: Path, as_of: dt.date) -> Any:
    """What the events of each account add up to, over the longest window."""
    import polars as pl

    at, kind, user, amount = (pl.col(n) for n in ("occurred_at", "kind", "user_id", "amount"))
    end = dt.datetime.combine(as_of, dt.time())
    week, month = (at >= end - dt.timedelta(days=days) for days in (7, 30))
    return (
        pl.scan_parquet(events / "events" / "*.parquet")
        .filter(at >= end - dt.timedelta(days=90), at < end)
        .group_by("account_id")
        .agg(
            events_7d=week.sum(),
            events_30d=month.sum(),
            older=(~month).sum(),
            shares_90d=(kind == "share").sum(),
            errors_30d=((kind == "error") & month).sum(),
            users_7d=user.filter(week).n_unique(),
            users_30d=user.filter(month).n_unique(),
            creators_90d=user.filter(kind == "create").n_unique(),
            active_days_90d=at.dt.date().n_unique(),
            features_90d=pl.col("feature").n_unique(),
            last=at.max(),
            amount_90d=amount.sum(),
            amount_mean_30d=amount.filter(month).mean(),
        )
    )


def _unless_zero(name: str) -> Any:
    """The column, and nothing where it is 0, as by SQL's `nullif`."""
    import polars as pl

    return pl.when(pl.col(name) > 0).then(pl.col(name))
