--: title what is missing of schema tb
SELECT s.problem
  FROM (VALUES ('tb.event has lost its trigger "append_only"',
                pg_catalog.to_regclass('tb.event') IS NOT NULL
                    AND NOT EXISTS (SELECT
                          FROM pg_catalog.pg_trigger AS t
                         WHERE t.tgrelid = pg_catalog.to_regclass('tb.event')
                           AND t.tgname = 'append_only'
                           AND t.tgenabled <> 'D')),
               ('tb.revision is gone, tb.event is there',
                pg_catalog.to_regclass('tb.event') IS NOT NULL
                    AND pg_catalog.to_regclass('tb.revision') IS NULL),
               ('tb.event is gone, tb.revision is there',
                pg_catalog.to_regclass('tb.revision') IS NOT NULL
                    AND pg_catalog.to_regclass('tb.event') IS NULL))
       AS s (problem, present)
 WHERE s.present
 ORDER BY s.problem COLLATE "C"
