SELECT
  `salus_entity`,
  GREATEST(`salus_k`, CAST('2024-06-01' AS DATE)) AS salus_k,
  CAST(COUNT(*) AS BIGINT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_k,
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
            WHEN NOT ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN NULL
            ELSE (
              GREATEST(
                CASE
                  WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`amount` AS DOUBLE)
                END,
                CAST(`units` AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
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
          WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
          THEN CAST(`amount` AS DOUBLE)
        END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CASE
        WHEN ABS(
          (
            (
              CASE
                WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`amount` AS DOUBLE)
              END
            ) * 1000000 - CAST(CAST((
              CASE
                WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`amount` AS DOUBLE)
              END
            ) * 1000000 AS BIGINT) AS DOUBLE)
          )
        ) >= CAST(0.5 AS DOUBLE)
        THEN CAST((
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 AS BIGINT) + CAST(SIGN(
          (
            CASE
              WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`amount` AS DOUBLE)
            END
          ) * 1000000
        ) AS BIGINT)
        ELSE CAST((
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 AS BIGINT)
      END
    ),
    0
  ) AS BIGINT) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_k,
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
            WHEN NOT ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN NULL
            ELSE (
              GREATEST(
                CASE
                  WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`amount` AS DOUBLE)
                END,
                CAST(`units` AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
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
    CAST(EXTRACT(DAY FROM `salus_e`) AS INT) - 1
  ) AS salus_month,
  CAST(BIT_OR(SHIFTLEFT(1, (
    CAST(EXTRACT(DAY FROM `salus_e`) AS INT) - 1
  ))) AS INT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_k,
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
            WHEN NOT ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN NULL
            ELSE (
              GREATEST(
                CASE
                  WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`amount` AS DOUBLE)
                END,
                CAST(`units` AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
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
  MIN(`salus_k`) FILTER(WHERE
    COALESCE((
      `flag`
    ), FALSE)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      GREATEST(
        CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
        COALESCE(
          CAST(`told` AS DATE),
          CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END,
        `at`
      ) AS salus_recorded,
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
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `i`.`nr`))
              ELSE `i`.`nr`
            END
            ORDER BY GREATEST(
              COALESCE(
                CASE
                  WHEN CAST(FROM_UTC_TIMESTAMP(
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    ),
                    'Europe/Berlin'
                  ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
                  THEN GREATEST(
                    TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    )
                  )
                  ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
                END,
                `at`
              ),
              `at`
            ) NULLS LAST, `at` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`amount` AS DOUBLE)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`ref` AS DOUBLE)
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
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `d`.`nr`))
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
        WHEN `who` LIKE '%.0%' AND REGEXP_LIKE(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `who`))
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      GREATEST(
        CAST(`at` AS DATE),
        COALESCE(
          CAST(CAST(FROM_UTC_TIMESTAMP(`told`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
          CAST(`at` AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        `told`,
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`at` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END
      ) AS salus_recorded,
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
        ELSE GREATEST(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          COALESCE(
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
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP_NTZ)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP_NTZ)
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
  UNIX_MICROS(CAST(CAST(`salus_time` AS TIMESTAMP_NTZ) AS TIMESTAMP)) AS salus_time,
  UNIX_MICROS(CAST(CAST(`salus_recorded` AS TIMESTAMP_NTZ) AS TIMESTAMP)) AS salus_recorded,
  CASE
    WHEN ABS(
      (
        (
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 - CAST(CAST((
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 AS BIGINT) AS DOUBLE)
      )
    ) >= CAST(0.5 AS DOUBLE)
    THEN CAST((
      CASE
        WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
        THEN CAST(`amount` AS DOUBLE)
      END
    ) * 1000000 AS BIGINT) + CAST(SIGN(
      (
        CASE
          WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
          THEN CAST(`amount` AS DOUBLE)
        END
      ) * 1000000
    ) AS BIGINT)
    ELSE CAST((
      CASE
        WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
        THEN CAST(`amount` AS DOUBLE)
      END
    ) * 1000000 AS BIGINT)
  END AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      GREATEST(
        CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
        COALESCE(
          CAST(`told` AS DATE),
          CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END,
        `at`
      ) AS salus_recorded,
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
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `i`.`nr`))
              ELSE `i`.`nr`
            END
            ORDER BY GREATEST(
              COALESCE(
                CASE
                  WHEN CAST(FROM_UTC_TIMESTAMP(
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    ),
                    'Europe/Berlin'
                  ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
                  THEN GREATEST(
                    TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    )
                  )
                  ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
                END,
                `at`
              ),
              `at`
            ) NULLS LAST, `at` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`amount` AS DOUBLE)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`ref` AS DOUBLE)
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
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `d`.`nr`))
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
      WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
      THEN CAST(`amount` AS DOUBLE)
    END
  ) IS NULL;

SELECT
  `salus_entity`,
  GREATEST(`salus_k`, CAST('2024-06-01' AS DATE)) AS salus_k,
  MAX(`salus_e`) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      GREATEST(
        CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
        COALESCE(
          CAST(`told` AS DATE),
          CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END,
        `at`
      ) AS salus_recorded,
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
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `i`.`nr`))
              ELSE `i`.`nr`
            END
            ORDER BY GREATEST(
              COALESCE(
                CASE
                  WHEN CAST(FROM_UTC_TIMESTAMP(
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    ),
                    'Europe/Berlin'
                  ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
                  THEN GREATEST(
                    TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    )
                  )
                  ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
                END,
                `at`
              ),
              `at`
            ) NULLS LAST, `at` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`amount` AS DOUBLE)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`ref` AS DOUBLE)
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
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `d`.`nr`))
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
          WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
          THEN CAST(`amount` AS DOUBLE)
        END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CASE
        WHEN ABS(
          (
            (
              CASE
                WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`amount` AS DOUBLE)
              END
            ) * 1000000 - CAST(CAST((
              CASE
                WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`amount` AS DOUBLE)
              END
            ) * 1000000 AS BIGINT) AS DOUBLE)
          )
        ) >= CAST(0.5 AS DOUBLE)
        THEN CAST((
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 AS BIGINT) + CAST(SIGN(
          (
            CASE
              WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`amount` AS DOUBLE)
            END
          ) * 1000000
        ) AS BIGINT)
        ELSE CAST((
          CASE
            WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN CAST(`amount` AS DOUBLE)
          END
        ) * 1000000 AS BIGINT)
      END
    ),
    0
  ) AS BIGINT) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `who` LIKE '%.0%' AND REGEXP_LIKE(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `who`))
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      GREATEST(
        CAST(`at` AS DATE),
        COALESCE(
          CAST(CAST(FROM_UTC_TIMESTAMP(`told`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
          CAST(`at` AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        `told`,
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`at` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END
      ) AS salus_recorded,
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
        ELSE GREATEST(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          COALESCE(
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
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP_NTZ)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP_NTZ)
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
  CAST(COUNT(*) AS BIGINT) AS c0
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
            ORDER BY `x`.`salus_step` NULLS LAST
            RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
          )
        END AS salus_end,
        CASE
          WHEN `x`.`salus_group` IS NULL
          THEN CAST(NULL AS DATE)
          ELSE MIN(`x`.`salus_e`) OVER (
            PARTITION BY `x`.`salus_entity`, `x`.`salus_group`
            ORDER BY `x`.`salus_step` NULLS LAST
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
          ) AS BIGINT) AS salus_step
        FROM (
          SELECT
            CASE
              WHEN `who` LIKE '%.0%' AND REGEXP_LIKE(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `who`))
              ELSE `who`
            END AS salus_entity,
            CAST(`at` AS DATE) AS salus_e,
            GREATEST(
              CAST(`at` AS DATE),
              COALESCE(
                CAST(CAST(FROM_UTC_TIMESTAMP(`told`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
                CAST(`at` AS DATE)
              )
            ) AS salus_k,
            `at` AS salus_time,
            COALESCE(
              `told`,
              CASE
                WHEN CAST(FROM_UTC_TIMESTAMP(
                  (
                    TO_UTC_TIMESTAMP((
                      CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                    ), 'Europe/Berlin') - INTERVAL '25' HOUR
                  ),
                  'Europe/Berlin'
                ) AS TIMESTAMP_NTZ) = CAST(`at` AS TIMESTAMP_NTZ)
                THEN GREATEST(
                  TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                  (
                    TO_UTC_TIMESTAMP((
                      CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                    ), 'Europe/Berlin') - INTERVAL '25' HOUR
                  )
                )
                ELSE TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin')
              END
            ) AS salus_recorded,
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
              NOT `f`.`at` IS NULL
              AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP_NTZ)
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
          WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
          THEN CAST(`days` AS DOUBLE)
        END
      ) IS NULL
      AND NOT (
        CASE
          WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
          THEN CAST(`rate` AS DOUBLE)
        END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CASE
        WHEN ABS(
          (
            (
              (
                (
                  CASE
                    WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`days` AS DOUBLE)
                  END
                ) * (
                  CASE
                    WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`rate` AS DOUBLE)
                  END
                )
              )
            ) * 1000000 - CAST(CAST((
              (
                (
                  CASE
                    WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`days` AS DOUBLE)
                  END
                ) * (
                  CASE
                    WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`rate` AS DOUBLE)
                  END
                )
              )
            ) * 1000000 AS BIGINT) AS DOUBLE)
          )
        ) >= CAST(0.5 AS DOUBLE)
        THEN CAST((
          (
            (
              CASE
                WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`days` AS DOUBLE)
              END
            ) * (
              CASE
                WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`rate` AS DOUBLE)
              END
            )
          )
        ) * 1000000 AS BIGINT) + CAST(SIGN(
          (
            (
              (
                CASE
                  WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`days` AS DOUBLE)
                END
              ) * (
                CASE
                  WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`rate` AS DOUBLE)
                END
              )
            )
          ) * 1000000
        ) AS BIGINT)
        ELSE CAST((
          (
            (
              CASE
                WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`days` AS DOUBLE)
              END
            ) * (
              CASE
                WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`rate` AS DOUBLE)
              END
            )
          )
        ) * 1000000 AS BIGINT)
      END
    ),
    0
  ) AS BIGINT) AS c1,
  CAST(COALESCE(
    SUM(
      CASE
        WHEN ABS(
          (
            (
              CASE
                WHEN NOT (
                  CASE
                    WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`days` AS DOUBLE)
                  END
                ) IS NULL
                THEN CASE
                  WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`rate` AS DOUBLE)
                END
              END
            ) * 1000000 - CAST(CAST((
              CASE
                WHEN NOT (
                  CASE
                    WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                    THEN CAST(`days` AS DOUBLE)
                  END
                ) IS NULL
                THEN CASE
                  WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`rate` AS DOUBLE)
                END
              END
            ) * 1000000 AS BIGINT) AS DOUBLE)
          )
        ) >= CAST(0.5 AS DOUBLE)
        THEN CAST((
          CASE
            WHEN NOT (
              CASE
                WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`days` AS DOUBLE)
              END
            ) IS NULL
            THEN CASE
              WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`rate` AS DOUBLE)
            END
          END
        ) * 1000000 AS BIGINT) + CAST(SIGN(
          (
            CASE
              WHEN NOT (
                CASE
                  WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`days` AS DOUBLE)
                END
              ) IS NULL
              THEN CASE
                WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`rate` AS DOUBLE)
              END
            END
          ) * 1000000
        ) AS BIGINT)
        ELSE CAST((
          CASE
            WHEN NOT (
              CASE
                WHEN ABS(CAST(`days` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`days` AS DOUBLE)
              END
            ) IS NULL
            THEN CASE
              WHEN ABS(CAST(`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`rate` AS DOUBLE)
            END
          END
        ) * 1000000 AS BIGINT)
      END
    ),
    0
  ) AS BIGINT) AS c2
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN `owner` LIKE '%.0%' AND REGEXP_LIKE(`owner`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `owner`))
        ELSE `owner`
      END AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_k,
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
            UNIX_MICROS(CAST(CAST(`over` AS TIMESTAMP_NTZ) AS TIMESTAMP)) - UNIX_MICROS(
              CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS TIMESTAMP)
            )
          ) AS DOUBLE) / CAST(86400000000 AS DOUBLE)
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
                WHEN ABS(CAST(`l`.`rate` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`l`.`rate` AS DOUBLE)
              END NULLS LAST, CASE
                WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`l`.`ref` AS DOUBLE)
              END NULLS LAST, `l`.`since` NULLS LAST
            ) AS salus_n
          FROM (
            SELECT
              *,
              MONOTONICALLY_INCREASING_ID() AS salus_fact
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
                WHEN ABS(CAST(`f`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`f`.`ref` AS DOUBLE)
              END = RINT(
                CASE
                  WHEN ABS(CAST(`f`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`f`.`ref` AS DOUBLE)
                END
              )
              AND ABS(
                CASE
                  WHEN ABS(CAST(`f`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`f`.`ref` AS DOUBLE)
                END
              ) < 1000000000000000.0
              THEN CAST(CAST(CASE
                WHEN ABS(CAST(`f`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`f`.`ref` AS DOUBLE)
              END AS BIGINT) AS STRING)
              WHEN NOT (
                CASE
                  WHEN ABS(CAST(`f`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`f`.`ref` AS DOUBLE)
                END
              ) IS NULL
              THEN CAST(`f`.`ref` AS STRING)
            END = CASE
              WHEN CASE
                WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`l`.`ref` AS DOUBLE)
              END = RINT(
                CASE
                  WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`l`.`ref` AS DOUBLE)
                END
              )
              AND ABS(
                CASE
                  WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`l`.`ref` AS DOUBLE)
                END
              ) < 1000000000000000.0
              THEN CAST(CAST(CASE
                WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                THEN CAST(`l`.`ref` AS DOUBLE)
              END AS BIGINT) AS STRING)
              WHEN NOT (
                CASE
                  WHEN ABS(CAST(`l`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`l`.`ref` AS DOUBLE)
                END
              ) IS NULL
              THEN CAST(`l`.`ref` AS STRING)
            END
            AND CASE
              WHEN CAST(FROM_UTC_TIMESTAMP(
                (
                  TO_UTC_TIMESTAMP((
                    CAST(`l`.`since` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                  ), 'Europe/Berlin') - INTERVAL '25' HOUR
                ),
                'Europe/Berlin'
              ) AS TIMESTAMP_NTZ) = CAST(`l`.`since` AS TIMESTAMP_NTZ)
              THEN GREATEST(
                TO_UTC_TIMESTAMP(CAST(`l`.`since` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                (
                  TO_UTC_TIMESTAMP((
                    CAST(`l`.`since` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                  ), 'Europe/Berlin') - INTERVAL '25' HOUR
                )
              )
              ELSE TO_UTC_TIMESTAMP(CAST(`l`.`since` AS TIMESTAMP_NTZ), 'Europe/Berlin')
            END <= `f`.`at`
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
  CAST(COUNT(*) AS BIGINT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      GREATEST(
        CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
        COALESCE(
          CAST(`told` AS DATE),
          CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END,
        `at`
      ) AS salus_recorded,
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
              WHEN `i`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`i`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `i`.`nr`))
              ELSE `i`.`nr`
            END
            ORDER BY GREATEST(
              COALESCE(
                CASE
                  WHEN CAST(FROM_UTC_TIMESTAMP(
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    ),
                    'Europe/Berlin'
                  ) AS TIMESTAMP_NTZ) = CAST(`told` AS TIMESTAMP_NTZ)
                  THEN GREATEST(
                    TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
                    (
                      TO_UTC_TIMESTAMP((
                        CAST(`told` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
                      ), 'Europe/Berlin') - INTERVAL '25' HOUR
                    )
                  )
                  ELSE TO_UTC_TIMESTAMP(CAST(`told` AS TIMESTAMP_NTZ), 'Europe/Berlin')
                END,
                `at`
              ),
              `at`
            ) NULLS LAST, `at` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`amount` AS DOUBLE)
            END NULLS LAST, `i`.`at` NULLS LAST, `i`.`flag` NULLS LAST, `i`.`nr` NULLS LAST, `i`.`over` NULLS LAST, CASE
              WHEN ABS(CAST(`i`.`ref` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
              THEN CAST(`i`.`ref` AS DOUBLE)
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
            WHEN `d`.`nr` LIKE '%.0%' AND REGEXP_LIKE(`d`.`nr`, '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `d`.`nr`))
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
  UNIX_MICROS(CAST(CAST(`salus_time` AS TIMESTAMP_NTZ) AS TIMESTAMP)) AS salus_time,
  UNIX_MICROS(CAST(CAST(`salus_recorded` AS TIMESTAMP_NTZ) AS TIMESTAMP)) AS salus_recorded,
  `word` AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(`who` AS STRING) AS salus_entity,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_e,
      CAST(CAST(FROM_UTC_TIMESTAMP(`at`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE) AS salus_k,
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
            WHEN NOT ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
            THEN NULL
            ELSE (
              GREATEST(
                CASE
                  WHEN ABS(CAST(`amount` AS DOUBLE)) < CAST('Infinity' AS DOUBLE)
                  THEN CAST(`amount` AS DOUBLE)
                END,
                CAST(`units` AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
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
        WHEN `who` LIKE '%.0%' AND REGEXP_LIKE(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `who`))
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      GREATEST(
        CAST(`at` AS DATE),
        COALESCE(
          CAST(CAST(FROM_UTC_TIMESTAMP(`told`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
          CAST(`at` AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        `told`,
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`at` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END
      ) AS salus_recorded,
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
        ELSE GREATEST(
          CASE
            WHEN CAST(`over` AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST(`over` AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST(`over` AS DATE)
          END,
          COALESCE(
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
        AND `f`.`at` < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP_NTZ)
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP_NTZ)
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
        WHEN `who` LIKE '%.0%' AND REGEXP_LIKE(`who`, '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `who`))
        ELSE `who`
      END AS salus_entity,
      CAST(`at` AS DATE) AS salus_e,
      GREATEST(
        CAST(`at` AS DATE),
        COALESCE(
          CAST(CAST(FROM_UTC_TIMESTAMP(`told`, 'Europe/Berlin') AS TIMESTAMP_NTZ) AS DATE),
          CAST(`at` AS DATE)
        )
      ) AS salus_k,
      `at` AS salus_time,
      COALESCE(
        `told`,
        CASE
          WHEN CAST(FROM_UTC_TIMESTAMP(
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            ),
            'Europe/Berlin'
          ) AS TIMESTAMP_NTZ) = CAST(`at` AS TIMESTAMP_NTZ)
          THEN GREATEST(
            TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin'),
            (
              TO_UTC_TIMESTAMP((
                CAST(`at` AS TIMESTAMP_NTZ) + INTERVAL '25' HOUR
              ), 'Europe/Berlin') - INTERVAL '25' HOUR
            )
          )
          ELSE TO_UTC_TIMESTAMP(CAST(`at` AS TIMESTAMP_NTZ), 'Europe/Berlin')
        END
      ) AS salus_recorded,
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
        NOT `f`.`at` IS NULL
        AND `f`.`at` >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP_NTZ)
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

