SELECT
  "salus_entity",
  GREATEST("salus_k", CAST('2024-06-01' AS DATE)) AS salus_k,
  CAST(COUNT(*) AS BIGINT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_k,
      "at" AS salus_time,
      "at" AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."flag" AS "flag",
        "f"."nr" AS "nr",
        "f"."over" AS "over",
        "f"."ref" AS "ref",
        "f"."told" AS "told",
        "f"."units" AS "units",
        "f"."who" AS "who",
        "f"."word" AS "word"
      FROM "events" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMPTZ)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMPTZ)
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT ISFINITE(CAST("amount" AS DOUBLE))
            THEN NULL
            ELSE (
              GREATEST(
                CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END,
                CAST("units" AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CAST(ROUND(
        (
          CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
        ) * 1000000
      ) AS BIGINT)
    ),
    0
  ) AS BIGINT) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_k,
      "at" AS salus_time,
      "at" AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."flag" AS "flag",
        "f"."nr" AS "nr",
        "f"."over" AS "over",
        "f"."ref" AS "ref",
        "f"."told" AS "told",
        "f"."units" AS "units",
        "f"."who" AS "who",
        "f"."word" AS "word"
      FROM "events" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMPTZ)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMPTZ)
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT ISFINITE(CAST("amount" AS DOUBLE))
            THEN NULL
            ELSE (
              GREATEST(
                CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END,
                CAST("units" AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "word" AS key,
  "salus_e" - (
    CAST(EXTRACT(DAY FROM "salus_e") AS INT) - 1
  ) AS salus_month,
  CAST(BIT_OR(1 << (
    CAST(EXTRACT(DAY FROM "salus_e") AS INT) - 1
  )) AS INT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_k,
      "at" AS salus_time,
      "at" AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."flag" AS "flag",
        "f"."nr" AS "nr",
        "f"."over" AS "over",
        "f"."ref" AS "ref",
        "f"."told" AS "told",
        "f"."units" AS "units",
        "f"."who" AS "who",
        "f"."word" AS "word"
      FROM "events" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMPTZ)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMPTZ)
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT ISFINITE(CAST("amount" AS DOUBLE))
            THEN NULL
            ELSE (
              GREATEST(
                CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END,
                CAST("units" AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    "word"
  ) IS NULL
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "word" AS key,
  "salus_e",
  CASE
    WHEN "salus_k" < CAST('2024-05-01' AS DATE)
    THEN 0
    WHEN "salus_k" < CAST('2024-06-01' AS DATE)
    THEN 1
    ELSE 2
  END AS salus_piece,
  MIN("salus_k") FILTER(WHERE
    COALESCE((
      "flag"
    ), FALSE)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      GREATEST(
        CAST(TIMEZONE('Europe/Berlin', "at") AS DATE),
        COALESCE(CAST("told" AS DATE), CAST(TIMEZONE('Europe/Berlin', "at") AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at") AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "nr",
        "who",
        "at",
        "told",
        "over",
        "amount",
        "units",
        "word",
        "flag",
        "ref"
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN "i"."nr" LIKE '%.0%' AND REGEXP_MATCHES("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM("i"."nr", '0'), '.')
              ELSE "i"."nr"
            END
            ORDER BY GREATEST(COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at"), "at"), "at", CASE
              WHEN ISFINITE(CAST("i"."amount" AS DOUBLE))
              THEN CAST("i"."amount" AS DOUBLE)
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE WHEN ISFINITE(CAST("i"."ref" AS DOUBLE)) THEN CAST("i"."ref" AS DOUBLE) END, "i"."told", "i"."units", "i"."who", "i"."word"
          ) AS salus_n
        FROM (
          SELECT
            "f"."amount" AS "amount",
            "f"."at" AS "at",
            "f"."flag" AS "flag",
            "f"."nr" AS "nr",
            "f"."over" AS "over",
            "f"."ref" AS "ref",
            "f"."told" AS "told",
            "f"."units" AS "units",
            "f"."who" AS "who",
            "f"."word" AS "word"
          FROM "events" AS f
          WHERE
            NOT "f"."at" IS NULL
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND REGEXP_MATCHES("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM("d"."nr", '0'), '.')
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    "word"
  ) IS NULL
GROUP BY
  1,
  2,
  3,
  4;

SELECT
  "salus_entity",
  "word" AS key,
  "salus_e",
  "salus_k",
  "salus_end",
  MIN("salus_k") AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "who" LIKE '%.0%' AND REGEXP_MATCHES("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM("who", '0'), '.')
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS DATE) AS salus_e,
      GREATEST(
        CAST("at" AS DATE),
        COALESCE(CAST(TIMEZONE('Europe/Berlin', "told") AS DATE), CAST("at" AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE("told", TIMEZONE('Europe/Berlin', CAST("at" AS TIMESTAMP))) AS salus_recorded,
      CASE
        WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST("over" AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST("over" AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST(
          CASE
            WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST("over" AS DATE)
          END,
          COALESCE(
            "over_told",
            CASE
              WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST("over" AS DATE)
            END
          )
        )
      END AS salus_end,
      "who",
      "at",
      "told",
      "over",
      "over_told",
      "amount",
      "word",
      "whose"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."over" AS "over",
        "f"."over_told" AS "over_told",
        "f"."told" AS "told",
        "f"."who" AS "who",
        "f"."whose" AS "whose",
        "f"."word" AS "word"
      FROM "deals" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT "who" IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    "word"
  ) IS NULL
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  EPOCH_US(CAST("salus_time" AS TIMESTAMP)) AS salus_time,
  EPOCH_US(CAST("salus_recorded" AS TIMESTAMP)) AS salus_recorded,
  CAST(ROUND(
    (
      CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
    ) * 1000000
  ) AS BIGINT) AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      GREATEST(
        CAST(TIMEZONE('Europe/Berlin', "at") AS DATE),
        COALESCE(CAST("told" AS DATE), CAST(TIMEZONE('Europe/Berlin', "at") AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at") AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "nr",
        "who",
        "at",
        "told",
        "over",
        "amount",
        "units",
        "word",
        "flag",
        "ref"
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN "i"."nr" LIKE '%.0%' AND REGEXP_MATCHES("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM("i"."nr", '0'), '.')
              ELSE "i"."nr"
            END
            ORDER BY GREATEST(COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at"), "at"), "at", CASE
              WHEN ISFINITE(CAST("i"."amount" AS DOUBLE))
              THEN CAST("i"."amount" AS DOUBLE)
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE WHEN ISFINITE(CAST("i"."ref" AS DOUBLE)) THEN CAST("i"."ref" AS DOUBLE) END, "i"."told", "i"."units", "i"."who", "i"."word"
          ) AS salus_n
        FROM (
          SELECT
            "f"."amount" AS "amount",
            "f"."at" AS "at",
            "f"."flag" AS "flag",
            "f"."nr" AS "nr",
            "f"."over" AS "over",
            "f"."ref" AS "ref",
            "f"."told" AS "told",
            "f"."units" AS "units",
            "f"."who" AS "who",
            "f"."word" AS "word"
          FROM "events" AS f
          WHERE
            NOT "f"."at" IS NULL
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND REGEXP_MATCHES("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM("d"."nr", '0'), '.')
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
  ) IS NULL;

SELECT
  "salus_entity",
  GREATEST("salus_k", CAST('2024-06-01' AS DATE)) AS salus_k,
  MAX("salus_e") AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      GREATEST(
        CAST(TIMEZONE('Europe/Berlin', "at") AS DATE),
        COALESCE(CAST("told" AS DATE), CAST(TIMEZONE('Europe/Berlin', "at") AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at") AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "nr",
        "who",
        "at",
        "told",
        "over",
        "amount",
        "units",
        "word",
        "flag",
        "ref"
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN "i"."nr" LIKE '%.0%' AND REGEXP_MATCHES("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM("i"."nr", '0'), '.')
              ELSE "i"."nr"
            END
            ORDER BY GREATEST(COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at"), "at"), "at", CASE
              WHEN ISFINITE(CAST("i"."amount" AS DOUBLE))
              THEN CAST("i"."amount" AS DOUBLE)
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE WHEN ISFINITE(CAST("i"."ref" AS DOUBLE)) THEN CAST("i"."ref" AS DOUBLE) END, "i"."told", "i"."units", "i"."who", "i"."word"
          ) AS salus_n
        FROM (
          SELECT
            "f"."amount" AS "amount",
            "f"."at" AS "at",
            "f"."flag" AS "flag",
            "f"."nr" AS "nr",
            "f"."over" AS "over",
            "f"."ref" AS "ref",
            "f"."told" AS "told",
            "f"."units" AS "units",
            "f"."who" AS "who",
            "f"."word" AS "word"
          FROM "events" AS f
          WHERE
            NOT "f"."at" IS NULL
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND REGEXP_MATCHES("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM("d"."nr", '0'), '.')
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  "salus_u",
  "salus_end",
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CAST(ROUND(
        (
          CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END
        ) * 1000000
      ) AS BIGINT)
    ),
    0
  ) AS BIGINT) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "who" LIKE '%.0%' AND REGEXP_MATCHES("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM("who", '0'), '.')
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS DATE) AS salus_e,
      GREATEST(
        CAST("at" AS DATE),
        COALESCE(CAST(TIMEZONE('Europe/Berlin', "told") AS DATE), CAST("at" AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE("told", TIMEZONE('Europe/Berlin', CAST("at" AS TIMESTAMP))) AS salus_recorded,
      CASE
        WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST("over" AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST("over" AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST(
          CASE
            WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST("over" AS DATE)
          END,
          COALESCE(
            "over_told",
            CASE
              WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST("over" AS DATE)
            END
          )
        )
      END AS salus_end,
      "who",
      "at",
      "told",
      "over",
      "over_told",
      "amount",
      "word",
      "whose"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."over" AS "over",
        "f"."over_told" AS "over_told",
        "f"."told" AS "told",
        "f"."who" AS "who",
        "f"."whose" AS "whose",
        "f"."word" AS "word"
      FROM "deals" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT "who" IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  "salus_end" IS NULL OR "salus_end" > CAST('2024-06-01' AS DATE)
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  "salus_u",
  "salus_end",
  CAST(COUNT(*) AS BIGINT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      "x"."salus_entity",
      "x"."salus_e",
      "x"."salus_time",
      "x"."salus_recorded",
      "x"."salus_group",
      "x"."who",
      "x"."at",
      "x"."told",
      "x"."over",
      "x"."over_told",
      "x"."amount",
      "x"."word",
      "x"."whose",
      "x"."salus_k",
      "x"."salus_end",
      "x"."salus_next_e" AS salus_u
    FROM (
      SELECT
        "x"."salus_entity",
        "x"."salus_e",
        "x"."salus_time",
        "x"."salus_recorded",
        "x"."salus_group",
        "x"."who",
        "x"."at",
        "x"."told",
        "x"."over",
        "x"."over_told",
        "x"."amount",
        "x"."word",
        "x"."whose",
        "x"."salus_k",
        CASE
          WHEN "x"."salus_group" IS NULL
          THEN CAST(NULL AS DATE)
          ELSE MIN("x"."salus_k") OVER (
            PARTITION BY "x"."salus_entity", "x"."salus_group"
            ORDER BY "x"."salus_step"
            RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
          )
        END AS salus_end,
        CASE
          WHEN "x"."salus_group" IS NULL
          THEN CAST(NULL AS DATE)
          ELSE MIN("x"."salus_e") OVER (
            PARTITION BY "x"."salus_entity", "x"."salus_group"
            ORDER BY "x"."salus_step"
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING
          )
        END AS salus_next_e
      FROM (
        SELECT
          "x"."salus_entity",
          "x"."salus_e",
          "x"."salus_time",
          "x"."salus_recorded",
          "x"."salus_group",
          "x"."who",
          "x"."at",
          "x"."told",
          "x"."over",
          "x"."over_told",
          "x"."amount",
          "x"."word",
          "x"."whose",
          "x"."salus_k",
          CAST(DENSE_RANK() OVER (
            PARTITION BY "x"."salus_entity", "x"."salus_group"
            ORDER BY "x"."salus_time", "x"."salus_recorded"
          ) AS BIGINT) AS salus_step
        FROM (
          SELECT
            CASE
              WHEN "who" LIKE '%.0%' AND REGEXP_MATCHES("who", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM("who", '0'), '.')
              ELSE "who"
            END AS salus_entity,
            CAST("at" AS DATE) AS salus_e,
            GREATEST(
              CAST("at" AS DATE),
              COALESCE(CAST(TIMEZONE('Europe/Berlin', "told") AS DATE), CAST("at" AS DATE))
            ) AS salus_k,
            "at" AS salus_time,
            COALESCE("told", TIMEZONE('Europe/Berlin', CAST("at" AS TIMESTAMP))) AS salus_recorded,
            "s"."whose" AS salus_group,
            "who",
            "at",
            "told",
            "over",
            "over_told",
            "amount",
            "word",
            "whose"
          FROM (
            SELECT
              "f"."amount" AS "amount",
              "f"."at" AS "at",
              "f"."over" AS "over",
              "f"."over_told" AS "over_told",
              "f"."told" AS "told",
              "f"."who" AS "who",
              "f"."whose" AS "whose",
              "f"."word" AS "word"
            FROM "deals" AS f
            WHERE
              NOT "f"."at" IS NULL
              AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
          ) AS s
          WHERE
            NOT "who" IS NULL
        ) AS x
      ) AS x
    ) AS x
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  "salus_end" IS NULL OR "salus_end" > CAST('2024-06-01' AS DATE)
GROUP BY
  1,
  2,
  3,
  4,
  5;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  CAST(COUNT(
    CASE
      WHEN NOT (
        CASE WHEN ISFINITE(CAST("days" AS DOUBLE)) THEN CAST("days" AS DOUBLE) END
      ) IS NULL
      AND NOT (
        CASE WHEN ISFINITE(CAST("rate" AS DOUBLE)) THEN CAST("rate" AS DOUBLE) END
      ) IS NULL
      THEN 1
    END
  ) AS BIGINT) AS c0,
  CAST(COALESCE(
    SUM(
      CAST(ROUND(
        (
          (
            (
              CASE WHEN ISFINITE(CAST("days" AS DOUBLE)) THEN CAST("days" AS DOUBLE) END
            ) * (
              CASE WHEN ISFINITE(CAST("rate" AS DOUBLE)) THEN CAST("rate" AS DOUBLE) END
            )
          )
        ) * 1000000
      ) AS BIGINT)
    ),
    0
  ) AS BIGINT) AS c1,
  CAST(COALESCE(
    SUM(
      CAST(ROUND(
        (
          CASE
            WHEN NOT (
              CASE WHEN ISFINITE(CAST("days" AS DOUBLE)) THEN CAST("days" AS DOUBLE) END
            ) IS NULL
            THEN CASE WHEN ISFINITE(CAST("rate" AS DOUBLE)) THEN CAST("rate" AS DOUBLE) END
          END
        ) * 1000000
      ) AS BIGINT)
    ),
    0
  ) AS BIGINT) AS c2
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "owner" LIKE '%.0%' AND REGEXP_MATCHES("owner", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM("owner", '0'), '.')
        ELSE "owner"
      END AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_k,
      "at" AS salus_time,
      "at" AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref",
      "since",
      "rate",
      "owner",
      "days"
    FROM (
      SELECT
        *,
        (
          CAST((
            EPOCH_US(CAST("over" AS TIMESTAMP)) - EPOCH_US(TIMEZONE('Europe/Berlin', "at"))
          ) AS DOUBLE) / CAST(86400000000 AS DOUBLE)
        ) AS "days"
      FROM (
        SELECT
          "j"."amount",
          "j"."at",
          "j"."flag",
          "j"."nr",
          "j"."over",
          "j"."owner",
          "j"."rate",
          "j"."ref",
          "j"."since",
          "j"."told",
          "j"."units",
          "j"."who",
          "j"."word"
        FROM (
          SELECT
            "f"."amount",
            "f"."at",
            "f"."flag",
            "f"."nr",
            "f"."over",
            "f"."ref",
            "f"."told",
            "f"."units",
            "f"."who",
            "f"."word",
            "l"."owner",
            "l"."rate",
            "l"."since",
            ROW_NUMBER() OVER (
              PARTITION BY "f"."salus_fact"
              ORDER BY "l"."since" DESC, "l"."owner", CASE WHEN ISFINITE(CAST("l"."rate" AS DOUBLE)) THEN CAST("l"."rate" AS DOUBLE) END, CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END, "l"."since"
            ) AS salus_n
          FROM (
            SELECT
              *,
              ROW_NUMBER() OVER () AS salus_fact
            FROM (
              SELECT
                "f"."amount" AS "amount",
                "f"."at" AS "at",
                "f"."flag" AS "flag",
                "f"."nr" AS "nr",
                "f"."over" AS "over",
                "f"."ref" AS "ref",
                "f"."told" AS "told",
                "f"."units" AS "units",
                "f"."who" AS "who",
                "f"."word" AS "word"
              FROM "events" AS f
              WHERE
                NOT "f"."at" IS NULL
                AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMPTZ)
                AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMPTZ)
            ) AS b
          ) AS f
          LEFT JOIN "refs" AS l
            ON CASE
              WHEN CASE WHEN ISFINITE(CAST("f"."ref" AS DOUBLE)) THEN CAST("f"."ref" AS DOUBLE) END = TRUNC(CASE WHEN ISFINITE(CAST("f"."ref" AS DOUBLE)) THEN CAST("f"."ref" AS DOUBLE) END)
              AND ABS(CASE WHEN ISFINITE(CAST("f"."ref" AS DOUBLE)) THEN CAST("f"."ref" AS DOUBLE) END) < 1000000000000000.0
              THEN CAST(CAST(CASE WHEN ISFINITE(CAST("f"."ref" AS DOUBLE)) THEN CAST("f"."ref" AS DOUBLE) END AS BIGINT) AS TEXT)
              WHEN NOT (
                CASE WHEN ISFINITE(CAST("f"."ref" AS DOUBLE)) THEN CAST("f"."ref" AS DOUBLE) END
              ) IS NULL
              THEN CAST("f"."ref" AS TEXT)
            END = CASE
              WHEN CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END = TRUNC(CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END)
              AND ABS(CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END) < 1000000000000000.0
              THEN CAST(CAST(CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END AS BIGINT) AS TEXT)
              WHEN NOT (
                CASE WHEN ISFINITE(CAST("l"."ref" AS DOUBLE)) THEN CAST("l"."ref" AS DOUBLE) END
              ) IS NULL
              THEN CAST("l"."ref" AS TEXT)
            END
            AND TIMEZONE('Europe/Berlin', CAST("l"."since" AS TIMESTAMP)) <= "f"."at"
        ) AS j
        WHERE
          "j"."salus_n" = 1
      ) AS c
    ) AS s
    WHERE
      NOT "owner" IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  CAST(COUNT(*) AS BIGINT) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      GREATEST(
        CAST(TIMEZONE('Europe/Berlin', "at") AS DATE),
        COALESCE(CAST("told" AS DATE), CAST(TIMEZONE('Europe/Berlin', "at") AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at") AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "nr",
        "who",
        "at",
        "told",
        "over",
        "amount",
        "units",
        "word",
        "flag",
        "ref"
      FROM (
        SELECT
          *,
          ROW_NUMBER() OVER (
            PARTITION BY CASE
              WHEN "i"."nr" LIKE '%.0%' AND REGEXP_MATCHES("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN RTRIM(RTRIM("i"."nr", '0'), '.')
              ELSE "i"."nr"
            END
            ORDER BY GREATEST(COALESCE(TIMEZONE('Europe/Berlin', CAST("told" AS TIMESTAMP)), "at"), "at"), "at", CASE
              WHEN ISFINITE(CAST("i"."amount" AS DOUBLE))
              THEN CAST("i"."amount" AS DOUBLE)
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE WHEN ISFINITE(CAST("i"."ref" AS DOUBLE)) THEN CAST("i"."ref" AS DOUBLE) END, "i"."told", "i"."units", "i"."who", "i"."word"
          ) AS salus_n
        FROM (
          SELECT
            "f"."amount" AS "amount",
            "f"."at" AS "at",
            "f"."flag" AS "flag",
            "f"."nr" AS "nr",
            "f"."over" AS "over",
            "f"."ref" AS "ref",
            "f"."told" AS "told",
            "f"."units" AS "units",
            "f"."who" AS "who",
            "f"."word" AS "word"
          FROM "events" AS f
          WHERE
            NOT "f"."at" IS NULL
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND REGEXP_MATCHES("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN RTRIM(RTRIM("d"."nr", '0'), '.')
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  EPOCH_US(CAST("salus_time" AS TIMESTAMP)) AS salus_time,
  EPOCH_US(CAST("salus_recorded" AS TIMESTAMP)) AS salus_recorded,
  "word" AS value,
  TRUE AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS TEXT) AS salus_entity,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_e,
      CAST(TIMEZONE('Europe/Berlin', "at") AS DATE) AS salus_k,
      "at" AS salus_time,
      "at" AS salus_recorded,
      "nr",
      "who",
      "at",
      "told",
      "over",
      "amount",
      "units",
      "word",
      "flag",
      "ref"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."flag" AS "flag",
        "f"."nr" AS "nr",
        "f"."over" AS "over",
        "f"."ref" AS "ref",
        "f"."told" AS "told",
        "f"."units" AS "units",
        "f"."who" AS "who",
        "f"."word" AS "word"
      FROM "events" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMPTZ)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMPTZ)
    ) AS s
    WHERE
      NOT (
        CAST("who" AS TEXT)
      ) IS NULL
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT ISFINITE(CAST("amount" AS DOUBLE))
            THEN NULL
            ELSE (
              GREATEST(
                CASE WHEN ISFINITE(CAST("amount" AS DOUBLE)) THEN CAST("amount" AS DOUBLE) END,
                CAST("units" AS DOUBLE)
              )
            ) > (
              CAST(0.0 AS DOUBLE)
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
WHERE
  NOT (
    "word"
  ) IS NULL;

SELECT
  "salus_entity",
  "salus_k",
  MAX("salus_e") AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "who" LIKE '%.0%' AND REGEXP_MATCHES("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM("who", '0'), '.')
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS DATE) AS salus_e,
      GREATEST(
        CAST("at" AS DATE),
        COALESCE(CAST(TIMEZONE('Europe/Berlin', "told") AS DATE), CAST("at" AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE("told", TIMEZONE('Europe/Berlin', CAST("at" AS TIMESTAMP))) AS salus_recorded,
      CASE
        WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
        AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
        THEN CAST("over" AS DATE)
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
          AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
          THEN CAST("over" AS DATE)
        END IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST(
          CASE
            WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
            AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
            THEN CAST("over" AS DATE)
          END,
          COALESCE(
            "over_told",
            CASE
              WHEN CAST("over" AS DATE) > CAST('1900-01-01' AS DATE)
              AND CAST("over" AS DATE) < CAST('9000-01-01' AS DATE)
              THEN CAST("over" AS DATE)
            END
          )
        )
      END AS salus_end,
      "who",
      "at",
      "told",
      "over",
      "over_told",
      "amount",
      "word",
      "whose"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."over" AS "over",
        "f"."over_told" AS "over_told",
        "f"."told" AS "told",
        "f"."who" AS "who",
        "f"."whose" AS "whose",
        "f"."word" AS "word"
      FROM "deals" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" < CAST(CAST('2024-07-03' AS DATE) AS TIMESTAMP)
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT "who" IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

SELECT
  "salus_entity",
  "salus_k",
  MAX("salus_e") AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "who" LIKE '%.0%' AND REGEXP_MATCHES("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN RTRIM(RTRIM("who", '0'), '.')
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS DATE) AS salus_e,
      GREATEST(
        CAST("at" AS DATE),
        COALESCE(CAST(TIMEZONE('Europe/Berlin', "told") AS DATE), CAST("at" AS DATE))
      ) AS salus_k,
      "at" AS salus_time,
      COALESCE("told", TIMEZONE('Europe/Berlin', CAST("at" AS TIMESTAMP))) AS salus_recorded,
      "s"."whose" AS salus_group,
      "who",
      "at",
      "told",
      "over",
      "over_told",
      "amount",
      "word",
      "whose"
    FROM (
      SELECT
        "f"."amount" AS "amount",
        "f"."at" AS "at",
        "f"."over" AS "over",
        "f"."over_told" AS "over_told",
        "f"."told" AS "told",
        "f"."who" AS "who",
        "f"."whose" AS "whose",
        "f"."word" AS "word"
      FROM "deals" AS f
      WHERE
        NOT "f"."at" IS NULL
        AND "f"."at" >= CAST(CAST('2023-12-30' AS DATE) AS TIMESTAMP)
    ) AS s
    WHERE
      NOT "who" IS NULL
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS DATE)
    AND "salus_e" >= CAST('2024-01-01' AS DATE)
) AS facts
GROUP BY
  1,
  2;

