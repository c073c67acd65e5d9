-- A bare scan: every column that the measures read, over the longest window, with the cheapest aggregate that must
-- look at each value.
SELECT sum(strlen(account_id)), sum(strlen(user_id)), sum(strlen(feature)), sum(strlen(kind)), sum(amount),
       max(occurred_at), count(*)
FROM events
WHERE occurred_at >= $as_of - INTERVAL 90 DAY AND occurred_at < $as_of
