-- The published way of the book "Fighting Churn with Data": one INSERT … SELECT per metric, events joined with a series
-- of dates. `$dates` is that series; `metric` holds account, date, name and value. An account without events has no row.
INSERT INTO metric SELECT account_id, as_of, 'events_7d', count(*)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 7 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'events_30d', count(*)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 30 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'shares_90d', count(*)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
WHERE kind = 'share'
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'users_7d', count(DISTINCT user_id)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 7 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'users_30d', count(DISTINCT user_id)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 30 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'creators_90d', count(DISTINCT user_id)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
WHERE kind = 'create'
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'active_days_90d', count(DISTINCT CAST(occurred_at AS DATE))
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'features_90d', count(DISTINCT feature)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'quiet', date_diff('day', CAST(max(occurred_at) AS DATE), CAST(as_of AS DATE))
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'amount_90d', sum(amount)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'amount_mean_30d', avg(amount)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 30 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'trend_30d',
    (count(*) FILTER (WHERE occurred_at >= as_of - INTERVAL 30 DAY) / 30.0)
        / (nullif(count(*) FILTER (WHERE occurred_at < as_of - INTERVAL 30 DAY), 0) / 60.0) - 1
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 90 DAY
GROUP BY account_id, as_of;

INSERT INTO metric SELECT account_id, as_of, 'error_share_30d', count(*) FILTER (WHERE kind = 'error') / count(*)
FROM events JOIN $dates ON occurred_at < as_of AND occurred_at >= as_of - INTERVAL 30 DAY
GROUP BY account_id, as_of;
