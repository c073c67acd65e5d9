-- The usual single query: one scan, one GROUP BY, one FILTER or DISTINCT per measure. `$as_of` is a date; the tables
-- `events` and `accounts` are views over the generated Parquet files. Every measure stands once more in model.yaml.
SELECT a.account_id,
       coalesce(e.events_7d, 0)       AS events_7d,
       coalesce(e.events_30d, 0)      AS events_30d,
       coalesce(e.shares_90d, 0)      AS shares_90d,
       coalesce(e.users_7d, 0)        AS users_7d,
       coalesce(e.users_30d, 0)       AS users_30d,
       coalesce(e.creators_90d, 0)    AS creators_90d,
       coalesce(e.active_days_90d, 0) AS active_days_90d,
       coalesce(e.features_90d, 0)    AS features_90d,
       e.quiet,
       coalesce(e.amount_90d, 0)      AS amount_90d,
       e.amount_mean_30d,
       e.trend_30d,
       e.error_share_30d
FROM accounts AS a
LEFT JOIN (
    SELECT account_id,
           count(*) FILTER (WHERE occurred_at >= $as_of - INTERVAL 7 DAY)                  AS events_7d,
           count(*) FILTER (WHERE occurred_at >= $as_of - INTERVAL 30 DAY)                 AS events_30d,
           count(*) FILTER (WHERE kind = 'share')                                          AS shares_90d,
           count(DISTINCT user_id) FILTER (WHERE occurred_at >= $as_of - INTERVAL 7 DAY)   AS users_7d,
           count(DISTINCT user_id) FILTER (WHERE occurred_at >= $as_of - INTERVAL 30 DAY)  AS users_30d,
           count(DISTINCT user_id) FILTER (WHERE kind = 'create')                          AS creators_90d,
           count(DISTINCT CAST(occurred_at AS DATE))                                       AS active_days_90d,
           count(DISTINCT feature)                                                         AS features_90d,
           date_diff('day', CAST(max(occurred_at) AS DATE), $as_of)                        AS quiet,
           sum(amount)                                                                     AS amount_90d,
           avg(amount) FILTER (WHERE occurred_at >= $as_of - INTERVAL 30 DAY)              AS amount_mean_30d,
           (count(*) FILTER (WHERE occurred_at >= $as_of - INTERVAL 30 DAY) / 30.0)
               / (nullif(count(*) FILTER (WHERE occurred_at < $as_of - INTERVAL 30 DAY), 0) / 60.0) - 1
                                                                                           AS trend_30d,
           count(*) FILTER (WHERE kind = 'error' AND occurred_at >= $as_of - INTERVAL 30 DAY)
               / nullif(count(*) FILTER (WHERE occurred_at >= $as_of - INTERVAL 30 DAY), 0) AS error_share_30d
    FROM events
    WHERE occurred_at >= $as_of - INTERVAL 90 DAY AND occurred_at < $as_of
    GROUP BY account_id
) AS e ON e.account_id = a.account_id
ORDER BY a.account_id
