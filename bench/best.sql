-- The same thirteen values by the best plan found: first per account and user, so that distinct users need no set;
-- then per account. What can be packed goes into few numbers, for an aggregate costs more than a shift:
--   counts    events | those of 30 days | those of 7 days        21 bits each
--   kinds     shares | creates | errors of 30 days               21 bits each
--   days      bits 0 to 59: active so many days before $as_of
--   further   bits 0 to 30: active 60 to 90 days before; from bit 40 on: features
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
           CAST(sum(counts >> 42) AS BIGINT)                                            AS events_7d,
           CAST(sum((counts >> 21) & 2097151) AS BIGINT)                                AS events_30d,
           CAST(sum(kinds & 2097151) AS BIGINT)                                         AS shares_90d,
           count(*) FILTER (WHERE (counts >> 42) > 0)                                   AS users_7d,
           count(*) FILTER (WHERE (counts >> 21) > 0)                                   AS users_30d,
           count(*) FILTER (WHERE ((kinds >> 21) & 2097151) > 0)                        AS creators_90d,
           bit_count(bit_or(days)) + bit_count(bit_or(further & 2147483647))            AS active_days_90d,
           bit_count(bit_or(further >> 40))                                             AS features_90d,
           $as_of - max(last)                                                           AS quiet,
           sum(amount)                                                                  AS amount_90d,
           sum(amount_30d) / nullif(sum(amounts_30d), 0)                                AS amount_mean_30d,
           (sum((counts >> 21) & 2097151) / 30.0)
               / (nullif(sum(counts & 2097151) - sum((counts >> 21) & 2097151), 0) / 60.0) - 1 AS trend_30d,
           sum(kinds >> 42) / nullif(sum((counts >> 21) & 2097151), 0)                  AS error_share_30d
    FROM (
        SELECT account_id,
               user_id,
               CAST(sum_no_overflow(count) AS BIGINT) AS counts,
               CAST(sum_no_overflow(kind) AS BIGINT)  AS kinds,
               bit_or(day_bit)                        AS days,
               bit_or(further_bit)                    AS further,
               max(day)                               AS last,
               sum(amount)                            AS amount,
               sum(recent)                            AS amount_30d,
               count(recent)                          AS amounts_30d
        FROM (
            SELECT account_id,
                   user_id,
                   day,
                   amount,
                   CASE WHEN day >= $as_of - 30 THEN amount END AS recent,
                   CASE WHEN day >= $as_of - 7 THEN 1 + (1::BIGINT << 21) + (1::BIGINT << 42)
                        WHEN day >= $as_of - 30 THEN 1 + (1::BIGINT << 21)
                        ELSE 1 END AS count,
                   CASE kind WHEN 'share' THEN 1
                             WHEN 'create' THEN 1::BIGINT << 21
                             WHEN 'error' THEN CASE WHEN day >= $as_of - 30 THEN 1::BIGINT << 42 ELSE 0 END
                             ELSE 0 END AS kind,
                   CASE WHEN $as_of - day < 60 THEN 1::BIGINT << ($as_of - day) ELSE 0 END AS day_bit,
                   CASE WHEN $as_of - day >= 60 THEN 1::BIGINT << ($as_of - day - 60) ELSE 0 END
                       | CASE feature WHEN 'search' THEN 1::BIGINT << 40 WHEN 'board' THEN 1::BIGINT << 41
                                      WHEN 'report' THEN 1::BIGINT << 42 WHEN 'export' THEN 1::BIGINT << 43
                                      WHEN 'comment' THEN 1::BIGINT << 44 WHEN 'upload' THEN 1::BIGINT << 45
                                      WHEN 'invite' THEN 1::BIGINT << 46 WHEN 'filter' THEN 1::BIGINT << 47
                                      WHEN 'dashboard' THEN 1::BIGINT << 48 WHEN 'alert' THEN 1::BIGINT << 49
                                      WHEN 'template' THEN 1::BIGINT << 50 WHEN 'admin' THEN 1::BIGINT << 51
                                      END AS further_bit
            FROM (
                SELECT *, CAST(occurred_at AS DATE) AS day
                FROM events
                WHERE occurred_at >= $as_of - INTERVAL 90 DAY AND occurred_at < $as_of
            )
        )
        GROUP BY account_id, user_id
    )
    GROUP BY account_id
) AS e ON e.account_id = a.account_id
ORDER BY a.account_id
