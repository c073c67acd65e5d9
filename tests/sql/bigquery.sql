SELECT
  `salus_entity`,
  greatest(`salus_k`, CAST('2024-06-01' AS DATE)) AS salus_k,
  CAST(COUNT(*) AS INT64) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_k,
      `at` AS salus_time,
      `at` AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`flag` AS `flag`,
        `f`.`nr` AS `nr`,
        `f`.`over` AS `over`,
        `f`.`ref` AS `ref`,
        `f`.`told` AS `told`,
        `f`.`units` AS `units`,
        `f`.`who` AS `who`,
        `f`.`word` AS `word`
      FROM `events` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
      AND (
        (
          `word` LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN NULL
            ELSE (
              (
                SELECT
                  MAX(v)
                FROM UNNEST([
                  CASE
                    WHEN NOT (
                      is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
                    )
                    THEN CAST(`amount` AS FLOAT64)
                  END,
                  CAST(`units` AS FLOAT64)
                ]) AS v
              )
            ) > (
              CAST(0.0 AS FLOAT64)
            )
          END
        )
      )
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE
          WHEN NOT (
            is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
          )
          THEN CAST(`amount` AS FLOAT64)
        END
      ) IS NULL
      THEN 1
    END
  ) AS INT64) AS c0,
  CAST(coalesce(
    SUM(
      CAST(round(
        (
          CASE
            WHEN NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN CAST(`amount` AS FLOAT64)
          END
        ) * 1000000
      ) AS INT64)
    ),
    0
  ) AS INT64) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_k,
      `at` AS salus_time,
      `at` AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`flag` AS `flag`,
        `f`.`nr` AS `nr`,
        `f`.`over` AS `over`,
        `f`.`ref` AS `ref`,
        `f`.`told` AS `told`,
        `f`.`units` AS `units`,
        `f`.`who` AS `who`,
        `f`.`word` AS `word`
      FROM `events` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
      AND (
        (
          `word` LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN NULL
            ELSE (
              (
                SELECT
                  MAX(v)
                FROM UNNEST([
                  CASE
                    WHEN NOT (
                      is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
                    )
                    THEN CAST(`amount` AS FLOAT64)
                  END,
                  CAST(`units` AS FLOAT64)
                ]) AS v
              )
            ) > (
              CAST(0.0 AS FLOAT64)
            )
          END
        )
      )
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  `salus_entity`,
  `word` AS key,
  `salus_e` - (
    CAST(EXTRACT(DAY FROM `salus_e`) AS INT64) - 1
  ) AS salus_month,
  CAST(bit_or(1 << (
    CAST(EXTRACT(DAY FROM `salus_e`) AS INT64) - 1
  )) AS INT64) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_k,
      `at` AS salus_time,
      `at` AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`flag` AS `flag`,
        `f`.`nr` AS `nr`,
        `f`.`over` AS `over`,
        `f`.`ref` AS `ref`,
        `f`.`told` AS `told`,
        `f`.`units` AS `units`,
        `f`.`who` AS `who`,
        `f`.`word` AS `word`
      FROM `events` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
      AND (
        (
          `word` LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN NULL
            ELSE (
              (
                SELECT
                  MAX(v)
                FROM UNNEST([
                  CASE
                    WHEN NOT (
                      is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
                    )
                    THEN CAST(`amount` AS FLOAT64)
                  END,
                  CAST(`units` AS FLOAT64)
                ]) AS v
              )
            ) > (
              CAST(0.0 AS FLOAT64)
            )
          END
        )
      )
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    `word`
  ) IS NULL
GROUP BY
  1,
  2,
  3;

SELECT
  `salus_entity`,
  `word` AS key,
  `salus_e`,
  CASE
    WHEN `salus_k` < CAST('2024-05-01' AS DATE)
    THEN 0
    WHEN `salus_k` < CAST('2024-06-01' AS DATE)
    THEN 1
    ELSE 2
  END AS salus_piece,
  MIN(IF(COALESCE((
    `flag`
  ), FALSE), `salus_k`, NULL)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      greatest(
        CAST(datetime(`at`, 'Europe/Berlin') AS DATE),
        coalesce(CAST(`told` AS DATE), CAST(datetime(`at`, 'Europe/Berlin') AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`) AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `nr`,
        `who`,
        `at`,
        `told`,
        `over`,
        `amount`,
        `units`,
        `word`,
        `flag`,
        `ref`
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM(`i`.`nr`, '0'), '.')
              ELSE `i`.`nr`
            END
            ORDER BY greatest(coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`), `at`) NULLS LAST, `at` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`amount` AS FLOAT64)) OR is_inf(CAST(`i`.`amount` AS FLOAT64))
              )
              THEN CAST(`i`.`amount` AS FLOAT64)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`ref` AS FLOAT64)) OR is_inf(CAST(`i`.`ref` AS FLOAT64))
              )
              THEN CAST(`i`.`ref` AS FLOAT64)
            END NULLS LAST, `i`.`told` NULLS LAST, `i`.`units` NULLS LAST, `i`.`who` NULLS LAST, `i`.`word` NULLS LAST
          ) AS salus_n
        FROM (
          SELECT
            `f`.`amount` AS `amount`,
            `f`.`at` AS `at`,
            `f`.`flag` AS `flag`,
            `f`.`nr` AS `nr`,
            `f`.`over` AS `over`,
            `f`.`ref` AS `ref`,
            `f`.`told` AS `told`,
            `f`.`units` AS `units`,
            `f`.`who` AS `who`,
            `f`.`word` AS `word`
          FROM `events` AS f
          WHERE
            NOT `f`.`at` IS NULL
        ) AS i
      ) AS d
      WHERE
        `salus_n` = 1
        OR (
          CASE
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM(`d`.`nr`, '0'), '.')
            ELSE `d`.`nr`
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    `word`
  ) IS NULL
GROUP BY
  1,
  2,
  3,
  4;

SELECT
  `salus_entity`,
  `word` AS key,
  `salus_e`,
  `salus_k`,
  `salus_end`,
  MIN(`salus_k`) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `who` LIKE '%.0%' AND REGEXP_CONTAINS(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM(`who`, '0'), '.')
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      greatest(
        CAST(`at` AS DATE),
        coalesce(CAST(datetime(`told`, 'Europe/Berlin') AS DATE), CAST(`at` AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(`told`, timestamp(CAST(`at` AS DATETIME), 'Europe/Berlin')) AS salus_recorded,
      CASE
        WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST(`over` AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST(`over` AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE greatest(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          coalesce(
            `over_told`,
            CASE
              WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST(`over` AS DATE)
            END
          )
        )
      END AS salus_end,
      `who`,
      `at`,
      `told`,
      `over`,
      `over_told`,
      `amount`,
      `word`,
      `whose`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`over` AS `over`,
        `f`.`over_told` AS `over_told`,
        `f`.`told` AS `told`,
        `f`.`who` AS `who`,
        `f`.`whose` AS `whose`,
        `f`.`word` AS `word`
      FROM `deals` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS DATETIME)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS DATETIME)
    ) AS s
    WHERE
      NOT `who` IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    `word`
  ) IS NULL
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  unix_micros(CAST(CAST(`salus_time` AS DATETIME) AS TIMESTAMP)) AS salus_time,
  unix_micros(CAST(CAST(`salus_recorded` AS DATETIME) AS TIMESTAMP)) AS salus_recorded,
  CAST(round(
    (
      CASE
        WHEN NOT (
          is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
        )
        THEN CAST(`amount` AS FLOAT64)
      END
    ) * 1000000
  ) AS INT64) AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      greatest(
        CAST(datetime(`at`, 'Europe/Berlin') AS DATE),
        coalesce(CAST(`told` AS DATE), CAST(datetime(`at`, 'Europe/Berlin') AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`) AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `nr`,
        `who`,
        `at`,
        `told`,
        `over`,
        `amount`,
        `units`,
        `word`,
        `flag`,
        `ref`
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM(`i`.`nr`, '0'), '.')
              ELSE `i`.`nr`
            END
            ORDER BY greatest(coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`), `at`) NULLS LAST, `at` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`amount` AS FLOAT64)) OR is_inf(CAST(`i`.`amount` AS FLOAT64))
              )
              THEN CAST(`i`.`amount` AS FLOAT64)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`ref` AS FLOAT64)) OR is_inf(CAST(`i`.`ref` AS FLOAT64))
              )
              THEN CAST(`i`.`ref` AS FLOAT64)
            END NULLS LAST, `i`.`told` NULLS LAST, `i`.`units` NULLS LAST, `i`.`who` NULLS LAST, `i`.`word` NULLS LAST
          ) AS salus_n
        FROM (
          SELECT
            `f`.`amount` AS `amount`,
            `f`.`at` AS `at`,
            `f`.`flag` AS `flag`,
            `f`.`nr` AS `nr`,
            `f`.`over` AS `over`,
            `f`.`ref` AS `ref`,
            `f`.`told` AS `told`,
            `f`.`units` AS `units`,
            `f`.`who` AS `who`,
            `f`.`word` AS `word`
          FROM `events` AS f
          WHERE
            NOT `f`.`at` IS NULL
        ) AS i
      ) AS d
      WHERE
        `salus_n` = 1
        OR (
          CASE
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM(`d`.`nr`, '0'), '.')
            ELSE `d`.`nr`
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    CASE
      WHEN NOT (
        is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
      )
      THEN CAST(`amount` AS FLOAT64)
    END
  ) IS NULL;

SELECT
  `salus_entity`,
  greatest(`salus_k`, CAST('2024-06-01' AS DATE)) AS salus_k,
  MAX(`salus_e`) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      greatest(
        CAST(datetime(`at`, 'Europe/Berlin') AS DATE),
        coalesce(CAST(`told` AS DATE), CAST(datetime(`at`, 'Europe/Berlin') AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`) AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `nr`,
        `who`,
        `at`,
        `told`,
        `over`,
        `amount`,
        `units`,
        `word`,
        `flag`,
        `ref`
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM(`i`.`nr`, '0'), '.')
              ELSE `i`.`nr`
            END
            ORDER BY greatest(coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`), `at`) NULLS LAST, `at` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`amount` AS FLOAT64)) OR is_inf(CAST(`i`.`amount` AS FLOAT64))
              )
              THEN CAST(`i`.`amount` AS FLOAT64)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`ref` AS FLOAT64)) OR is_inf(CAST(`i`.`ref` AS FLOAT64))
              )
              THEN CAST(`i`.`ref` AS FLOAT64)
            END NULLS LAST, `i`.`told` NULLS LAST, `i`.`units` NULLS LAST, `i`.`who` NULLS LAST, `i`.`word` NULLS LAST
          ) AS salus_n
        FROM (
          SELECT
            `f`.`amount` AS `amount`,
            `f`.`at` AS `at`,
            `f`.`flag` AS `flag`,
            `f`.`nr` AS `nr`,
            `f`.`over` AS `over`,
            `f`.`ref` AS `ref`,
            `f`.`told` AS `told`,
            `f`.`units` AS `units`,
            `f`.`who` AS `who`,
            `f`.`word` AS `word`
          FROM `events` AS f
          WHERE
            NOT `f`.`at` IS NULL
        ) AS i
      ) AS d
      WHERE
        `salus_n` = 1
        OR (
          CASE
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM(`d`.`nr`, '0'), '.')
            ELSE `d`.`nr`
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  `salus_u`,
  `salus_end`,
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE
          WHEN NOT (
            is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
          )
          THEN CAST(`amount` AS FLOAT64)
        END
      ) IS NULL
      THEN 1
    END
  ) AS INT64) AS c0,
  CAST(coalesce(
    SUM(
      CAST(round(
        (
          CASE
            WHEN NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN CAST(`amount` AS FLOAT64)
          END
        ) * 1000000
      ) AS INT64)
    ),
    0
  ) AS INT64) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `who` LIKE '%.0%' AND REGEXP_CONTAINS(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM(`who`, '0'), '.')
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      greatest(
        CAST(`at` AS DATE),
        coalesce(CAST(datetime(`told`, 'Europe/Berlin') AS DATE), CAST(`at` AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(`told`, timestamp(CAST(`at` AS DATETIME), 'Europe/Berlin')) AS salus_recorded,
      CASE
        WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST(`over` AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST(`over` AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE greatest(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          coalesce(
            `over_told`,
            CASE
              WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST(`over` AS DATE)
            END
          )
        )
      END AS salus_end,
      `who`,
      `at`,
      `told`,
      `over`,
      `over_told`,
      `amount`,
      `word`,
      `whose`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`over` AS `over`,
        `f`.`over_told` AS `over_told`,
        `f`.`told` AS `told`,
        `f`.`who` AS `who`,
        `f`.`whose` AS `whose`,
        `f`.`word` AS `word`
      FROM `deals` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS DATETIME)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS DATETIME)
    ) AS s
    WHERE
      NOT `who` IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  `salus_end` IS NULL OR `salus_end` > CAST('2024-06-01' AS DATE)
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  `salus_u`,
  `salus_end`,
  CAST(COUNT(*) AS INT64) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      `x`.`salus_entity`,
      `x`.`salus_e`,
      `x`.`salus_time`,
      `x`.`salus_recorded`,
      `x`.`salus_group`,
      `x`.`who`,
      `x`.`at`,
      `x`.`told`,
      `x`.`over`,
      `x`.`over_told`,
      `x`.`amount`,
      `x`.`word`,
      `x`.`whose`,
      `x`.`salus_k`,
      `x`.`salus_end`,
      `x`.`salus_next_e` AS salus_u
    FROM (
      SELECT
        `x`.`salus_entity`,
        `x`.`salus_e`,
        `x`.`salus_time`,
        `x`.`salus_recorded`,
        `x`.`salus_group`,
        `x`.`who`,
        `x`.`at`,
        `x`.`told`,
        `x`.`over`,
        `x`.`over_told`,
        `x`.`amount`,
        `x`.`word`,
        `x`.`whose`,
        `x`.`salus_k`,
        CASE
          WHEN `x`.`salus_group` IS NULL
          THEN CAST(NULL AS DATE)
          ELSE MIN(`x`.`salus_k`) OVER (
            PARTITION BY `x`.`salus_entity`, `x`.`salus_group`
            ORDER BY `x`.`salus_step`
            RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
          )
        END AS salus_end,
        CASE
          WHEN `x`.`salus_group` IS NULL
          THEN CAST(NULL AS DATE)
          ELSE MIN(`x`.`salus_e`) OVER (
            PARTITION BY `x`.`salus_entity`, `x`.`salus_group`
            ORDER BY `x`.`salus_step`
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING
          )
        END AS salus_next_e
      FROM (
        SELECT
          `x`.`salus_entity`,
          `x`.`salus_e`,
          `x`.`salus_time`,
          `x`.`salus_recorded`,
          `x`.`salus_group`,
          `x`.`who`,
          `x`.`at`,
          `x`.`told`,
          `x`.`over`,
          `x`.`over_told`,
          `x`.`amount`,
          `x`.`word`,
          `x`.`whose`,
          `x`.`salus_k`,
          CAST(DENSE_RANK() OVER (
            PARTITION BY `x`.`salus_entity`, `x`.`salus_group`
            ORDER BY `x`.`salus_time` NULLS LAST, `x`.`salus_recorded` NULLS LAST
          ) AS INT64) AS salus_step
        FROM (
          SELECT
            CASE
              WHEN `who` LIKE '%.0%' AND REGEXP_CONTAINS(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM(`who`, '0'), '.')
              ELSE `who`
            END AS salus_entity,
            CAST(`at` AS DATE) AS salus_e,
            greatest(
              CAST(`at` AS DATE),
              coalesce(CAST(datetime(`told`, 'Europe/Berlin') AS DATE), CAST(`at` AS DATE))
            ) AS salus_k,
            `at` AS salus_time,
            coalesce(`told`, timestamp(CAST(`at` AS DATETIME), 'Europe/Berlin')) AS salus_recorded,
            `s`.`whose` AS salus_group,
            `who`,
            `at`,
            `told`,
            `over`,
            `over_told`,
            `amount`,
            `word`,
            `whose`
          FROM (
            SELECT
              `f`.`amount` AS `amount`,
              `f`.`at` AS `at`,
              `f`.`over` AS `over`,
              `f`.`over_told` AS `over_told`,
              `f`.`told` AS `told`,
              `f`.`who` AS `who`,
              `f`.`whose` AS `whose`,
              `f`.`word` AS `word`
            FROM `deals` AS f
            WHERE
              NOT `f`.`at` IS NULL AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS DATETIME)
          ) AS s
          WHERE
            NOT `who` IS NULL
        ) AS x
      ) AS x
    ) AS x
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  `salus_end` IS NULL OR `salus_end` > CAST('2024-06-01' AS DATE)
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE
          WHEN NOT (
            is_nan(CAST(`days` AS FLOAT64)) OR is_inf(CAST(`days` AS FLOAT64))
          )
          THEN CAST(`days` AS FLOAT64)
        END
      ) IS NULL
      AND NOT (
        CASE
          WHEN NOT (
            is_nan(CAST(`rate` AS FLOAT64)) OR is_inf(CAST(`rate` AS FLOAT64))
          )
          THEN CAST(`rate` AS FLOAT64)
        END
      ) IS NULL
      THEN 1
    END
  ) AS INT64) AS c0,
  CAST(coalesce(
    SUM(
      CAST(round(
        (
          (
            (
              CASE
                WHEN NOT (
                  is_nan(CAST(`days` AS FLOAT64)) OR is_inf(CAST(`days` AS FLOAT64))
                )
                THEN CAST(`days` AS FLOAT64)
              END
            ) * (
              CASE
                WHEN NOT (
                  is_nan(CAST(`rate` AS FLOAT64)) OR is_inf(CAST(`rate` AS FLOAT64))
                )
                THEN CAST(`rate` AS FLOAT64)
              END
            )
          )
        ) * 1000000
      ) AS INT64)
    ),
    0
  ) AS INT64) AS c1,
  CAST(coalesce(
    SUM(
      CAST(round(
        (
          CASE
            WHEN NOT (
              CASE
                WHEN NOT (
                  is_nan(CAST(`days` AS FLOAT64)) OR is_inf(CAST(`days` AS FLOAT64))
                )
                THEN CAST(`days` AS FLOAT64)
              END
            ) IS NULL
            THEN CASE
              WHEN NOT (
                is_nan(CAST(`rate` AS FLOAT64)) OR is_inf(CAST(`rate` AS FLOAT64))
              )
              THEN CAST(`rate` AS FLOAT64)
            END
          END
        ) * 1000000
      ) AS INT64)
    ),
    0
  ) AS INT64) AS c2
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `owner` LIKE '%.0%' AND REGEXP_CONTAINS(`owner`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM(`owner`, '0'), '.')
        ELSE `owner`
      END AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_k,
      `at` AS salus_time,
      `at` AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`,
      `since`,
      `rate`,
      `owner`,
      `days`
    FROM (
      SELECT
        *,
        (
          CAST((
            unix_micros(CAST(CAST(`over` AS DATETIME) AS TIMESTAMP)) - unix_micros(CAST(datetime(`at`, 'Europe/Berlin') AS TIMESTAMP))
          ) AS FLOAT64) / CAST(86400000000 AS FLOAT64)
        ) AS `days`
      FROM (
        SELECT
          `j`.`amount`,
          `j`.`at`,
          `j`.`flag`,
          `j`.`nr`,
          `j`.`over`,
          `j`.`owner`,
          `j`.`rate`,
          `j`.`ref`,
          `j`.`since`,
          `j`.`told`,
          `j`.`units`,
          `j`.`who`,
          `j`.`word`
        FROM (
          SELECT
            `f`.`amount`,
            `f`.`at`,
            `f`.`flag`,
            `f`.`nr`,
            `f`.`over`,
            `f`.`ref`,
            `f`.`told`,
            `f`.`units`,
            `f`.`who`,
            `f`.`word`,
            `l`.`owner`,
            `l`.`rate`,
            `l`.`since`,
            ROW_NUMBER() OVER (
              PARTITION BY `f`.`salus_fact`
              ORDER BY `l`.`since` DESC, `l`.`owner` NULLS LAST, CASE
                WHEN NOT (
                  is_nan(CAST(`l`.`rate` AS FLOAT64)) OR is_inf(CAST(`l`.`rate` AS FLOAT64))
                )
                THEN CAST(`l`.`rate` AS FLOAT64)
              END NULLS LAST, CASE
                WHEN NOT (
                  is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                )
                THEN CAST(`l`.`ref` AS FLOAT64)
              END NULLS LAST, `l`.`since` NULLS LAST
            ) AS salus_n
          FROM (
            SELECT
              *,
              ROW_NUMBER() OVER () AS salus_fact
            FROM (
              SELECT
                `f`.`amount` AS `amount`,
                `f`.`at` AS `at`,
                `f`.`flag` AS `flag`,
                `f`.`nr` AS `nr`,
                `f`.`over` AS `over`,
                `f`.`ref` AS `ref`,
                `f`.`told` AS `told`,
                `f`.`units` AS `units`,
                `f`.`who` AS `who`,
                `f`.`word` AS `word`
              FROM `events` AS f
              WHERE
                NOT `f`.`at` IS NULL
                AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
                AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
            ) AS b
          ) AS f
          LEFT JOIN `refs` AS l
            ON CASE
              WHEN CASE
                WHEN NOT (
                  is_nan(CAST(`f`.`ref` AS FLOAT64)) OR is_inf(CAST(`f`.`ref` AS FLOAT64))
                )
                THEN CAST(`f`.`ref` AS FLOAT64)
              END = trunc(
                CASE
                  WHEN NOT (
                    is_nan(CAST(`f`.`ref` AS FLOAT64)) OR is_inf(CAST(`f`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`f`.`ref` AS FLOAT64)
                END
              )
              AND abs(
                CASE
                  WHEN NOT (
                    is_nan(CAST(`f`.`ref` AS FLOAT64)) OR is_inf(CAST(`f`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`f`.`ref` AS FLOAT64)
                END
              ) < 1000000000000000.0
              THEN CAST(CAST(CASE
                WHEN NOT (
                  is_nan(CAST(`f`.`ref` AS FLOAT64)) OR is_inf(CAST(`f`.`ref` AS FLOAT64))
                )
                THEN CAST(`f`.`ref` AS FLOAT64)
              END AS INT64) AS STRING)
              WHEN NOT (
                CASE
                  WHEN NOT (
                    is_nan(CAST(`f`.`ref` AS FLOAT64)) OR is_inf(CAST(`f`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`f`.`ref` AS FLOAT64)
                END
              ) IS NULL
              THEN CAST(`f`.`ref` AS STRING)
            END = CASE
              WHEN CASE
                WHEN NOT (
                  is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                )
                THEN CAST(`l`.`ref` AS FLOAT64)
              END = trunc(
                CASE
                  WHEN NOT (
                    is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`l`.`ref` AS FLOAT64)
                END
              )
              AND abs(
                CASE
                  WHEN NOT (
                    is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`l`.`ref` AS FLOAT64)
                END
              ) < 1000000000000000.0
              THEN CAST(CAST(CASE
                WHEN NOT (
                  is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                )
                THEN CAST(`l`.`ref` AS FLOAT64)
              END AS INT64) AS STRING)
              WHEN NOT (
                CASE
                  WHEN NOT (
                    is_nan(CAST(`l`.`ref` AS FLOAT64)) OR is_inf(CAST(`l`.`ref` AS FLOAT64))
                  )
                  THEN CAST(`l`.`ref` AS FLOAT64)
                END
              ) IS NULL
              THEN CAST(`l`.`ref` AS STRING)
            END
            AND timestamp(CAST(`l`.`since` AS DATETIME), 'Europe/Berlin') <= `f`.`at`
        ) AS j
        WHERE
          `j`.`salus_n` = 1
      ) AS c
    ) AS s
    WHERE
      NOT `owner` IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  CAST(COUNT(*) AS INT64) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      greatest(
        CAST(datetime(`at`, 'Europe/Berlin') AS DATE),
        coalesce(CAST(`told` AS DATE), CAST(datetime(`at`, 'Europe/Berlin') AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`) AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `nr`,
        `who`,
        `at`,
        `told`,
        `over`,
        `amount`,
        `units`,
        `word`,
        `flag`,
        `ref`
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM(`i`.`nr`, '0'), '.')
              ELSE `i`.`nr`
            END
            ORDER BY greatest(coalesce(timestamp(CAST(`told` AS DATETIME), 'Europe/Berlin'), `at`), `at`) NULLS LAST, `at` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`amount` AS FLOAT64)) OR is_inf(CAST(`i`.`amount` AS FLOAT64))
              )
              THEN CAST(`i`.`amount` AS FLOAT64)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN NOT (
                is_nan(CAST(`i`.`ref` AS FLOAT64)) OR is_inf(CAST(`i`.`ref` AS FLOAT64))
              )
              THEN CAST(`i`.`ref` AS FLOAT64)
            END NULLS LAST, `i`.`told` NULLS LAST, `i`.`units` NULLS LAST, `i`.`who` NULLS LAST, `i`.`word` NULLS LAST
          ) AS salus_n
        FROM (
          SELECT
            `f`.`amount` AS `amount`,
            `f`.`at` AS `at`,
            `f`.`flag` AS `flag`,
            `f`.`nr` AS `nr`,
            `f`.`over` AS `over`,
            `f`.`ref` AS `ref`,
            `f`.`told` AS `told`,
            `f`.`units` AS `units`,
            `f`.`who` AS `who`,
            `f`.`word` AS `word`
          FROM `events` AS f
          WHERE
            NOT `f`.`at` IS NULL
        ) AS i
      ) AS d
      WHERE
        `salus_n` = 1
        OR (
          CASE
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_CONTAINS(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM(`d`.`nr`, '0'), '.')
            ELSE `d`.`nr`
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  `salus_entity`,
  `salus_e`,
  `salus_k`,
  unix_micros(CAST(CAST(`salus_time` AS DATETIME) AS TIMESTAMP)) AS salus_time,
  unix_micros(CAST(CAST(`salus_recorded` AS DATETIME) AS TIMESTAMP)) AS salus_recorded,
  `word` AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_e,
      CAST(datetime(`at`, 'Europe/Berlin') AS DATE) AS salus_k,
      `at` AS salus_time,
      `at` AS salus_recorded,
      `nr`,
      `who`,
      `at`,
      `told`,
      `over`,
      `amount`,
      `units`,
      `word`,
      `flag`,
      `ref`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`flag` AS `flag`,
        `f`.`nr` AS `nr`,
        `f`.`over` AS `over`,
        `f`.`ref` AS `ref`,
        `f`.`told` AS `told`,
        `f`.`units` AS `units`,
        `f`.`who` AS `who`,
        `f`.`word` AS `word`
      FROM `events` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT (
        CAST(`who` AS STRING)
      ) IS NULL
      AND (
        (
          `word` LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT NOT (
              is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
            )
            THEN NULL
            ELSE (
              (
                SELECT
                  MAX(v)
                FROM UNNEST([
                  CASE
                    WHEN NOT (
                      is_nan(CAST(`amount` AS FLOAT64)) OR is_inf(CAST(`amount` AS FLOAT64))
                    )
                    THEN CAST(`amount` AS FLOAT64)
                  END,
                  CAST(`units` AS FLOAT64)
                ]) AS v
              )
            ) > (
              CAST(0.0 AS FLOAT64)
            )
          END
        )
      )
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    `word`
  ) IS NULL;

SELECT
  `salus_entity`,
  `salus_k`,
  MAX(`salus_e`) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `who` LIKE '%.0%' AND REGEXP_CONTAINS(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM(`who`, '0'), '.')
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      greatest(
        CAST(`at` AS DATE),
        coalesce(CAST(datetime(`told`, 'Europe/Berlin') AS DATE), CAST(`at` AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(`told`, timestamp(CAST(`at` AS DATETIME), 'Europe/Berlin')) AS salus_recorded,
      CASE
        WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST(`over` AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST(`over` AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE greatest(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          coalesce(
            `over_told`,
            CASE
              WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST(`over` AS DATE)
            END
          )
        )
      END AS salus_end,
      `who`,
      `at`,
      `told`,
      `over`,
      `over_told`,
      `amount`,
      `word`,
      `whose`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`over` AS `over`,
        `f`.`over_told` AS `over_told`,
        `f`.`told` AS `told`,
        `f`.`who` AS `who`,
        `f`.`whose` AS `whose`,
        `f`.`word` AS `word`
      FROM `deals` AS f
      WHERE
        NOT `f`.`at` IS NULL
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS DATETIME)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS DATETIME)
    ) AS s
    WHERE
      NOT `who` IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  `salus_entity`,
  `salus_k`,
  MAX(`salus_e`) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `who` LIKE '%.0%' AND REGEXP_CONTAINS(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM(`who`, '0'), '.')
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      greatest(
        CAST(`at` AS DATE),
        coalesce(CAST(datetime(`told`, 'Europe/Berlin') AS DATE), CAST(`at` AS DATE))
      ) AS salus_k,
      `at` AS salus_time,
      coalesce(`told`, timestamp(CAST(`at` AS DATETIME), 'Europe/Berlin')) AS salus_recorded,
      `s`.`whose` AS salus_group,
      `who`,
      `at`,
      `told`,
      `over`,
      `over_told`,
      `amount`,
      `word`,
      `whose`
    FROM (
      SELECT
        `f`.`amount` AS `amount`,
        `f`.`at` AS `at`,
        `f`.`over` AS `over`,
        `f`.`over_told` AS `over_told`,
        `f`.`told` AS `told`,
        `f`.`who` AS `who`,
        `f`.`whose` AS `whose`,
        `f`.`word` AS `word`
      FROM `deals` AS f
      WHERE
        NOT `f`.`at` IS NULL AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS DATETIME)
    ) AS s
    WHERE
      NOT `who` IS NULL
  ) AS w
  WHERE
    `salus_k` < CAST('2024-07-01' AS DATE)
    AND `salus_e` >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

