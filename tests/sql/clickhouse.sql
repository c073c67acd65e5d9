SELECT
  "salus_entity",
  greatest("salus_k", CAST('2024-06-01' AS Nullable(Date32))) AS salus_k,
  accurateCast(COUNT(*), 'Nullable(Int64)') AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_k,
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT isFinite(CAST("amount" AS Nullable(Float64)))
            THEN NULL
            ELSE (
              greatest(
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END,
                CAST("units" AS Nullable(Float64))
              )
            ) > (
              CAST(0.0 AS Nullable(Float64))
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
GROUP BY
  1,
  2;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  accurateCast(
    COUNT(
      CASE
        WHEN NOT (
          (
            CASE
              WHEN isFinite(CAST("amount" AS Nullable(Float64)))
              THEN CAST("amount" AS Nullable(Float64))
            END
          ) IS NULL
        )
        THEN 1
      END
    ),
    'Nullable(Int64)'
  ) AS c0,
  accurateCast(
    coalesce(
      SUM(
        CAST(CASE
          WHEN NOT (
            (
              (
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END
              ) * 1000000
            ) IS NULL
          )
          THEN accurateCast(
            trunc(
              (
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END
              ) * 1000000
            ) + trunc(
              2.0 * (
                (
                  CASE
                    WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                    THEN CAST("amount" AS Nullable(Float64))
                  END
                ) * 1000000 - trunc(
                  (
                    CASE
                      WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                      THEN CAST("amount" AS Nullable(Float64))
                    END
                  ) * 1000000
                )
              )
            ),
            'Nullable(Int64)'
          )
        END AS Nullable(Int128))
      ),
      0
    ),
    'Nullable(Int64)'
  ) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_k,
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT isFinite(CAST("amount" AS Nullable(Float64)))
            THEN NULL
            ELSE (
              greatest(
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END,
                CAST("units" AS Nullable(Float64))
              )
            ) > (
              CAST(0.0 AS Nullable(Float64))
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "word" AS key,
  "salus_e" - (
    CAST(EXTRACT(DAY FROM "salus_e") AS Nullable(Int32)) - 1
  ) AS salus_month,
  CAST(groupBitOr(
    bitShiftLeft(
      CAST(1 AS Nullable(Int64)),
      (
        CAST(EXTRACT(DAY FROM "salus_e") AS Nullable(Int32)) - 1
      )
    )
  ) AS Nullable(Int32)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_k,
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT isFinite(CAST("amount" AS Nullable(Float64)))
            THEN NULL
            ELSE (
              greatest(
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END,
                CAST("units" AS Nullable(Float64))
              )
            ) > (
              CAST(0.0 AS Nullable(Float64))
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  NOT (
    (
      "word"
    ) IS NULL
  )
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "word" AS key,
  "salus_e",
  CASE
    WHEN "salus_k" < CAST('2024-05-01' AS Nullable(Date32))
    THEN 0
    WHEN "salus_k" < CAST('2024-06-01' AS Nullable(Date32))
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
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST(CAST((
          "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
        ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
        coalesce(
          CAST("told" AS Nullable(Date32)),
          CAST(CAST((
            "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        CASE
          WHEN CAST((
            CAST((
              CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone(
                    (
                      CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                    ),
                    'Europe/Berlin'
                  )
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END,
        "at"
      ) AS salus_recorded,
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
              WHEN "i"."nr" LIKE '%.0%' AND match("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "i"."nr"))
              ELSE "i"."nr"
            END
            ORDER BY greatest(
              coalesce(
                CASE
                  WHEN CAST((
                    CAST((
                      CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                        timeZoneOffset(
                          toTimeZone(
                            (
                              CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                            ),
                            'Europe/Berlin'
                          )
                        )
                      )
                    ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          CAST((
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                              timeZoneOffset(
                                toTimeZone(
                                  (
                                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                                  ),
                                  'Europe/Berlin'
                                )
                              )
                            )
                          ) AS Nullable(DateTime64(6, 'UTC'))),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
                  THEN CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                  ELSE CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                END,
                "at"
              ),
              "at"
            ), "at", CASE
              WHEN isFinite(CAST("i"."amount" AS Nullable(Float64)))
              THEN CAST("i"."amount" AS Nullable(Float64))
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE
              WHEN isFinite(CAST("i"."ref" AS Nullable(Float64)))
              THEN CAST("i"."ref" AS Nullable(Float64))
            END, "i"."told", "i"."units", "i"."who", "i"."word"
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
            NOT (
              "f"."at" IS NULL
            )
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND match("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "d"."nr"))
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  NOT (
    (
      "word"
    ) IS NULL
  )
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
        WHEN "who" LIKE '%.0%' AND match("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "who"))
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST("at" AS Nullable(Date32)),
        coalesce(
          CAST(CAST((
            "told" + toIntervalSecond(timeZoneOffset(toTimeZone("told", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
          CAST("at" AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        "told",
        CASE
          WHEN CAST((
            CAST((
              CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone((
                    CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ), 'Europe/Berlin')
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone((
                          CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ), 'Europe/Berlin')
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("at" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END
      ) AS salus_recorded,
      CASE
        WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
        AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
        THEN CAST("over" AS Nullable(Date32))
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
          AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
          THEN CAST("over" AS Nullable(Date32))
        END IS NULL
        THEN CAST(NULL AS Nullable(Date32))
        ELSE greatest(
          CASE
            WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
            AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
            THEN CAST("over" AS Nullable(Date32))
          END,
          coalesce(
            "over_told",
            CASE
              WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
              AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
              THEN CAST("over" AS Nullable(Date32))
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
    ) AS s
    WHERE
      NOT (
        "who" IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  NOT (
    (
      "word"
    ) IS NULL
  )
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
  toUnixTimestamp64Micro(CAST("salus_time" AS Nullable(DateTime64(6)))) AS salus_time,
  toUnixTimestamp64Micro(CAST("salus_recorded" AS Nullable(DateTime64(6)))) AS salus_recorded,
  CASE
    WHEN NOT (
      (
        (
          CASE
            WHEN isFinite(CAST("amount" AS Nullable(Float64)))
            THEN CAST("amount" AS Nullable(Float64))
          END
        ) * 1000000
      ) IS NULL
    )
    THEN accurateCast(
      trunc(
        (
          CASE
            WHEN isFinite(CAST("amount" AS Nullable(Float64)))
            THEN CAST("amount" AS Nullable(Float64))
          END
        ) * 1000000
      ) + trunc(
        2.0 * (
          (
            CASE
              WHEN isFinite(CAST("amount" AS Nullable(Float64)))
              THEN CAST("amount" AS Nullable(Float64))
            END
          ) * 1000000 - trunc(
            (
              CASE
                WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                THEN CAST("amount" AS Nullable(Float64))
              END
            ) * 1000000
          )
        )
      ),
      'Nullable(Int64)'
    )
  END AS value,
  CAST(TRUE AS Nullable(Bool)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST(CAST((
          "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
        ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
        coalesce(
          CAST("told" AS Nullable(Date32)),
          CAST(CAST((
            "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        CASE
          WHEN CAST((
            CAST((
              CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone(
                    (
                      CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                    ),
                    'Europe/Berlin'
                  )
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END,
        "at"
      ) AS salus_recorded,
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
              WHEN "i"."nr" LIKE '%.0%' AND match("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "i"."nr"))
              ELSE "i"."nr"
            END
            ORDER BY greatest(
              coalesce(
                CASE
                  WHEN CAST((
                    CAST((
                      CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                        timeZoneOffset(
                          toTimeZone(
                            (
                              CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                            ),
                            'Europe/Berlin'
                          )
                        )
                      )
                    ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          CAST((
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                              timeZoneOffset(
                                toTimeZone(
                                  (
                                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                                  ),
                                  'Europe/Berlin'
                                )
                              )
                            )
                          ) AS Nullable(DateTime64(6, 'UTC'))),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
                  THEN CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                  ELSE CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                END,
                "at"
              ),
              "at"
            ), "at", CASE
              WHEN isFinite(CAST("i"."amount" AS Nullable(Float64)))
              THEN CAST("i"."amount" AS Nullable(Float64))
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE
              WHEN isFinite(CAST("i"."ref" AS Nullable(Float64)))
              THEN CAST("i"."ref" AS Nullable(Float64))
            END, "i"."told", "i"."units", "i"."who", "i"."word"
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
            NOT (
              "f"."at" IS NULL
            )
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND match("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "d"."nr"))
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  NOT (
    (
      CASE
        WHEN isFinite(CAST("amount" AS Nullable(Float64)))
        THEN CAST("amount" AS Nullable(Float64))
      END
    ) IS NULL
  );

SELECT
  "salus_entity",
  greatest("salus_k", CAST('2024-06-01' AS Nullable(Date32))) AS salus_k,
  MAX("salus_e") AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST(CAST((
          "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
        ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
        coalesce(
          CAST("told" AS Nullable(Date32)),
          CAST(CAST((
            "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        CASE
          WHEN CAST((
            CAST((
              CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone(
                    (
                      CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                    ),
                    'Europe/Berlin'
                  )
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END,
        "at"
      ) AS salus_recorded,
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
              WHEN "i"."nr" LIKE '%.0%' AND match("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "i"."nr"))
              ELSE "i"."nr"
            END
            ORDER BY greatest(
              coalesce(
                CASE
                  WHEN CAST((
                    CAST((
                      CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                        timeZoneOffset(
                          toTimeZone(
                            (
                              CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                            ),
                            'Europe/Berlin'
                          )
                        )
                      )
                    ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          CAST((
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                              timeZoneOffset(
                                toTimeZone(
                                  (
                                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                                  ),
                                  'Europe/Berlin'
                                )
                              )
                            )
                          ) AS Nullable(DateTime64(6, 'UTC'))),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
                  THEN CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                  ELSE CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                END,
                "at"
              ),
              "at"
            ), "at", CASE
              WHEN isFinite(CAST("i"."amount" AS Nullable(Float64)))
              THEN CAST("i"."amount" AS Nullable(Float64))
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE
              WHEN isFinite(CAST("i"."ref" AS Nullable(Float64)))
              THEN CAST("i"."ref" AS Nullable(Float64))
            END, "i"."told", "i"."units", "i"."who", "i"."word"
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
            NOT (
              "f"."at" IS NULL
            )
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND match("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "d"."nr"))
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
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
  accurateCast(
    COUNT(
      CASE
        WHEN NOT (
          (
            CASE
              WHEN isFinite(CAST("amount" AS Nullable(Float64)))
              THEN CAST("amount" AS Nullable(Float64))
            END
          ) IS NULL
        )
        THEN 1
      END
    ),
    'Nullable(Int64)'
  ) AS c0,
  accurateCast(
    coalesce(
      SUM(
        CAST(CASE
          WHEN NOT (
            (
              (
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END
              ) * 1000000
            ) IS NULL
          )
          THEN accurateCast(
            trunc(
              (
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END
              ) * 1000000
            ) + trunc(
              2.0 * (
                (
                  CASE
                    WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                    THEN CAST("amount" AS Nullable(Float64))
                  END
                ) * 1000000 - trunc(
                  (
                    CASE
                      WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                      THEN CAST("amount" AS Nullable(Float64))
                    END
                  ) * 1000000
                )
              )
            ),
            'Nullable(Int64)'
          )
        END AS Nullable(Int128))
      ),
      0
    ),
    'Nullable(Int64)'
  ) AS c1
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "who" LIKE '%.0%' AND match("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "who"))
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST("at" AS Nullable(Date32)),
        coalesce(
          CAST(CAST((
            "told" + toIntervalSecond(timeZoneOffset(toTimeZone("told", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
          CAST("at" AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        "told",
        CASE
          WHEN CAST((
            CAST((
              CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone((
                    CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ), 'Europe/Berlin')
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone((
                          CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ), 'Europe/Berlin')
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("at" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END
      ) AS salus_recorded,
      CASE
        WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
        AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
        THEN CAST("over" AS Nullable(Date32))
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
          AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
          THEN CAST("over" AS Nullable(Date32))
        END IS NULL
        THEN CAST(NULL AS Nullable(Date32))
        ELSE greatest(
          CASE
            WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
            AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
            THEN CAST("over" AS Nullable(Date32))
          END,
          coalesce(
            "over_told",
            CASE
              WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
              AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
              THEN CAST("over" AS Nullable(Date32))
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
    ) AS s
    WHERE
      NOT (
        "who" IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  "salus_end" IS NULL OR "salus_end" > CAST('2024-06-01' AS Nullable(Date32))
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
  accurateCast(COUNT(*), 'Nullable(Int64)') AS c0
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
          THEN CAST(NULL AS Nullable(Date32))
          ELSE MIN("x"."salus_k") OVER (
            PARTITION BY "x"."salus_entity", "x"."salus_group"
            ORDER BY "x"."salus_step"
            RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
          )
        END AS salus_end,
        CASE
          WHEN "x"."salus_group" IS NULL
          THEN CAST(NULL AS Nullable(Date32))
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
          accurateCast(
            DENSE_RANK() OVER (
              PARTITION BY "x"."salus_entity", "x"."salus_group"
              ORDER BY "x"."salus_time", "x"."salus_recorded"
            ),
            'Nullable(Int64)'
          ) AS salus_step
        FROM (
          SELECT
            CASE
              WHEN "who" LIKE '%.0%' AND match("who", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "who"))
              ELSE "who"
            END AS salus_entity,
            CAST("at" AS Nullable(Date32)) AS salus_e,
            greatest(
              CAST("at" AS Nullable(Date32)),
              coalesce(
                CAST(CAST((
                  "told" + toIntervalSecond(timeZoneOffset(toTimeZone("told", 'Europe/Berlin')))
                ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
                CAST("at" AS Nullable(Date32))
              )
            ) AS salus_k,
            "at" AS salus_time,
            coalesce(
              "told",
              CASE
                WHEN CAST((
                  CAST((
                    CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone((
                          CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ), 'Europe/Berlin')
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                    timeZoneOffset(
                      toTimeZone(
                        CAST((
                          CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                            timeZoneOffset(
                              toTimeZone((
                                CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                              ), 'Europe/Berlin')
                            )
                          )
                        ) AS Nullable(DateTime64(6, 'UTC'))),
                        'Europe/Berlin'
                      )
                    )
                  )
                ) AS Nullable(DateTime64(6))) = CAST("at" AS Nullable(DateTime64(6)))
                THEN CAST((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                    timeZoneOffset(
                      toTimeZone((
                        CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                      ), 'Europe/Berlin')
                    )
                  )
                ) AS Nullable(DateTime64(6, 'UTC')))
                ELSE CAST((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                    timeZoneOffset(
                      toTimeZone((
                        CAST("at" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                      ), 'Europe/Berlin')
                    )
                  )
                ) AS Nullable(DateTime64(6, 'UTC')))
              END
            ) AS salus_recorded,
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
              NOT (
                "f"."at" IS NULL
              )
              AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
          ) AS s
          WHERE
            NOT (
              "who" IS NULL
            )
        ) AS x
      ) AS x
    ) AS x
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  "salus_end" IS NULL OR "salus_end" > CAST('2024-06-01' AS Nullable(Date32))
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
  accurateCast(
    COUNT(
      CASE
        WHEN NOT (
          (
            CASE
              WHEN isFinite(CAST("days" AS Nullable(Float64)))
              THEN CAST("days" AS Nullable(Float64))
            END
          ) IS NULL
        )
        AND NOT (
          (
            CASE
              WHEN isFinite(CAST("rate" AS Nullable(Float64)))
              THEN CAST("rate" AS Nullable(Float64))
            END
          ) IS NULL
        )
        THEN 1
      END
    ),
    'Nullable(Int64)'
  ) AS c0,
  accurateCast(
    coalesce(
      SUM(
        CAST(CASE
          WHEN NOT (
            (
              (
                (
                  (
                    CASE
                      WHEN isFinite(CAST("days" AS Nullable(Float64)))
                      THEN CAST("days" AS Nullable(Float64))
                    END
                  ) * (
                    CASE
                      WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                      THEN CAST("rate" AS Nullable(Float64))
                    END
                  )
                )
              ) * 1000000
            ) IS NULL
          )
          THEN accurateCast(
            trunc(
              (
                (
                  (
                    CASE
                      WHEN isFinite(CAST("days" AS Nullable(Float64)))
                      THEN CAST("days" AS Nullable(Float64))
                    END
                  ) * (
                    CASE
                      WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                      THEN CAST("rate" AS Nullable(Float64))
                    END
                  )
                )
              ) * 1000000
            ) + trunc(
              2.0 * (
                (
                  (
                    (
                      CASE
                        WHEN isFinite(CAST("days" AS Nullable(Float64)))
                        THEN CAST("days" AS Nullable(Float64))
                      END
                    ) * (
                      CASE
                        WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                        THEN CAST("rate" AS Nullable(Float64))
                      END
                    )
                  )
                ) * 1000000 - trunc(
                  (
                    (
                      (
                        CASE
                          WHEN isFinite(CAST("days" AS Nullable(Float64)))
                          THEN CAST("days" AS Nullable(Float64))
                        END
                      ) * (
                        CASE
                          WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                          THEN CAST("rate" AS Nullable(Float64))
                        END
                      )
                    )
                  ) * 1000000
                )
              )
            ),
            'Nullable(Int64)'
          )
        END AS Nullable(Int128))
      ),
      0
    ),
    'Nullable(Int64)'
  ) AS c1,
  accurateCast(
    coalesce(
      SUM(
        CAST(CASE
          WHEN NOT (
            (
              (
                CASE
                  WHEN NOT (
                    (
                      CASE
                        WHEN isFinite(CAST("days" AS Nullable(Float64)))
                        THEN CAST("days" AS Nullable(Float64))
                      END
                    ) IS NULL
                  )
                  THEN CASE
                    WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                    THEN CAST("rate" AS Nullable(Float64))
                  END
                END
              ) * 1000000
            ) IS NULL
          )
          THEN accurateCast(
            trunc(
              (
                CASE
                  WHEN NOT (
                    (
                      CASE
                        WHEN isFinite(CAST("days" AS Nullable(Float64)))
                        THEN CAST("days" AS Nullable(Float64))
                      END
                    ) IS NULL
                  )
                  THEN CASE
                    WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                    THEN CAST("rate" AS Nullable(Float64))
                  END
                END
              ) * 1000000
            ) + trunc(
              2.0 * (
                (
                  CASE
                    WHEN NOT (
                      (
                        CASE
                          WHEN isFinite(CAST("days" AS Nullable(Float64)))
                          THEN CAST("days" AS Nullable(Float64))
                        END
                      ) IS NULL
                    )
                    THEN CASE
                      WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                      THEN CAST("rate" AS Nullable(Float64))
                    END
                  END
                ) * 1000000 - trunc(
                  (
                    CASE
                      WHEN NOT (
                        (
                          CASE
                            WHEN isFinite(CAST("days" AS Nullable(Float64)))
                            THEN CAST("days" AS Nullable(Float64))
                          END
                        ) IS NULL
                      )
                      THEN CASE
                        WHEN isFinite(CAST("rate" AS Nullable(Float64)))
                        THEN CAST("rate" AS Nullable(Float64))
                      END
                    END
                  ) * 1000000
                )
              )
            ),
            'Nullable(Int64)'
          )
        END AS Nullable(Int128))
      ),
      0
    ),
    'Nullable(Int64)'
  ) AS c2
FROM (
  SELECT
    *
  FROM (
    SELECT
      CASE
        WHEN "owner" LIKE '%.0%' AND match("owner", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "owner"))
        ELSE "owner"
      END AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_k,
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
            toUnixTimestamp64Micro(CAST("over" AS Nullable(DateTime64(6)))) - toUnixTimestamp64Micro(
              CAST((
                "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
              ) AS Nullable(DateTime64(6)))
            )
          ) AS Nullable(Float64)) / CAST(86400000000 AS Nullable(Float64))
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
              ORDER BY "l"."since" DESC, "l"."owner", CASE
                WHEN isFinite(CAST("l"."rate" AS Nullable(Float64)))
                THEN CAST("l"."rate" AS Nullable(Float64))
              END, CASE
                WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                THEN CAST("l"."ref" AS Nullable(Float64))
              END, "l"."since"
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
                NOT (
                  "f"."at" IS NULL
                )
                AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
                AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
            ) AS b
          ) AS f
          LEFT JOIN "refs" AS l
            ON CASE
              WHEN CASE
                WHEN isFinite(CAST("f"."ref" AS Nullable(Float64)))
                THEN CAST("f"."ref" AS Nullable(Float64))
              END = trunc(
                CASE
                  WHEN isFinite(CAST("f"."ref" AS Nullable(Float64)))
                  THEN CAST("f"."ref" AS Nullable(Float64))
                END
              )
              AND abs(
                CASE
                  WHEN isFinite(CAST("f"."ref" AS Nullable(Float64)))
                  THEN CAST("f"."ref" AS Nullable(Float64))
                END
              ) < 1000000000000000.0
              THEN CAST(accurateCast(
                CASE
                  WHEN isFinite(CAST("f"."ref" AS Nullable(Float64)))
                  THEN CAST("f"."ref" AS Nullable(Float64))
                END,
                'Nullable(Int64)'
              ) AS Nullable(String))
              WHEN NOT (
                (
                  CASE
                    WHEN isFinite(CAST("f"."ref" AS Nullable(Float64)))
                    THEN CAST("f"."ref" AS Nullable(Float64))
                  END
                ) IS NULL
              )
              THEN CAST("f"."ref" AS Nullable(String))
            END = CASE
              WHEN CASE
                WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                THEN CAST("l"."ref" AS Nullable(Float64))
              END = trunc(
                CASE
                  WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                  THEN CAST("l"."ref" AS Nullable(Float64))
                END
              )
              AND abs(
                CASE
                  WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                  THEN CAST("l"."ref" AS Nullable(Float64))
                END
              ) < 1000000000000000.0
              THEN CAST(accurateCast(
                CASE
                  WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                  THEN CAST("l"."ref" AS Nullable(Float64))
                END,
                'Nullable(Int64)'
              ) AS Nullable(String))
              WHEN NOT (
                (
                  CASE
                    WHEN isFinite(CAST("l"."ref" AS Nullable(Float64)))
                    THEN CAST("l"."ref" AS Nullable(Float64))
                  END
                ) IS NULL
              )
              THEN CAST("l"."ref" AS Nullable(String))
            END
            AND CASE
              WHEN CAST((
                CAST((
                  CAST("l"."since" AS Nullable(DateTime64(6))) - toIntervalSecond(
                    timeZoneOffset(
                      toTimeZone(
                        (
                          CAST("l"."since" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ),
                        'Europe/Berlin'
                      )
                    )
                  )
                ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                  timeZoneOffset(
                    toTimeZone(
                      CAST((
                        CAST("l"."since" AS Nullable(DateTime64(6))) - toIntervalSecond(
                          timeZoneOffset(
                            toTimeZone(
                              (
                                CAST("l"."since" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                              ),
                              'Europe/Berlin'
                            )
                          )
                        )
                      ) AS Nullable(DateTime64(6, 'UTC'))),
                      'Europe/Berlin'
                    )
                  )
                )
              ) AS Nullable(DateTime64(6))) = CAST("l"."since" AS Nullable(DateTime64(6)))
              THEN CAST((
                CAST("l"."since" AS Nullable(DateTime64(6))) - toIntervalSecond(
                  timeZoneOffset(
                    toTimeZone(
                      (
                        CAST("l"."since" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                      ),
                      'Europe/Berlin'
                    )
                  )
                )
              ) AS Nullable(DateTime64(6, 'UTC')))
              ELSE CAST((
                CAST("l"."since" AS Nullable(DateTime64(6))) - toIntervalSecond(
                  timeZoneOffset(
                    toTimeZone(
                      (
                        CAST("l"."since" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                      ),
                      'Europe/Berlin'
                    )
                  )
                )
              ) AS Nullable(DateTime64(6, 'UTC')))
            END <= "f"."at"
        ) AS j
        WHERE
          "j"."salus_n" = 1
      ) AS c
    ) AS s
    WHERE
      NOT (
        "owner" IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  accurateCast(COUNT(*), 'Nullable(Int64)') AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST(CAST((
          "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
        ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
        coalesce(
          CAST("told" AS Nullable(Date32)),
          CAST(CAST((
            "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        CASE
          WHEN CAST((
            CAST((
              CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone(
                    (
                      CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                    ),
                    'Europe/Berlin'
                  )
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  (
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                  ),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END,
        "at"
      ) AS salus_recorded,
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
              WHEN "i"."nr" LIKE '%.0%' AND match("i"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
              THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "i"."nr"))
              ELSE "i"."nr"
            END
            ORDER BY greatest(
              coalesce(
                CASE
                  WHEN CAST((
                    CAST((
                      CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                        timeZoneOffset(
                          toTimeZone(
                            (
                              CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                            ),
                            'Europe/Berlin'
                          )
                        )
                      )
                    ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          CAST((
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                              timeZoneOffset(
                                toTimeZone(
                                  (
                                    CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                                  ),
                                  'Europe/Berlin'
                                )
                              )
                            )
                          ) AS Nullable(DateTime64(6, 'UTC'))),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6))) = CAST("told" AS Nullable(DateTime64(6)))
                  THEN CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                  ELSE CAST((
                    CAST("told" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone(
                          (
                            CAST("told" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                          ),
                          'Europe/Berlin'
                        )
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC')))
                END,
                "at"
              ),
              "at"
            ), "at", CASE
              WHEN isFinite(CAST("i"."amount" AS Nullable(Float64)))
              THEN CAST("i"."amount" AS Nullable(Float64))
            END, "i"."at", "i"."flag", "i"."nr", "i"."over", CASE
              WHEN isFinite(CAST("i"."ref" AS Nullable(Float64)))
              THEN CAST("i"."ref" AS Nullable(Float64))
            END, "i"."told", "i"."units", "i"."who", "i"."word"
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
            NOT (
              "f"."at" IS NULL
            )
        ) AS i
      ) AS d
      WHERE
        "salus_n" = 1
        OR (
          CASE
            WHEN "d"."nr" LIKE '%.0%' AND match("d"."nr", '^(0|-?[1-9][0-9]*)[.]0+$')
            THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "d"."nr"))
            ELSE "d"."nr"
          END
        ) IS NULL
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
GROUP BY
  1,
  2,
  3;

SELECT
  "salus_entity",
  "salus_e",
  "salus_k",
  toUnixTimestamp64Micro(CAST("salus_time" AS Nullable(DateTime64(6)))) AS salus_time,
  toUnixTimestamp64Micro(CAST("salus_recorded" AS Nullable(DateTime64(6)))) AS salus_recorded,
  "word" AS value,
  CAST(TRUE AS Nullable(Bool)) AS c0
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST("who" AS Nullable(String)) AS salus_entity,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_e,
      CAST(CAST((
        "at" + toIntervalSecond(timeZoneOffset(toTimeZone("at", 'Europe/Berlin')))
      ) AS Nullable(DateTime64(6))) AS Nullable(Date32)) AS salus_k,
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6, 'UTC')))
    ) AS s
    WHERE
      NOT (
        (
          CAST("who" AS Nullable(String))
        ) IS NULL
      )
      AND (
        (
          "word" LIKE 'a%'
        )
        AND (
          CASE
            WHEN NOT isFinite(CAST("amount" AS Nullable(Float64)))
            THEN NULL
            ELSE (
              greatest(
                CASE
                  WHEN isFinite(CAST("amount" AS Nullable(Float64)))
                  THEN CAST("amount" AS Nullable(Float64))
                END,
                CAST("units" AS Nullable(Float64))
              )
            ) > (
              CAST(0.0 AS Nullable(Float64))
            )
          END
        )
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
WHERE
  NOT (
    (
      "word"
    ) IS NULL
  );

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
        WHEN "who" LIKE '%.0%' AND match("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "who"))
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST("at" AS Nullable(Date32)),
        coalesce(
          CAST(CAST((
            "told" + toIntervalSecond(timeZoneOffset(toTimeZone("told", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
          CAST("at" AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        "told",
        CASE
          WHEN CAST((
            CAST((
              CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone((
                    CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ), 'Europe/Berlin')
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone((
                          CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ), 'Europe/Berlin')
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("at" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END
      ) AS salus_recorded,
      CASE
        WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
        AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
        THEN CAST("over" AS Nullable(Date32))
      END AS salus_u,
      CASE
        WHEN CASE
          WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
          AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
          THEN CAST("over" AS Nullable(Date32))
        END IS NULL
        THEN CAST(NULL AS Nullable(Date32))
        ELSE greatest(
          CASE
            WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
            AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
            THEN CAST("over" AS Nullable(Date32))
          END,
          coalesce(
            "over_told",
            CASE
              WHEN CAST("over" AS Nullable(Date32)) > CAST('1900-01-01' AS Nullable(Date32))
              AND CAST("over" AS Nullable(Date32)) < CAST('9000-01-01' AS Nullable(Date32))
              THEN CAST("over" AS Nullable(Date32))
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" < CAST(CAST('2024-07-03' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
    ) AS s
    WHERE
      NOT (
        "who" IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
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
        WHEN "who" LIKE '%.0%' AND match("who", '^(0|-?[1-9][0-9]*)[.]0+$')
        THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM "who"))
        ELSE "who"
      END AS salus_entity,
      CAST("at" AS Nullable(Date32)) AS salus_e,
      greatest(
        CAST("at" AS Nullable(Date32)),
        coalesce(
          CAST(CAST((
            "told" + toIntervalSecond(timeZoneOffset(toTimeZone("told", 'Europe/Berlin')))
          ) AS Nullable(DateTime64(6))) AS Nullable(Date32)),
          CAST("at" AS Nullable(Date32))
        )
      ) AS salus_k,
      "at" AS salus_time,
      coalesce(
        "told",
        CASE
          WHEN CAST((
            CAST((
              CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                timeZoneOffset(
                  toTimeZone((
                    CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                  ), 'Europe/Berlin')
                )
              )
            ) AS Nullable(DateTime64(6, 'UTC'))) + toIntervalSecond(
              timeZoneOffset(
                toTimeZone(
                  CAST((
                    CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
                      timeZoneOffset(
                        toTimeZone((
                          CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                        ), 'Europe/Berlin')
                      )
                    )
                  ) AS Nullable(DateTime64(6, 'UTC'))),
                  'Europe/Berlin'
                )
              )
            )
          ) AS Nullable(DateTime64(6))) = CAST("at" AS Nullable(DateTime64(6)))
          THEN CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) + toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
          ELSE CAST((
            CAST("at" AS Nullable(DateTime64(6))) - toIntervalSecond(
              timeZoneOffset(
                toTimeZone((
                  CAST("at" AS Nullable(DateTime64(6))) - toIntervalHour(25)
                ), 'Europe/Berlin')
              )
            )
          ) AS Nullable(DateTime64(6, 'UTC')))
        END
      ) AS salus_recorded,
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
        NOT (
          "f"."at" IS NULL
        )
        AND "f"."at" >= CAST(CAST('2023-12-30' AS Nullable(Date32)) AS Nullable(DateTime64(6)))
    ) AS s
    WHERE
      NOT (
        "who" IS NULL
      )
  ) AS w
  WHERE
    "salus_k" < CAST('2024-07-01' AS Nullable(Date32))
    AND "salus_e" >= CAST('2024-01-01' AS Nullable(Date32))
) AS facts
GROUP BY
  1,
  2;

